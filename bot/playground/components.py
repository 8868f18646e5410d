"""Discord's components: their types, and a walk through nested ones."""

from collections.abc import Iterator

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


def walk(
    components: list[Payload], place: Place = ("components",)
) -> Iterator[tuple[Place, Payload]]:
    """Yield every component, nested ones after their parent, with where it stands."""
    for number, component in enumerate(components):
        here = (*place, number)
        yield here, component
        yield from walk(component.get("components") or [], (*here, "components"))
        for part in ("accessory", "component"):
            if isinstance(component.get(part), dict):
                yield (*here, part), component[part]
