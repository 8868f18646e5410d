"""Completing embeds and components as Discord does: ids, and URLs for attached files."""

from collections.abc import Iterator, Sequence
from itertools import count

from bot.playground.components import Placed
from bot.playground.problems import Place, Problem
from bot.playground.state import Attachment, Payload

_LINKED = "attachment://"
_DRESSED = frozenset({"emoji", "options", "media", "file", "items"})


def dress_embeds(embeds: Sequence[Payload], files: Sequence[Attachment]) -> Iterator[Problem]:
    """Complete embeds in place, and yield the files that they name in vain."""
    for index, embed in enumerate(embeds):
        embed.setdefault("type", "rich")
        for part in ("image", "thumbnail"):
            if embed.get(part):
                yield from _resolve(("embeds", index, part), embed[part], files)


def dress_components(
    everything: Sequence[Placed], files: Sequence[Attachment]
) -> Iterator[Problem]:
    """Complete components in place, and yield the files that they name in vain.

    Args:
        everything: all components of a message, as `walk` returns them.
        files: those of the message.
    """
    taken = {part["id"] for _, part in everything if part.get("id")}
    free = (number for number in count(1) if number not in taken)
    for place, component in everything:
        if not component.get("id"):
            component["id"] = next(free)
        if _DRESSED.isdisjoint(component):
            continue
        for emoji in _emojis(component):
            if emoji.get("id") is None:
                emoji.pop("id", None)  # as a Unicode emoji is sent back
        for where, media in _media(component):
            yield from _resolve((*place, *where), media, files)
        if isinstance(component.get("file"), dict):
            _name_file(component, files)


def _media(component: Payload) -> Iterator[tuple[Place, Payload]]:
    """Yield the pictures and files that a component shows, with where they stand in it."""
    for part in ("media", "file"):
        if isinstance(component.get(part), dict):
            yield (part,), component[part]
    for index, item in enumerate(component.get("items") or []):
        yield ("items", index, "media"), item["media"]


def _emojis(component: Payload) -> list[Payload]:
    options = component.get("options") or []
    return [each["emoji"] for each in (component, *options) if each.get("emoji")]


def _resolve(place: Place, media: Payload, files: Sequence[Attachment]) -> Iterator[Problem]:
    url = str(media.get("url") or "")
    if url.startswith(_LINKED):
        name = url.removeprefix(_LINKED)
        attachment = next((each for each in files if each.filename == name), None)
        if attachment is None:
            yield Problem(
                place,
                "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                f"The referenced attachment '{name}' was not found",
            )
            return
        media |= {
            "url": attachment.url,
            "content_type": attachment.content_type,
            "attachment_id": str(attachment.id),
        }
    media.setdefault("proxy_url", media.get("url"))
    media |= {"width": media.get("width", 0), "height": media.get("height", 0)}
    media.setdefault("flags", 0)


def _name_file(component: Payload, files: Sequence[Attachment]) -> None:
    for each in files:
        if each.url == component["file"]["url"]:
            component |= {"name": each.filename, "size": len(each.content)}
