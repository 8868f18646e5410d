"""/compare, on a local Discord."""

import pytest

from bot.client import Portolan
from bot.playground import Playground
from tests.bot.cogs.use import use


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
