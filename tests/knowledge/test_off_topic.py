"""What is no question of ours, though its words or numbers look like one; and what still is."""

import pytest

from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.model import Intent


@pytest.mark.parametrize(
    "text",
    [
        "our ferry sails from port 12",
        "the yacht is moored at port 80",
        "which port has the cheapest tawny",
        "what is the best port for a cruise with kids?",
        "how do you serve port with stilton",
        "is port or starboard the left side",
        "the link light of port 7 stays dark on the patch panel",
        "port 9 on the juniper blinks",
        "welcher hafen hat den port 22",
        "le port de la cravate est exigé le 25",
        "la porta 80 dello stadio è chiusa",
        "a porta 25 do avião está aberta",
        "22番出口で待っています",
        "3号出口在哪",
    ],
)
def test_ships_plugs_and_doors_have_ports_of_their_own(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("our router on the yacht blocks tcp port 25, why", 25),
        ("what listens on port 8080 of the server at the harbour office", 8080),
        ("which port does plex use on our boat", 32400),
        ("is port 23 open on the juniper switch", 23),
        ("is 22/tcp on the boat's raspberry pi safe", 22),
    ],
)
def test_beside_a_word_of_our_trade_they_are_ports_of_ours(
    base: KnowledgeBase, text: str, port: int
) -> None:
    assert ask(text, base).ports[:1] == (port,)


@pytest.mark.parametrize(
    "text",
    [
        "how would i port a flask app to go",
        "we should port the installer to arm64",
        "could you port that patch to the old branch",
        "port our tests from nose to pytest",
        "they want to port 9000 lines of fortran",
        "which commit ports the workaround to 3.x?",
    ],
)
def test_port_may_be_a_verb(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("how do i port forward 25565", 25565),
        ("we should port scan 8443", 8443),
        ("help me open port 443", 443),
        ("connect to port 5432 to see it", 5432),
        ("what does my server offer to port 25", 25),
    ],
)
def test_and_mostly_is_a_noun(base: KnowledgeBase, text: str, port: int) -> None:
    assert ask(text, base).ports == (port,)


@pytest.mark.parametrize(
    "text",
    [
        "what is http 451",
        "status 503 since noon",
        "http 307 or 308 for a redirect?",
        "what tells 401 from 403",
        "400 or 422 for bad json?",
        "is it normal that the api returned 500",
        "2^12",
        "9000 - 443 =",
        "30% of 8080?",
        "is /22 enough for us",
        "pr 8079 goes before 8080",
        "stay on node 20 or take 22?",
        "ring me at 443 8080",
        "the trip cost 3306",
        "we paid 5432 for the sofa",
        "my score is 8443",
        "see you at 2100",
        "dinner at 1900?",
        "what is half of 9000",
        "the bar is open until 23",
        "das kostet 8080",
        "la cena cuesta 3306",
        "кофе сколько стоит 443",
    ],
)
def test_numbers_of_other_things_are_no_ports(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("what runs on 500", (500,)),
        ("port 404", (404,)),
        ("502/tcp?", (502,)),
        ("http error 502 on port 8080", (8080,)),
        ("is 502 modbus", (502,)),
        ("https on 8443 or 9443", (8443, 9443)),
        ("443 or 444", (443, 444)),
        ("error 98 on 8080", (8080,)),
        ("what is 443 or 8443 for", (443, 8443)),
    ],
)
def test_but_a_status_may_be_a_port_too(
    base: KnowledgeBase, text: str, ports: tuple[int, ...]
) -> None:
    assert ask(text, base).ports == ports


def test_a_status_is_none_whatever_was_asked_before(base: KnowledgeBase) -> None:
    assert ask("what is http 8443", base).ports[:1] == (8443,)
    assert ask("what is http 404", base).intent is Intent.NONE


