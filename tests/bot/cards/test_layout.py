import pytest

from bot.cards import layout, words
from bot.languages import LOCALES, catalogue, phrasebook
from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.model import PointKind


@pytest.mark.parametrize("locale", ["en-US", "de", "ja", "th"])
def test_the_nearest_ports_stay_in_the_sentence_that_names_them(
    locale: str, base: KnowledgeBase
) -> None:
    context = Context(phrasebook=lambda _language: catalogue(locale))
    answer = ask("neighbors of port 443", base, context)
    summary, points = layout.told(answer)
    assert "442: cvc-hostd" in summary
    assert "442: cvc-hostd" in "\n".join(point.text for point in points)


@pytest.mark.parametrize("locale", ["en-US", "th"])
def test_what_a_point_says_is_not_said_in_the_summary_too(
    locale: str, base: KnowledgeBase
) -> None:
    context = Context(phrasebook=lambda _language: catalogue(locale))
    answer = ask("what is port 448", base, context)
    said = [point.text for point in answer.points if point.text in answer.summary]
    summary, _points = layout.told(answer)
    assert said
    assert not [text for text in said if text in summary]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("text", ["8096", "8000-8010"])
def test_what_is_met_in_practice_does_not_repeat_its_heading(
    text: str, locale: str, base: KnowledgeBase
) -> None:
    phrases = catalogue(locale)
    answer = ask(text, base, Context(locale, phrasebook=phrasebook(locale)))
    heading = phrases.gettext(words.HEADINGS[PointKind.PRACTICE])
    told = layout.headed(tuple(answer.points), phrases)[PointKind.PRACTICE]
    assert not told[0].startswith(heading)
    assert "Jellyfin" in told[0] or "8000" in told[0]
