"""Discord's components: their types, and a walk through nested ones."""

from bot.playground.problems import Place
from bot.playground.state import Payload

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER, LABEL, UPLOAD = 17, 18, 19
RADIO, CHECKBOXES, CHECKBOX = 21, 22, 23
SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
V2_ONLY = frozenset({SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER})
LINK, PREMIUM = 5, 6  # button styles


Placed = tuple[Place, Payload]
"""A component, with where it stands."""


def walk(components: list[Payload], place: Place = ("components",)) -> list[Placed]:
    """Return every component, nested ones after their parent, with where it stands."""
    found: list[Placed] = []
    _gather(components, place, found)
    return found


def _gather(components: list[Payload], place: Place, found: list[Placed]) -> None:
    for number, component in enumerate(components):
        here = (*place, number)
        found.append((here, component))
        if nested := component.get("components"):
            _gather(nested, (*here, "components"), found)
        if isinstance(component.get("accessory"), dict):
            found.append(((*here, "accessory"), component["accessory"]))
        if isinstance(component.get("component"), dict):
            found.append(((*here, "component"), component["component"]))
