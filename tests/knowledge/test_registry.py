"""The 19 quirks of IANA's registry, each by name, in a small registry and in the whole one."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.build import Sources, build
from knowledge.model import (
    Assigned,
    Dynamic,
    Protocol,
    Reserved,
    Status,
    Unassigned,
    status_word,
)
from knowledge.sources import registry
from knowledge.sources.registry import RegistryError, Row, Standing

TCP, UDP, SCTP, DCCP = Protocol

SMALL = """\
Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,\
Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes
,0,tcp,Reserved,,,,2024-12-20,[RFC6335],,,
,0,udp,Reserved,,,,2024-12-20,[RFC6335],,,
,2,tcp,Reserved,,,,2025-02-13,,,,"De-assigned on 2025-02-13, previously compressnet"
,2,udp,Reserved,,,,2025-02-13,,,,"De-assigned on 2025-02-13, previously compressnet"
daytime,13,tcp,Daytime,,,,,,,,
,14,tcp,Unassigned,,,,,,,,
,14,udp,Unassigned,,,,,,,,
,15,tcp,Unassigned [was netstat],,,,,,,,
,15,udp,Unassigned,,,,,,,,
,16,,Unassigned,,,,,,,,
qotd,17,tcp,Quote of the Day,,,,,,,,
,24,tcp,any private mail system,,,,,,,,
,24,udp,any private mail system,,,,,,,,
name,42,tcp,Host Name Server,,,,,,,,
nameserver,42,tcp,Host Name Server,,,,,,,,
whoispp,63,tcp,"whois++
IANA assigned this well-formed service name as a replacement for ""whois++"".",,,,,,,,
whois++,63,tcp,whois++,,,,,,,,"This entry is an alias to ""whoispp"".
This entry is now historic."
finger,79,tcp,Finger,,,,,,,Unauthorized use by some mail users,
http,80,tcp,World Wide Web HTTP,,,,2021-10-01,[RFC9110],,,
www,80,tcp,World Wide Web HTTP,,,,,,,,
www-http,80,tcp,World Wide Web HTTP,,,,,,,,
auth,113,tcp,Authentication Service,,,,,,,,
,114,,unassigned,,,,,,,,Deprecated June 2004
sftp,115,tcp,Simple File Transfer Protocol,,,,,,,,
,225-241,,Reserved,,,,,,,,
urd,465,tcp,URL Rendezvous Directory for SSM,,,,,,,,
submissions,465,tcp,Message Submission over TLS protocol,,,2017-12-12,,[RFC8314],,,
igmpv3lite,465,udp,IGMP over UDP for SSM,,,,,,,,
exec,512,tcp,remote process execution,,,,,,,,
comsat,512,udp,,,,,,,,,
biff,512,udp,used by mail system,,,,,,,,
,585,,De-registered,,,,2006-04-25,,,,"Use of 585 is not recommended, use 993 instead"
mdqs,666,tcp,,,,,,,,,
doom,666,tcp,doom Id Software,,,,,,,,
rfile,750,tcp,,,,,,,,,
loadav,750,udp,,,,,,,,,
kerberos-iv,750,udp,kerberos version iv,,,,,,,,
qrh,752,tcp,,,,,,,,,
tell,754,tcp,send,,,,,,,,
,755-757,,Unassigned,,,,,,,,
nlogin,758,tcp,,,,,,,,,
accessbuilder,888,tcp,AccessBuilder,,,,,,,,
cddbp,888,tcp,CD Database Protocol,,,,,,,,
,1008,udp,Possibly used by Sun Solaris????,,,,,,,,
l2f,1701,tcp,l2f,,,,,,,,
l2tp,1701,tcp,l2tp,,,,,,,,
shilp,2049,tcp,,,,,,,,,
nfs,2049,tcp,Network File System,,,,,[RFC3501][RFC9051],,,
nfs,2049,sctp,Network File System,,,,,[RFC-ietf-nfs-draft],,,
slc-ctrlrloops,2824,tcp,,,,,,,,,
,2825,,(unassigned) Possibly assigned,,,,,,,,
repliweb,2826,tcp,,,,,,,,,
active-net,3322-3325,,Active Networks,,,,,,,,
exp,1021,dccp,RFC3692-style Experiment,,,,,,DCCP,,
x11,6000-6063,tcp,X Window System,,,,,,,Known Unauthorized Use on port 6003,
x11,6000-6063,udp,X Window System,,,,,,,,
ircu,6665-6669,tcp,IRCU,,,2006-04,,,,,
,6665-6669,udp,Reserved,,,,,,,,
before,7747,tcp,,,,,,,,,
,7748-7776,,Unassigned,,,,,,,,
inetfs,7775,tcp,A File System using TLS,,,2016-01-28,,,,,
,7775,udp,Reserved,,,,,,,,
after,7777,tcp,,,,,,,,,
xadmin,9105,tcp,Xadmin Control Service,,,,,[Ari√´n],,,
Über-Name_1,9106,tcp,An odd name,,,,,,,,
,49151,,Reserved,,,,2024-12-20,[RFC6335],,,
airplay,,tcp,Streaming of audio and video,,,2012-09-19,,,,,
rdp,,,Reliable Data Protocol,,,,,,,,
rdp,,,Windows Remote Desktop Protocol,,,,,,,,
"""


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    return tuple(registry.parse(SMALL.splitlines(keepends=True)))


@pytest.fixture(scope="module")
def small(small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """A knowledge base of the small registry above."""
    folder = tmp_path_factory.mktemp("small")
    path = folder / "registry.csv"
    path.write_text(SMALL, encoding="utf-8")
    yield from opened(folder, path, small_data)


@pytest.fixture(scope="module")
def whole_rows(shared: Path) -> tuple[Row, ...]:
    return registry.read(shared / "data" / "iana-service-names-port-numbers.csv")


@pytest.fixture(scope="module")
def whole(
    shared: Path, small_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KnowledgeBase]:
    """A knowledge base of IANA's own file."""
    folder = tmp_path_factory.mktemp("whole")
    path = shared / "data" / "iana-service-names-port-numbers.csv"
    yield from opened(folder, path, small_data)


