"""Hands the commands to Discord only when they have changed: it allows 200 creations a day.

Whether they have is told by a digest of all that Discord would be handed. That needs thirty
catalogues read, at every start; so beside it the record keeps a digest of what all this is made
from, which is soon known. Where that is the same, the commands are.
"""

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.translator import CommandTranslator

log = logging.getLogger(__name__)

RECORD = "commands.sha256"  # in the data directory
Payload = dict[str, Any]

# What makes a command, of all that Discord says of one.
_MAKES = frozenset(
    {"type", "name", "name_localizations", "description", "description_localizations"}
    | {"default_member_permissions", "contexts", "integration_types", "nsfw", "options"}
    | {"required", "choices", "value", "channel_types", "autocomplete"}
    | {"min_value", "max_value", "min_length", "max_length"}
)
_UNORDERED = frozenset({"contexts", "integration_types", "channel_types"})
_SLASH = 1


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of the commands that were handed over; a line of the file for each.

    Attributes:
        handed_over: the digest of what Discord was handed.
        made_from: the digest of what that was made from; "" where nobody can tell.
    """

    handed_over: str = ""
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes of Discord's commands, by the names that people see."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


async def sync_if_changed(tree: app_commands.CommandTree[Any], record: Path | None) -> bool:
    """Hand the commands to Discord, unless `record` says that it has these already.

    What Discord refuses or is too busy for is logged: the bot can answer all the same.

    Args:
        tree: of a client that is logged in.
        record: the file that remembers what was handed over last; None hands them over always.

    Returns:
        Whether they were handed over.
    """
    if record is not None and await _is_recorded(tree, record):
        return False
    try:
        await hand_over(tree, record)
    except discord.DiscordException as error:
        log.exception("commands not synced error=%s", type(error).__name__)
        return False
    return True


async def hand_over(tree: app_commands.CommandTree[Any], record: Path | None) -> int:
    """Hand the commands to Discord and remember that; return how many there are.

    Raises:
        discord.DiscordException: Discord does not take them.
    """
    synced = await tree.sync()
    log.info("commands synced count=%d", len(synced))
    await remember(tree, record)
    return len(synced)


async def remember(tree: app_commands.CommandTree[Any], record: Path | None) -> None:
    """Remember that Discord has these commands."""
    if record is not None:
        _write(record, Record(await digest_of(tree), origin_of(tree)))


async def _is_recorded(tree: app_commands.CommandTree[Any], record: Path) -> bool:
    """Return whether the record is of these commands, and note what they are made from now."""
    kept = _read(record)
    made_from = origin_of(tree)
    if made_from and kept.made_from == made_from:
        return True
    if not kept.handed_over or kept.handed_over != await digest_of(tree):
        return False
    _write(record, Record(kept.handed_over, made_from))
    return True


def origin_of(tree: app_commands.CommandTree[Any]) -> str:
    """Return a digest of what the commands are made from, without translating them.

    That is their English, the catalogues, and what translates and writes them, for this
    application and API. It is "" where another translator than ours is at work.
    """
    if not isinstance(tree.translator, CommandTranslator):
        return ""
    english = [command.to_dict(tree) for command in tree.get_commands()]
    about = [discord.__version__, tree.client.application_id, discord.http.Route.BASE, english]
    digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode("ascii"))
    for part in tree.translator.made_from():
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


async def digest_of(tree: app_commands.CommandTree[Any]) -> str:
    """Return a digest of all that Discord would be handed, for this application and API."""
    about = [tree.client.application_id, discord.http.Route.BASE, await payload_of(tree)]
    text = json.dumps(about, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


async def payload_of(tree: app_commands.CommandTree[Any]) -> list[Payload]:
    """Return the commands as Discord is handed them, translated."""
    translator = tree.translator
    return [
        await command.get_translated_payload(tree, translator)
        if translator is not None
        else command.to_dict(tree)
        for command in tree.get_commands()
    ]


async def registered(client: discord.Client) -> list[Payload]:
    """Return the commands as Discord has them.

    Raises:
        discord.DiscordException: Discord does not say.
    """
    route = discord.http.Route(
        "GET", "/applications/{application_id}/commands", application_id=client.application_id
    )
    found: list[Payload] = await client.http.request(route, params={"with_localizations": "true"})
    return found


def compare(before: Iterable[Payload], after: Iterable[Payload]) -> Difference:
    """Return what becomes of commands, each as Discord tells or takes it."""
    old = {_key(command): command for command in before}
    new = {_key(command): command for command in after}
    return Difference(
        added=tuple(_shown(key) for key in sorted(new.keys() - old.keys())),
        changed=tuple(
            _shown(key)
            for key in sorted(new.keys() & old.keys())
            if _essence(new[key]) != _essence(old[key])
        ),
        removed=tuple(_shown(key) for key in sorted(old.keys() - new.keys())),
    )


def _key(command: Payload) -> tuple[int, str]:
    return command.get("type") or _SLASH, command["name"]


def _shown(key: tuple[int, str]) -> str:
    """Return a command's name as people see it: "/port", or the text of a menu."""
    kind, name = key
    return f"/{name}" if kind == _SLASH else name


def _essence(command: Payload) -> Payload:
    """Return what makes a command, without what Discord says when it is left out."""
    return _bare({"type": _SLASH} | command)


def _bare(part: Payload) -> Payload:
    kept: Payload = {}
    for name, value in part.items():
        if name not in _MAKES or value is None or value is False or value in ("", [], {}):
            continue
        if name in _UNORDERED:
            kept[name] = sorted(value)
        elif name in ("options", "choices"):
            kept[name] = [_bare(each) for each in value]
        else:
            kept[name] = str(value) if name == "default_member_permissions" else value
    return kept


def _read(record: Path) -> Record:
    try:
        lines = record.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return Record()
    return Record(*lines[:2])


def _write(record: Path, kept: Record) -> None:
    try:
        record.write_text(f"{kept.handed_over}\n{kept.made_from}\n", encoding="ascii")
    except OSError as error:
        log.warning("sync not recorded error=%s", error.strerror)
