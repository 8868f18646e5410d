"""What exists in the playground: people, servers, channels, messages, commands, interactions."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from time import perf_counter
from typing import Any

from bot.playground.clock import made_at
from bot.playground.permissions import (
    BOT_DM,
    EVERYTHING,
    NOTHING,
    ORDINARY,
    PRIVATE,
    Permission,
    granted_by,
)

Payload = dict[str, Any]

EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15
UNANSWERED = 1_000  # messages of a channel


class ChannelKind(IntEnum):
    """Discord's channel types, as far as they exist here."""

    TEXT = 0
    DIRECT = 1
    GROUP = 3


class MessageKind(IntEnum):
    """Discord's message types, as far as they exist here."""

    DEFAULT = 0
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    CONTEXT_MENU_COMMAND = 23


class InteractionKind(IntEnum):
    """Discord's interaction types."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Context(IntEnum):
    """Where a command is used: in a server, in the bot's DM, in other private channels."""

    GUILD = 0
    BOT_DM = 1
    PRIVATE = 2


class Install(StrEnum):
    """How the app came here, with the keys of `authorizing_integration_owners`."""

    GUILD = "0"
    USER = "1"


@dataclass(slots=True, eq=False)
class User:
    """A person or the bot.

    Attributes:
        installed: the person has added the app to their own account (user install).
    """

    id: int
    name: str
    display_name: str
    bot: bool = False
    locale: str = "en-US"
    installed: bool = False


@dataclass(slots=True, eq=False)
class Role:
    """A role of a server; the one with the server's own id is @everyone."""

    id: int
    name: str
    permissions: Permission
    position: int = 0
    bot_id: int | None = None


@dataclass(slots=True, eq=False)
class Member:
    """A user in a server."""

    user: User
    joined: datetime
    roles: list[int] = field(default_factory=list)
    nick: str | None = None


@dataclass(slots=True, eq=False)
class Guild:
    """A server.

    Attributes:
        installed: the app was added to it; in a foreign server the bot sees nothing.
        external_apps: members may use apps of their own in public, not only for themselves.
    """

    id: int
    name: str
    owner: User
    locale: str = "en-US"
    installed: bool = True
    external_apps: bool = True
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, "Channel"] = field(default_factory=dict)

    def permissions_of(self, user: User) -> Permission:
        """Return what `user` may do in the whole server; nothing for a stranger."""
        member = self.members.get(user.id)
        if member is None:
            return NOTHING
        if user is self.owner:
            return EVERYTHING
        roles = (self.roles[role].permissions for role in member.roles)
        return granted_by(self.roles[self.id].permissions, *roles)


@dataclass(slots=True, eq=False)
class Channel:
    """A text channel of a server, a direct message with the bot, or a group of people.

    Attributes:
        denied: user id to the permissions that this channel takes from that user.
        unanswered: what people wrote here and the bot has neither answered nor passed over.
    """

    id: int
    kind: ChannelKind
    name: str
    guild: Guild | None = None
    people: list[User] = field(default_factory=list)
    topic: str | None = None
    position: int = 0
    denied: dict[int, Permission] = field(default_factory=dict)
    messages: dict[int, "Message"] = field(default_factory=dict)
    unanswered: dict[int, "Message"] = field(default_factory=dict)

    def permissions_of(self, user: User) -> Permission:
        """Return what `user` may do here."""
        if self.guild is None:
            if user not in self.people:
                return NOTHING
            granted = (BOT_DM if self.kind is ChannelKind.DIRECT else PRIVATE) | ORDINARY
        else:
            granted = self.guild.permissions_of(user)
        denied = self.denied.get(user.id) if self.denied else None
        return granted if not denied or granted == EVERYTHING else granted & ~denied

    def await_answer(self, message: "Message") -> None:
        """Note that a message waits for the bot's answer; of very many the oldest does not."""
        self.unanswered[message.id] = message
        if len(self.unanswered) > UNANSWERED:
            del self.unanswered[next(iter(self.unanswered))]


@dataclass(slots=True, eq=False)
class Attachment:
    """A file that somebody sent; `url` serves its bytes."""

    id: int
    filename: str
    content: bytes
    content_type: str
    url: str
    description: str | None = None
    ephemeral: bool = False


@dataclass(slots=True, eq=False)
class Message:
    """A message in a channel, or one that only `viewer` sees (ephemeral).

    Attributes:
        pinged: ids of the users whom this message really notifies.
        reference: the message it answers, deleted or not.
        forwarded: the messages that it forwards.
        interaction: the interaction it responds to; None for an ordinary message.
        source: for a message, the interaction whose webhook may edit it.
        born: the moment that it was written, in seconds of `perf_counter`.
        earlier: what it looked like before each edit.
        answers: the bot's messages that answer this one.
    """

    id: int
    channel: Channel
    author: User
    content: str = ""
    embeds: list[Payload] = field(default_factory=list)
    components: list[Payload] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    kind: MessageKind = MessageKind.DEFAULT
    mentions: list[User] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    reference: "Message | None" = None
    forwarded: list["Message"] = field(default_factory=list)
    reply_ping: bool = False
    nonce: str | int | None = None
    edited: datetime | None = None
    interaction: "Interaction | None" = None
    viewer: User | None = None
    deleted: bool = False
    reactions: dict[str, list[int]] = field(default_factory=dict)
    earlier: list[Payload] = field(default_factory=list)
    answers: list["Message"] = field(default_factory=list)
    born: float = field(default_factory=perf_counter)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def created(self) -> datetime:
        """The moment of its id."""
        return made_at(self.id)

    @property
    def ephemeral(self) -> bool:
        """Only one person sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """The bot is "thinking": a deferred response that nothing has filled yet."""
        return bool(self.flags & LOADING)


@dataclass(frozen=True, slots=True)
class Choice:
    """A suggestion of an autocompletion."""

    name: str
    value: str | int | float


@dataclass(slots=True, eq=False)
class Modal:
    """A form that the bot opened for a person."""

    payload: Payload
    interaction: "Interaction"

    @property
    def custom_id(self) -> str:
        """The id that the submission carries."""
        return str(self.payload["custom_id"])

    @property
    def title(self) -> str:
        """The heading of the form."""
        return str(self.payload["title"])


@dataclass(slots=True, eq=False)
class Interaction:
    """One use of a command, a component or a form, and what the bot has made of it.

    Attributes:
        owners: `authorizing_integration_owners`.
        opened: when it was sent, in seconds of the playground's clock.
        sent: the same moment in seconds of `perf_counter`, to measure `latency` with.
        message: the message whose component was used, or on which the form was opened.
        callback: the type of the first response, None before it.
        original: the message that `@original` names.
        answered: set with the first response.
        changed: set with everything that follows it.
    """

    id: int
    kind: InteractionKind
    token: str
    user: User
    channel: Channel
    data: Payload
    opened: float
    sent: float
    owners: dict[Install, int]
    context: Context
    message: Message | None = None
    command: Payload | None = None
    parent: "Interaction | None" = None
    callback: int | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Modal | None = None
    choices: tuple[Choice, ...] = ()
    latency: float | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def foreign(self) -> bool:
        """The app works here only through the person who brought it."""
        return set(self.owners) == {Install.USER}
