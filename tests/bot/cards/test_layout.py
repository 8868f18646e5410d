import pytest

from bot.cards import layout
from bot.languages import catalogue
from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase


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
