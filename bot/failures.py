"""The one place where an exception becomes a sentence for people and a line in the log."""

import functools
import logging
import math
import secrets
from collections.abc import Callable, Coroutine
from gettext import NullTranslations
from typing import Any

import aiohttp
import discord
from discord import app_commands
from typing_extensions import override

from bot.counters import Counters
from bot.languages import catalogue
from bot.send import reply_to, tell
from knowledge.phrasebook import ENGLISH, _
from knowledge.team.model import StoreError

log = logging.getLogger(__name__)

OURS = _("Something went wrong on our side (reference `{reference}`). Please try again.")
# What Discord answers when there is nobody left to answer: the interaction has expired, the
# message or its channel is gone, or somebody else has answered already.
_UNANSWERABLE = {10003, 10008, 10015, 10062, 40060, 50027}
# No access to the channel; no direct messages wanted; no permission to write, or to read what is
# replied to; an archived or a locked thread.
_FORBIDDEN = {50001, 50007, 50013, 50083, 160002, 160005}
_INVALID_FORM = 50035


_MENDABLE: tuple[tuple[type[Exception], str], ...] = (  # the first that fits is said
    (app_commands.NoPrivateMessage, _("This command works in servers only.")),
    (
        app_commands.MissingPermissions,
        _("You need a permission for this that you do not have in this channel."),
    ),
    (
        app_commands.BotMissingPermissions,
        _("I need a permission for this that I do not have in this channel."),
    ),
    (app_commands.CheckFailure, _("You cannot use this here.")),
    (
        StoreError,
        _(
            "I cannot reach my store of votes and settings right now. Ask me questions as ever, "
            "and try this again later."
        ),
    ),
    (
        app_commands.TransformerError,
        _("I cannot make sense of one of the options; please check them."),
    ),
    (
        app_commands.CommandNotFound,
        _("This command has changed. Reload Discord (Ctrl+R), then try again."),
    ),
    (
        app_commands.CommandSignatureMismatch,
        _("This command has changed. Reload Discord (Ctrl+R), then try again."),
    ),
)


def explain(error: BaseException, phrases: NullTranslations = ENGLISH) -> str | None:
    """Return one sentence, if it is the user who can mend it; else None."""
    if isinstance(error, app_commands.CommandOnCooldown):
        # Translators: "s" stands for seconds, as their symbol.
        return phrases.gettext(_("Slow down a little: try again in {seconds} s.")).format(
            seconds=math.ceil(error.retry_after)
        )
    text = next((text for kind, text in _MENDABLE if isinstance(error, kind)), None)
    return phrases.gettext(text) if text is not None else None


def is_unanswerable(error: BaseException) -> bool:
    """Return whether Discord says that there is nothing left to answer, or nowhere to."""
    if isinstance(error, discord.HTTPException):
        known = error.code in _UNANSWERABLE | _FORBIDDEN
        # The message that we reply to was deleted meanwhile.
        return known or (error.code == _INVALID_FORM and "message_reference" in error.text)
    return isinstance(error, discord.InteractionResponded)


def sentence(
    error: BaseException,
    *,
    where: str,
    phrases: NullTranslations = ENGLISH,
    counters: Counters | None = None,
) -> str | None:
    """Return what to tell the user, having logged what is ours to mend.

    Args:
        error: what went wrong; the wrapper that discord.py puts around it is taken off.
        where: which part of the bot, for the log; never what a user wrote.
        phrases: the catalogue of the user's language.
        counters: are told of it.

    Returns:
        None where nobody is left to be told.
    """
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    counted = counters or Counters()
    if is_unanswerable(cause):
        log.warning("unanswerable where=%s error=%s", where, _brief(cause))
        counted.add("unanswerable", str(getattr(cause, "code", "")))
        return None
    message = explain(cause, phrases)
    counted.add("explained" if message is not None else "failed", type(cause).__name__)
    if message is None:
        reference = secrets.token_hex(4)
        log.error("failed where=%s reference=%s", where, reference, exc_info=cause)
        message = phrases.gettext(OURS).format(reference=reference)
    return message


# What reporting itself may meet; the last: the client is closed while a handler still runs.
_UNREPORTED = (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError)


