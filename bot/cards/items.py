"""What happens when a card's buttons and its menu are used; their custom ids say all."""

import re
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui
from typing_extensions import override

from bot.cards.custom_ids import TEMPLATES, Kind, read, recall
from bot.cards.parts import Menu, card_of
from bot.cards.pressed import ACTIONS
from bot.failures import reported
from knowledge.model import System

if TYPE_CHECKING:
    from bot.client import Portolan

AnyButton = ui.Button[ui.LayoutView]
AnyMenu = ui.Select[ui.LayoutView]


class SystemMenu(ui.DynamicItem[AnyMenu], template=TEMPLATES[Kind.SYSTEM]):
    """Chooses the operating system whose commands the card shows."""

    def __init__(self, item: AnyMenu, match: re.Match[str]) -> None:
        super().__init__(item)
        self._recalled = recall(Kind.SYSTEM, match)

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(item, match)  # type: ignore[arg-type]  # only menus bear such ids

    @reported
    async def callback(self, interaction: discord.Interaction["Portolan"]) -> None:
        """Show the answer again, with the commands of the system chosen."""
        await interaction.client.press(interaction, self._recalled, System(self.item.values[0]))


class _Lead(ui.DynamicItem[AnyButton], template=r"(?!)"):
    """A button that leads to another answer."""

    kind: Kind

    def __init__(self, item: AnyButton, match: re.Match[str]) -> None:
        super().__init__(item)
        self._recalled = recall(self.kind, match)

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(item, match)  # type: ignore[arg-type]  # only buttons bear such ids

    @reported
    async def callback(self, interaction: discord.Interaction["Portolan"]) -> None:
        """Show the answer that the button leads to."""
        await interaction.client.press(interaction, self._recalled)


class PortButton(_Lead, template=TEMPLATES[Kind.PORT]):
    """Leads to the port of a number, with the commands of the system that the card shows."""

    kind = Kind.PORT

    @reported
    async def callback(self, interaction: discord.Interaction["Portolan"]) -> None:
        """Show the port."""
        system = _shown_system(interaction.message)
        await interaction.client.press(interaction, self._recalled, system)


def _shown_system(message: discord.Message | None) -> System | None:
    """Return the system whose commands a card shows; None where it has no choice of them."""
    sent = message.components if message is not None else ()
    for part in card_of(dict(each.to_dict()) for each in sent).parts:
        recalled = read(part.custom_id) if isinstance(part, Menu) else None
        if isinstance(part, Menu) and recalled is not None and recalled.kind is Kind.SYSTEM:
            return next((System(each.value) for each in part.options if each.chosen), None)
    return None


class FaqButton(_Lead, template=TEMPLATES[Kind.FAQ]):
    """Leads to a FAQ entry."""

    kind = Kind.FAQ


class AskButton(_Lead, template=TEMPLATES[Kind.ASK]):
    """Leads to the answer to a text."""

    kind = Kind.ASK


ITEMS = (SystemMenu, PortButton, FaqButton, AskButton, *ACTIONS)
