"""The typed line of `portolan run` without a token: a person's questions, on a playground.

What is typed goes to the real bot through a local gateway, as a message, a slash command or a
pressed button; what comes back is the card as text.
"""

import asyncio
import re
import shutil
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

import discord
from discord import app_commands

from bot.client import Portolan
from bot.connection import Connection
from bot.lifecycle import serve
from bot.playground import NotPossibleError, Playground, Reply
from bot.playground.state import Modal
from bot.readable import readable
from bot.typed_lines import Lines, next_line, paragraph
from knowledge.base import KnowledgeBase

WELCOME = """\
There is no DISCORD_TOKEN, so this is the playground: the real bot, on a small Discord of its own
on this machine. Ask it something, such as: what is port 576?
Commands work too (/port 576, /help), and so does what stands in brackets ([577], [macos]).
Ctrl-D ends it. How to bring the bot to your server stands in README.md.
"""
SILENCE = "(The bot does not answer that.)"
LATE = "(The bot takes too long to answer.)"
FORM = "(What you type or paste next goes into the form; an empty line sends it.)"
GONE = "(The answer is gone.)"
PICTURE = "(The picture is in {path} until you leave.)"
ONLY_YOU = "(Only you can see this.)"
NOTHING_TO_PRESS = "(There is nothing like that to press.)"
PROMPT = "> "
REMEMBERED = 20  # answers on which something may still be pressed
WIDEST = 100  # columns; longer lines are hard to read, however wide the terminal is
_ENDS = frozenset({"exit", "quit", "/exit", "/quit"})
_PRESSED = re.compile(r"\[\s*(?P<wanted>[^\[\]]+?)\s*\]")
_BUTTON, _TEXT_INPUT = 2, 4


async def converse(  # noqa: PLR0913 (what a conversation is made of)
    knowledge: KnowledgeBase,
    lines: Lines,
    out: TextIO,
    stop: asyncio.Event,
    *,
    typed: bool,
    directory: Path | None = None,
) -> None:
    """Answer each line until there are no more, or `stop` is set.

    Args:
        knowledge: what the bot knows.
        lines: what is typed.
        out: where the answers go.
        stop: ends it.
        typed: somebody sits there: prompt them, and do not repeat their line.
        directory: where the installation keeps what belongs to it.

    Raises:
        StartFailure: the bot cannot start.
    """
    async with (
        Playground() as playground,
        _bot_on(playground, knowledge, stop, directory) as client,
    ):
        width = max(40, min(shutil.get_terminal_size().columns, WIDEST)) if typed else None
        conversation = Conversation(playground, client, width)
        out.write(WELCOME + "\n")
        while True:
            if typed:
                out.write(PROMPT)
            out.flush()
            line = await next_line(lines, stop)
            if line is None or line.strip().casefold() in _ENDS:
                break
            if not line.strip():
                continue
            if conversation.has_form and not line.startswith("/"):
                line = "\n".join([line, *[each async for each in paragraph(lines, stop)]])
            if not typed:
                out.write(f"{PROMPT}{line.strip()}\n")
            out.write(f"\n{await conversation.say(line.strip())}\n\n")
        if typed:
            out.write("\n")
        out.flush()
        conversation.end()