async def report(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Answer the user in one ephemeral sentence, and log our own faults under its reference."""
    phrases = catalogue(interaction.locale.value)
    counters = interaction.client.counters
    message = sentence(error, where=_where(interaction), phrases=phrases, counters=counters)
    if message is None:
        return
    try:
        await tell(interaction, message)
    except _UNREPORTED as failure:
        log.warning("unreported where=%s error=%s", _where(interaction), _brief(failure))


async def report_message(
    message: discord.Message,
    error: BaseException,
    counters: Counters,
    phrases: NullTranslations = ENGLISH,
) -> None:
    """Reply to a message with one sentence, and log our own faults under its reference."""
    text = sentence(error, where="message", counters=counters, phrases=phrases)
    if text is None:
        return
    try:
        await reply_to(message, text)
    except _UNREPORTED as failure:
        log.warning("unreported where=message error=%s", _brief(failure))


def reported(
    callback: Callable[[Any, discord.Interaction[Any]], Coroutine[Any, Any, None]],
) -> Callable[[Any, discord.Interaction[Any]], Coroutine[Any, Any, None]]:
    """Decorate a dynamic item's callback: discord.py would only log what goes wrong there."""

    @functools.wraps(callback)
    async def guarded(item: object, interaction: discord.Interaction[Any]) -> None:
        try:
            await callback(item, interaction)
        except Exception as error:  # noqa: BLE001 (the last stop before discord.py swallows it)
            await report(interaction, error)

    return guarded


class Tree(app_commands.CommandTree[Any]):
    """A command tree whose errors end in `report`."""

    @override
    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        await report(interaction, error)


def _where(interaction: discord.Interaction[Any]) -> str:
    """Name what was used, without what a user wrote."""
    command = interaction.command
    name = f":{command.qualified_name}" if command is not None else ""
    return f"{interaction.type.name}{name}"


def _brief(error: BaseException) -> str:
    """Name an error in a few words: its class, and Discord's code if it has one."""
    if isinstance(error, discord.HTTPException):
        return f"{type(error).__name__}:{error.status}:{error.code}"
    return type(error).__name__


# ---------------------------------------------------------------- at the start


class StartFailure(Exception):  # noqa: N818 (what failed is the start)
    """The bot cannot start, or cannot go on; the message is one line that says what to do."""


LOGIN_REFUSED = (
    "Discord refused the token: copy it anew from the Developer Portal (Bot > Reset Token) "
    "into DISCORD_TOKEN."
)
INTENTS_REFUSED = (
    "Discord refused the message content intent: switch it on in the Developer Portal (Bot > "
    "Privileged Gateway Intents), or set PORTOLAN_MESSAGE_CONTENT=false."
)
SHARDS_REFUSED = (
    "Discord refused the shards: check SHARD_IDS and SHARD_COUNT (a shard holds at most 2,500 "
    "servers), or leave both empty."
)
UNREACHABLE = (
    "Cannot reach Discord{place}; check the network, and DISCORD_API_URL and DISCORD_GATEWAY_URL "
    "if they are set."
)
API_FAILS = (
    "Discord's API answers with an error (status {status}); see https://discordstatus.com, check "
    "DISCORD_API_URL, and try again later."
)
SILENT = (
    "Discord does not answer; check the network, and DISCORD_API_URL and DISCORD_GATEWAY_URL "
    "if they are set."
)
_CLOSED = {  # Discord's list of gateway close event codes
    4004: LOGIN_REFUSED,
    4010: SHARDS_REFUSED,
    4011: SHARDS_REFUSED,
    4013: INTENTS_REFUSED,
    4014: INTENTS_REFUSED,
}
_REFUSED: tuple[tuple[type[Exception], str], ...] = (  # the first that fits is said
    (discord.LoginFailure, LOGIN_REFUSED),
    (discord.PrivilegedIntentsRequired, INTENTS_REFUSED),
    (
        discord.GatewayNotFound,
        "Discord's API names no gateway; check DISCORD_API_URL, or try again later.",
    ),
    (
        aiohttp.ClientSSLError,
        "The connection to Discord is not trusted (TLS); check the clock, certificates and proxy.",
    ),
    (TimeoutError, SILENT),
)


def explain_start(error: BaseException) -> str | None:
    """Return one line that says why the bot cannot run and what to do, or None if unknown."""
    for kind, text in _REFUSED:
        if isinstance(error, kind):
            return text
    match error:
        case StartFailure():
            return str(error)
        case discord.ConnectionClosed():
            again = f"Discord closed the gateway for good (code {error.code}); try again later."
            return _CLOSED.get(error.code, again)
        case discord.HTTPException():
            return API_FAILS.format(status=error.status)
        case aiohttp.ClientError() | OSError():
            return UNREACHABLE.format(place=_place(error))
        case _:
            return None


def _place(error: BaseException) -> str:
    """Name the host that could not be reached, if the error knows it."""
    match error:
        case aiohttp.ClientConnectorError():
            return f" at {error.host}:{error.port}"
        case _:
            return ""
