import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.custom_ids import (
    TEMPLATES,
    Kind,
    Recall,
    language_tag,
    read,
    recall_of,
)
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Intent, Question

SNOWFLAKES = st.integers(0, 2**64 - 1)
LANGUAGES = st.sampled_from(["en", "de", "pt-BR", "zh-TW", "es-419", "sv-SE", "fil"])
PAYLOADS = {
    Kind.SYSTEM: st.text(st.characters(exclude_characters="\n", codec="utf-8"), min_size=1),
    Kind.PORT: st.integers(0, 65535).map(str),
    Kind.FAQ: st.from_regex(r"[a-z0-9-]{1,60}", fullmatch=True),
    Kind.ASK: st.text(st.characters(exclude_characters="\n", codec="utf-8"), min_size=1),
    Kind.VOTE: st.from_regex(
        r"[1-3]:(none|faq:[a-z0-9-]{1,60}|range:[0-9-]{1,11})", fullmatch=True
    ),
    Kind.FORGET: st.sampled_from(["me", "server", "server-now"]),
    Kind.RETRACT: st.from_regex(r"(none|faq:[a-z0-9-]{1,60})", fullmatch=True),
    Kind.MORE: st.from_regex(
        r"(port:[0-9]{1,5}|faq:[a-z0-9-]{1,55}):(q|[0-9]{1,3})", fullmatch=True
    ),
    Kind.MAP: st.integers(0, 65535).map(str),
    Kind.SHARE: st.just("card"),
    Kind.BIN: st.just("card"),
    Kind.RETRACT: st.from_regex(
        r"none|suggest|(faq|port|ports|range):[a-z0-9,-]{1,60}", fullmatch=True
    ),
}


@st.composite
def recalls(draw: st.DrawFn) -> Recall:
    kind = draw(st.sampled_from(Kind))
    return Recall(kind, draw(SNOWFLAKES), draw(LANGUAGES), draw(PAYLOADS[kind]))


@given(recalls())
def test_what_fits_is_read_back_and_within_discords_limit(recalled: Recall) -> None:
    if recalled.fits:
        assert read(recalled.custom_id) == recalled
        assert len(recalled.custom_id.encode("utf-16-le")) // 2 <= 100


@given(recalls())
def test_short_payloads_always_fit(recalled: Recall) -> None:
    if len(recalled.payload.encode("utf-16-le")) // 2 <= 70:
        assert recalled.fits


@given(recalls())
def test_no_two_kinds_claim_one_id(recalled: Recall) -> None:
    claims = [kind for kind, pattern in TEMPLATES.items() if pattern.fullmatch(recalled.custom_id)]
    assert claims == [recalled.kind][: len(claims)]


@given(st.text())
def test_any_other_id_is_not_ours_or_read_without_fault(text: str) -> None:
    recalled = read(text)
    assert recalled is None or isinstance(recalled.asker, int)


@pytest.mark.parametrize(
    ("custom_id", "recalled"),
    [  # These stand in messages that people have: they are read for ever.
        ("p1:2t1dpk4czcxs:en:443", Recall(Kind.PORT, 369412239735244864, "en", "443")),
        ("f1:0:pt-BR:time-wait", Recall(Kind.FAQ, 0, "pt-BR", "time-wait")),
        ("a1:10:de:port 22", Recall(Kind.ASK, 36, "de", "port 22")),
        ("s1:z:en:what is 22: ssh?", Recall(Kind.SYSTEM, 35, "en", "what is 22: ssh?")),
        ("v1:0:en:3:port:576", Recall(Kind.VOTE, 0, "en", "3:port:576")),
        ("x1:z:en:server-now", Recall(Kind.FORGET, 35, "en", "server-now")),
        ("t1:z:en:port:576", Recall(Kind.RETRACT, 35, "en", "port:576")),
        ("m1:z:de:port:576:q", Recall(Kind.MORE, 35, "de", "port:576:q")),
        ("m1:z:de:faq:time-wait:2", Recall(Kind.MORE, 35, "de", "faq:time-wait:2")),
        ("n1:z:de:576", Recall(Kind.MAP, 35, "de", "576")),
        ("h1:z:de:card", Recall(Kind.SHARE, 35, "de", "card")),
        ("d1:z:de:card", Recall(Kind.BIN, 35, "de", "card")),
        ("v1:0:en:4:port:576", None),
        ("p2:2:en:443", None),
        ("p1:2:en:443\n", None),
        ("", None),
    ],
)
def test_ids_of_the_first_version_are_still_read(custom_id: str, recalled: Recall | None) -> None:
    assert read(custom_id) == recalled


def test_a_template_matches_the_whole_id_only() -> None:
    assert all(re.fullmatch(pattern, "xp1:2:en:443") is None for pattern in TEMPLATES.values())


def test_a_short_question_is_remembered_as_it_was_asked(about: Callable[..., Answer]) -> None:
    recalled = recall_of(about(576), 7, "en")
    assert recalled == Recall(Kind.SYSTEM, 7, "en", "what is port 576?")


@pytest.mark.parametrize(
    "question",
    [
        Question("what is port 576 " + "really " * 20),
        Question("LISTEN 0 128 *:576\nLISTEN 0 128 *:577"),
        Question("   "),
    ],
)
def test_other_questions_are_remembered_by_what_was_understood(
    question: Question, about: Callable[..., Answer]
) -> None:
    recalled = recall_of(about(576, question=question), 7, "en")
    assert recalled is not None
    assert recalled.payload == "port 576"


def test_a_question_that_goes_on_is_remembered_by_what_was_understood(
    about: Callable[..., Answer],
) -> None:
    going_on = Question("and on windows?", goes_on=True)
    answer = about(576, question=going_on, intent=Intent.CHECK)
    recalled = recall_of(answer, 7, "en")
    assert recalled is not None
    assert recalled.payload == "check port 576"


@given(st.text(max_size=20))
def test_whatever_the_language_is_an_id_with_it_is_read_back(text: str) -> None:
    assert Recall(Kind.PORT, 7, language_tag(text), "443").fits


@pytest.mark.parametrize(("text", "tag"), [("pt-BR", "pt-BR"), ("zh-Hant-TW", "und"), ("", "und")])
def test_a_language_is_kept_where_an_id_can_hold_it(text: str, tag: str) -> None:
    assert language_tag(text) == tag


def test_the_host_of_a_long_question_is_remembered(base: KnowledgeBase) -> None:
    text = f"can I reach db.example.org on port 443? {'please ' * 12}"
    recalled = recall_of(ask(text, base), 7, "en")
    assert recalled is not None
    assert ask(recalled.payload, base).question.host == "db.example.org"
