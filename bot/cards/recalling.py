"""Components that read from their custom id what they are for; discord.py keeps none of them."""

import re
from typing import Any, Self, TypeVar

import discord
from discord import ui
from typing_extensions import override

from bot.cards.custom_ids import TEMPLATES, Kind, recall

AnyButton = ui.Button[ui.LayoutView]
AnyMenu = ui.Select[ui.LayoutView]
ItemT = TypeVar("ItemT", bound=ui.Item[Any])


class Recalling(ui.DynamicItem[ItemT], template=r"(?!)"):
    """A button or a select of one kind, as `class PortButton(Recalling[AnyButton], kind=...)`.

    A class without a kind is for others to build upon, and matches no custom id.

    Attributes:
        recalled: what the custom id says.
    """

    _kind: Kind

    def __init_subclass__(cls, *, kind: Kind | None = None) -> None:
        super().__init_subclass__(template=TEMPLATES[kind] if kind is not None else r"(?!)")
        if kind is not None:
            cls._kind = kind

    def __init__(self, item: ItemT, match: re.Match[str]) -> None:
        super().__init__(item)
        self.recalled = recall(self._kind, match)

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(item, match)  # type: ignore[arg-type]  # only items of this kind bear such ids
