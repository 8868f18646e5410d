"""Names that would be misread word by word, in questions as people type them."""

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Intent, Protocol


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("teamspeak 3 port", 9987),
        ("how do I open the teamspeak 3 port", 9987),
        ("what port does 7 Days to Die use?", 26900),
        ("which port for counter-strike 2 server", 27015),
        ("what port does HTTP/3 use?", 443),
        ("what is the standard port for TR-069, please?", 7547),
        ("3cx port", 5001),
        ("389 directory server port", 389),
        ("default port 7 days to die?", 26900),
        ("IEC 60870-5-104 port", 2404),
    ],
)
def test_a_number_in_a_name_is_no_port(text: str, port: int, base: KnowledgeBase) -> None:
    answer = ask(text, base)
    assert port in {answer.ports[0], *(n for a in answer.alternatives for n in a.ports)}, answer


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("arma 3 on port 2402", (2402,)),
        ("is port 3 used by teamspeak", (3,)),
        ("mysql 3306", (3306,)),
        ("tcp 80 and 443", (80, 443)),
        ("port 3 teamspeak", (3,)),
    ],
)
def test_other_numbers_stay_ports(text: str, ports: tuple[int, ...], base: KnowledgeBase) -> None:
    assert ask(text, base).ports[: len(ports)] == ports


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("SIP port", 5060),
        ("vite port", 5173),
        ("gradio port", 7860),
        ("bun port", 3000),
        ("what port does steam use?", 27036),
        ("what port does sentry use", 9000),
        ("default port hue?", 8888),
        ("Lightning Network port", 9735),
        ("apache spark port", 7077),
        ("On which TCP port does SSH normally run?", 22),
    ],
)
def test_a_product_is_no_word_of_another_language(
    text: str, port: int, base: KnowledgeBase
) -> None:
    answer = ask(text, base)
    assert answer.intent is Intent.ABOUT
    assert answer.ports[0] == port
    assert answer.question.language == "en"


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("Welchen Port benutzt Bitcoin?", 8333),
        ("Quel port utilise Vite ?", 5173),
        ("quel port pour tableau", 8850),
        ("Jaký port používá Vite?", 5173),
        ("what port does harbor use", 443),
        ("puerto de DNS", 53),
        ("standaardpoort van HTTPS", 443),
        ("how do I open the NATS port", 4222),
        ("how do I open the slack port", 443),
    ],
)
def test_a_text_that_only_asks_for_a_port_means_the_product(
    text: str, port: int, base: KnowledgeBase
) -> None:
    assert ask(text, base).ports[:1] == (port,)


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("difference between consul and elastic search ports", (8500, 9200)),
        ("nginx proxy manager vs Puppet port pls", (81, 8140)),
        ("oracle db vs HTTPS port", (1521, 443)),
    ],
)
def test_one_name_does_not_choose_the_role_of_another(
    text: str, ports: tuple[int, int], base: KnowledgeBase
) -> None:
    assert ask(text, base).ports == ports


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("whats prts 137 thru 139?", (137, 139)),
        ("what uses port rang 33836-33935?", (33836, 33935)),
        ("how do i open the mummble port on ubuntu?", (64738,)),
        ("what's listenig on 27015", (27015,)),
    ],
)
def test_typos_beside_a_number_or_the_word_port_are_put_right(
    text: str, ports: tuple[int, ...], base: KnowledgeBase
) -> None:
    assert ask(text, base).ports == ports


@pytest.mark.parametrize(
    "text", ["Sports day is on friday", "what is the best port wine under 13?"]
)
def test_other_ports_and_sports_are_left_alone(text: str, base: KnowledgeBase) -> None:
    assert ask(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("open webui port", 8080),
        ("docker daemon port", 2375),
        ("next js port", 3000),
        ("which port does security onion use", 443),
        ("pop3 secure port", 995),
        ("which port does clash use", 7890),
    ],
)
def test_a_word_of_a_name_does_not_tell_what_is_wanted(
    text: str, port: int, base: KnowledgeBase
) -> None:
    answer = ask(text, base)
    assert (answer.intent, answer.ports[:1]) == (Intent.ABOUT, (port,))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("open ssh port", Intent.OPEN),
        ("is mqtt secure on 1883", Intent.SAFETY),
        ("check nrpe port on ubuntu", Intent.CHECK),
    ],
)
def test_an_order_is_no_name(text: str, intent: Intent, base: KnowledgeBase) -> None:
    assert ask(text, base).intent is intent


def test_a_protocol_beside_a_name_is_told(base: KnowledgeBase) -> None:
    assert ask("wireguard udp port default", base).question.protocol is Protocol.UDP


def test_a_possessive_makes_no_other_name(base: KnowledgeBase) -> None:
    assert ask("what's CoAP's port?", base).ports[:1] == (5683,)