@pytest.mark.parametrize(
    "text",
    [
        "what port does alexa use",
        "which port does pong use",
        "what port does chmod use",
        "which port does apex use",
        "chmod 700",
        "what port does perl use",
        "which port does ansible use",
        "which port does the internet use",
    ],
)
def test_what_is_not_known_is_no_typo_of_a_short_name(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "port"),
    [("port for imps?", 993), ("what port does plxe use", 32400), ("port of grafna", 3000)],
)
def test_what_is_well_known_may_be_mistyped(base: KnowledgeBase, text: str, port: int) -> None:
    assert ask(text, base).ports[:1] == (port,)


@pytest.mark.parametrize(
    "text",
    [
        "who assigns locker numbers",
        "who hands out the badge numbers",
        "so this is the upper limit of what i can take",
        "is our name registered as a trademark",
        "what's the best port below 40 dollars",
    ],
)
def test_shared_words_ask_no_concept_question(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("what is 25", "are you secure?"),
        ("what is 25", "do they run linux or windows"),
        ("what is 8080", "she closed it yesterday"),
        ("what is 8080", "we opened it on the mac"),
        ("what is 8080", "that is safe now"),
        ("what is 8080", "open sourced?"),
        ("what is 8080", "check it out"),
        ("what is 8080", "is it safe to eat raw fish"),
        ("is 3306 open", "can you open spotify"),
        ("was ist 22", "bist du sicher?"),
        ("qué es el 22", "¿estás tú seguro?"),
        ("что такое 22", "ты в безопасности?"),
        ("what is 8080", "see you at 2100"),
    ],
)
def test_talk_between_people_goes_on_from_no_answer(
    base: KnowledgeBase, before: str, text: str
) -> None:
    assert ask(text, base, Context(previous=ask(before, base))).intent is Intent.NONE


@pytest.mark.parametrize(
    ("before", "text", "intent", "port"),
    [
        ("what is 8080", "can you close it?", Intent.OPEN, 8080),
        ("what is 8080", "how do you check on mac", Intent.CHECK, 8080),
        ("what is 8080", "i want to open it", Intent.OPEN, 8080),
        ("is 8080 open", "we are on windows", Intent.CHECK, 8080),
        ("what is 8080", "is that safe?", Intent.SAFETY, 8080),
        ("what is 8080", "its already in use", Intent.CHECK, 8080),
        ("what is port 403", "404?", Intent.ABOUT, 404),
        ("what is port 403", "and 503", Intent.ABOUT, 503),
        ("was ist 22", "ist er sicher?", Intent.SAFETY, 22),
    ],
)
def test_and_a_question_still_does(
    base: KnowledgeBase, before: str, text: str, intent: Intent, port: int
) -> None:
    answer = ask(text, base, Context(previous=ask(before, base)))
    assert (answer.intent, answer.ports[:1]) == (intent, (port,))


@pytest.mark.parametrize(
    "text",
    [
        "chiudi la porta, fa freddo",
        "a porta tá aberta de novo",
        "wie heeft de poort open laten staan",
        "is this chair taken?",
        "who is the official photographer",
        "is the conference room reserved",
        "open daily from 9 to 18",
        "between 7000 to 8000 visitors came",
        "docker 28 is out",
    ],
)
def test_doors_seats_and_hours_are_none_of_ours(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("come si apre la porta nel firewall", "firewall-basics"),
        ("como fechar uma porta no windows", "firewall-basics"),
        ("bind: address already in use, what now", "address-already-in-use"),
    ],
)
def test_a_door_of_a_system_is_a_port(base: KnowledgeBase, text: str, slug: str) -> None:
    assert ask(text, base).faq == slug


@pytest.mark.parametrize(
    "text", ["redis 7 or 8?", "mariadb 10 vs postgres 17", "is elasticsearch 8 safe to upgrade"]
)
def test_versions_ask_for_no_port(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "port"),
    [("redis or memcached?", 6379), ("half life 2 port", 27015), ("postgres 16 port", 5432)],
)
def test_but_a_name_still_does(base: KnowledgeBase, text: str, port: int) -> None:
    assert ask(text, base).ports[:1] == (port,)
