"""Discord's rules for components that its OpenAPI description leaves out."""

from collections.abc import Callable, Iterator, Sequence

from bot.playground.components import (
    BUTTON,
    CONTAINER,
    GALLERY,
    LINK,
    PREMIUM,
    ROW,
    SECTION,
    SELECTS,
    STRING_SELECT,
    TEXT,
    THUMBNAIL,
    V2_ONLY,
    Placed,
)
from bot.playground.problems import Place, Problem, bad_length, length, required, too_long
from bot.playground.state import Payload

COMPONENTS = 40
DISPLAYED_TEXT = 4_000
ROWS = 5
BUTTONS_IN_ROW = 5
SECTION_TEXTS = 3
GALLERY_ITEMS = 10
OPTIONS = 25
CUSTOM_ID = 100
BUTTON_LABEL = 80
URL = 512
PLACEHOLDER = 150
OPTION_TEXT = 100
ALT_TEXT = 1_024
_UNIQUE = {"custom_id": "COMPONENT_CUSTOM_ID_DUPLICATED", "id": "COMPONENT_ID_DUPLICATED"}


def component_problems(
    components: list[Payload], everything: Sequence[Placed], *, v2: bool
) -> Iterator[Problem]:
    """Yield what is wrong with a message's components.

    Args:
        components: those at the top.
        everything: the same with all that is in them, as `walk` returns it.
        v2: the message has the flag.
    """
    if len(everything) > COMPONENTS:
        yield Problem(
            ("components",),
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"The maximum number of total components is {COMPONENTS}",
        )
    if v2 and not components:
        yield required(("components",))
    if not v2 and len(components) > ROWS:
        yield bad_length(("components",), 1, ROWS)
    shown = sum(
        length(each.get("content") or "") for _, each in everything if each["type"] == TEXT
    )
    if shown > DISPLAYED_TEXT:
        yield Problem(
            ("components",),
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Components displayable text size exceeds maximum size of {DISPLAYED_TEXT}",
        )
    for place, component in everything:
        if not v2 and component["type"] in V2_ONLY:
            yield Problem(
                (*place, "type"),
                "UNION_TYPE_CHOICES",
                'Value of field "type" must be one of (1,) without IS_COMPONENTS_V2.',
            )
        custom_id = component.get("custom_id")
        if custom_id is not None and not 1 <= length(custom_id) <= CUSTOM_ID:
            yield bad_length((*place, "custom_id"), 1, CUSTOM_ID)
        judge = _JUDGES.get(component["type"])
        if judge is not None:
            yield from judge(place, component)
    yield from duplicates(everything)


def duplicates(everything: Sequence[Placed]) -> Iterator[Problem]:
    """Yield the ids that stand twice in one message or form."""
    for key, code in _UNIQUE.items():
        values = [component[key] for _, component in everything if component.get(key)]
        if len(set(values)) == len(values):
            continue
        seen: set[object] = set()
        for place, component in everything:
            value = component.get(key)
            if value and value in seen:
                words = f"Component {key.replace('_', ' ')} cannot be duplicated"
                yield Problem((*place, key), code, words)
            seen.add(value)


def _section_problems(place: Place, section: Payload) -> Iterator[Problem]:
    if not 1 <= len(section.get("components") or []) <= SECTION_TEXTS:
        yield bad_length((*place, "components"), 1, SECTION_TEXTS)
    if not section.get("accessory"):
        yield required((*place, "accessory"))


def _text_problems(place: Place, text: Payload) -> Iterator[Problem]:
    if not length(text.get("content") or ""):
        yield bad_length((*place, "content"), 1, DISPLAYED_TEXT)


def _gallery_problems(place: Place, gallery: Payload) -> Iterator[Problem]:
    items = gallery.get("items") or []
    if not 1 <= len(items) <= GALLERY_ITEMS:
        yield bad_length((*place, "items"), 1, GALLERY_ITEMS)
    for index, item in enumerate(items):
        yield from _alt_problems((*place, "items", index), item)


def _alt_problems(place: Place, picture: Payload) -> Iterator[Problem]:
    if length(picture.get("description") or "") > ALT_TEXT:
        yield too_long((*place, "description"), ALT_TEXT)


def _container_problems(place: Place, container: Payload) -> Iterator[Problem]:
    if not container.get("components"):
        yield required((*place, "components"))


def _row_problems(place: Place, row: Payload) -> Iterator[Problem]:
    children = row.get("components") or []
    kinds = [child["type"] for child in children]
    buttons = kinds.count(BUTTON)
    if not 1 <= len(kinds) <= BUTTONS_IN_ROW:
        yield bad_length((*place, "components"), 1, BUTTONS_IN_ROW)
    if buttons != len(kinds) and len(kinds) != 1:
        yield Problem(
            (*place, "components"),
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        )


def _button_problems(place: Place, button: Payload) -> Iterator[Problem]:
    style = button.get("style")
    if style == LINK:
        url = str(button.get("url") or "")
        if not url.startswith(("http://", "https://", "discord://")):
            yield Problem(
                (*place, "url"),
                "URL_TYPE_INVALID_SCHEME",
                "Scheme must be one of ('http', 'https', 'discord').",
            )
        if len(url) > URL:
            yield too_long((*place, "url"), URL)
    elif style != PREMIUM and not button.get("custom_id"):
        yield Problem(
            (*place, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required"
        )
    if style != PREMIUM and not button.get("label") and not button.get("emoji"):
        yield Problem(
            place,
            "COMPONENT_LABEL_OR_EMOJI_REQUIRED",
            "At least one of label or emoji is required",
        )
    if length(button.get("label") or "") > BUTTON_LABEL:
        yield too_long((*place, "label"), BUTTON_LABEL)


def select_problems(place: Place, select: Payload) -> Iterator[Problem]:
    """Yield what is wrong with a select of a message or a form."""
    if not select.get("custom_id"):
        yield required((*place, "custom_id"))
    if length(select.get("placeholder") or "") > PLACEHOLDER:
        yield too_long((*place, "placeholder"), PLACEHOLDER)
    if select["type"] != STRING_SELECT:
        return
    options = select.get("options") or []
    if not 1 <= len(options) <= OPTIONS:
        yield bad_length((*place, "options"), 1, OPTIONS)
    least, most = select.get("min_values"), select.get("max_values")
    if max(least or 0, most or 0) > len(options) or (least or 0) > (1 if most is None else most):
        yield Problem(
            (*place, "max_values"),
            "NUMBER_TYPE_MAX",
            "min_values, max_values and the number of options do not fit together.",
        )
    yield from _option_problems(place, options)


def _option_problems(place: Place, options: list[Payload]) -> Iterator[Problem]:
    values = set()
    for index, option in enumerate(options):
        here = (*place, "options", index)
        for part in ("label", "value"):
            if not 1 <= length(option.get(part) or "") <= OPTION_TEXT:
                yield bad_length((*here, part), 1, OPTION_TEXT)
        if length(option.get("description") or "") > OPTION_TEXT:
            yield too_long((*here, "description"), OPTION_TEXT)
        if option.get("value") in values:
            yield Problem(
                (*here, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        values.add(option.get("value"))


_JUDGES: dict[int, Callable[[Place, Payload], Iterator[Problem]]] = {
    ROW: _row_problems,
    BUTTON: _button_problems,
    SECTION: _section_problems,
    TEXT: _text_problems,
    THUMBNAIL: _alt_problems,
    GALLERY: _gallery_problems,
    CONTAINER: _container_problems,
    **dict.fromkeys(SELECTS, select_problems),
}
