"""Checks the sources that a file cites."""

from collections.abc import Iterator, Mapping, Sequence

from knowledge.checks.form import fault, is_address
from knowledge.claims.findings import Finding
from knowledge.model import Source

SHORTEST_TITLE = 3  # characters


def check_sources(
    file: str, sources: Sequence[Source], lines: Mapping[str, int]
) -> Iterator[Finding]:
    """Yield what is wrong with the sources of a file: addresses, titles, repeats."""
    seen: dict[str, int] = {}
    for at, source in enumerate(sources):
        line = lines.get(f"sources.{at}.url", lines.get(f"sources.{at}", 1))
        if not is_address(source.url):
            yield fault(file, line, source.url, "is no address that begins with https://")
        if len(source.title) < SHORTEST_TITLE or "://" in source.title:
            yield fault(file, line, source.title, "is no title that people recognise")
        first = seen.setdefault(source.url.rstrip("/"), line)
        if first != line:
            yield fault(file, line, source.url, f"is cited on line {first} already")