class Conversation:
    """What one person types, and what the bot answers; brackets press what an answer has."""

    def __init__(self, playground: Playground, client: Portolan, width: int | None) -> None:
        self._person = playground.ada
        self._width = width
        self._playground = playground
        self._client = client
        self._answers: deque[Reply] = deque(maxlen=REMEMBERED)
        self._form: Modal | None = None
        self._pictures: TemporaryDirectory[str] | None = None  # made for the first one

    def end(self) -> None:
        """Forget the pictures."""
        if self._pictures is not None:
            self._pictures.cleanup()

    @property
    def has_form(self) -> bool:
        """A form waits to be filled in."""
        return self._form is not None

    async def say(self, line: str) -> str:
        """Return the answer to a line as text, or a sentence on why there is none."""
        pressed = _PRESSED.fullmatch(line)
        form, self._form = self._form, None
        try:
            if form is not None and not line.startswith("/"):
                reply = await self._person.submit(form, _filled(form, line))
            elif pressed:
                reply = await self._press(pressed["wanted"])
                if reply is None:
                    return NOTHING_TO_PRESS
            elif line.startswith("/"):
                reply = await self._command(line)
            else:
                reply = await self._person.say(self._playground.channel, line, mention=True)
        except NotPossibleError as error:
            return f"({error})"
        except TimeoutError:
            return LATE
        if reply is None:
            return SILENCE
        if reply.modal is not None:
            self._form = reply.modal
            return f"{readable(reply.text, self._width)}\n{FORM}"
        return await self._all_told(reply)

    async def _all_told(self, reply: Reply) -> str:
        """Return an answer and what comes after it, such as the card that was shared, as text."""
        await self._playground.settled()
        found = (reply, *(() if reply.deleted else reply.followups))
        self._answers.extend(found)
        return "\n\n".join(self._told(each) for each in found)

    def _told(self, reply: Reply) -> str:
        """Return an answer as text, and where its pictures are."""
        if reply.deleted:
            return GONE
        lines = [readable(reply.text, self._width)]
        for name, content in reply.files.items():
            if self._pictures is None:
                self._pictures = TemporaryDirectory(prefix="portolan-")
            path = Path(self._pictures.name) / Path(name).name
            path.write_bytes(content)
            lines.append(PICTURE.format(path=path))
        if reply.ephemeral:
            lines.append(ONLY_YOU)
        return "\n".join(lines)

    async def _command(self, line: str) -> Reply | None:
        """Use a slash command; values without names are those of what it requires: /port 576."""
        name, _, value = line[1:].partition(" ")
        command = self._client.tree.get_command(name)
        if command is None:
            known = ", ".join(f"/{each.name}" for each in self._client.tree.get_commands())
            raise NotPossibleError(f"There is no command /{name}. There are: {known}.")
        options = getattr(command, "parameters", ())
        if not options or not value.strip() or any(f"{each.name}:" in value for each in options):
            return await self._person.type(self._playground.channel, line)
        wanted = [each for each in options if each.required] or options[:1]
        values = value.split(maxsplit=len(wanted) - 1)
        given = {
            each.name: _as_typed(text, each) for each, text in zip(wanted, values, strict=False)
        }
        return await self._person.slash(self._playground.channel, name, **given)

    async def _press(self, wanted: str) -> Reply | None:
        """Press the button, or choose the option, whose words are or hold what is wanted.

        The newest answer that has one is meant.
        """
        usable = [each for each in reversed(self._answers) if each.message and not each.deleted]
        for reply, fits in product(usable, (_is, _holds)):
            for component in _walk(reply.payload.get("components", ())):
                if component["type"] == _BUTTON and fits(_shown(component), wanted):
                    return await self._person.click(reply, component["custom_id"])
                for option in component.get("options", ()):
                    if fits((option["label"],), wanted):
                        return await self._person.choose(
                            reply, component["custom_id"], option["value"]
                        )
        return None


def _as_typed(text: str, option: app_commands.Parameter) -> str | int:
    """Return a value as the option has it; a text that is no number stays a text."""
    is_number = option.type is discord.AppCommandOptionType.integer and text.strip().isdecimal()
    return int(text) if is_number else text.strip()


def _filled(form: Modal, line: str) -> dict[str, str]:
    """Return a form's answers with a line in its first text field."""
    for label in form.payload["components"]:
        field = label.get("component", label)
        if field["type"] == _TEXT_INPUT:
            return {field["custom_id"]: line}
    return {}


def _walk(components: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", ()))


def _shown(button: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how a button may be named: its label, its emoji, or both as they are shown."""
    label = str(button.get("label") or "")
    emoji = str((button.get("emoji") or {}).get("name") or "")
    return (label, emoji, f"{emoji} {label}") if emoji else (label,)


def _is(shown: Iterable[str], wanted: str) -> bool:
    return wanted.casefold() in (each.casefold() for each in shown)


def _holds(shown: Iterable[str], wanted: str) -> bool:
    return any(wanted.casefold() in each.casefold() for each in shown)


@asynccontextmanager
async def _bot_on(
    playground: Playground, knowledge: KnowledgeBase, stop: asyncio.Event, directory: Path | None
) -> AsyncIterator[Portolan]:
    """Run the bot on the playground while the context lasts; it is ready inside.

    Raises:
        StartFailure: it cannot start, or it ended by itself.
    """
    client = Portolan(
        knowledge,
        Connection(playground.rest_url, playground.gateway_url),
        directory=directory,
    )
    ready, done = asyncio.Event(), asyncio.Event()
    running = asyncio.ensure_future(serve(client, playground.token, done, ready=ready))

    def ended(_: asyncio.Future[None]) -> None:
        ready.set()
        stop.set()

    running.add_done_callback(ended)
    try:
        await ready.wait()
        yield client
    finally:
        done.set()
        await running
