"""Claims about ports in prose: found, and held against the registry."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.claims.find import find_claims
from knowledge.claims.findings import Finding, Verdict
from knowledge.claims.judge import judge
from knowledge.claims.pages import check_page
from knowledge.sentences import sentences
from knowledge.sources.pages import article_of, read_page

# (a text on a page about port 756, words of the fact that contradicts it)
FALSE = [
    ("Port 752 is reserved.", "752 is assigned to qrh"),
    ("Port 753 is currently reserved by IANA for TCP.", "753 is assigned to rrh"),
    ("Port 754 is unassigned.", "754 is assigned to tell"),
    ("This port is assigned to a service.", "756 is unassigned (block 755-757)"),
    ("It is officially assigned to tell.", "756 is unassigned"),
    ("Ports 755 and 757 are reserved.", "755 is unassigned (block 755-757)"),
    ("Ports 751 to 757 are unassigned.", "751 is assigned to pump"),
    ("The port is surrounded by reserved ports.", "755 is unassigned"),
    ("Port 22 has no official assignment.", "22 is assigned to ssh"),
    ("Port 22/udp is unassigned.", "22 is assigned to ssh"),
    ("UDP port 953 is assigned.", "reserved (udp)"),
    ("Port 22 isn't assigned to any service.", "22 is assigned to ssh"),
    ("Port 23 is assigned to SSH.", "ssh is registered on 22"),
    ("Port 22 is registered with IANA as telnet.", "telnet is registered on 23"),
    ("IANA assigned port 22 to telnet.", "telnet is registered on 23"),
    ("The registry lists telnet on 22/tcp.", "telnet is registered on 23"),
    ('Port 747 is registered for "ris-cm" (Russell Info Sci).', "ris-cm is registered on 748"),
    ("Port 8080 is officially assigned to Apache Tomcat.", "without being registered"),
    ("Ports such as SSH (23) or SMTP on 26 are old.", "ssh is registered on 22"),
    ("The well-known range (0-1024) is full.", "System Ports 0-1023"),
    ("Ports 1023-49151 are the registered ports.", "User Ports 1024-49151"),
    ("The dynamic range (49152-65534) is for clients.", "Dynamic Ports 49152-65535"),
    ("Port 756 is in the registered port range.", "one of the System Ports (0-1023)"),
    ("Port 8080 lies in the well-known range.", "one of the User Ports (1024-49151)"),
    ("Port 22 is a dynamic port in the range 49152-65535.", "one of the System Ports (0-1023)"),
    ("Port 8080 is a system port.", "one of the User Ports (1024-49151)"),
    ("Port 49152 is one of the user ports.", "one of the Dynamic Ports (49152-65535)"),
    ("Ports 0 to 1024 are well-known ports.", "System Ports 0-1023"),
    ("Ports 1024-65535 are registered ports.", "User Ports 1024-49151"),
    ("Well-known ports are 1-1023.", "System Ports 0-1023"),
    ("Registered ports are those from 1025 to 49151.", "User Ports 1024-49151"),
    ("No service is assigned to port 23.", "23 is assigned to telnet"),
    ("No official service has been registered for port 23.", "23 is assigned to telnet"),
    ("IANA has not assigned port 23.", "23 is assigned to telnet"),
    ("IANA hasn't officially assigned port 23/tcp.", "23 is assigned to telnet"),
    ("It is part of the unassigned block 755-758.", "758 is assigned to nlogin"),
    ("It lies in the unassigned block 756-757.", "block is 755-757"),
    ("The block 755-757 has 4 consecutive ports.", "755-757 are 3 ports"),
    ("It lies in an unassigned block of four ports.", "755-757: 3"),
    ("There are 65,535 ports in total: 65,535 TCP ports.", "65,536 port numbers"),
    ("All 65,535 ports can be scanned.", "65,536 port numbers"),
    ("It is one of 1,023 doors in this range.", "1,024"),
    ("There are 16,383 dynamic ports.", "16,384"),
    ("The 48,127 registered ports are many.", "48,128"),
    ("The well-known range is 5% of all ports.", "1.56 %"),
    ("The well-known ports are less than 1 percent of the port space.", "1.56 %"),
    ("MongoDB's default port is 27117.", "is known on 27017"),
    ("No malware is known to have used port 12345.", "Malware listed on port 12345"),
    ("- Port 22: Reserved", "22 is assigned to ssh"),
    ("22 | tcp | Unassigned", "22 is assigned to ssh"),
]  # fmt: skip
TRUE = [
    "Port 22 is a well-known port.",
    "Port 60000 is a dynamic port.",
    "No service is assigned to port 755.",
    "Port 756 is unassigned. It has no official service.",
    "Port 752 is assigned to qrh for TCP and UDP.",
    "Port 0 is reserved by IANA.",
    "Port 953 is reserved for UDP, and 953/tcp is assigned.",
    "Port 60156 is unassigned, since it is a dynamic port.",
    "Port 22 is assigned to the Secure Shell (SSH).",
    "The registry gives 22/tcp and 22/udp to ssh.",
    "IANA lists ipcd on 576/tcp and 576/udp.",
    "Port 53 belongs to DNS; like SSH on 22 or HTTPS (443) it is assigned.",
    "The well-known range (0-1023) is less than 2% of all port numbers.",
    "The User Ports, 1024-49151, and the Dynamic Ports (49152-65535) follow.",
    "Linux takes ephemeral ports from 32768-60999, that is 28,232 ephemeral ports.",
    "Port 40000 lies in the ephemeral port range of Linux.",
    "It is part of the unassigned range 755-757, 3 consecutive ports.",
    "There are 65,536 ports, of which 1,024 are system ports and 16,384 dynamic ports.",
    "About 65,000 ports exist.",
    "Nearly 28,000 ephemeral ports are free.",
    "A quarter, 25 percent of all ports, are dynamic ports.",
    "PostgreSQL's default port is 5432.",
    "Port 12345 was used by the NetBus trojan.",
    "Port 8080 (http) and port 748 (ris-cm) differ.",
]
SILENT = [
    "Ports 20-25 are well-known ports.",
    "Ports 0-5 are system ports.",
    "Port 22 is not a dynamic port.",
    "Port 8080 is a well-known alternative.",
    "Port 33000 is often used as an ephemeral port.",
    "No service is known to use port 23 for that.",
    "Port 0 aside there are 65,535 usable ports, 1 to 65535.",
    "Is port 752 reserved?",
    "If port 752 is reserved, nobody may have it.",
    "Port 752 would be reserved then.",
    "Some lists say that port 752 is said to be reserved.",
    "Port 2 was once assigned to compressnet.",
    "Ports are reserved for a purpose.",
    "The registered ports 6000-6063 belong to X11.",
    "Port 22 is reserved in the firewall for backups.",
    "A port is dynamically assigned by the system.",
    "SSH (1995) is older than TLS (1999), and HTTPS may be met on port 444.",
    "Clients talk to WINS on 137/udp, over HTTPS at port 444.",
    "It listens on a device on port 22, over a connection on port 23.",
    "The dynamic ports 50000-50100 are what the server was told to use.",
    "In 2012-2014 it grew by 5% of all servers.",
    "The file has 16,383 lines and 65,535 clients.",
]


def verdicts(
    text: str, base: KnowledgeBase, subject: int | None = 756
) -> list[tuple[Verdict, str]]:
    """Return what is said of each claim of a text."""
    judged = [
        judge(claim, base)
        for found in find_claims(text.removeprefix("- "), subject, listed=True)
        for claim in found.claims
    ]
    return [(each.verdict, each.fact) for each in judged if each is not None]


@pytest.mark.parametrize(("text", "fact"), FALSE)
def test_a_false_claim_is_found_with_the_fact(text: str, fact: str, base: KnowledgeBase) -> None:
    wrong = [found for verdict, found in verdicts(text, base) if verdict is Verdict.CONTRADICTED]

    assert any(fact in each for each in wrong), verdicts(text, base)


@pytest.mark.parametrize("text", TRUE)
def test_a_true_claim_is_supported(text: str, base: KnowledgeBase) -> None:
    found = verdicts(text, base)

    assert Verdict.SUPPORTED in {verdict for verdict, _ in found}
    assert {verdict for verdict, _ in found} == {Verdict.SUPPORTED}


@pytest.mark.parametrize("text", SILENT)
def test_what_claims_nothing_is_not_judged(text: str, base: KnowledgeBase) -> None:
    assert not [each for each in verdicts(text, base) if each[0] is not Verdict.SUPPORTED]


@pytest.mark.parametrize(
    "text",
    [
        "Port 4711 is used by Zorblax Server.",
        "The Zorblax daemon listens on port 4711.",
        "Port 4711 has been used by malware.",
        "Port 22 is assigned to Zorblax.",
    ],
)
def test_what_nothing_speaks_for_is_unsupported(text: str, base: KnowledgeBase) -> None:
    assert Verdict.UNSUPPORTED in {verdict for verdict, _ in verdicts(text, base)}


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    for found in find_claims("Port 80 is " + text, 80):
        assert found.claims


WORDS = st.sampled_from(
    [
        "port 80", "ports 80 and 443", "0-1023", "is", "assigned", "reserved", "unassigned", "to",
        "ssh", "16,384", "the", "well-known range", "IANA", "lists", "used by", "malware", "5%",
        "of all ports", "not", "(", ")", ",", "block of", "three", "numbers", "one of",
        "in this range", "default port",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=25))
def test_any_claim_can_be_judged(base: KnowledgeBase, words: list[str]) -> None:
    for verdict, fact in verdicts(" ".join(words) + ".", base):
        assert fact
        assert verdict in Verdict


@given(st.text(max_size=300))
def test_sentences_hold_all_of_a_text_but_white_space(text: str) -> None:
    parts = sentences(text)

    assert "".join("".join(part.text.split()) for part in parts) == "".join(text.split())
    assert all(text[part.start : part.end] == part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It is e.g. port 80. Is it? Yes.", ["It is e.g. port 80.", "Is it?", "Yes."]),
        ("See no. 5. The answer is no. It is.", ["See no. 5.", "The answer is no.", "It is."]),
        ("Mac OS X. Not port 748.", ["Mac OS X.", "Not port 748."]),
        ("TLS 1.3 is new. RFC 6335.", ["TLS 1.3 is new.", "RFC 6335."]),
        ("これはポート。次。", ["これはポート。", "次。"]),
    ],
)
def test_sentences_end_where_readers_see_their_end(text: str, parts: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == parts


# ---------------------------------------------------------------- the five pages


def findings(shared: Path, base: KnowledgeBase) -> list[Finding]:
    found: list[Finding] = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        page = read_page(path.name, path.read_bytes())
        found.extend(check_page(page, path.name[:3], base).findings)
    return found


def test_all_false_claims_of_the_reference_pages_are_found(
    shared: Path, base: KnowledgeBase
) -> None:
    wrong = [
        (finding.file, finding.line)
        for finding in findings(shared, base)
        if finding.verdict is Verdict.CONTRADICTED
    ]

    assert wrong == [
        ("000", 5),  # 752 reserved: qrh
        ("000", 6),  # 753 reserved: rrh
        ("000", 7),  # 754 reserved: tell
        ("000", 8),  # 755 reserved: unassigned
        ("000", 10),  # 757 reserved: unassigned
        ("000", 14),  # surrounded by reserved ports
        ("000", 23),  # NetInfo on 756
        ("001", 19),  # 65,535 ports total
        ("002", 12),  # NetInfo on 747
        ("002", 42),  # malware on 747
        ("004", 43),  # 16,383 dynamic ports
    ]


def test_the_findings_quote_the_page_and_name_the_fact(shared: Path, base: KnowledgeBase) -> None:
    by_place = {(finding.file, finding.line): finding for finding in findings(shared, base)}

    assert by_place["000", 5].words == "Port 752: Reserved"
    assert by_place["000", 5].fact == "Port 752 is assigned to qrh (tcp, udp)."
    assert by_place["000", 5].source.url.startswith("https://www.iana.org/")
    assert "600-1023" in by_place["002", 12].fact
    assert by_place["004", 43].fact == "Dynamic Ports 49152-65535 are 16,384."


def test_true_sentences_of_the_reference_pages_raise_no_alarm(
    shared: Path, base: KnowledgeBase
) -> None:
    found = findings(shared, base)

    assert sum(finding.verdict is Verdict.SUPPORTED for finding in found) >= 40
    assert not [finding for finding in found if finding.verdict is Verdict.UNSUPPORTED]


def test_contradicted_claims_do_not_get_into_articles(shared: Path, base: KnowledgeBase) -> None:
    text = ""
    for path in sorted((shared / "seeds").glob("*.txt")):
        page = read_page(path.name, path.read_bytes())
        article = article_of(page, path.name, check_page(page, path.name, base).withheld)
        text += article.summary + "".join(section.text for section in article.sections)

    for claim in (
        "752: Reserved", "757: Reserved", "surrounded by reserved", "port 747 for NetInfo",
        "port 756 was used by Mac OS X", "16,383", "65,535 ports", "used by malware in the past",
        "Not port 748",
    ):  # fmt: skip
        assert claim not in text
    assert "- Port 756: Unassigned\n- Port 758: nlogin" in text
    assert "It might be busy right now." in text


def test_a_page_is_cut_where_it_is_wrong_and_kept_where_it_is_right(base: KnowledgeBase) -> None:
    text = (
        "# Port 752: Reserved\n\nPort 752 is reserved. Its neighbor is port 753."
        " It is by `qrh`.\n\n"
        "| Port | State |\n| --- | --- |\n| 752 | Reserved |\n| 755 | Unassigned |\n\n"
        "## FAQ\n\n### Who has it?\n\nPort 752 is unassigned.\n\n### Is it TCP?\n\nYes, and UDP.\n"
    )
    page = read_page("752.md", text.encode())
    article = article_of(page, "752.md", check_page(page, "752.md", base).withheld)

    assert article.title == "Port 752"
    assert article.summary == "Its neighbor is port 753. It is by qrh."
    assert [faq.question for faq in article.faqs] == ["Is it TCP?"]
    assert "| 755 | Unassigned |" in article.sections[0].text
    assert "| 752 |" not in article.sections[0].text


def test_below_a_heading_it_is_the_port_of_the_heading(base: KnowledgeBase) -> None:
    text = "# Port 22\n\nPort 22 is SSH.\n\n## What is port 23?\n\nIt is assigned to telnet.\n"
    found = check_page(read_page("22.md", text.encode()), "22.md", base).findings

    assert {one.verdict for one in found} == {Verdict.SUPPORTED}


def test_front_matter_is_held_against_the_registry_too(base: KnowledgeBase) -> None:
    text = "---\nport: 22\nservice: telnet\nstatus: {tcp: reserved, udp: assigned}\n---\n\nText.\n"
    page = read_page("22.md", text.encode())
    found = check_page(page, "22.md", base).findings

    assert [(one.line, one.words, one.verdict.value) for one in found] == [
        (3, "service: telnet", "contradicted"),
        (4, "status: tcp reserved", "contradicted"),
        (4, "status: udp assigned", "supported"),
    ]
