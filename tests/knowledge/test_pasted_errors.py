"""What a pasted error, a log or a scan says beside the ports in it."""

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Intent
from knowledge.pasted.failures import failure_of

_SSHD = "Nov 21 03:14:07 web1 sshd[8443]: "


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)", "eacces"),
        ("Error: listen EACCES: permission denied 0.0.0.0:443", "eacces"),
        ("listen tcp :80: bind: permission denied", "eacces"),
        ("bind: socket forbidden by its access permissions: 0.0.0.0:80", "eacces"),
        ('psql: error: server at "localhost", port 5432 failed: Connection refused', "refused"),
        ("Error: connect ECONNREFUSED 127.0.0.1:3306", "refused"),
        ("dial tcp 10.0.0.5:6379: connect: connection refused", "refused"),
        ("No connection could be made because ... actively refused it 10.0.0.5:1433", "refused"),
        ("curl: (7) Failed to connect to example.com port 8080: Connection timed out", "timed"),
        ("Error: connect ETIMEDOUT 203.0.113.9:27017", "timed"),
        ("dial tcp 10.0.0.5:5432: i/o timeout", "timed"),
        ("ssh: connect to host 10.0.0.5 port 22: No route to host", "route"),
        ("read tcp 10.0.0.2:50122->10.0.0.5:443: read: connection reset by peer", "reset"),
        ("OSError: [Errno 13] Permission denied: ('0.0.0.0', 80)", "eacces"),
        ("requests.exceptions.ConnectTimeout: HTTPConnectionPool(host='a', port=9200)", "timed"),
        ("mysqld: Can't connect to MySQL server on '10.0.0.5:3306' (110)", "timed"),
        ("Can't connect to MySQL server on '10.0.0.5:3306' (111)", "refused"),
        ("bind: cannot assign requested address 203.0.113.9:8080", "assign"),
    ],
)  # fmt: skip
def test_a_failure_is_told_with_its_reason(base: KnowledgeBase, text: str, slug: str) -> None:
    failure = failure_of(text)
    assert failure is not None
    assert slug in failure
    entry = base.faq(failure)
    assert entry is not None
    answer = ask(text, base)
    if len(answer.ports) == 1:
        assert answer.summary.startswith(entry.answer[:60])


@pytest.mark.parametrize(
    "text",
    [
        "Error: listen EADDRINUSE: address already in use :::3000",
        "tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:*",
        "Nov 21 03:14:07 web1 app[12]: listening on 8080, timeout of idle sessions 30s",
        "22/tcp open ssh",
        "[UFW BLOCK] IN=eth0 SRC=1.2.3.4 DST=10.0.0.2 PROTO=TCP SPT=51234 DPT=23",
    ],
)
def test_no_reason_is_told_where_nothing_fails_to_connect(base: KnowledgeBase, text: str) -> None:
    assert '"Connection refused"' not in ask(text, base).summary
    assert "refuses the bind" not in ask(text, base).summary


@pytest.mark.parametrize(
    "text",
    [
        "[12:00:00] [Server thread/WARN]: Failed to bind to port 25565! java.net.BindException",
        "**** FAILED TO BIND TO PORT 25565!\nPerhaps a server is already running on that port?",
        "Error: listen EADDRINUSE: address already in use :::25565",
    ],
)
def test_a_server_that_cannot_bind_finds_its_port_taken(base: KnowledgeBase, text: str) -> None:
    answer = ask(text, base)
    assert answer.intent is Intent.CHECK
    assert answer.ports == (25565,)
    assert "and how to stop it" in answer.summary


@pytest.mark.parametrize(
    "text",
    [
        f"{_SSHD}Failed password for root from 1.2.3.4 port 51422 ssh2 what is this",
        f"{_SSHD}Failed password for root from 1.2.3.4 port 51422 ssh2 -- should i worry?",
        f"{_SSHD}Failed password for root from 1.2.3.4 port 51422 ssh2 who is that",
        f"{_SSHD}Failed password for root from 1.2.3.4 port 51422 ssh2 was ist das",
        f"{_SSHD}Failed password for root from 1.2.3.4 port 51422 ssh2 qué es eso",
        f"{_SSHD}Failed password for root from 1.2.3.4 port 51422 ssh2 что это",
        f"{_SSHD}Invalid user admin from 1.2.3.4 port 51422 is this bad",
        f"{_SSHD}Connection closed by authenticating user root 1.2.3.4 port 51422 [preauth] why",
        f"{_SSHD}Disconnected from 2001:db8::9 port 51422\nshould i worry",
        f"{_SSHD}Failed password for root from 1.2.3.4 port 51422 ssh2",
    ],
)
def test_what_is_asked_behind_a_log_line_leaves_its_numbers_alone(
    base: KnowledgeBase, text: str
) -> None:
    answer = ask(text, base)
    assert answer.ports == (51422,)
    assert answer.intent is Intent.ABOUT
    assert "the client's own side" in answer.summary


