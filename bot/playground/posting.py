"""Writing messages: from a request's body and files to a message of the world, and its edits."""

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bot.playground import limits, payloads
from bot.playground.components import Placed, walk
from bot.playground.dressing import dress_components, dress_embeds
from bot.playground.errors import empty_message, invalid_form, too_large
from bot.playground.mentions import pings
from bot.playground.problems import Place, Problem
from bot.playground.state import (
    COMPONENTS_V2,
    LOADING,
    Attachment,
    Channel,
    Interaction,
    Message,
    MessageKind,
    Payload,
    User,
)
from bot.playground.world import World
from bot.playground.writing import Components

SUPPRESS_EMBEDS = 1 << 2
SUPPRESS_NOTIFICATIONS = 1 << 12
SETTABLE = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came with a request; `slot` is the number in `files[n]`."""

    slot: int
    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """What a bot wants to write.

    Attributes:
        body: the message part of the request.
        uploads: the files that came with it.
        place: where the message part stands in the body, for error messages.
    """

    body: Payload
    uploads: tuple[Upload, ...] = ()
    place: Place = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a message goes and what it belongs to."""

    channel: Channel
    author: User
    flags: int = 0
    kind: MessageKind = MessageKind.DEFAULT
    interaction: Interaction | None = None
    viewer: User | None = None
    reference: Message | None = None


def compose(world: World, envelope: Envelope, draft: Draft) -> Message:
    """Return a new message, not yet in its channel.

    Raises:
        ApiError: it is empty, or breaks a rule.
    """
    message = Message(
        world.snowflakes.next(),
        envelope.channel,
        envelope.author,
        kind=envelope.kind,
        interaction=envelope.interaction,
        viewer=envelope.viewer,
        reference=envelope.reference,
        flags=envelope.flags,
        nonce=draft.body.get("nonce"),
    )
    fill(world, message, draft)
    return message


def revise(world: World, message: Message, draft: Draft) -> None:
    """Change a message as an edit says: absent keys stay, null empties.

    Raises:
        ApiError: the result would be empty, or break a rule; the message is then unchanged.
    """
    before = payloads.message(message)
    loading = message.loading
    fill(world, message, draft)
    if not loading:
        message.earlier.append(before)
        message.edited = world.clock.today()
    message.changed.set()


def fill(world: World, message: Message, draft: Draft) -> None:
    """Put a draft into a message; its embeds and components are completed in place.

    Those that a message has are never changed, only replaced: whoever has seen them may keep them.

    Raises:
        ApiError: see `compose`.
    """
    body = draft.body
    files = _files(world, message, draft)
    flags = int(body.get("flags") or 0) & SETTABLE | message.flags & ~LOADING
    whole: Payload = {
        "content": body.get("content", message.content) or "",
        "embeds": body.get("embeds", message.embeds) or [],
        "components": body.get("components", message.components) or [],
        "attachments": files,
        "flags": flags,
        "allowed_mentions": body.get("allowed_mentions"),
        "nonce": body.get("nonce"),
        "poll": body.get("poll"),
        "sticker_ids": body.get("sticker_ids"),
    }
    components = walk(whole["components"])
    problems = limits.message_problems(whole, components)
    if not problems:
        problems += dress_embeds(whole["embeds"] if "embeds" in body else (), files)
        problems += dress_components(components if "components" in body else (), files)
    if problems:
        raise invalid_form(_moved(problems, draft.place))
    if limits.is_empty(whole):
        raise empty_message()
    message.content, message.flags = str(whole["content"]).strip(), flags
    message.embeds, message.attachments = whole["embeds"], files
    if "components" in body:
        message.components = Components(whole["components"])
    found = pings(world, message, _displayed(message, components), body.get("allowed_mentions"))
    message.mentions, message.mention_roles = list(found.users), list(found.roles)
    message.mention_everyone, message.reply_ping = found.everyone, found.replied


def _displayed(message: Message, components: Sequence[Placed]) -> str:
    """Return the content and all text displays, one below the other."""
    texts = (str(part["content"]) for _, part in components if "content" in part)
    return "\n".join((message.content, *texts))


def _moved(problems: Sequence[Problem], place: Place) -> list[Problem]:
    return [Problem((*place, *each.place), each.code, each.message) for each in problems]


def attach(world: World, channel: Channel, filename: str, content: bytes) -> Attachment:
    """Keep a file and return it with the URL that serves it.

    Raises:
        ApiError: it is over the size limit.
    """
    if len(content) > payloads.ATTACHMENT_SIZE_LIMIT:
        raise too_large()
    number, filename = world.snowflakes.next(), filename.replace(" ", "_")
    attachment = Attachment(
        number,
        filename,
        content,
        mimetypes.guess_type(filename)[0] or "application/octet-stream",
        f"{world.cdn_url}/attachments/{channel.id}/{number}/{quote(filename)}",
    )
    world.attachments[number] = attachment
    while len(world.attachments) > world.keep:
        del world.attachments[next(iter(world.attachments))]
    return attachment


def _files(world: World, message: Message, draft: Draft) -> list[Attachment]:
    """Return the attachments that the message will have.

    A list in the body says which stay and describes new ones; without it all old ones stay.
    """
    listed: list[Payload] | None = draft.body.get("attachments")
    described = {str(each.get("id")): each for each in listed or []}
    keep = message.attachments if "attachments" not in draft.body else []
    kept = [*keep, *(each for each in message.attachments if str(each.id) in described)]
    for upload in draft.uploads:
        words = described.get(str(upload.slot), {})
        name = str(words.get("filename") or upload.filename)
        attachment = attach(world, message.channel, name, upload.content)
        attachment.description = words.get("description")
        attachment.ephemeral = message.ephemeral
        kept.append(attachment)
    return kept
