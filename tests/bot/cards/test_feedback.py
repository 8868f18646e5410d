"""The faces fit under every answer, and their sums are told so that anybody can read them."""

import pytest

from bot.cards import feedback
from bot.cards.custom_ids import read
from bot.cards.feedback import FACES, feedback_row, summary_card, thanks
from bot.cards.guard import fit
from bot.cards.parts import Button, Card, Text
from bot.cards.words import command
from bot.languages import LOCALES, catalogue
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.phrasebook import ENGLISH
from knowledge.team.model import Summary, Tally, Vote, answer_key

ROW_LABELS = 40  # characters of the three together, beside each other on a phone


def keys(base: KnowledgeBase) -> list[str]:
    """Return the keys of answers of every kind."""
    asked = (
        "what is port 65535?", "ports 6000-6063", "compare ports 49151 and 65535", "sing a song",
        "suggest a free port", "which port does postgres use?",
        "ports 60001, 60002, 60003, 60004, 60005, 60006, 60007, 60008",
    )  # fmt: skip
    return [
        *(answer_key(ask(text, base)) for text in asked),
        *(f"faq:{entry.slug}" for entry in base.faqs()),
    ]


def test_every_answer_has_faces_whose_ids_are_read_back(base: KnowledgeBase) -> None:
    found = keys(base)
    assert {key.partition(":")[0] for key in found} >= {"port", "range", "ports", "none", "faq"}
    for key in found:
        row = feedback_row(key, "zh-TW", ENGLISH)
        assert fit(Card((row,))).parts == (row,), key
        for vote, button in zip(Vote, row.buttons, strict=True):
            assert isinstance(button, Button)
            assert button.emoji == FACES[vote]
            recalled = read(button.custom_id)
            assert recalled is not None
            assert recalled.payload == f"{vote.value}:{key}"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_faces_have_short_words_that_differ(locale: str) -> None:
    labels = [button.label for button in feedback_row("none", "en", catalogue(locale)).buttons]
    assert all(labels)
    assert len(set(labels)) == 3
    assert sum(map(len, labels)) <= ROW_LABELS


@pytest.mark.parametrize("locale", LOCALES)
def test_thanks_are_short(locale: str) -> None:
    for vote in Vote:
        phrases = catalogue(locale)
        told = thanks(vote, phrases)
        assert len(told) < 500
        assert told.endswith(command("privacy", phrases))
        if vote is not Vote.YES:
            assert command("help", phrases) in told


def test_the_best_and_the_worst_are_told_and_what_lies_between_is_counted_only() -> None:
    answers = {
        **{f"port:{number}": Tally(yes=number) for number in range(1, 8)},
        **{f"port:{number}": Tally(no=1, partly=number) for number in range(11, 18)},
        "range:6000-6063": Tally(no=2),
        "ports:22,80": Tally(no=3, partly=1),
        "faq:gone": Tally(no=1),
        "none": Tally(no=1, yes=1),
    }
    summary = Summary(Tally(14, 100, 29), tuple(answers.items()))
    card = summary_card(summary, 90, lambda _slug: None, ENGLISH)
    texts = [part.content for part in card.parts if isinstance(part, Text)]
    assert "143 votes in the last 90 days" in texts[0]
    assert texts[1].splitlines() == [
        f"**{feedback.MOST_HELPFUL}**",
        *(f"- Port {number} · 😔 0 · 🤨 0 · 😃 {number}" for number in (7, 6, 5, 4, 3)),
    ]
    assert texts[2].splitlines()[:4] == [
        f"**{feedback.LEAST_HELPFUL}**",
        "- Ports 6000-6063 · 😔 2 · 🤨 0 · 😃 0",
        "- gone · 😔 1 · 🤨 0 · 😃 0",
        "- Ports 22, 80 · 😔 3 · 🤨 1 · 😃 0",
    ]
    assert len(texts[2].splitlines()) == 6
    assert not any(feedback.NOTHING_FOUND in text for text in texts)
