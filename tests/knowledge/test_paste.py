"""What counts as a paste, what does not, and what nothing may break."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import paste
from knowledge.model import Protocol
from knowledge.paste import LONGEST, TooLongError
from knowledge.pasted.model import Kind, Paste, PastedPort, Role

PASTES = Path(__file__).parent / "pastes"
PIECES = sorted(
    {
        piece
        for path in PASTES.glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        for piece in re.findall(r"\S+|\s+", line)
    }
)
EVERY = ["0.0.0.0", "[::]", "*"]
LISTENS = "LISTEN 0 128 0.0.0.0:22 0.0.0.0:*"
NAMES = {"ssh": 22, "http": 80, "https": 443}


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   \n\n  ",
        "what is port 443?",
        "what is 0.0.0.0:80",
        "what's on 127.0.0.1:5432?",
        "OSError: [Errno 98] Address already in use",
        "tcp 747?",
        "is 443/tcp open",
        "443/tcp open?",
        "is 443/tcp open on my machine - or filtered?",
        "22/tcp or 2222/tcp for ssh?",
        "udp/53 vs tcp/53",
        ":8080",
        "localhost:5173",
        "8080-8090",
        "80, 443 and 8443",
        "port: 8080?",
        "port 80 = http?",
        "open port 22 on linux -- how?",
        "how do I see what LISTENs on 8080",
        "hi\nwhat is port 25565?\nthanks!",
        "Hello all,\n\nwhich port does PostgreSQL use - 5432 or 5433?\n\nBye, Anna",
        '- "10:30"\n- "11:45"',
        "two things:\n- port 80\n- port 443",
        "1. open 8080\n2. restart it\n3. what then?",
        "list of what I need:\n* 5432 for the database\n* 6379 for redis",
        "at 10:30 or 11:45?\n12:15 is fine too",
        "scores:\n3:2\n1:0",
        "my shopping list:\neggs: 12\nmilk: 2",
        "see https://example.org/docs/ports for more",
        "is http://localhost:8080/ safe to share?",
        "should I run docker on 0.0.0.0:2375 or not?",
        "allow 8080 through ufw please",
        "why does ufw block 443?",
        "expose 8080 to the internet?",
        "block port 22 on windows",
        "pass port 80 to 8080",
        "is 1.2.3.4 > 1.2.3.3?",
        "what does port 1 -> 2 mean",
        "I sailed to the port of Hamburg on 2024-03-02, 12:30 -- it was 5 degrees",
        "def port(x):\n    return x + 1",
        "a = 5\nb = 6\nprint(a + b)",
        '{"name": "anna", "age": 30}',
        "version: 3.8\nname: shop",
        "https://example.org/",
        "<@123456789012345678> what is port 80",
        "telnet example port 25 works?",
        "ports:",
        "SELECT * FROM t WHERE id = 5432;",
        "curl says connection refused on localhost:4200, how do I see whether it runs",
        "Port 4200 is already in use. fine, but by what?",
        "(2) port 80 or 443?",
        "transport=443",
        "[10:22:44] kim: lol 443 messages",
        "docker is at 24.0.7, nodejs: 20.11",
        "8080 -> my favourite cpu",
        "listening to 443 songs",
        "patch panel: port 22 -> desk 80",
        "#1 what is port 80",
        "ssh: 22\nhttp: 80\nhttps: 443 right?",
        "my usb port 3 and com port 4 are dead",
        "first: sailed from port 3 to port 12\nthen: home",
    ],
)
def test_an_ordinary_question_is_no_paste(question: str) -> None:
    assert paste.read(question, NAMES.get) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (f"what is this?\n{LISTENS}", ("what is this?",)),
        (f"{LISTENS}\nis that safe on windows", ("is that safe on windows",)),
        (f"kann mir einer sagen was das ist?\n\n{LISTENS}\n\ndanke", None),
        (f"what is this: {LISTENS}", ("what is this:",)),
        (f"State Recv-Q Send-Q Local Address:Port Peer Address:Port\n{LISTENS}", ()),
        (f"$ ss -tlnp | grep LISTEN\n{LISTENS}\n$ ", ()),
        (f"PS C:\\Users\\anna> netstat -ano\n{LISTENS}", ()),
        ("server {\n  listen 8081;\n  root /srv/www;\n}\nis this ok?", ("is this ok?",)),
        ("# my .env\nNODE_ENV=production\nPORT=3000\nSECRET=open sesame", ()),
        ("what does 0.0.0.0:8080->80/tcp mean?", ("what does mean?",)),
    ],
)
def test_the_askers_words_are_told_from_the_output(
    text: str, rest: tuple[str, ...] | None
) -> None:
    found = paste.read(text)
    assert found is not None
    if rest is not None:
        assert found.rest == rest
    else:
        assert found.rest[0] == "kann mir einer sagen was das ist?"


def test_a_port_says_all_that_its_line_says() -> None:
    line = (
        "tcp LISTEN 0 244 127.0.0.1:5432 0.0.0.0:* "
        'users:(("postgres",pid=1201,fd=5),("postgres",pid=1202,fd=5))'
    )
    assert paste.read(f"\n{line}") == Paste(
        Kind.SOCKETS,
        (
            PastedPort(
                5432, Protocol.TCP, Role.LISTENER, "127.0.0.1", "postgres", "LISTEN", line=2
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "process"),
    [
        ("tcp  0  0 0.0.0.0:22  0.0.0.0:*  LISTEN  812/sshd", "sshd"),
        ("tcp6  0  0 :::80  :::*  LISTEN  977/nginx: master", "nginx"),
        ("node  42 anna  23u  IPv6  0x1b2c  0t0  TCP *:3000 (LISTEN)", "node"),
        ("root  sshd  812  4  tcp4  *:22  *:*", "sshd"),
        ("tcp  0  0 0.0.0.0:22  0.0.0.0:*  LISTEN  -", ""),
    ],
)
def test_the_process_is_read_where_it_shows(text: str, process: str) -> None:
    found = paste.read(text)
    assert found is not None
    assert [port.process for port in found.ports] == [process]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("161/udp open|filtered snmp\n22/tcp  closed  ssh", "open|filtered"),
        ("-A INPUT -p tcp --dport 22 -j DROP", "DROP"),
        ("22/tcp                     DENY        Anywhere", "DENY"),
        ("tcp dport 22 accept", "accept"),
        ("[UFW BLOCK] IN=eth0 SRC=10.0.0.9 DST=10.0.0.1 PROTO=TCP DPT=23", "BLOCK"),
    ],
)
def test_the_state_is_read_as_written(text: str, state: str) -> None:
    found = paste.read(text)
    assert found is not None
    assert found.ports[0].state == state


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (LISTENS, Kind.SOCKETS),
        ("22/tcp  open  ssh", Kind.SCAN),
        ("0.0.0.0:8080->80/tcp", Kind.CONTAINERS),
        ("-A INPUT -p tcp --dport 22 -j DROP", Kind.FIREWALL),
        ("listen 8080;", Kind.CONFIGURATION),
        ("ssh -L 8080:localhost:80 web", Kind.COMMAND),
    ],
)
def test_the_kind_is_told(text: str, kind: Kind) -> None:
    found = paste.read(text)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "dressed",
    [
        "\x1b[0m\x1b[01;32mLISTEN\x1b[0m 0 128 \x1b[38;5;12m0.0.0.0:22\x1b[0m 0.0.0.0:*",
        "LISTEN\t0\t128\t0.0.0.0:22\t0.0.0.0:*\r\n",
        f"```\n{LISTENS}\n```",
        f"```bash\r\n$ ss -tln\r\n{LISTENS}\r\n```",
        f"`{LISTENS}`",
        f"> {LISTENS}",
        f"> > {LISTENS}",
        f"\ufeff{LISTENS}",
        f"    {LISTENS}   ",
        f"[root@web ~]# ss -tln\n{LISTENS}",
        f"anna@mac ~ % ss -tln\n{LISTENS}",
        f"C:\\>netstat -an\n{LISTENS}",
    ],
)
def test_what_terminals_and_chats_put_around_it_is_taken_off(dressed: str) -> None:
    found = paste.read(dressed)
    assert found is not None
    assert [(port.number, port.address) for port in found.ports] == [(22, "0.0.0.0")]
    assert found.rest == ()


@pytest.mark.parametrize("wildcard", ["0.0.0.0:*", "*:*", "[::]:*", ":::*", "*.*", "0.0.0.0:0"])
def test_a_wildcard_is_no_port(wildcard: str) -> None:
    found = paste.read(f"tcp 0 0 10.0.0.5:22 {wildcard} LISTEN")
    assert found is not None
    assert [port.number for port in found.ports] == [22]


def test_a_number_past_the_last_port_is_none() -> None:
    assert paste.read("LISTEN 0 128 0.0.0.0:65536 0.0.0.0:*") is None
    assert paste.read("PORT=70000") is None


def test_a_range_that_is_turned_round_is_none() -> None:
    with pytest.raises(ValueError, match="turned round"):
        PastedPort(90, last=80)
    assert paste.read("-A INPUT -p tcp --dport 90:80 -j ACCEPT") is None


@given(st.text(max_size=2000))
def test_any_text_is_read_or_is_none(text: str) -> None:
    found = paste.read(text, NAMES.get)
    assert found is None or found.ports


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["", " ", "\n"]))
@settings(max_examples=300)
def test_pieces_of_pastes_in_any_order_are_read_or_are_none(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    found = paste.read(text, NAMES.get)
    lines = text.replace("\r\n", "\n").count("\n") + 1
    assert found is None or all(1 <= port.line <= lines for port in found.ports)


@given(st.lists(st.tuples(st.integers(1, 65535), st.sampled_from(EVERY)), min_size=1))
def test_what_ss_prints_is_read_back(sockets: list[tuple[int, str]]) -> None:
    text = "\n".join(f"tcp   LISTEN 0      128    {host}:{n}    {host}:*" for n, host in sockets)
    found = paste.read(text)
    assert found is not None
    assert [port.number for port in found.ports] == [number for number, _ in sockets]
    assert {port.role for port in found.ports} == {Role.LISTENER}


def test_200_kilobytes_are_read_whole() -> None:
    count = LONGEST // 60
    rows = [
        f"tcp LISTEN 0 128 10.0.{n >> 8 & 255}.{n & 255}:{n + 1} 0.0.0.0:*" for n in range(count)
    ]
    text = "\n".join(rows)
    assert 100_000 < len(text) <= LONGEST
    found = paste.read(text)
    assert found is not None
    assert [port.number for port in found.ports] == list(range(1, count + 1))


def test_beyond_that_a_sentence_says_so() -> None:
    with pytest.raises(TooLongError, match=r"at most 200,000 characters"):
        paste.read(LISTENS + "\n" * LONGEST)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        " ",
        "a:",
        "[",
        "{",
        "<port ",
        "0.0.0.0:",
        "port=",
        "-p ",
        "\x1b[",
        "> ",
        '- "',
        "//",
        "${a:-",
    ],
)
def test_one_endless_line_of_anything_is_read(unit: str) -> None:
    assert paste.read(unit * (LONGEST // len(unit))) is None


def test_a_persons_words_behind_a_dash_are_no_part_of_a_log_line() -> None:
    line = "Nov 21 03:14:07 web1 sshd[12]: Failed password for root from 192.0.2.4 port 51422 ssh2"
    pasted = paste.read(f"{line} -- should i worry?")
    assert pasted is not None
    assert [port.number for port in pasted.ports] == [51422]
    assert pasted.rest == ("should i worry?",)
