"""Reads the tables of facts: what uses a port, under which names, its risks, who hands it out."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.model import MAX_PORT, EphemeralRange, Protocol, Risk, RiskKind, Source, Use
from knowledge.sources.faults import SourceError

USES = (
    *("port", "protocol", "product", "role", "official", "weight", "category", "tls", "exposure"),
    *("source_title", "source_url"),
)
ALIASES = ("alias", "target")
RISKS = ("port", "protocol", "kind", "name", "text", "era", "source_title", "source_url")
BROWSER_BLOCKED = ("port", "source_title", "source_url")
EPHEMERAL = (
    *("system", "versions", "first", "last", "setting", "source_title", "source_url", "current"),
)
PREFERRED = ("port", "protocol", "service", "because")

TLS = frozenset({"plaintext", "tls", "starttls", "optional", "own", ""})
EXPOSURES = frozenset(
    {"public", "proxy", "vpn", "lan", "local", "restricted", "never", "client", ""}
)

_PORTS = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_YES = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that people type, and what they mean.

    Attributes:
        target: a product or a service name, perhaps followed by ":" and a port number.
    """

    alias: str
    target: str


@dataclass(frozen=True, slots=True)
class Record:
    """A line of a table, for reading its fields with clear errors."""

    path: Path
    line: int
    values: Mapping[str, str]

    def fault(self, reason: str) -> SourceError:
        """Return the error that names the line."""
        return SourceError(self.path, reason, self.line)

    def needed(self, column: str) -> str:
        """Return a field that must not be empty."""
        if not self.values[column]:
            raise self.fault(f"{column} is empty")
        return self.values[column]

    def ports(self, column: str = "port") -> tuple[int, int]:
        """Return the bounds that "80" or "6000-6063" names."""
        match = _PORTS.fullmatch(self.values[column])
        first = int(match[1]) if match else MAX_PORT + 1
        last = int(match[2] or first) if match else first
        if not first <= last <= MAX_PORT:
            raise self.fault(f"{column} {self.values[column]!r} is no port and no range of ports")
        return first, last

    def protocol(self) -> Protocol:
        """Return the field `protocol`."""
        try:
            return Protocol(self.values["protocol"])
        except ValueError:
            raise self.fault(f"protocol must be one of {', '.join(Protocol)}") from None

    def yes(self, column: str) -> bool:
        """Return a field that says yes or no."""
        if self.values[column] not in _YES:
            raise self.fault(f"{column} must be yes or no")
        return _YES[self.values[column]]

    def one_of(self, column: str, words: frozenset[str]) -> str:
        """Return a field that is one of the words."""
        if self.values[column] not in words:
            allowed = ", ".join(sorted(words - {""})) + (" or empty" if "" in words else "")
            raise self.fault(f"{column} must be {allowed}, not {self.values[column]!r}")
        return self.values[column]

    def source(self) -> Source:
        """Return where the line says that its fact comes from."""
        return Source(self.needed("source_title"), self.values["source_url"])


def records(path: Path, columns: tuple[str, ...]) -> Iterator[Record]:
    """Yield the lines of a table.

    Raises:
        SourceError: it cannot be read, or has not these columns, or a line has not as many.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            if tuple(next(reader, ())) != columns:
                raise SourceError(path, f"the columns must be {','.join(columns)}", 1)
            for fields in reader:
                if len(fields) != len(columns):
                    reason = f"has {len(fields)} fields, not {len(columns)}"
                    raise SourceError(path, reason, reader.line_num)
                values = dict(zip(columns, map(str.strip, fields), strict=True))
                yield Record(path, reader.line_num, values)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(path, f"cannot be read ({error})") from error


def uses(path: Path) -> Iterator[Use]:
    """Yield the lines of uses.csv; raises SourceError."""
    for record in records(path, USES):
        first, last = record.ports()
        yield Use(
            product=record.needed("product"),
            first=first,
            last=last,
            protocol=record.protocol(),
            official=record.yes("official"),
            source=record.source(),
            role=record.values["role"],
            weight=_weight(record),
            category=record.values["category"],
            tls=record.one_of("tls", TLS),
            exposure=record.one_of("exposure", EXPOSURES),
        )


def aliases(path: Path) -> Iterator[Alias]:
    """Yield the lines of aliases.csv; raises SourceError."""
    seen: dict[str, int] = {}
    for record in records(path, ALIASES):
        alias = record.needed("alias")
        line = seen.setdefault(alias.casefold(), record.line)
        if line != record.line:
            raise record.fault(f"alias {alias!r} stands in line {line} already")
        yield Alias(alias, record.needed("target"))


def risks(path: Path) -> Iterator[Risk]:
    """Yield the lines of risks.csv; raises SourceError."""
    kinds = frozenset(RiskKind)
    for record in records(path, RISKS):
        first, last = record.ports()
        yield Risk(
            kind=RiskKind(record.one_of("kind", kinds)),
            first=first,
            last=last,
            protocol=record.protocol() if record.values["protocol"] else None,
            name=record.needed("name"),
            text=record.values["text"],
            source=record.source(),
            era=record.values["era"],
        )


def browser_blocked(path: Path) -> Iterator[tuple[int, Source]]:
    """Yield the ports of browser-blocked.csv; raises SourceError."""
    for record in records(path, BROWSER_BLOCKED):
        yield record.ports()[0], record.source()


def ephemeral(path: Path) -> Iterator[EphemeralRange]:
    """Yield the lines of ephemeral.csv; raises SourceError."""
    for record in records(path, EPHEMERAL):
        yield EphemeralRange(
            system=record.needed("system"),
            versions=record.values["versions"],
            first=record.ports("first")[0],
            last=record.ports("last")[0],
            setting=record.values["setting"],
            source=record.source(),
            current=record.yes("current"),
        )


def preferred(path: Path) -> Iterator[tuple[int, Protocol, str]]:
    """Yield the port, protocol and name of registry-preferred.csv; raises SourceError."""
    for record in records(path, PREFERRED):
        yield record.ports()[0], record.protocol(), record.needed("service")


def _weight(record: Record) -> int:
    text = record.values["weight"]
    if not text.isdecimal() or not 1 <= int(text) <= 100:  # noqa: PLR2004 percent-like, see README
        raise record.fault("weight must be a number from 1 to 100")
    return int(text)


def everyday(path: Path) -> Iterator[str]:
    """Yield the names that are also words of everyday talk; lines that begin with # say why."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SourceError(path, f"cannot be read ({error})") from error
    yield from (line.strip() for line in lines if line.strip() and not line.startswith("#"))