def opened(folder: Path, path: Path, data: Path) -> Iterator[KnowledgeBase]:
    target = folder / "knowledge.sqlite"
    build(target, Sources(data, registry=path), now=datetime(2026, 11, 21, tzinfo=UTC))
    base = KnowledgeBase.open(target)
    yield base
    base.close()


def names(base: KnowledgeBase, number: int, protocol: Protocol) -> list[str]:
    match base.facts(number).states[protocol]:
        case Assigned(assignments):
            return [assignment.name for assignment in assignments]
        case _:
            return []


def state(base: KnowledgeBase, number: int, protocol: Protocol = TCP) -> Status:
    return base.facts(number).states[protocol]


def test_quirk_1_rows_come_in_four_shapes(rows: tuple[Row, ...]) -> None:
    shapes = {
        (bool(row.name), row.first is not None, row.first != row.last and row.first is not None)
        for row in rows
    }
    assert shapes == {
        (True, True, False),
        (False, True, False),
        (False, True, True),
        (True, True, True),
        (True, False, False),
    }


def test_quirk_1_the_whole_registry_has_as_many_of_each(whole_rows: tuple[Row, ...]) -> None:
    kinds = Counter(
        (bool(row.name), "none" if row.first is None else len(row.numbers) > 1)
        for row in whole_rows
    )
    ranges_of_one = 6  # written like "8-8"
    assert kinds == {
        (True, False): 11_731,
        (False, False): 966 + ranges_of_one,
        (False, True): 758 - ranges_of_one,
        (True, True): 8,
        (True, "none"): 1_070,
    }


@pytest.mark.parametrize(
    ("number", "protocol", "name"),
    [(6001, TCP, "x11"), (6063, UDP, "x11"), (6667, TCP, "ircu"), (3323, UDP, "active-net")],
)
def test_quirk_2_a_range_answers_for_every_port_in_it(
    small: KnowledgeBase, base: KnowledgeBase, number: int, protocol: Protocol, name: str
) -> None:
    assert names(small, number, protocol) == [name]
    assert names(base, number, protocol) == [name]


