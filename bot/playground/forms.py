"""Filling in a form: what a person types and drops into it, checked as the client checks it."""

from collections.abc import Mapping, Sequence

from bot.playground import payloads
from bot.playground.components import (
    CHECKBOX,
    CHECKBOXES,
    LABEL,
    RADIO,
    ROW,
    SELECTS,
    TEXT,
    TEXT_INPUT,
    UPLOAD,
)
from bot.playground.invoking import File, NotPossibleError
from bot.playground.posting import attach
from bot.playground.pressing import Chosen, chosen_values
from bot.playground.state import Channel, Modal, Payload
from bot.playground.world import World

Answer = str | bool | Sequence[Chosen] | Sequence[File]

_LONGEST = 4_000


def submission(
    world: World, channel: Channel, modal: Modal, answers: Mapping[str, Answer]
) -> Payload:
    """Return the data of a submitted form.

    Args:
        world: where files are kept.
        channel: where the form was opened.
        modal: the form.
        answers: by the custom id or the label of a field; fields left out stay as they are.

    Raises:
        NotPossibleError: a required field is empty, a text too long, or there is no such field.
    """
    form = _Form(world, channel, dict(answers))
    components = [form.filled(each) for each in modal.payload["components"]]
    if form.answers:
        raise NotPossibleError(f"the form has no field {next(iter(form.answers))!r}")
    data: Payload = {"custom_id": modal.custom_id, "components": components}
    return data | ({"resolved": form.resolved} if form.resolved else {})


class _Form:
    """A form while it is filled in; `answers` are those not used yet."""

    def __init__(self, world: World, channel: Channel, answers: dict[str, Answer]) -> None:
        self._world = world
        self._channel = channel
        self._numbers = iter(range(1, 1_000))
        self.answers = answers
        self.resolved: Payload = {}

    def filled(self, component: Payload) -> Payload:
        """Return what the client sends of a component of the form."""
        head: Payload = {
            "type": component["type"],
            "id": component.get("id") or next(self._numbers),
        }
        if component["type"] == ROW:
            return head | {"components": [self.filled(each) for each in component["components"]]}
        if component["type"] == LABEL:
            field, label = component["component"], str(component["label"])
            return head | {"component": self._field(field, label, self._head(field))}
        if component["type"] == TEXT:
            return head
        return self._field(component, str(component.get("label") or ""), head)

    def _head(self, field: Payload) -> Payload:
        return {"type": field["type"], "id": field.get("id") or next(self._numbers)}

    def _field(self, field: Payload, label: str, head: Payload) -> Payload:
        custom_id = str(field["custom_id"])
        given = self.answers.pop(custom_id, self.answers.pop(label, None))
        name, kind = label or custom_id, field["type"]
        head["custom_id"] = custom_id
        if kind == TEXT_INPUT:
            return head | {"value": _text(field, name, given)}
        if kind == CHECKBOX:
            return head | {"value": bool(field.get("default")) if given is None else bool(given)}
        if kind == RADIO:
            return head | {"value": _radio(field, name, given)}
        if kind == UPLOAD:
            return head | {"values": self._uploaded(field, name, given)}
        if kind in SELECTS or kind == CHECKBOXES:
            return head | {"values": self._selected(field, name, given)}
        raise NotPossibleError(f"a form cannot hold a component of type {kind}")

    def _selected(self, field: Payload, name: str, given: Answer | None) -> list[str]:
        if given is None:
            chosen: list[Chosen] = [
                each["value"] for each in field.get("options") or [] if each.get("default")
            ]
        else:
            chosen = [given] if isinstance(given, str) else [*_several(name, given)]
        if not chosen and field.get("required") is False:
            return []
        select = {**field, "type": 3} if field["type"] == CHECKBOXES else field
        values, resolved = chosen_values(self._channel, select, chosen)
        for key, objects in resolved.items():
            self.resolved.setdefault(key, {}).update(objects)
        return values

    def _uploaded(self, field: Payload, name: str, given: Answer | None) -> list[str]:
        files = [] if given is None else [*_files(name, given)]
        least, most = field.get("min_values"), field.get("max_values") or 1
        least = 0 if field.get("required") is False else 1 if least is None else least
        if not least <= len(files) <= most:
            raise NotPossibleError(f"{name!r} takes {least} to {most} files")
        ids = []
        for filename, content in files:
            attachment = attach(self._world, self._channel, filename, content)
            attachment.ephemeral = True
            found = payloads.attachment(attachment)
            self.resolved.setdefault("attachments", {})[str(attachment.id)] = found
            ids.append(str(attachment.id))
        return ids


def _text(field: Payload, name: str, given: Answer | None) -> str:
    text = str(field.get("value") or "") if given is None else given
    if not isinstance(text, str):
        raise NotPossibleError(f"{name!r} takes text, not {given!r}")
    least, most = field.get("min_length") or 0, field.get("max_length") or _LONGEST
    if not text and field.get("required", True):
        raise NotPossibleError(f"{name!r} must be filled in")
    if text and not least <= len(text) <= most:
        raise NotPossibleError(f"{name!r} takes {least} to {most} characters")
    return text


def _radio(field: Payload, name: str, given: Answer | None) -> str | None:
    options = field.get("options") or []
    for option in options:
        if given is None and option.get("default"):
            return str(option["value"])
        if given is not None and given in (option["value"], option["label"]):
            return str(option["value"])
    if given is None and field.get("required") is False:
        return None
    raise NotPossibleError(f"{name!r} does not offer {given!r}")


def _several(name: str, given: Answer) -> Sequence[Chosen]:
    if isinstance(given, (bool, str)):
        raise NotPossibleError(f"{name!r} takes a list of choices, not {given!r}")
    return [each for each in given if not isinstance(each, tuple)]


def _files(name: str, given: Answer) -> Sequence[File]:
    if isinstance(given, (bool, str)):
        raise NotPossibleError(f"{name!r} takes a list of files, not {given!r}")
    return [each for each in given if isinstance(each, tuple)]