def test_the_servers_own_port_is_no_clients(base: KnowledgeBase) -> None:
    answer = ask(f"{_SSHD}Connection from 1.2.3.4 port 51422 on 10.0.0.9 port 22", base)
    assert set(answer.ports) == {22, 51422}
    told = [point.text for point in answer.points]
    assert not any(text.startswith("22") and "client" in text for text in told)
    assert any(text.startswith("51422") and "client" in text for text in told)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("8009/tcp open  ajp13\n8080/tcp open  http-proxy", "ajp13"),
        ("8009/tcp open  ajp13   Apache Jserv (Protocol v1.3)\n22/tcp open ssh", "ajp13"),
        ("3389/tcp open  ms-wbt-server?\n8443/tcp open  ssl/https-alt", "ssl/https-alt"),
        ("5000/tcp open  rtsp\n7000/tcp open  rtsp", "rtsp"),
    ],
)
def test_a_scan_is_told_with_its_own_names(base: KnowledgeBase, text: str, name: str) -> None:
    assert f"({name})" in ask(text, base).summary


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("22/tcp open  ssh\n80/tcp open  http", "(ssh)"),
        ("5555/tcp open  unknown\n80/tcp open  http", "(personal-agent)"),
    ],
)
def test_a_scan_that_says_nothing_new_is_told_by_the_registry(
    base: KnowledgeBase, text: str, name: str
) -> None:
    assert name in ask(text, base).summary


@pytest.mark.parametrize("text", ["8009/tcp open ajp13", "8009/tcp open ajp13 Apache Jserv"])
def test_one_row_of_a_scan_is_read_as_one(base: KnowledgeBase, text: str) -> None:
    answer = ask(text, base)
    assert answer.question.pasted
    assert answer.ports == (8009,)


@pytest.mark.parametrize("text", ["22/tcp open on my router why", "443/tcp open to the world"])
def test_a_sentence_about_an_open_port_is_no_row(base: KnowledgeBase, text: str) -> None:
    assert not ask(text, base).question.pasted


def test_of_a_blocked_packet_the_port_knocked_at_comes_first(base: KnowledgeBase) -> None:
    text = "[UFW BLOCK] SRC=1.2.3.4 DST=10.0.0.2 PROTO=TCP SPT=51234 DPT=23\nwho is that"
    answer = ask(text, base)
    assert answer.ports == (23, 51234)
    assert "23/tcp (telnet) and 51234/tcp" in answer.summary


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("kubectl port-forward svc/foo 8080:80", (8080, 80)),
        ("-p 5432:5433", (5432, 5433)),
        ("kernel: [12345.678] UDP: bad checksum. From 1.2.3.4:53 to 10.0.0.2:33333", (53, 33333)),
        ("change port of apache from 80 to 8080", (80, 8080)),
        ("move ssh from 22 to 2222", (22, 2222)),
        ("redirect 443 to 8443", (443, 8443)),
        ("forward port 80 to 8080", (80, 8080)),
        ("leite port 80 auf 8080 um", (80, 8080)),
        ("redirige el puerto 80 a 8080", (80, 8080)),
        ("перенаправь порт 80 на 8080", (80, 8080)),
    ],
)
def test_from_one_port_to_another_is_no_range(
    base: KnowledgeBase, text: str, ports: tuple[int, ...]
) -> None:
    answer = ask(text, base)
    assert answer.span is None
    assert answer.ports == ports


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("open 6881 to 6889", (6881, 6889)),
        ("forward ports 6881 to 6889", (6881, 6889)),
        ("what are ports 5000 to 5010 for", (5000, 5010)),
        ("ports from 8000 to 8010", (8000, 8010)),
        ("ports von 8000 bis 8010", (8000, 8010)),
        ("move the range 5000 to 5010", (5000, 5010)),
        ("block 6881:6889", (6881, 6889)),
    ],
)
def test_ranges_stay_ranges(base: KnowledgeBase, text: str, span: tuple[int, int]) -> None:
    assert ask(text, base).span == span


@pytest.mark.parametrize(
    "text",
    [
        "is 1.1.1.1:53 up",
        "is 8.8.8.8:53 alive",
        "is 192.168.1.10:8006 working",
        "is example.com:443 down?",
        "ist 10.0.0.5:22 da",
    ],
)
def test_whether_a_machine_answers_is_checked_without_a_question_mark(
    base: KnowledgeBase, text: str
) -> None:
    assert ask(text, base).intent is Intent.CHECK


def test_the_number_of_an_error_is_no_port(base: KnowledgeBase) -> None:
    text = "ERROR 2003 (HY000): Can't connect to MySQL server on '10.0.0.5' (111)"
    assert 111 not in ask(text, base).ports
