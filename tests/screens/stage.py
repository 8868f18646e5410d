"""A stage: somebody uses the bot in a channel of their own, and what they see is written down."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager
from difflib import SequenceMatcher
from pathlib import Path

import discord

from bot.client import Portolan
from bot.connection import Connection
from bot.cooldowns import Cooldowns
from bot.lifecycle import serve
from bot.playground import (
    Channel,
    Intent,
    Message,
    Person,
    Playground,
    Reply,
)
from bot.playground.invoking import OptionValue
from bot.playground.permissions import NOTHING, Permission
from bot.readable import readable
from knowledge.base import KnowledgeBase
from knowledge.changes import Change, ChangeKind, Update, remember
from knowledge.model import Answer, Protocol

WIDTH = 88  # columns
ONLY_YOU = "(Only you can see this.)"
ELLIPSIS = "│ …"
GONE = "(The answer is gone.)"
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\(<[^<>]+>\)")
_MENTION = re.compile(r"<(@|#)!?(\d+)>|</([^:<>]+):\d+>")
# What changes by itself, and what stands for it on the page.
PLACEHOLDERS = {
    re.compile(r"(?<=reference )`[0-9a-f]{8}`"): "`1a2b3c4d`",
    re.compile(r"(?<=About Portolan )[\w.+-]+"): "1.2.3",
    re.compile(r"(?m)(?<=^\| - )([^:]+): [\d,]+$"): r"\1: 1,234",
}
CHANGES = (
    Change(ChangeKind.ADDED, 4099, 4099, Protocol.TCP, ("unassigned",), ("example-sync",)),
    Change(ChangeKind.REMOVED, 4100, 4100, Protocol.UDP, ("old-sync",), ("unassigned",)),
    Change(ChangeKind.RENAMED, 4101, 4101, Protocol.TCP, ("smpl",), ("sample",)),
)


class Stage:
    """The bot, the playground it is on, and a knowledge base that nobody closes.

    Attributes:
        playground: where all happens.
        client: the bot, in this process.
    """

    def __init__(self, playground: Playground, client: Portolan) -> None:
        self.playground = playground
        self.client = client

    async def scene(self, *, locale: str = "en-US", permissions: Permission = NOTHING) -> "Scene":
        """Return an empty screen: a new person, called Ada, in a new channel, #network."""
        guild = self.playground.guild
        channel = await self.playground.add_channel(guild, "network")
        ada = self.playground.add_person("Ada", locale=locale, permissions=permissions)
        return Scene(self, ada, channel)

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Let every answer fail while the context lasts."""

        async def fail(*_args: object, **_options: object) -> Answer:
            raise RuntimeError("this is for the page of cards")

        self.client.answer = fail  # type: ignore[method-assign]
        logging.disable()
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)
            del self.client.answer

    def named(self, text: str) -> str:
        """Return a text with the names that Discord shows in place of ids."""

        def name(found: re.Match[str]) -> str:
            sign, number, command = found.groups()
            if command is not None:
                return f"/{command}"
            world = self.playground.world
            if sign == "@":
                return f"@{world.users[int(number)].display_name}"
            return f"#{world.channels[int(number)].name}"

        return _MENTION.sub(name, text)


class Scene:
    """One screen.

    Attributes:
        lines: what has been written down.
        person: whose screen it is.
        channel: where.
    """

    def __init__(self, stage: Stage, person: Person, channel: Channel) -> None:
        self.stage = stage
        self.person = person
        self.channel = channel
        self.lines: list[str] = []
        self._shown: dict[int, list[str]] = {}  # lines by message

    @property
    def name(self) -> str:
        """The person's."""
        return self.person.user.display_name

    # ------------------------------------------------------------ what the person does

    async def mention(self, text: str) -> Reply:
        """Write to the bot."""
        self.does(f"{self.name}: @Portolan {text}".rstrip())
        return self.sees(await self.person.say(self.channel, text, mention=True))

    async def say(self, text: str) -> Reply:
        """Write without a mention, where the bot answers all the same."""
        self.does(f"{self.name}: {text}")
        return self.sees(await self.person.say(self.channel, text))

    async def write(self, text: str) -> Message:
        """Write something that is not for the bot."""
        self.does(f"{self.name}: {text}")
        return await self.person.post(self.channel, text)

    async def slash(self, command: str, /, **options: OptionValue) -> Reply:
        """Use a slash command."""
        given = " ".join(f"{name}:{value}" for name, value in options.items())
        self.does(f"{self.name} uses /{command} {given}".rstrip())
        return self.sees(await self.person.slash(self.channel, command, **options))

    async def typing(self, command: str, /, **options: OptionValue) -> None:
        """Begin to type a slash command, and see what is suggested."""
        given = " ".join(f"{name}:{value}" for name, value in options.items())
        self.does(f"{self.name} types /{command} {given}")
        choices = await self.person.autocomplete(self.channel, command, **options)
        self.lines += [f"  {choice.name}" for choice in choices or ()]

    async def menu(self, command: str, message: Message) -> Reply:
        """Use a command of a message's menu."""
        self.does(f"{self.name} opens that message's menu, and chooses: Apps > {command}")
        return self.sees(await self.person.menu(command, message))

    async def press(self, reply: Reply, button: str) -> Reply:
        """Press a button."""
        self.does(f"{self.name} presses [{button}]")
        return self.sees(await self.person.click(reply, button))

    async def choose(self, reply: Reply, menu: str, choice: str) -> Reply:
        """Choose in a select menu."""
        self.does(f"{self.name} chooses {choice}")
        return self.sees(await self.person.choose(reply, menu, choice))

    async def submit(self, reply: Reply, field: str, text: str) -> Reply:
        """Fill in a form and send it off."""
        self.does(f"{self.name} pastes into it, and sends it:")
        self.lines += [*(f"  {line}" for line in text.splitlines()), ""]
        return self.sees(await self.person.submit(reply, {field: text}))

    async def card_of(self, question: str) -> Reply:
        """Ask something whose answer stands elsewhere on the page."""
        reply = await self.quietly(self.person.say(self.channel, question, mention=True))
        self.lines.append(f"On the answer to “{question}”:")
        return reply

    async def quietly(self, doing: Awaitable[Reply | None]) -> Reply:
        """Do what stands not on the screen.

        Raises:
            LookupError: it is not answered.
        """
        reply = await doing
        if reply is None:
            raise LookupError("no answer to what is done behind the screen")
        return reply

    # ------------------------------------------------------------ what is seen

    def does(self, line: str) -> None:
        """Write down what the person does."""
        if self.lines:
            self.lines.append("")
        self.lines += [line, ""]

    def sees(self, reply: Reply | None) -> Reply:
        """Write down an answer.

        Raises:
            LookupError: there is none.
        """
        if reply is None:
            raise LookupError(f"no answer on the screen that begins {self.lines[:1]}")
        lines = self._read(reply.text)
        if reply.message is None:  # a form
            self.lines += lines
        elif reply.deleted:
            self.lines.append(GONE)
        elif reply.message.id in self._shown:
            self.lines += _changed(self._shown[reply.message.id], lines)
        else:
            self.lines += lines
        if reply.message is not None:
            self._shown[reply.message.id] = lines
        if reply.ephemeral:
            self.lines.append(ONLY_YOU)
        return reply

    def sees_below(self, reply: Reply, like: Reply) -> None:
        """Write down a further message, as far as it is not like another card."""
        lines = self._read(reply.text)
        self.lines += ["", "Below it, for all:", "", *_changed(self._read(like.text), lines)]

    def _read(self, text: str) -> list[str]:
        """Return the lines of an answer as they are read."""
        text = self.stage.named(_LINK.sub(r"\1", text))
        for pattern, shown in PLACEHOLDERS.items():
            text = pattern.sub(shown, text)
        return [*_framed(readable(text, WIDTH - 2).splitlines())]


