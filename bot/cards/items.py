"""A card's buttons and its select: all they need is in their custom ids, so they outlive us."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui
from typing_extensions import override

from bot.cards import words
from bot.cards.custom_ids import TEMPLATES, Kind, Recall, recall
from bot.failures import reported
from knowledge.model import System

if TYPE_CHECKING:
    from bot.client import Portolan

SystemSelect = ui.Select[ui.LayoutView]
AnyButton = ui.Button[ui.LayoutView]


class SystemMenu(ui.DynamicItem[SystemSelect], template=TEMPLATES[Kind.SYSTEM]):
    """Chooses the operating system whose commands the card shows."""

    def __init__(
        self, recalled: Recall, systems: Sequence[System] = (), shown: System | None = None
    ) -> None:
        options = [
            discord.SelectOption(
                label=words.SYSTEMS[system], value=system.value, default=system is shown
            )
            for system in systems
        ]
        super().__init__(
            ui.Select(
                custom_id=recalled.custom_id,
                placeholder=words.CHOOSE_SYSTEM,
                options=options,
            )
        )
        self.recalled = recalled

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(recall(Kind.SYSTEM, match))

    @reported
    async def callback(self, interaction: discord.Interaction["Portolan"]) -> None:
        """Show the answer again, with the commands of the system chosen."""
        system = System(self.item.values[0]) if self.item.values else None
        await interaction.client.press(interaction, self.recalled, system)


class _Button(ui.DynamicItem[AnyButton], template=r"(?!)"):
    """A button that leads to another answer."""

    kind: Kind

    def __init__(self, recalled: Recall, label: str = "?") -> None:
        super().__init__(ui.Button(label=label, custom_id=recalled.custom_id))
        self.recalled = recalled

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(recall(cls.kind, match))

    @reported
    async def callback(self, interaction: discord.Interaction["Portolan"]) -> None:
        """Show the answer that the button leads to."""
        await interaction.client.press(interaction, self.recalled)


class PortButton(_Button, template=TEMPLATES[Kind.PORT]):
    """Leads to the port of a number."""

    kind = Kind.PORT


class FaqButton(_Button, template=TEMPLATES[Kind.FAQ]):
    """Leads to a FAQ entry."""

    kind = Kind.FAQ


class AskButton(_Button, template=TEMPLATES[Kind.ASK]):
    """Leads to the answer to a text."""

    kind = Kind.ASK


ITEMS = (SystemMenu, PortButton, FaqButton, AskButton)