def test_quirk_2_all_named_ranges_are_found_inside(whole: KnowledgeBase) -> None:
    inside = {3324: "active-net", 3369: "satvid-datalnk", 4250: "vrml-multi-use", 6001: "x11"}
    inside |= {6667: "ircu", 7301: "swx", 27000: "flex-lm", 27009: "flex-lm"}
    assert {number: names(whole, number, TCP)[0] for number in inside} == inside
    assert state(whole, 6667, UDP) == Reserved()


def test_quirk_3_no_protocol_means_tcp_and_udp(small: KnowledgeBase, base: KnowledgeBase) -> None:
    for known in (small, base):
        assert names(known, 3322, TCP) == names(known, 3322, UDP) == ["active-net"]
        assert state(known, 225, TCP) == state(known, 225, UDP) == Reserved()
        assert state(known, 225, SCTP) == Unassigned(225, 225)


def test_quirk_4_the_dynamic_ports_have_no_row(small: KnowledgeBase, base: KnowledgeBase) -> None:
    for known in (small, base):
        assert state(known, 49151) == Reserved()
        for number in (49152, 60156, 65535):
            assert set(known.facts(number).states.values()) == {Dynamic()}


@pytest.mark.parametrize(
    ("number", "protocol", "expected"),
    [
        (24, TCP, Reserved("any private mail system")),
        (585, UDP, Reserved("De-registered")),
        (15, TCP, Unassigned(14, 16, "[was netstat]")),
        (15, UDP, Unassigned(14, 16)),
        (114, TCP, Unassigned(114, 114)),
        (2825, TCP, Unassigned(2825, 2825, "Possibly assigned")),
        (1008, UDP, Reserved("Possibly used by Sun Solaris????")),
    ],
)
def test_quirk_5_an_unnamed_row_tells_its_state(
    small: KnowledgeBase, base: KnowledgeBase, number: int, protocol: Protocol, expected: Status
) -> None:
    assert state(small, number, protocol) == expected
    assert state(base, number, protocol) == expected


def test_quirk_5_no_status_is_ever_a_service(whole_rows: tuple[Row, ...]) -> None:
    states = Counter(
        (row.standing, row.reason) for row in whole_rows if row.standing is not Standing.ASSIGNED
    )
    assert states.pop((Standing.UNASSIGNED, "")) == 886
    assert states.pop((Standing.RESERVED, "")) == 808
    assert states == {
        (Standing.RESERVED, "De-registered"): 5,
        (Standing.RESERVED, "Removed"): 3,
        (Standing.RESERVED, "Deprecated"): 1,
        (Standing.RESERVED, "De-Commissioned Port"): 1,
        (Standing.RESERVED, "Decomissioned Port 04/14/00, ms"): 1,
        (Standing.RESERVED, "Reserved - IANA"): 1,
        (Standing.RESERVED, "Possibly used by Sun Solaris????"): 1,
        (Standing.RESERVED, "any private mail system"): 2,
        (Standing.RESERVED, "any private printer server"): 2,
        (Standing.RESERVED, "any private terminal access"): 2,
        (Standing.RESERVED, "any private file service"): 2,
        (Standing.RESERVED, "any private dial out service"): 2,
        (Standing.RESERVED, "any private RJE service"): 2,
        (Standing.RESERVED, "any private terminal link"): 2,
        (Standing.UNASSIGNED, "[was netstat]"): 1,
        (Standing.UNASSIGNED, "(FRP-Released 12/7/00)"): 1,
        (Standing.UNASSIGNED, "Possibly assigned"): 1,
    }
    assert {24, 35, 57, 59, 75, 77, 87} == {
        row.first for row in whole_rows if row.reason.startswith("any private")
    }


def test_quirk_6_a_de_assigned_port_is_reserved_and_the_note_tells_the_old_name(
    small: KnowledgeBase, rows: tuple[Row, ...]
) -> None:
    assert state(small, 2) == Reserved()
    assert small.assignments_of("compressnet") == ()
    assert [row.notes for row in rows if row.first == 2] == [
        "De-assigned on 2025-02-13, previously compressnet"
    ] * 2


def test_quirk_7_unassigned_is_not_reserved(small: KnowledgeBase) -> None:
    assert state(small, 756) == Unassigned(755, 757)
    assert state(small, 6666, UDP) == Reserved()
    assert state(small, 512, SCTP) == Unassigned(512, 512)


