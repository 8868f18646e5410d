"""What on a card leads to another answer, or to the same one for another system."""

from typing import TYPE_CHECKING

import discord

from bot.cards.custom_ids import Kind, read
from bot.cards.parts import Menu, card_of
from bot.cards.recalling import AnyButton, AnyMenu, Recalling
from bot.failures import reported
from knowledge.model import System

if TYPE_CHECKING:
    from bot.client import Portolan


class SystemMenu(Recalling[AnyMenu], kind=Kind.SYSTEM):
    """Chooses the operating system whose commands the card shows."""

    @reported
    async def callback(self, interaction: discord.Interaction["Portolan"]) -> None:
        """Show the answer again, with the commands of the system chosen."""
        await interaction.client.press(interaction, self.recalled, System(self.item.values[0]))


class _Lead(Recalling[AnyButton]):
    """A button that leads to another answer."""

    @reported
    async def callback(self, interaction: discord.Interaction["Portolan"]) -> None:
        """Show the answer that the button leads to."""
        await interaction.client.press(interaction, self.recalled)


class PortButton(_Lead, kind=Kind.PORT):
    """Leads to the port of a number, with the commands of the system that the card shows."""

    @reported
    async def callback(self, interaction: discord.Interaction["Portolan"]) -> None:
        """Show the port."""
        system = _shown_system(interaction.message)
        await interaction.client.press(interaction, self.recalled, system)


def _shown_system(message: discord.Message | None) -> System | None:
    """Return the system whose commands a card shows; None where it has no choice of them."""
    sent = message.components if message is not None else ()
    for part in card_of(dict(each.to_dict()) for each in sent).parts:
        recalled = read(part.custom_id) if isinstance(part, Menu) else None
        if isinstance(part, Menu) and recalled is not None and recalled.kind is Kind.SYSTEM:
            return next((System(each.value) for each in part.options if each.chosen), None)
    return None


class FaqButton(_Lead, kind=Kind.FAQ):
    """Leads to a FAQ entry."""


class AskButton(_Lead, kind=Kind.ASK):
    """Leads to the answer to a text."""


LEADS = (SystemMenu, PortButton, FaqButton, AskButton)
