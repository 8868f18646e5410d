"""Pastes explained: what each port is, what it does, what deserves attention."""

import pytest

from knowledge import paste
from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.explain import Explanation, explain, names_of
from knowledge.model import Intent, PointKind, System
from knowledge.paste import LONGEST

SOCKETS = """\
LISTEN 0 128   0.0.0.0:22      0.0.0.0:*
LISTEN 0 244 127.0.0.1:5432    0.0.0.0:*
LISTEN 0 511   0.0.0.0:27017   0.0.0.0:*
"""


def explained(text: str, base: KnowledgeBase) -> Explanation:
    found = paste.read(text, names_of(base))
    assert found is not None
    return explain(found, base)


def attention(text: str, base: KnowledgeBase) -> dict[int, str]:
    return {port.number: " ".join(port.attention) for port in explained(text, base).attention}


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("LISTEN 0 128 0.0.0.0:22 0.0.0.0:*", "listens on every address"),
        ("LISTEN 0 128 [::]:22 [::]:*", "listens on every address"),
        ("LISTEN 0 128 *:22 *:*", "listens on every address"),
        ("LISTEN 0 128 127.0.0.1:5432 0.0.0.0:*", "listens on 127.0.0.1 only"),
        ("LISTEN 0 128 127.0.0.53%lo:53 0.0.0.0:*", "listens on 127.0.0.53%lo only"),
        ("LISTEN 0 128 10.0.0.5:22 0.0.0.0:*", "listens on 10.0.0.5"),
        (
            "tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN 8/sshd",
            "listens on every address, held by sshd",
        ),
        ("0.0.0.0:8080->80/tcp", "published on every address, for port 80 of the container"),
        ("127.0.0.1:8080->80/tcp", "published on 127.0.0.1 only, for port 80 of the container"),
        ("- containerPort: 80\n  hostPort: 8080", "inside the container"),
        ("22/tcp  open  ssh", "open in the scan"),
        ("-A INPUT -p tcp --dport 22 -j DROP", "named in a rule (DROP)"),
        ("proxy_pass http://127.0.0.1:9000;", "where the traffic goes, 127.0.0.1"),
        ("listen 127.0.0.1:8080;", "configured on 127.0.0.1"),
        ("tcp 0 0 10.0.0.5:22 10.0.0.9:50122 ESTABLISHED", "answers a connection here"),
    ],
)
def test_the_first_port_is_told_by_what_it_does(line: str, role: str, base: KnowledgeBase) -> None:
    assert explained(line, base).ports[0].role == role


def test_a_port_stands_once_with_all_its_places(base: KnowledgeBase) -> None:
    text = "0.0.0.0:8080->80/tcp, :::8080->80/tcp\nLISTEN 0 5 0.0.0.0:8080 0.0.0.0:*"
    found = explained(text, base).ports
    assert [port.number for port in found] == [8080, 80]
    assert found[0].role == (
        "published on every address, for port 80 of the container; listens on every address"
    )
    assert [place.line for place in found[0].places] == [1, 1, 2]


def test_a_range_stays_a_range(base: KnowledgeBase) -> None:
    (port,) = explained("-A INPUT -p tcp --dport 6000:6010 -j ACCEPT", base).ports
    assert (port.label, port.what.split(",")[0]) == ("6000-6010/tcp", "11 ports")


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("LISTEN 0 5 0.0.0.0:5432 0.0.0.0:*", 5432, "every address"),
        ("LISTEN 0 5 [::]:27017 [::]:*", 27017, "every address"),
        ("LISTEN 0 5 *:6379 *:*", 6379, "every address"),
        ("0.0.0.0:6379->6379/tcp", 6379, "published on every address"),
        ('ports:\n  - "5432:5432"', 5432, "published on every address"),
        ("TCP 0.0.0.0:6379 0.0.0.0:0 ABHÖREN 4", 6379, "every address"),
        ("0.0.0.0:15432->5432/tcp", 15432, "only the application"),
        ("5432/tcp -> 0.0.0.0:15432", 15432, "only the application"),
        (
            'LISTEN 0 5 *:20817 *:* users:(("mystery",pid=7,fd=3))',
            20817,
            "Nothing known uses this port; mystery holds it.",
        ),
        ("3306/tcp  open  mysql", 3306, "answers"),
        ("9200                       ALLOW       Anywhere", 9200, "lets connections in"),
        ("LISTEN 0 5 0.0.0.0:2375 0.0.0.0:*", 2375, "every address"),
        ("LISTEN 0 5 0.0.0.0:23 0.0.0.0:*", 23, "clear"),
        ("21/tcp   open  ftp", 21, "clear"),
        ("512/tcp  open  exec", 512, "clear"),
        ("LISTEN 0 5 0.0.0.0:20817 0.0.0.0:*", 20817, "Nothing known"),
        ("31337/tcp open  Elite", 31337, "Back Orifice"),
    ],
)
def test_what_stands_open_and_should_not_deserves_attention(
    text: str, number: int, words: str, base: KnowledgeBase
) -> None:
    assert words in attention(text, base)[number]


