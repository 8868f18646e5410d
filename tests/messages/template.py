"""Gathers all that is translated: what the code marks, and what Discord shows of the commands."""

import asyncio
from collections.abc import Iterator
from typing import Any, NamedTuple

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from discord import app_commands

from bot.cards import words
from bot.client import Portolan
from knowledge.model import Protocol
from tests.messages.catalogues import ROOT

FOLDERS = ("bot", "knowledge")
TAG = "Translators:"
KEYWORDS = {"_": None, "_n": (1, 2), "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
"""What marks a message. `gettext` is not among them: it translates what is marked elsewhere, and
around a mark it would take the comment for itself."""
_NAMES = frozenset({*(each.upper() for each in Protocol), *words.SYSTEMS.values()})
"""Choices that are names, and the same in every language."""


class Marked(NamedTuple):
    """A message, once for each place where it stands.

    Attributes:
        identity: what is translated; of a counted one, singular and plural.
        context: which of several equal messages; None where there is but one.
        file: where it stands, relative to the checkout; "" of commands.
        comments: what translators should know.
    """

    identity: str | tuple[str, str]
    context: str | None
    file: str
    comments: tuple[str, ...]


def template() -> Catalog:
    """Return the messages in the order of files and lines, those of commands last.

    Raises:
        ValueError: one text is marked in two ways, so that it could not have two translations.
    """
    catalog = Catalog(fuzzy=False)
    for marked in (*_of_code(), *_of_commands()):
        known = catalog.get(marked.identity, marked.context)
        if known is not None and known.id != marked.identity:
            raise ValueError(f"marked with and without a plural: {marked.identity!r}")
        catalog.add(
            marked.identity,
            locations=[(marked.file, 0)] if marked.file else [],
            auto_comments=marked.comments,
            context=marked.context,
        )
    return catalog


def _of_code() -> Iterator[Marked]:
    for path in sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        found = extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=(TAG,), strip_comment_tags=True
        )
        for _line, message, comments, context in found:
            identity = message if isinstance(message, str) else (message[0], message[1])
            about = (" ".join(comments),) if comments else ()
            yield Marked(identity, context, path.relative_to(ROOT).as_posix(), about)


def _of_commands() -> Iterator[Marked]:
    for command in sorted(asyncio.run(_commands()), key=lambda each: each.qualified_name):
        if isinstance(command, app_commands.ContextMenu):
            yield _text(command.name, "context menu", f"In the menu of a {command.type.name}.")
            continue
        where = f"/{command.qualified_name}"
        yield _text(command.name, "command name", f"{where}. At most 32 characters, lower case.")
        yield _text(command.description, "command description", f"{where}. At most 100.")
        if isinstance(command, app_commands.Group):
            continue
        for option in command.parameters:
            of = f"Option of {where}."
            yield _text(option.display_name, "option name", f"{of} At most 32, lower case.")
            yield _text(option.description, "option description", f"{of} At most 100.")
            for choice in option.choices:
                if choice.name in _NAMES:
                    continue
                yield _text(choice.name, "choice", f"Of the option {option.name} of {where}.")


def _text(text: str, context: str, about: str) -> Marked:
    return Marked(text, context, "", (about,))


async def _commands() -> list[Any]:
    """Return the commands of the real client; it connects to nothing, and is asked nothing."""
    client = Portolan(None)
    await client.add_features()
    found: list[Any] = []
    for command in client.tree.get_commands():
        found.append(command)
        if isinstance(command, app_commands.Group):
            found += command.walk_commands()
    return found
