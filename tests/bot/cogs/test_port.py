"""/port, on a local Discord."""

import pytest

from bot.client import Portolan
from bot.playground import Playground
from tests.bot.cogs.use import use
from tests.bot.replies import SYSTEM


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
