"""The options that several commands share: their choices, suggestions, and what they say."""

from gettext import NullTranslations
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import failures
from bot.cards import words
from bot.cards.guard import fit_choices
from bot.cards.markdown import plain
from bot.send import Place, Reply
from knowledge import as_command
from knowledge.complete import complete
from knowledge.model import Answer, Intent, Protocol, System
from knowledge.phrasebook import _

if TYPE_CHECKING:
    from bot.client import Portolan

NUMBER_OR_NAME = "Number or name: 443, postgres, 53/udp"
PROTOCOL = "The transport protocol, if it matters"
SYSTEM = "Your operating system, for the commands"
PRIVATE = "Only you see the answer"
UNKNOWN = _("I know no port for “{name}”. Try a number, or choose from the list as you type.")
PORT_LENGTH = 200
PROTOCOLS = [app_commands.Choice(name=each.upper(), value=each.value) for each in Protocol]
SYSTEMS = [app_commands.Choice(name=words.SYSTEMS[each], value=each.value) for each in System]

Chosen = app_commands.Choice[str] | None
"""What was chosen of a list; None for nothing."""


def protocol_of(chosen: Chosen) -> Protocol | None:
    """Return the protocol that was chosen."""
    return Protocol(chosen.value) if chosen is not None else None


def system_of(chosen: Chosen) -> System | None:
    """Return the operating system that was chosen."""
    return System(chosen.value) if chosen is not None else None


def place_of(*, private: bool) -> Place:
    """Return where the answer goes."""
    return Place.PRIVATE if private else Place.CHANNEL


def unknown(typed: str, phrases: NullTranslations) -> str:
    """Return the line that says that no port is known for what was typed."""
    return phrases.gettext(UNKNOWN).format(name=plain(typed))


def is_unknown(typed: str, answer: Answer) -> bool:
    """Tell whether nothing is known by a name, not even a port that may be meant.

    A longer text was no name, and may have asked for what its answer offers.
    """
    if answer.intent is not Intent.NONE or len(typed.split()) > as_command.NAME_WORDS:
        return False
    return not any(each.ports for each in answer.alternatives)


async def suggest(
    interaction: discord.Interaction["Portolan"], typed: str
) -> list[app_commands.Choice[str]]:
    """Return what is typed, continued; nothing where that fails, for the user types on."""
    client = interaction.client
    try:
        phrases = client.phrases_for(interaction)
        found = complete(typed, client.knowledge, phrases=phrases)
        return fit_choices((suggestion.label, suggestion.text) for suggestion in found)
    except Exception as error:  # noqa: BLE001 (discord.py would swallow it)
        name = interaction.command.name if interaction.command is not None else "?"
        failures.sentence(error, where=f"autocomplete:{name}", counters=client.counters)
        return []


async def said(text: str) -> Reply:
    """Return a line of text, where work is wanted that ends in a reply."""
    return text