@pytest.mark.parametrize(
    "text",
    [
        "LISTEN 0 5 0.0.0.0:22 0.0.0.0:*\nLISTEN 0 5 0.0.0.0:443 0.0.0.0:*",
        "LISTEN 0 5 0.0.0.0:80 0.0.0.0:*",
        "LISTEN 0 5 127.0.0.1:5432 0.0.0.0:*",
        "LISTEN 0 5 [::1]:6379 [::]:*",
        "LISTEN 0 5 10.0.0.5:5432 0.0.0.0:*",
        '- "127.0.0.1:5432:5432"',
        "23/tcp  closed  telnet\n3306/tcp  filtered  mysql",
        "-A INPUT -p tcp --dport 23 -j DROP",
        "3306                       DENY        Anywhere",
        "ESTAB 0 0 10.0.0.5:40112 10.0.0.9:5432",
        "[UFW BLOCK] IN=eth0 SRC=203.0.113.9 DST=10.0.0.1 PROTO=TCP SPT=51324 DPT=23",
        "jdbc:postgresql://db.example.org:5433/shop",
        "0.0.0.0:20817->80/tcp",
        "web  NodePort  10.96.44.12  <none>  80:31380/TCP  12d",
    ],
)
def test_what_is_closed_local_or_made_to_be_open_does_not(text: str, base: KnowledgeBase) -> None:
    assert attention(text, base) == {}


def test_the_ports_that_windows_gives_its_own_services_are_left_alone(
    base: KnowledgeBase,
) -> None:
    text = (
        "TCP    0.0.0.0:445     0.0.0.0:0   LISTENING   4\n"
        "TCP    0.0.0.0:49664   0.0.0.0:0   LISTENING   712\n"
    )
    assert 49664 not in attention(text, base)


def test_service_names_of_output_are_found(base: KnowledgeBase) -> None:
    names = names_of(base)
    assert [names(name) for name in ("ssh", "https", "postgresql", "webcache", "no-such")] == [
        22,
        443,
        5432,
        8080,
        None,
    ]


# ------------------------------------------------------------------ as an answer


def test_the_answer_to_a_paste_names_every_port_and_the_open_database_first(
    base: KnowledgeBase,
) -> None:
    answer = ask(SOCKETS, base)
    assert (answer.intent, answer.ports) == (Intent.ABOUT, (22, 5432, 27017))
    assert answer.question.pasted
    assert answer.title == "3 ports in what you pasted"
    assert [point.kind for point in answer.points] == [PointKind.RISK] + 3 * [PointKind.DETAIL]
    assert answer.points[0].text.startswith("27017/tcp: It listens on every address.")
    assert answer.points[2].text == (
        "5432/tcp: postgresql (PostgreSQL Database) — listens on 127.0.0.1 only"
    )
    assert "27017/tcp deserves attention." in answer.summary
    assert not answer.commands


def test_a_paste_of_one_port_is_answered_as_a_question_about_it(base: KnowledgeBase) -> None:
    answer = ask("LISTEN 0 244 127.0.0.1:5432 0.0.0.0:*", base)
    assert answer.ports == (5432,)
    assert answer.title.startswith("Port 5432: postgresql")
    assert answer.summary.startswith("In what you pasted: listens on 127.0.0.1 only.")
    assert len(answer.summary) <= 600
    assert System.LINUX in answer.commands


@pytest.mark.parametrize(
    ("words", "intent", "system", "language"),
    [
        ("is this safe?", Intent.SAFETY, None, "en"),
        ("what is this on my mac?", Intent.ABOUT, System.MACOS, "en"),
        ("was ist das, und ist es gefährlich?", Intent.SAFETY, None, "de"),
    ],
)
def test_the_words_beside_a_paste_say_what_is_wanted_and_in_which_language(
    words: str, intent: Intent, system: System | None, language: str, base: KnowledgeBase
) -> None:
    answer = ask(f"{words}\n{SOCKETS}", base)
    assert answer.ports == (22, 5432, 27017)
    assert (answer.intent, answer.system) == (intent, system)
    assert answer.question.language == language


def test_the_asker_s_system_is_kept(base: KnowledgeBase) -> None:
    assert ask(SOCKETS, base, Context(system=System.FREEBSD)).system is System.FREEBSD


def test_a_paste_is_no_follow_up(base: KnowledgeBase) -> None:
    previous = ask("is port 443 safe?", base)
    assert ask(SOCKETS, base, Context(previous=previous)).ports == (22, 5432, 27017)


def test_a_range_alone_is_answered_as_one(base: KnowledgeBase) -> None:
    answer = ask("-A INPUT -p tcp --dport 6000:6010 -j ACCEPT", base)
    assert (answer.span, answer.ports) == ((6000, 6010), (6000, 6010))
    assert answer.question.pasted


def test_many_ports_are_summed_up_in_600_characters(base: KnowledgeBase) -> None:
    text = "\n".join(f"LISTEN 0 5 0.0.0.0:{n} 0.0.0.0:*" for n in range(5000, 6000))
    answer = ask(text, base)
    assert answer.ports == tuple(range(5000, 6000))
    assert len(answer.summary) <= 600
    assert answer.summary.endswith("attention.")
    assert len(answer.facts) == 25


def test_too_much_is_said_in_a_sentence(base: KnowledgeBase) -> None:
    answer = ask(SOCKETS * (LONGEST // len(SOCKETS) + 1), base)
    assert answer.intent is Intent.NONE
    assert "at most 200,000 characters" in answer.summary


def test_a_question_in_several_lines_is_still_a_question(base: KnowledgeBase) -> None:
    answer = ask("hi\nwhat is port 25565?\nthanks!", base)
    assert answer.ports == (25565,)
    assert not answer.question.pasted


def test_each_mapping_of_a_container_leads_to_its_own_port(base: KnowledgeBase) -> None:
    listed = (
        "CONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES\n"
        'a1b2c3d4e5f6   nginx   "/run"   2 hours ago   Up 2 hours'
        "   0.0.0.0:80->8080/tcp, 0.0.0.0:443->8443/tcp   web\n"
    )
    told = "\n".join(point.text for point in ask(listed, base).points)
    assert "for port 8080 of the container" in told
    assert "for port 8443 of the container" in told
