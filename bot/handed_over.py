"""What people hand over to be explained: the text of a message, and files."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from bot.markup import without_markup
from knowledge.phrasebook import _

log = logging.getLogger(__name__)

MOST_FILES = 5
MOST_BYTES = 256 * 1024  # of one file; more is more than is read at once, in any encoding
_NO_TEXT = ("image/", "video/", "audio/", "font/")

TOO_LARGE = _("{name} is too large: I read files of up to {count} KiB.")
NOT_TEXT = _("{name} is not text that I can read. Save it as plain text in UTF-8.")
OUT_OF_REACH = _("Discord does not hand me {name}. Please add it again.")
TOO_MANY = _("I read up to {count} files at a time.")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text.

    Attributes:
        name: of its file; "" for what was written in Discord itself.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not read.

    Attributes:
        reason: a sentence of this module, to be translated and filled in.
        count: how much would be read, where there was too much; else 0.
    """

    reason: str
    name: str
    count: int = 0


def text_of(message: discord.Message) -> str:
    """Return all that can be read in a message: its content, embeds, components, what it forwards.

    Mentions and emoji are left out, for their ids are no ports.
    """
    texts = [*_texts(message)]
    for forwarded in message.message_snapshots:
        texts += _texts(forwarded)
    return without_markup("\n".join(text for text in texts if text))


def files_of(message: discord.Message) -> list[discord.Attachment]:
    """Return the files of a message, and of what it forwards, that may hold text."""
    found = [*message.attachments]
    for forwarded in message.message_snapshots:
        found += forwarded.attachments
    return [each for each in found if not (each.content_type or "").startswith(_NO_TEXT)]


async def read_files(
    files: Sequence[discord.Attachment],
) -> tuple[list[Piece], list[Refusal]]:
    """Return the texts of the files, and what could not be read; both in the files' order."""
    pieces: list[Piece] = []
    refusals: list[Refusal] = []
    for each in await asyncio.gather(*(_read(file) for file in files[:MOST_FILES])):
        if isinstance(each, Piece):
            pieces.append(each)
        else:
            refusals.append(each)
    if len(files) > MOST_FILES:
        refusals.append(Refusal(TOO_MANY, "", MOST_FILES))
    return pieces, refusals


async def _read(file: discord.Attachment) -> Piece | Refusal:
    # Only where somebody hands over a file: it is a library that guesses encodings.
    from knowledge.sources.decoding import PageRefusedError, decode  # noqa: PLC0415

    if file.size > MOST_BYTES:
        return Refusal(TOO_LARGE, file.filename, MOST_BYTES // 1024)
    if (file.content_type or "").startswith(_NO_TEXT):
        return Refusal(NOT_TEXT, file.filename)
    try:
        content = await file.read()
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        log.warning("file not read error=%s", type(error).__name__)
        return Refusal(OUT_OF_REACH, file.filename)
    try:
        # A long text in an old encoding takes a while to guess.
        return Piece(file.filename, await asyncio.to_thread(decode, content))
    except PageRefusedError:
        return Refusal(NOT_TEXT, file.filename)


def _texts(message: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    yield message.content
    for embed in message.embeds:
        yield from (embed.author.name or "", embed.title or "", embed.description or "")
        for field in embed.fields:
            yield f"{field.name}: {field.value}"
        yield embed.footer.text or ""
    yield from _displayed(message.components)


def _displayed(components: Iterable[Any]) -> Iterator[str]:
    """Yield the texts that components show, nested ones included."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _displayed(getattr(component, "children", ()))
