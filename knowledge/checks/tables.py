"""Checks the tables: uses against the registry, aliases against their targets, rows in order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from knowledge.checks.articles import why_not
from knowledge.checks.form import contradiction, fault, is_address, unreadable
from knowledge.claims.findings import Finding, Verdict
from knowledge.claims.known import REGISTRY, Knowledge, describe
from knowledge.claims.port_words import is_akin, registry_words
from knowledge.model import Protocol, Use
from knowledge.sources import tables
from knowledge.sources.faults import SourceError
from knowledge.sources.tables import Record


def check_tables(data: Path, known: Knowledge) -> Iterator[Finding]:
    """Yield what is wrong with the tables in the folder of facts; a missing one is passed over."""
    targets: dict[str, list[tuple[int, int]]] = {}
    uses: list[tuple[Use, int]] = []
    for use, line, finding in _each_use(data / "uses.csv", known):
        if use is not None:
            targets.setdefault(use.product.casefold(), []).append((use.first, use.last))
            uses.append((use, line))
        if finding is not None:
            yield finding
    yield from _doubtful(uses, str(data / "uses.csv"), known)
    yield from _order(data / "uses.csv", tables.USES)
    yield from _order(data / "risks.csv", tables.RISKS)
    yield from _order(data / "browser-blocked.csv", tables.BROWSER_BLOCKED)
    for name, reader in _OTHERS.items():
        yield from _readable(data / name, reader)
    yield from _aliases(data / "aliases.csv", targets, known)


_OTHERS: Mapping[str, Callable[[Path], Iterable[object]]] = {
    "risks.csv": tables.risks,
    "browser-blocked.csv": tables.browser_blocked,
    "ephemeral.csv": tables.ephemeral,
}


def _readable(path: Path, reader: Callable[[Path], Iterable[object]]) -> Iterator[Finding]:
    if path.exists():
        try:
            for _ in reader(path):
                pass
        except SourceError as error:
            yield unreadable(error, str(path))


def _doubtful(uses: Iterable[tuple[Use, int]], file: str, known: Knowledge) -> Iterator[Finding]:
    """Yield official uses that share no word with what the registry calls the port.

    Nor does any other official use of the port: where one does (DNS), products (BIND) need not.
    """
    ports: dict[tuple[int, Protocol], list[tuple[Use, int]]] = {}
    for use, line in uses:
        if use.official:
            ports.setdefault((use.first, use.protocol), []).append((use, line))
    for (number, protocol), official in ports.items():
        facts = known.facts(number)
        words = registry_words(facts, protocol)
        if any(is_akin(f"{use.product} {use.role}", words) for use, _ in official):
            continue
        for use, line in official:
            said = f"{number}/{protocol} {use.product}, official: yes"
            yield Finding(file, line, said, Verdict.UNSUPPORTED, describe(facts), REGISTRY)


def _each_use(path: Path, known: Knowledge) -> Iterator[tuple[Use | None, int, Finding | None]]:
    """Yield each use of the table, its line, and what contradicts it."""
    if not path.exists():
        return
    file = str(path)
    lines = _records(path, tables.USES)
    try:
        for use, record in zip(tables.uses(path), lines, strict=False):
            yield use, record.line, _use(use, record, file, known)
    except SourceError as error:
        yield None, 0, unreadable(error, file)


def _use(use: Use, record: Record, file: str, known: Knowledge) -> Finding | None:
    values = record.values
    words = f"{values['port']}/{use.protocol} {use.product}, official: {values['official']}"
    for number in dict.fromkeys((use.first, use.last)):
        fact = why_not(use, known.facts(number))
        if fact:
            return contradiction(file, record.line, words, fact, REGISTRY)
    if use.source.url and not is_address(use.source.url.replace("http://", "https://", 1)):
        return fault(file, record.line, use.source.url, "is no address")
    return None


def _records(path: Path, columns: tuple[str, ...]) -> list[Record]:
    try:
        return list(tables.records(path, columns)) if path.exists() else []
    except SourceError:
        return []  # told by whoever reads the values


def _order(path: Path, columns: tuple[str, ...]) -> Iterator[Finding]:
    """Yield rows that stand below one with a higher port, and rows that stand twice."""
    highest = -1
    seen: dict[tuple[str, ...], int] = {}
    for record in _records(path, columns):
        digits = record.values["port"].partition("-")[0]
        number = int(digits) if digits.isdigit() else highest
        if number < highest:
            yield fault(
                str(path), record.line, record.values["port"], "stands below a higher port"
            )
        highest = max(highest, number)
        key = tuple(
            record.values.get(column, "").casefold()
            for column in ("port", "protocol", "product", "kind", "name", "role")
        )
        first = seen.setdefault(key, record.line)
        if first != record.line:
            words = " ".join(filter(None, key))
            yield fault(str(path), record.line, words, f"stands on line {first} already")


def _aliases(
    path: Path, targets: Mapping[str, list[tuple[int, int]]], known: Knowledge
) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for record in _records(path, tables.ALIASES):
        alias, target = record.values["alias"], record.values["target"]
        name, _, digits = target.rpartition(":")
        if not name or not digits.isdigit():
            name, digits = target, ""
        spans = list(targets.get(name.casefold(), ()))
        spans += [(one.first, one.last) for one in known.assignments_of(name)]
        if not spans:
            yield fault(
                str(path),
                record.line,
                f"{alias},{target}",
                f"{name} is no product of uses.csv and no service name",
            )
        elif digits and not any(first <= int(digits) <= last for first, last in spans):
            yield fault(str(path), record.line, f"{alias},{target}", f"{name} is not on {digits}")
        first = seen.setdefault(alias.casefold(), record.line)
        if first != record.line:
            yield fault(str(path), record.line, alias, f"stands on line {first} already")
