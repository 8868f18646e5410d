"""Discord's rules for messages and forms that its OpenAPI description leaves out."""

from collections.abc import Iterator, Sequence

from bot.playground.component_limits import (
    CUSTOM_ID,
    component_problems,
    duplicates,
    select_problems,
)
from bot.playground.components import LABEL, SELECTS, TEXT_INPUT, Placed, walk
from bot.playground.problems import Place, Problem, bad_length, length, required, too_long
from bot.playground.state import COMPONENTS_V2, Payload

CONTENT = 2_000
EMBEDS = 10
EMBED_TOTAL = 6_000
FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1_024
FILES = 10
ALLOWED_MENTIONS = 100
CHOICES = 25
CHOICE = 100
MODAL_PARTS = 5
MODAL_TEXT = 45  # its title and its labels
TEXT_VALUE = 4_000
NONCE = 25
_EMBED_TEXTS = (
    (("title",), 256),
    (("description",), 4_096),
    (("author", "name"), 256),
    (("footer", "text"), 2_048),
)


def is_empty(body: Payload) -> bool:
    """Return whether a message has nothing that could be shown."""
    return not (
        str(body.get("content") or "").strip()
        or any(body.get(part) for part in ("embeds", "components", "attachments", "sticker_ids"))
        or body.get("poll")
    )


def message_problems(body: Payload, components: Sequence[Placed]) -> list[Problem]:
    """Return what is wrong with a whole message: all of its parts together.

    Args:
        body: the message.
        components: its components with all that is in them, as `walk` returns them.
    """
    return [
        *_content_problems(body),
        *_embed_problems(body.get("embeds") or []),
        *component_problems(body.get("components") or [], components, v2=_is_v2(body)),
        *_mention_problems(body.get("allowed_mentions") or {}),
    ]


def _is_v2(body: Payload) -> bool:
    return bool(int(body.get("flags") or 0) & COMPONENTS_V2)


def _content_problems(body: Payload) -> Iterator[Problem]:
    if length(body.get("content") or "") > CONTENT:
        yield too_long(("content",), CONTENT)
    if len(str(body.get("nonce") or "")) > NONCE:
        yield too_long(("nonce",), NONCE)
    if len(body.get("attachments") or []) > FILES:
        yield bad_length(("attachments",), 0, FILES)
    if _is_v2(body):
        for part in ("content", "embeds", "sticker_ids", "poll"):
            if body.get(part):
                yield Problem(
                    (part,),
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    f"The '{part}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
                )


def _mention_problems(allowed: Payload) -> Iterator[Problem]:
    for part in ("users", "roles"):
        if allowed.get(part) and part in (allowed.get("parse") or []):
            yield Problem(
                ("allowed_mentions",),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{part}"] and {part}: [ids...] are mutually exclusive.',
            )
        if len(allowed.get(part) or []) > ALLOWED_MENTIONS:
            yield bad_length(("allowed_mentions", part), 0, ALLOWED_MENTIONS)


def _embed_problems(embeds: list[Payload]) -> Iterator[Problem]:
    if len(embeds) > EMBEDS:
        yield bad_length(("embeds",), 0, EMBEDS)
    for number, embed in enumerate(embeds):
        yield from _one_embed_problems(("embeds", number), embed)
    total = sum(length(text) for embed in embeds for _, text, _ in _embed_texts(embed))
    if total > EMBED_TOTAL:
        yield Problem(
            ("embeds",),
            "MAX_EMBED_SIZE_EXCEEDED",
            f"Embed size exceeds maximum size of {EMBED_TOTAL}",
        )


def _one_embed_problems(place: Place, embed: Payload) -> Iterator[Problem]:
    texts, fields = list(_embed_texts(embed)), embed.get("fields") or []
    for inner, text, limit in texts:
        if length(text) > limit:
            yield too_long((*place, *inner), limit)
    if len(fields) > FIELDS:
        yield bad_length((*place, "fields"), 0, FIELDS)
    for index, field in enumerate(fields):
        for part in ("name", "value"):
            if not length(field.get(part) or ""):
                yield required((*place, "fields", index, part))
    if not texts and not any(embed.get(part) for part in ("image", "thumbnail")):
        yield required((*place, "description"))


def _embed_texts(embed: Payload) -> Iterator[tuple[Place, str, int]]:
    """Yield the texts of an embed that count: where, the text, its own limit."""
    for keys, limit in _EMBED_TEXTS:
        value: object = embed
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if value:
            yield keys, str(value), limit
    for index, field in enumerate(embed.get("fields") or []):
        yield ("fields", index, "name"), field.get("name") or "", FIELD_NAME
        yield ("fields", index, "value"), field.get("value") or "", FIELD_VALUE


def modal_problems(modal: Payload) -> list[Problem]:
    """Return what is wrong with a form."""
    return list(_modal_problems(modal))


def _modal_problems(modal: Payload) -> Iterator[Problem]:
    if not 1 <= length(modal.get("title") or "") <= MODAL_TEXT:
        yield bad_length(("data", "title"), 1, MODAL_TEXT)
    if not 1 <= length(modal.get("custom_id") or "") <= CUSTOM_ID:
        yield bad_length(("data", "custom_id"), 1, CUSTOM_ID)
    parts = modal.get("components") or []
    if not 1 <= len(parts) <= MODAL_PARTS:
        yield bad_length(("data", "components"), 1, MODAL_PARTS)
    everything = walk(parts, ("data", "components"))
    yield from duplicates(everything)
    for place, component in everything:
        yield from _field_problems(place, component)


def _field_problems(place: Place, component: Payload) -> Iterator[Problem]:
    kind = component["type"]
    if kind == LABEL and not component.get("component"):
        yield required((*place, "component"))
    if kind in {LABEL, TEXT_INPUT} and length(component.get("label") or "") > MODAL_TEXT:
        yield too_long((*place, "label"), MODAL_TEXT)
    if kind == TEXT_INPUT and length(component.get("value") or "") > TEXT_VALUE:
        yield too_long((*place, "value"), TEXT_VALUE)
    if kind in SELECTS:
        yield from select_problems(place, component)


def autocomplete_problems(choices: list[Payload], *, numeric: bool) -> list[Problem]:
    """Return what is wrong with the suggestions for an option, a number or a text."""
    problems = []
    if len(choices) > CHOICES:
        problems.append(bad_length(("data", "choices"), 0, CHOICES))
    for index, choice in enumerate(choices):
        here: Place = ("data", "choices", index)
        value = choice.get("value")
        if not 1 <= length(choice.get("name") or "") <= CHOICE:
            problems.append(bad_length((*here, "name"), 1, CHOICE))
        if isinstance(value, str) is numeric:
            problems.append(
                Problem(
                    (*here, "value"), "BASE_TYPE_CHOICES", "The value is not of the option's type."
                )
            )
        elif isinstance(value, str) and not 1 <= len(value) <= CHOICE:
            problems.append(bad_length((*here, "value"), 1, CHOICE))
    return problems