def test_quirk_8_all_names_of_a_port_are_kept_in_order(
    small: KnowledgeBase, base: KnowledgeBase
) -> None:
    for known in (small, base):
        assert names(known, 80, TCP) == ["http", "www", "www-http"]
        assert names(known, 42, TCP) == ["name", "nameserver"]


@pytest.mark.parametrize(
    ("number", "protocol", "expected"),
    [
        (465, TCP, ["submissions", "urd"]),
        (2049, TCP, ["nfs", "shilp"]),
        (1701, TCP, ["l2tp", "l2f"]),
        (666, TCP, ["doom", "mdqs"]),
        (888, TCP, ["cddbp", "accessbuilder"]),
        (750, UDP, ["kerberos-iv", "loadav"]),
    ],
)
def test_quirk_8_the_better_known_name_is_shown_first(
    small: KnowledgeBase,
    base: KnowledgeBase,
    number: int,
    protocol: Protocol,
    expected: list[str],
) -> None:
    assert names(small, number, protocol) == expected
    assert names(base, number, protocol) == expected


def test_quirk_8_as_many_ports_have_several_names(whole: KnowledgeBase) -> None:
    several = [
        (number, protocol)
        for number in range(49152)
        for protocol in Protocol
        if len(names(whole, number, protocol)) > 1
    ]
    assert (len(several), len({number for number, _ in several})) == (226, 121)


def test_quirk_9_tcp_and_udp_may_differ(small: KnowledgeBase, base: KnowledgeBase) -> None:
    for known in (small, base):
        assert names(known, 512, TCP) == ["exec"]
        assert names(known, 512, UDP) == ["comsat", "biff"]
        assert names(known, 465, UDP) == ["igmpv3lite"]
        assert names(known, 750, TCP) == ["rfile"]


def test_quirk_10_fields_with_line_breaks_and_quotes_are_one_line_each(
    rows: tuple[Row, ...], small: KnowledgeBase
) -> None:
    whoispp = next(row for row in rows if row.name == "whoispp")
    assert whoispp.description == "whois++"
    assert whoispp.notes == (
        'IANA assigned this well-formed service name as a replacement for "whois++".'
    )
    (historic,) = small.assignments_of("whois++")
    assert historic.notes == ('This entry is an alias to "whoispp". This entry is now historic.')


def test_quirk_10_rows_are_not_lines(whole_rows: tuple[Row, ...]) -> None:
    assert len(whole_rows) == 14_533


def test_quirk_11_names_hold_any_sign_and_their_case_does_not_matter(
    small: KnowledgeBase,
) -> None:
    assert [found.name for found in small.assignments_of("WHOIS++")] == ["whois++"]
    assert [found.first for found in small.assignments_of("über-name_1")] == [9106]


def test_quirk_11_names_are_as_distinct_folded_as_not(whole_rows: tuple[Row, ...]) -> None:
    known = {row.name for row in whole_rows if row.name}
    assert len(known) == len({name.casefold() for name in known}) == 7_327
    assert max(map(len, known)) == registry.NAME_LENGTH


def test_quirk_12_a_name_may_have_no_description(small: KnowledgeBase) -> None:
    (qrh,) = small.assignments_of("qrh")
    assert (qrh.first, qrh.description) == (752, "")


def test_quirk_13_dates_are_months_or_days_or_missing(
    rows: tuple[Row, ...], small: KnowledgeBase
) -> None:
    assert [row.registered for row in rows if row.name in {"ircu", "inetfs", "http"}] == [
        "",
        "2006-04",
        "2016-01-28",
    ]
    assert registry.newest_date(rows) == "2025-02-13"
    assert small.meta["registry_date"] == "2025-02-13"


def test_quirk_13_the_newest_date_is_that_of_the_registry(whole: KnowledgeBase) -> None:
    assert whole.meta["registry_date"] == "2026-08-17"


def test_quirk_14_unauthorized_use_is_kept(small: KnowledgeBase) -> None:
    (finger,) = small.assignments_of("finger")
    assert finger.unauthorized_use == "Unauthorized use by some mail users"


