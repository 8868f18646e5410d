"""A message as plain text: what a person reads, top to bottom, with buttons as [Label]."""

from collections.abc import Callable, Iterator

from bot.playground.state import Payload

RULE = "-" * 40
_SELECT_KINDS = {5: "people", 6: "roles", 7: "people and roles", 8: "channels"}


def render_payload(payload: Payload) -> str:
    r"""Return a message object, or a form, as readable text.

    Blocks are separated by line breaks; a section's accessory follows its text, a container's
    lines begin with a bar, a link button shows its URL, and a picture its alt text.

    >>> render_payload({"content": "Port 443", "components": [{"type": 1, "components": [
    ...     {"type": 2, "label": "More", "custom_id": "m"}]}]})
    'Port 443\n[More]'
    """
    lines = [f"# {payload['title']}"] if "title" in payload else []
    if payload.get("content"):
        lines += str(payload["content"]).splitlines()
    for embed in payload.get("embeds") or []:
        lines += [f"| {line}".rstrip() for line in _embed(embed)]
    for component in payload.get("components") or []:
        lines += _component(component)
    shown = _shown_files(payload.get("components") or [])
    lines += [
        _picture(each.get("description"), str(each["filename"]))
        for each in payload.get("attachments") or []
        if each.get("url") not in shown
    ]
    return "\n".join(lines)


def _embed(embed: Payload) -> Iterator[str]:
    if embed.get("author"):
        yield str(embed["author"]["name"])
    if embed.get("title"):
        yield f"# {embed['title']}"
    yield from str(embed.get("description") or "").splitlines()
    for field in embed.get("fields") or []:
        yield f"{field['name']}:"
        yield from (f"  {line}" for line in str(field["value"]).splitlines())
    for part in ("thumbnail", "image"):
        if embed.get(part):
            yield _picture(embed[part].get("description"), str(embed[part]["url"]))
    if embed.get("footer"):
        yield str(embed["footer"]["text"])


def _component(component: Payload) -> list[str]:
    renderer = _RENDERERS.get(component["type"])
    return [f"(component {component['type']})"] if renderer is None else list(renderer(component))


def _row(row: Payload) -> Iterator[str]:
    children = [line for child in row["components"] for line in _component(child)]
    yield from ([" ".join(children)] if all("\n" not in each for each in children) else children)


def _button(button: Payload) -> Iterator[str]:
    emoji = (button.get("emoji") or {}).get("name") or ""
    label = " ".join(word for word in (emoji, button.get("label")) if word)
    if button.get("disabled"):
        label += " (off)"
    yield f"[{label}]" if not button.get("url") else f"[{label}]({button['url']})"


def _select(select: Payload) -> Iterator[str]:
    options = [
        f"*{option['label']}" if option.get("default") else str(option["label"])
        for option in select.get("options") or []
    ]
    what = ", ".join(options) or _SELECT_KINDS.get(select["type"], "choices")
    yield f"<{select.get('placeholder') or 'Choose'}: {what}>"


def _text(text: Payload) -> Iterator[str]:
    yield from str(text["content"]).splitlines()


def _section(section: Payload) -> Iterator[str]:
    for each in section["components"]:
        yield from _component(each)
    yield from _component(section["accessory"])


def _container(container: Payload) -> Iterator[str]:
    for each in container["components"]:
        yield from (f"| {line}".rstrip() for line in _component(each))


def _separator(separator: Payload) -> Iterator[str]:
    yield RULE if separator.get("divider", True) else ""


def _thumbnail(thumbnail: Payload) -> Iterator[str]:
    yield _picture(thumbnail.get("description"), str(thumbnail["media"]["url"]))


def _gallery(gallery: Payload) -> Iterator[str]:
    for item in gallery["items"]:
        yield _picture(item.get("description"), str(item["media"]["url"]))


def _file(file: Payload) -> Iterator[str]:
    yield f"(file: {file.get('name') or file['file']['url']})"


def _text_input(field: Payload) -> Iterator[str]:
    words = field.get("value") or field.get("placeholder") or ""
    label = f"{field['label']}: " if field.get("label") else ""
    yield f"{label}[{words}{'_' * max(0, 10 - len(words))}]"


def _label(label: Payload) -> Iterator[str]:
    yield f"{label['label']}:"
    if label.get("description"):
        yield f"  ({label['description']})"
    yield from (f"  {line}" for line in _component(label["component"]))


def _upload(_upload: Payload) -> Iterator[str]:
    yield "[drop files here]"


def _options(group: Payload) -> Iterator[str]:
    for option in group.get("options") or []:
        yield f"( ) {option['label']}"


def _checkbox(_box: Payload) -> Iterator[str]:
    yield "[ ]"


_RENDERERS: dict[int, Callable[[Payload], Iterator[str]]] = {
    1: _row,
    2: _button,
    3: _select,
    4: _text_input,
    5: _select,
    6: _select,
    7: _select,
    8: _select,
    9: _section,
    10: _text,
    11: _thumbnail,
    12: _gallery,
    13: _file,
    14: _separator,
    17: _container,
    18: _label,
    19: _upload,
    21: _options,
    22: _options,
    23: _checkbox,
}


def _picture(alt: object, name: str) -> str:
    """Return a picture or file as its alt text, else its name."""
    return f"(picture: {alt})" if alt else f"(file: {name.rsplit('/', 1)[-1]})"


def _shown_files(components: list[Payload]) -> set[str]:
    """Return the URLs that components show, so that attachments are not shown twice."""
    found: set[str] = set()
    for component in components:
        for part in ("media", "file"):
            if isinstance(component.get(part), dict):
                found.add(str(component[part].get("url")))
        found |= {str(item["media"].get("url")) for item in component.get("items") or []}
        found |= _shown_files(component.get("components") or [])
        if isinstance(component.get("accessory"), dict):
            found |= _shown_files([component["accessory"]])
    return found
