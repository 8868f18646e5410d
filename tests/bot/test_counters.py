from bot.counters import Counters


def test_what_happens_is_counted_by_name_and_label() -> None:
    counters = Counters()
    for label in ("about", "check", "about"):
        counters.add("answers", label)
    counters.add("shared")
    assert counters.of("answers", "about") == 2
    assert counters.of("answers", "none") == 0
    assert str(counters) == "answers{about}=2 answers{check}=1 shared=1"


def test_nothing_counted_is_an_empty_line() -> None:
    assert str(Counters()) == ""