def test_quirk_15_service_codes_and_all_four_protocols_are_kept(small: KnowledgeBase) -> None:
    (experiment,) = small.assignments_of("exp")
    assert (experiment.protocol, experiment.service_code) == (DCCP, "DCCP")
    assert names(small, 2049, SCTP) == ["nfs"]


def test_quirk_15_as_many_rows_of_each_protocol(whole_rows: tuple[Row, ...]) -> None:
    assert Counter(row.protocol for row in whole_rows) == {
        TCP: 6_606,
        UDP: 6_356,
        SCTP: 93,
        DCCP: 11,
        None: 1_467,
    }


def test_quirk_16_an_assigned_row_counts_more_than_the_block_around_it(
    small: KnowledgeBase, base: KnowledgeBase
) -> None:
    for known in (small, base):
        assert names(known, 7775, TCP) == ["inetfs"]
        assert state(known, 7775, UDP) == Reserved()
        assert state(known, 7774) == Unassigned(7748, 7774)
        assert state(known, 7776) == Unassigned(7776, 7776)


def test_quirk_16_both_contradictions_are_settled(whole: KnowledgeBase) -> None:
    assert names(whole, 7775, TCP) == ["inetfs"]
    assert names(whole, 7997, TCP) == ["pushns"]
    assert state(whole, 7997, UDP) == Reserved()


def test_quirk_17_references_run_together_are_kept_as_they_are(small: KnowledgeBase) -> None:
    references = [found.reference for found in small.assignments_of("nfs")]
    assert references == ["[RFC3501][RFC9051]", "[RFC-ietf-nfs-draft]"]


def test_quirk_18_other_letters_than_ascii_are_read(small: KnowledgeBase) -> None:
    (xadmin,) = small.assignments_of("xadmin")
    assert xadmin.reference == "[Ari√´n]"


def test_quirk_19_the_one_duplicate_key_is_kept_once_to_show(small: KnowledgeBase) -> None:
    assert small.portless("RDP") == "Reliable Data Protocol"
    assert small.portless("airplay") == "Streaming of audio and video"
    assert small.portless("http") is None


# ---------------------------------------------------------------- the whole, and what is none


def test_every_count_of_the_registry_is_met(whole: KnowledgeBase, shared: Path) -> None:
    stats = json.loads((shared / "data" / "iana-stats.json").read_text(encoding="utf-8"))
    blocks = [tuple(block) for block in stats["unassigned_blocks"]["blocks"]]
    assert list(whole.unassigned_blocks()) == blocks
    assert len(blocks) == 854
    for key, span in (("system_0_1023", range(1024)), ("user_1024_49151", range(1024, 49152))):
        for protocol in Protocol:
            listed = stats["ranges"][key][f"by_{protocol}"]
            withheld = ("private", "reserved", "withdrawn")
            expected = {
                "assigned": listed.get("assigned", 0),
                "reserved": sum(listed.get(word, 0) for word in withheld),
                "unassigned": listed.get("unassigned", 0) + listed.get("not_listed", 0),
            }
            found = Counter(status_word(state(whole, n, protocol)) for n in span)
            assert {word: found[word] for word in expected} == expected, (key, protocol)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("<!DOCTYPE html>\n<title>Sorry</title>\n", "HTML"),
        ("Service Name,Port Number\nhttp,80\n", "lacks the columns Transport Protocol"),
        (SMALL[: SMALL.index("now historic")], "cut off or damaged"),
        (SMALL[: SMALL.index(",225-241") + 12], "fields, not 12"),
        (SMALL.replace(",585,", ",70000,"), "'70000' is no range of ports"),
        (SMALL.replace(",585,", ",fish,"), "'fish' is no port number"),
        (SMALL.replace("755-757", "757-755"), "no range of ports"),
        (SMALL.replace("585,,", "585,ipx,"), "'ipx' is none of tcp, udp, sctp, dccp"),
        (SMALL.replace("De-registered", ""), "neither a service name nor a status"),
    ],
)
def test_what_is_no_registry_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(RegistryError, match=reason):
        tuple(registry.parse(text.splitlines(keepends=True)))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "registry.csv"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(RegistryError, match="UTF-8"):
        registry.read(path)
