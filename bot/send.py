"""The only place that sends: replies to messages and answers to interactions, once each."""

import asyncio
from collections.abc import Coroutine
from enum import Enum, auto
from http import HTTPStatus
from io import BytesIO
from typing import Any

import aiohttp
import discord
from discord import ui
from discord.http import HTTPClient, MultipartParameters, Route, handle_message_parameters
from discord.utils import MISSING
from typing_extensions import override

from bot.cards.guard import fit, fit_content
from bot.cards.parts import Card, Payload, components, pictures, seen_as

BUDGET_SECONDS = 0.8  # who waits for a second wonders; Discord gives up after three

Reply = Card | str
"""What is sent: a card, or one line of text."""


class Place(Enum):
    """Where the answer to an interaction goes."""

    CHANNEL = auto()  # a new message that all can read
    PRIVATE = auto()  # a new message that only the user can read
    SAME = auto()  # the message whose component was used changes


class _View(ui.LayoutView):
    """A card as discord.py sends it.

    It never listens by itself: what can be pressed on it are dynamic items, whose patterns the
    client knows, so that discord.py need not keep a view in memory for each message. Nor is it
    set up as a view that listens is; that would take longer than all that is done here.
    """

    def __init__(self, card: Card, *, private: bool = False) -> None:
        fitting = fit(seen_as(card, private=private))
        self._components = components(fitting)
        self.files = [
            discord.File(BytesIO(each.content), each.name, description=each.alt or None)
            for each in pictures(fitting)
        ]

    @override
    def to_components(self) -> list[Payload]:
        return self._components

    @override
    def has_components_v2(self) -> bool:
        return True

    @override
    def is_dispatchable(self) -> bool:
        return False

    @override
    def is_finished(self) -> bool:
        return True


async def reply_to(message: discord.Message | discord.PartialMessage, reply: Reply) -> None:
    """Reply to a message, without pinging anybody.

    The nonce comes from the message's id: should Discord hand us the message twice, it still
    shows one reply.
    """
    view = _View(reply) if isinstance(reply, Card) else None
    # As Message.reply does it, but for the objects that it would make of what Discord returns:
    # of every component of a card, and nobody looks at them.
    with handle_message_parameters(
        content=MISSING if isinstance(reply, Card) else fit_content(reply),
        view=view or MISSING,
        files=view.files if view is not None and view.files else MISSING,
        flags=MISSING if view is not None else discord.MessageFlags(suppress_embeds=True),
        nonce=str(message.id),
        allowed_mentions=discord.AllowedMentions.none(),
        mention_author=False,
        message_reference=message.to_message_reference_dict(),
    ) as params:
        await _post(message._state.http, message.channel.id, params)  # noqa: SLF001


async def _post(http: HTTPClient, channel: int, params: MultipartParameters) -> None:
    """Post a message, as `HTTPClient.send_message` does, but for what Discord returns."""
    if params.files:
        await http.send_message(channel, params=params)
        return
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
    await http.request(route, json=params.payload, raise_for_status=_unread)


async def _unread(response: aiohttp.ClientResponse) -> None:
    """Let discord.py find "null" in the answer to a message, which is the message once more.

    aiohttp calls this as soon as it has the head of the answer. What tells of an error is kept.
    """
    if response.status == HTTPStatus.OK:
        await response.read()
        response._body = b"null"  # noqa: SLF001


async def tell(interaction: discord.Interaction[Any], text: str) -> None:
    """Say a line to the user alone, whether or not the interaction is answered already."""
    if interaction.response.is_done():
        await interaction.followup.send(fit_content(text), ephemeral=True, suppress_embeds=True)
    else:
        await interaction.response.send_message(
            fit_content(text), ephemeral=True, suppress_embeds=True
        )


async def share(interaction: discord.Interaction[Any], private: Card, public: Card) -> bool:
    """Post a card for all to read, and change the private one whose button was used.

    Returns:
        False where Discord does not let the app post; nothing is posted then.
    """
    view = _View(private, private=True)
    await interaction.response.edit_message(view=view, attachments=view.files)
    public_view = _View(public)
    try:
        posted = await interaction.followup.send(
            view=public_view, files=public_view.files, wait=True
        )
    except discord.Forbidden:
        return False
    if not posted.flags.ephemeral:
        return True
    await posted.delete()
    return False


async def remove(interaction: discord.Interaction[Any]) -> None:
    """Delete the message whose component was used; no permission is needed for that."""
    await interaction.response.defer()
    await interaction.delete_original_response()


def is_private(interaction: discord.Interaction[Any]) -> bool:
    """Return whether only the user sees the message whose component was used."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def respond(
    interaction: discord.Interaction[Any],
    work: Coroutine[Any, Any, Reply],
    place: Place,
    *,
    budget_seconds: float,
) -> bool:
    """Answer an interaction with what `work` returns; meanwhile acknowledge it in time.

    Returns:
        Whether the answer came after the acknowledgement.

    Raises:
        Exception: what `work` raises, or what sending raises.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=budget_seconds)
        if not task.done():
            await _defer(interaction, place)
        reply = await task
    finally:
        task.cancel()
    late = interaction.response.is_done()
    await (_answer_late if late else _answer)(interaction, reply, place)
    return late


async def _defer(interaction: discord.Interaction[Any], place: Place) -> None:
    if place is Place.SAME:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=place is Place.PRIVATE, thinking=True)


async def _answer(interaction: discord.Interaction[Any], reply: Reply, place: Place) -> None:
    if not isinstance(reply, Card):
        # A card cannot become a line of text, so a line comes apart from it; and a line, such as
        # that nothing is known, concerns nobody but the asker.
        await interaction.response.send_message(
            fit_content(reply), ephemeral=True, suppress_embeds=True
        )
    elif place is Place.SAME:
        view = _View(reply, private=is_private(interaction))
        await interaction.response.edit_message(view=view, attachments=view.files)
    else:
        private = place is Place.PRIVATE
        view = _View(reply, private=private)
        await interaction.response.send_message(view=view, files=view.files, ephemeral=private)


async def _answer_late(interaction: discord.Interaction[Any], reply: Reply, place: Place) -> None:
    if isinstance(reply, Card):
        private = place is Place.PRIVATE or (place is Place.SAME and is_private(interaction))
        view = _View(reply, private=private)
        await interaction.edit_original_response(view=view, attachments=view.files)
    elif place is Place.SAME:
        await interaction.followup.send(fit_content(reply), ephemeral=True, suppress_embeds=True)
    else:
        await interaction.edit_original_response(content=fit_content(reply))