def _framed(lines: list[str]) -> Iterator[str]:
    """Draw the bar at the side of a card a little finer."""
    for line in lines:
        yield f"│ {line[2:]}".rstrip() if line.startswith("| ") else line.replace("|", "│", 1)


def _changed(before: list[str], after: list[str]) -> list[str]:
    """Return the lines of a card that has changed; an ellipsis stands for what has not."""
    lines: list[str] = []
    for what, _first, _last, first, last in SequenceMatcher(None, before, after).get_opcodes():
        if what != "equal":
            lines += after[first:last]
        elif lines[-1:] != [ELLIPSIS]:
            lines.append(ELLIPSIS)
    return lines


@asynccontextmanager
async def raised(knowledge: KnowledgeBase, directory: Path) -> AsyncIterator[Stage]:
    """Run the real bot on a playground while the context lasts; discord.py's addresses stay.

    Args:
        knowledge: what it answers from; stays open.
        directory: an empty one.
    """
    date = knowledge.meta["registry_date"]
    remember(directory, Update(f"{date}T06:00:00+00:00", "2026-01-01", date, CHANGES))
    route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
    kept = route.BASE, socket.DEFAULT_GATEWAY
    async with Playground(granted=Intent.MESSAGE_CONTENT) as playground:
        connection = Connection(
            playground.rest_url, playground.gateway_url, shard_count=1, message_content=True
        )
        client = Portolan(
            knowledge,
            connection,
            directory=directory,
            cooldowns=Cooldowns(lambda: 0.0),  # nobody waits for the page
        )
        stop, ready = asyncio.Event(), asyncio.Event()
        served = asyncio.create_task(serve(client, playground.token, stop, ready=ready))
        served.add_done_callback(lambda _: ready.set())
        await ready.wait()
        try:
            yield Stage(playground, client)
        finally:
            stop.set()
            await served
            route.BASE, socket.DEFAULT_GATEWAY = kept
