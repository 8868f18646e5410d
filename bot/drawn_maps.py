"""The maps as cards, drawn for their reader; made anew where a map is shared."""

from typing import TYPE_CHECKING

from bot.cards.components import with_actions
from bot.cards.maps import neighbourhood_card, overview_card
from bot.cards.parts import Card
from bot.languages import catalogue
from bot.pictures.surroundings import around

if TYPE_CHECKING:
    from bot.client import Portolan

MAP, AROUND = "map", "around"  # what the buttons that share maps remember


async def map_of_all(
    client: "Portolan", number: int | None, asker: int, language: str, *, files: bool
) -> Card:
    """Return the card of all ports.

    Args:
        client: of whose knowledge.
        number: of the port to mark, 0 to 65535.
        asker: who may share and delete it.
        language: the reader's, one of ours.
        files: they may be attached there, as `interaction.app_permissions.attach_files` says.
    """
    phrases, base = catalogue(language), client.knowledge
    png = await client.atlas.all(base.statuses, phrases, number) if files else None
    card = overview_card(base.statuses, number, png, base.meta["registry_date"], phrases)
    made_of = MAP if number is None else f"{MAP}:{number}"
    return with_actions(card, asker, language, made_of)


async def map_around(
    client: "Portolan", number: int, asker: int, language: str, *, files: bool
) -> Card:
    """Return the card of the 64 ports around one; the rest is as for `map_of_all`."""
    phrases, base = catalogue(language), client.knowledge
    view = around(number, base.facts)
    png = await client.atlas.around(view, phrases) if files else None
    card = neighbourhood_card(view, png, base.meta["registry_date"], phrases)
    return with_actions(card, asker, language, f"{AROUND}:{number}")


async def map_again(
    client: "Portolan", made_of: str, asker: int, language: str, *, files: bool
) -> Card:
    """Return the card of a map from what its button to share remembers."""
    which, _, number = made_of.partition(":")
    if which == AROUND:
        return await map_around(client, int(number), asker, language, files=files)
    return await map_of_all(client, int(number) if number else None, asker, language, files=files)
