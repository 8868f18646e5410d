"""Buttons, selects and forms."""

import pytest

from bot.playground import NotPossibleError, Playground, Reply
from bot.playground.forms import Answer

pytestmark = pytest.mark.usefixtures("bot")

FORM = """\
# Paste
Text:
  [__________]
System:
  <Choose: Linux>
Files:
  [drop files here]"""


@pytest.fixture
async def card(playground: Playground) -> Reply:
    """A message with components."""
    reply = await playground.ada.say(playground.channel, "card", mention=True)
    assert reply is not None
    return reply


async def test_a_card_reads_from_top_to_bottom(card: Reply) -> None:
    assert card.text.splitlines() == [
        "| Port 443 is https",
        "| [More]",
        f"| {'-' * 40}",
        "| Assigned by IANA",
        "<Your system: Linux, Windows>",
        "<Choose: people>",
        "[Off (off)] [IANA](https://iana.org) [📝]",
    ]


async def test_a_button_may_change_its_message(playground: Playground, card: Reply) -> None:
    reply = await playground.ben.click(card, "More")
    assert reply is not None
    assert reply.message is card.message
    assert card.text == "The whole article"
    assert len(card.edits) == 1
    assert "Assigned by IANA" in str(card.edits[0])


async def test_a_select_sends_what_was_chosen(playground: Playground, card: Reply) -> None:
    for select, option in (("system", "Linux"), ("Your system", "Windows")):
        reply = await playground.ben.choose(card, select, option)
        assert reply is not None
        assert (reply.text, reply.ephemeral) == (f"on {option}", True)


async def test_a_select_of_people_sends_them_too(playground: Playground, card: Reply) -> None:
    reply = await playground.ada.choose(card, "who", playground.ben)
    assert reply is not None
    assert reply.message is card.message
    assert [each.text for each in reply.followups] == ["chose ben"]


async def test_what_cannot_be_pressed_is_refused(playground: Playground, card: Reply) -> None:
    for button, words in (
        ("Off", "greyed out"),
        ("IANA", "is a link to https://iana.org"),
        ("Less", "does not offer 'Less' but 'More'"),
    ):
        with pytest.raises(NotPossibleError, match=words):
            await playground.ada.click(card, button)
    for chosen in (("BeOS",), (), ("Linux", "Windows")):
        with pytest.raises(NotPossibleError, match=r"offers|takes 1 to 1"):
            await playground.ada.choose(card, "system", *chosen)


async def test_a_private_message_has_buttons_for_one_person_only(playground: Playground) -> None:
    reply = await playground.ada.slash(playground.channel, "think", private=True)
    assert reply is not None
    assert reply.ephemeral
    with pytest.raises(NotPossibleError, match="only Ada sees that message"):
        await playground.ben.click(reply, "More")
    assert await playground.ada.click(reply, "More") is not None


async def test_a_message_that_is_gone_cannot_be_pressed(
    playground: Playground, card: Reply
) -> None:
    assert card.message is not None
    card.message.deleted = True
    with pytest.raises(NotPossibleError, match="gone"):
        await playground.ada.click(card, "More")


async def test_a_form_is_opened_filled_in_and_sent(playground: Playground, card: Reply) -> None:
    for opened in (
        await playground.ada.click(card, "📝"),
        await playground.ada.slash(playground.channel, "form"),
    ):
        assert opened is not None
        assert opened.modal is not None
        assert (opened.modal.title, opened.text) == ("Paste", FORM)
        answers: dict[str, Answer] = {"Text": "22/tcp", "os": ["Linux"]}
        with pytest.raises(NotPossibleError, match="takes 0 to 1 files"):
            await playground.ada.submit(opened, {**answers, "files": [("a", b""), ("b", b"")]})
        reply = await playground.ada.submit(opened, {**answers, "files": [("a", b"123")]})
        assert reply is not None
        assert (reply.text, reply.ephemeral) == ("22/tcp ['Linux'] [3]", True)


async def test_a_form_is_not_sent_with_answers_that_do_not_fit(playground: Playground) -> None:
    opened = await playground.ada.slash(playground.channel, "form")
    assert opened is not None
    refused: tuple[tuple[dict[str, Answer], str], ...] = (
        ({}, "'Text' must be filled in"),
        ({"Text": "x" * 4001}, "takes 0 to 4000 characters"),
        ({"Text": "x", "Bogus": "y"}, "no field 'Bogus'"),
        ({"Text": "x", "System": ["BeOS"]}, "offers 'Linux'"),
        ({"Text": "x", "Files": "a name"}, "takes a list of files"),
    )
    for answers, words in refused:
        with pytest.raises(NotPossibleError, match=words):
            await playground.ada.submit(opened, answers)
    with pytest.raises(LookupError):
        _ = opened.payload
