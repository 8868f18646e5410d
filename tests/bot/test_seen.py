from bot.seen import Seen


def test_a_message_is_new_once() -> None:
    seen = Seen(2)
    assert [seen.is_new(i) for i in (1, 1, 2, 3, 3, 1)] == [True, False, True, True, False, True]
