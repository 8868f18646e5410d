"""/port, /check, /compare, /free, /changes, /about and /help, on a local Discord."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.cards.about import EXAMPLES
from bot.client import Portolan
from bot.connection import Connection
from bot.languages import LOCALES
from bot.playground import Channel, NotPossibleError, Playground, Reply
from knowledge import changes
from knowledge.base import KnowledgeBase
from knowledge.changes import Change, ChangeKind, Update
from knowledge.model import Protocol

if TYPE_CHECKING:
    from tests.bot.conftest import Running

SYSTEM = "Choose your operating system"
ALL: dict[str, tuple[dict[str, Any], str]] = {  # a use of each command, and what its answer holds
    "port": ({"port": "576"}, "576"),
    "ask": ({"question": "576"}, "576"),
    "check": ({"port": "8080"}, "8080"),
    "compare": ({"first": "80", "second": "443"}, "Port 80 and port 443"),
    "free": ({"near": 8080}, "Free to take: "),
    "changes": ({}, "What changed in the registry"),
    "about": ({}, "About Portolan"),
    "help": ({}, "How to ask me"),
}


async def use(playground: Playground, command: str, **options: Any) -> Reply:
    """Return the answer to a command in the ordinary channel."""
    reply = await playground.ada.slash(playground.channel, command, **options)
    assert reply is not None
    assert playground.faults == []
    return reply


# ---------------------------------------------------------------- all of them


@pytest.mark.parametrize("command", ALL)
async def test_a_command_answers_all_or_its_user_alone(
    command: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    options, expected = ALL[command]
    public = await use(playground, command, **options)
    private = await use(playground, command, **options, private=True)
    assert (public.ephemeral, private.ephemeral) == (False, True)
    for reply in (public, private):
        assert expected in reply.text
        assert reply.payload["mentions"] == []


@pytest.mark.parametrize("command", ALL)
async def test_a_command_works_in_a_foreign_server_a_group_and_a_direct_message(
    command: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", installed=True)
    far = await playground.add_guild("Far", playground.ben, installed=False)
    playground.join(eva, far)
    places: tuple[Channel, ...] = (
        await playground.add_channel(far, "dev"),
        playground.add_group(eva, playground.ben),
        eva.dm,
    )
    options, expected = ALL[command]
    for place in places:
        reply = await eva.slash(place, command, **options)
        assert reply is not None
        assert expected in reply.text
    assert playground.faults == []


async def test_a_foreign_server_without_external_apps_sees_nothing(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", installed=True)
    far = await playground.add_guild("Far", playground.ben, installed=False)
    playground.join(eva, far)
    far.external_apps = False
    reply = await eva.slash(await playground.add_channel(far, "dev"), "free")
    assert reply is not None
    assert reply.ephemeral


async def test_names_and_descriptions_are_as_discord_wants_them(client: Portolan) -> None:
    for command in client.tree.walk_commands(type=discord.AppCommandType.chat_input):
        assert re.fullmatch(r"[a-z]{1,32}", command.name)
        assert 0 < len(command.description) <= 100
        assert command.description != "…"
        for option in getattr(command, "parameters", ()):
            assert re.fullmatch(r"[a-z]{1,32}", option.display_name)
            assert 1 < len(option.description) <= 100


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_command_is_answered_in_every_language(
    locale: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    eva = playground.add_person("Eva", locale=locale, installed=True)
    for command, (options, _) in ALL.items():
        reply = await eva.slash(eva.dm, command, **options)
        assert reply is not None
        assert "went wrong" not in reply.text
        assert reply.message is not None
        assert reply.payload["components"]
    for wish in ({"near": 50000}, {"near": 80}, {"purpose": "web"}):
        assert await eva.slash(eva.dm, "free", **wish) is not None
    reached = await eva.slash(eva.dm, "check", port="443", host="example.org")
    assert reached is not None
    assert "example.org" in reached.text
    form = await eva.slash(eva.dm, "explain")
    assert form is not None
    assert form.modal is not None
    assert playground.faults == []


# ---------------------------------------------------------------- /port


async def test_a_protocol_and_a_system_narrow_an_answer(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await use(playground, "port", port="443", protocol="UDP", system="Windows")
    assert "443/udp" in reply.text.splitlines()[0]
    assert "Get-NetUDPEndpoint" in reply.text
    await playground.ada.choose(reply, SYSTEM, "Linux")
    assert "443/udp" in reply.text.splitlines()[0]
    assert "ss -ulpn" in reply.text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("postgers", "5432"), ("htttp", "80"), ("the port of grafana", "3000"), ("5432/tcp", "5432")],
)
async def test_what_matches_no_choice_is_understood(
    typed: str, shown: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await use(playground, "port", port=typed)
    assert f"Port {shown}" in reply.text.splitlines()[0]


@pytest.mark.parametrize("command", ["port", "check"])
async def test_a_name_that_is_not_known_is_said_so_to_its_user_alone(
    command: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await use(playground, command, port="*xqzzyqx*")
    assert reply.ephemeral
    assert reply.text.startswith("I know no port for “\\*xqzzyqx\\*”. Try a number")


@pytest.mark.parametrize(
    ("command", "option", "before"),
    [
        ("port", "port", {}),
        ("check", "port", {}),
        ("compare", "first", {}),
        ("compare", "second", {"first": "80"}),
    ],
)
@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("postgers", "PostgreSQL: 5432 (server)", "5432"),
        ("44", "44: mpm-flags (MPM FLAGS Protocol)", "44"),
        ("graf", "Grafana: 3000 (web UI)", "3000"),
    ],
)
async def test_ports_are_suggested_while_one_types(
    command: str,
    option: str,
    before: dict[str, str],
    typed: str,
    name: str,
    value: str,
    client: Portolan,
    playground: Playground,
) -> None:
    assert client.is_ready()
    choices = await playground.ada.autocomplete(
        playground.channel, command, **before, **{option: typed}
    )
    assert choices is not None
    assert 0 < len(choices) <= 25
    assert (choices[0].name, choices[0].value) == (name, value)
    assert playground.faults == []


async def test_a_reader_of_another_language_is_answered_in_it(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    kenji = playground.add_person("Kenji", locale="ja", installed=True)
    for command in ("port", "check"):
        reply = await kenji.slash(kenji.dm, command, port="443")
        assert reply is not None
        menu = next(
            each["custom_id"]
            for row in reply.payload["components"][0]["components"]
            for each in row.get("components", [])
            if each["type"] == 3
        )
        assert menu.split(":")[2] == "ja"
        await kenji.choose(reply, menu, "macOS")
        assert "lsof" in reply.text
    assert playground.faults == []


# ---------------------------------------------------------------- /check


async def test_what_listens_is_told_for_ones_own_system(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await use(playground, "check", port="postgres", protocol="TCP", system="FreeBSD")
    assert "5432" in reply.text.splitlines()[0]
    assert "sockstat -46l -p 5432 -P tcp" in reply.text


async def test_another_host_is_asked_by_its_name(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    reply = await use(playground, "check", port="postgres", host="db.example.org")
    assert "Whether db.example.org answers on port 5432" in reply.text
    assert "nc -zv -w 3 db.example.org 5432" in reply.text
    assert "ss -t" not in reply.text
    await playground.ada.choose(reply, SYSTEM, "Windows")
    assert "Test-NetConnection -ComputerName db.example.org -Port 5432" in reply.text
    other = await use(playground, "check", port="5432")
    assert "db.example.org" not in other.text


@pytest.mark.parametrize("host", ["$(reboot)", "a b", "-oProxyCommand=x", "; ls"])
async def test_what_is_no_host_is_refused_in_a_sentence(
    host: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await use(playground, "check", port="22", host=host)
    assert reply.ephemeral
    assert reply.text.startswith("That is no host name or address.")
    assert host not in reply.text


# ---------------------------------------------------------------- /compare


async def test_names_and_numbers_are_compared(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    reply = await use(playground, "compare", first="postgers", second="3306")
    assert "Port 5432 and port 3306" in reply.text.splitlines()[0]


async def test_a_name_without_a_port_is_named(client: Portolan, playground: Playground) -> None:
    assert client.is_ready()
    reply = await use(playground, "compare", first="22", second="*xqzzy* @everyone")
    assert reply.text.startswith("I know no port for “\\*xqzzy\\*")
    assert reply.payload["mention_everyone"] is False


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("port", {"port": "xqzzy"}),
        ("ask", {"question": "who won the match"}),
        ("compare", {"first": "22", "second": "xqzzy"}),
    ],
)
async def test_that_nothing_is_known_is_told_to_the_asker_alone(
    command: str, options: dict[str, str], client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    assert (await use(playground, command, **options)).ephemeral


# ---------------------------------------------------------------- /free


async def test_free_ports_are_the_same_for_the_same_question(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    options = {"purpose": "a game server", "count": 2, "protocol": "UDP"}
    once = await use(playground, "free", **options)
    again = await use(playground, "free", **options)
    assert once.text == again.text
    ports = re.findall(r"\[Port (\d+)\]", once.text)
    assert len(ports) == 2
    assert all(7700 <= int(port) <= 7999 for port in ports)
    assert "No list can promise" in once.text
    assert f"ss -ulpn 'sport = :{ports[0]}'" in once.text
    await playground.ada.choose(once, SYSTEM, "Windows")
    assert re.findall(r"\[Port (\d+)\]", once.text) == ports
    assert "Get-NetUDPEndpoint" in once.text


async def test_where_nothing_suits_it_is_told_why(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await use(playground, "free", near=50000)
    assert "Port 50000 is in a range that systems hand out" in reply.text
    assert "so I looked below 10000" in reply.text


@pytest.mark.parametrize("options", [{"near": 65536}, {"near": -1}, {"count": 0}, {"count": 11}])
async def test_discord_takes_no_other_numbers(
    options: dict[str, int], client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    with pytest.raises(NotPossibleError):
        await playground.ada.slash(playground.channel, "free", **options)


async def test_a_command_typed_as_a_message_is_answered(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    reply = await playground.ada.say(playground.channel, "/free near:8505 count:1", mention=True)
    assert reply is not None
    assert "### Free to take: 8505\n" in reply.text


# ---------------------------------------------------------------- /changes


@pytest.fixture
async def updated(
    base: KnowledgeBase, connection: Connection, running: "Running", tmp_path: Path
) -> AsyncIterator[Portolan]:
    """The client of an installation with one update behind it."""
    added = Change(ChangeKind.ADDED, 747, 748, Protocol.TCP, ("unassigned",), ("new-*service",))
    changes.remember(tmp_path, Update("2026-11-20T06:00:00+00:00", "a", "2026-11-19", (added,)))
    async with running(Portolan(base, connection, directory=tmp_path)) as client:
        yield client


async def test_a_fresh_installation_says_that_nothing_changed_yet(
    client: Portolan, playground: Playground
) -> None:
    reply = await use(playground, "changes")
    assert f"IANA's registry of {client.knowledge.meta['registry_date']}" in reply.text
    assert "There has been no update since I was installed." in reply.text


async def test_the_last_updates_are_told(updated: Portolan, playground: Playground) -> None:
    assert updated.is_ready()
    reply = await use(playground, "changes")
    assert "2026-11-20: the registry of 2026-11-19 replaced that of a" in reply.text
    assert "New: 747-748/tcp is assigned to new-\\*service." in reply.text
    assert "no update" not in reply.text


# ---------------------------------------------------------------- /about and /help


async def test_about_tells_the_version_the_date_and_how_much_is_known(
    client: Portolan, playground: Playground
) -> None:
    reply = await use(playground, "about")
    assert re.search(r"About Portolan \d+\.\d+", reply.text)
    assert client.knowledge.meta["registry_date"] in reply.text
    assert re.search(r"Service names: \d,\d{3}", reply.text)
    assert "/privacy" in reply.text
    assert "https://www.iana.org/assignments/service-names-port-numbers" in reply.text


async def test_about_links_to_what_the_portal_names(
    client: Portolan, playground: Playground
) -> None:
    assert client.application is not None
    client.application.privacy_policy_url = "https://example.org/privacy"
    client.application.terms_of_service_url = "https://example.org/terms"
    reply = await use(playground, "about")
    links = [
        (each["label"], each["url"])
        for row in reply.payload["components"][0]["components"]
        for each in row.get("components", [])
        if "url" in each
    ]
    assert ("Privacy policy", "https://example.org/privacy") in links
    assert ("Terms of service", "https://example.org/terms") in links


async def test_help_names_every_command_but_those_of_managers(
    client: Portolan, playground: Playground
) -> None:
    reply = await use(playground, "help")
    for command in client.tree.get_commands(type=discord.AppCommandType.chat_input):
        managers = getattr(command, "default_permissions", None) is not None
        assert (f"`/{command.name}`" in reply.text) is not managers
    assert "Explain ports here" in reply.text


@pytest.mark.parametrize("example", EXAMPLES)
async def test_the_examples_of_help_are_answered_when_pressed(
    example: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    for person in (playground.ada, playground.ben):
        card = await use(playground, "help")
        reply = await person.click(card, example)
        assert reply is not None
        assert reply.ephemeral
        assert "I do not know that one" not in reply.text
        assert "How to ask me" not in reply.text
        assert "How to ask me" in card.text  # it stays, for whoever wants to try another
    assert playground.faults == []
