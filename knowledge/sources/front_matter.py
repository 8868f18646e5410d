"""Reads a Markdown file with YAML front matter, and takes its fields apart with clear errors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

import frontmatter
import yaml
from frontmatter.default_handlers import SafeLoader

from knowledge.model import Source
from knowledge.sources.faults import SourceError

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping of the front matter, or one inside it.

    Attributes:
        path: the file, for errors.
        values: as YAML gave them.
        place: where it stands in the front matter, such as "uses.0."; "" for all of it.
    """

    path: Path
    values: Mapping[str, object]
    place: str = ""

    def fault(self, key: str, reason: str) -> NoReturn:
        """Raise a SourceError that names the field."""
        raise SourceError(self.path, f"{self.place}{key} {reason}")

    def expect(self, required: frozenset[str], optional: frozenset[str]) -> None:
        """Check that there are no other keys than these, and all that are required."""
        for key in sorted(required - self.values.keys()):
            self.fault(key, "is missing")
        for key in sorted(self.values.keys() - required - optional):
            self.fault(str(key), "is not a field of such a file")

    def text(self, key: str, longest: int | None = None) -> str:
        """Return a field's text in one line; "" where it is absent."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            self.fault(key, f"must be text (put {value!r} in quotes)")
        line = " ".join(value.split())
        if longest is not None and len(line) > longest:
            self.fault(key, f"has {len(line)} characters, {longest} are allowed")
        return line

    def needed(self, key: str, longest: int | None = None) -> str:
        """Return a field's text in one line, which must not be empty."""
        line = self.text(key, longest)
        if not line:
            self.fault(key, "is missing or empty")
        return line

    def yes(self, key: str) -> bool:
        """Return a field that says true or false."""
        value = self.values.get(key)
        if not isinstance(value, bool):
            self.fault(key, "must be true or false")
        return value

    def number(self, key: str, least: int, most: int, default: int | None = None) -> int:
        """Return a field's number, within the bounds."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.fault(key, f"must be a number from {least} to {most}")
        return value

    def choice(self, key: str, words: type[Choice]) -> Choice:
        """Return a field that says one of the words of an enumeration."""
        value = self.values.get(key)
        try:
            return words(str(value))
        except ValueError:
            self.fault(
                key, f"must be one of {', '.join(word.value for word in words)}, not {value!r}"
            )

    def items(self, key: str) -> tuple[object, ...]:
        """Return a field's list; empty where it is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.fault(key, "must be a list")
        return tuple(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a field's list of texts; empty where it is absent."""
        items = self.items(key)
        for item in items:
            if not isinstance(item, str) or not item.strip():
                self.fault(key, f"must hold texts only (put {item!r} in quotes)")
        return tuple(str(item).strip() for item in items)

    def inner(self, key: str) -> "Fields":
        """Return a field that is a mapping; empty where it is absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.fault(key, "must be a mapping")
        return Fields(self.path, value, f"{self.place}{key}.")

    def entries(self, key: str) -> Iterator["Fields"]:
        """Yield the mappings that a field lists."""
        for place, item in enumerate(self.items(key)):
            if not isinstance(item, dict):
                self.fault(key, f"must list mappings, not {item!r}")
            yield Fields(self.path, item, f"{self.place}{key}.{place}.")

    def sources(self) -> tuple[Source, ...]:
        """Return what the field `sources` lists."""
        return tuple(
            Source(entry.needed("title"), entry.needed("url")) for entry in self.entries("sources")
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A file with front matter.

    Attributes:
        text: all of it.
        body: what stands below the front matter.
    """

    path: Path
    text: str
    fields: Fields
    body: str


def read(path: Path) -> Page:
    """Return the file, taken apart.

    Raises:
        SourceError: it is not UTF-8, or has no front matter, or that is no YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(path, f"cannot be read ({error})") from error
    try:
        values, body = frontmatter.parse(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else None
        problem = getattr(error, "problem", None) or "it does not parse"
        raise SourceError(path, f"the front matter is not YAML: {problem}", line) from error
    if not values:
        raise SourceError(path, "has no front matter between two lines of three hyphens")
    return Page(path, text, Fields(path, values), body)


def lines_of(page: Page) -> Mapping[str, int]:
    """Return the line of each field, counted from 1.

    Fields are named as in errors ("service", "uses.0.product"), headings as they stand
    ("## Security").
    """
    lines = {
        line.rstrip(): number
        for number, line in reversed(list(enumerate(page.text.splitlines(), start=1)))
        if line.startswith("#")
    }
    front = page.text.split("\n---", 1)[0]
    node = yaml.compose(front, Loader=SafeLoader)
    if node is not None:
        lines |= dict(_node_lines(node, ""))
    return lines


def _node_lines(node: yaml.Node, place: str) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = f"{place}{key.value}"
            yield inner, key.start_mark.line + 1
            yield from _node_lines(value, f"{inner}.")
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            inner = f"{place}{number}"
            yield inner, value.start_mark.line + 1
            yield from _node_lines(value, f"{inner}.")
