"""Hands the commands to Discord only when they have changed: it allows 200 creations a day."""

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

log = logging.getLogger(__name__)


async def sync_if_changed(tree: app_commands.CommandTree[Any], record: Path | None) -> bool:
    """Hand the commands to Discord, unless `record` says that it has these already.

    What Discord refuses or is too busy for is logged: the bot can answer all the same.

    Args:
        tree: of a client that is logged in.
        record: the file that remembers what was handed over last; None hands them over always.

    Returns:
        Whether they were handed over.
    """
    digest = await digest_of(tree)
    if record is not None and _read(record) == digest:
        return False
    try:
        synced = await tree.sync()
    except discord.DiscordException as error:
        log.exception("commands not synced error=%s", type(error).__name__)
        return False
    log.info("commands synced count=%d", len(synced))
    if record is not None:
        _write(record, digest)
    return True


async def digest_of(tree: app_commands.CommandTree[Any]) -> str:
    """Return a digest of all that Discord would be handed, for this application and API."""
    translator = tree.translator
    payload = [
        await command.get_translated_payload(tree, translator)
        if translator is not None
        else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    about = [tree.client.application_id, discord.http.Route.BASE, payload]
    text = json.dumps(about, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _read(record: Path) -> str:
    try:
        return record.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _write(record: Path, digest: str) -> None:
    try:
        record.write_text(f"{digest}\n", encoding="ascii")
    except OSError as error:
        log.warning("sync not recorded error=%s", error.strerror)
