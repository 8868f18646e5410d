"""`portolan sync`, in a process of its own, on a local Discord."""

from typing import TYPE_CHECKING

import pytest

from bot.playground import Failure, Playground
from bot.sync import RECORD

if TYPE_CHECKING:
    from tests.bot.conftest import Process


def sent(playground: Playground) -> int:
    return sum(request.method == "PUT" for request in playground.requests)


async def test_commands_are_handed_over_and_told_by_name(
    bot: "Process", playground: Playground
) -> None:
    (bot.data / "knowledge.sqlite").unlink()
    ended = await bot.run("sync")
    assert (ended.status, ended.err) == (0, "")
    assert "added    /port\n" in ended.out
    assert "added    /watch\n" in ended.out
    assert "Discord has the" in ended.out
    assert not playground.gateway.sessions
    assert not (bot.data / "knowledge.sqlite").exists()
    again = await bot.run("sync")
    assert (again.status, again.out) == (0, "Discord has these commands already.\n")
    assert sent(playground) == 1
    assert playground.faults == []


async def test_the_bot_that_starts_then_hands_over_nothing(
    bot: "Process", playground: Playground
) -> None:
    await bot.run("sync")
    await bot.start("run")
    await playground.connected()
    reply = await playground.ada.say(playground.ada.dm, "port 22")
    assert reply is not None
    assert sent(playground) == 1


async def test_what_is_changed_and_gone_is_told(bot: "Process", playground: Playground) -> None:
    await bot.run("sync")
    commands = playground.world.commands[None]
    port = next(each for each in commands.values() if each["name"] == "port")
    port["description"] = "Something else"
    commands[1] = port | {"id": "1", "name": "harbour"}
    ended = await bot.run("sync")
    assert "changed  /port\n" in ended.out
    assert "removed  /harbour\n" in ended.out
    assert "added" not in ended.out
    assert sent(playground) == 2


async def test_a_dry_run_sends_nothing(bot: "Process", playground: Playground) -> None:
    ended = await bot.run("sync", "--dry-run")
    assert ended.status == 0
    assert "added    /port\n" in ended.out
    assert ended.out.endswith("Nothing was sent.\n")
    assert sent(playground) == 0
    assert not (bot.data / RECORD).exists()


async def test_force_hands_over_what_has_not_changed(
    bot: "Process", playground: Playground
) -> None:
    await bot.run("sync")
    ended = await bot.run("sync", "--force")
    assert ended.status == 0
    assert "added" not in ended.out
    assert sent(playground) == 2


async def test_without_a_token_it_says_what_to_set(process: "Process") -> None:
    ended = await process.run("sync")
    assert ended.status == 2
    assert "DISCORD_TOKEN" in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize(
    ("method", "path", "failure", "words"),
    [
        ("GET", "/users/@me", Failure(401), "Discord refused the token"),
        ("GET", "/users/@me", Failure(418), "status 418"),
        ("PUT", "/applications/*/commands", Failure(403, 50001, "Missing Access"), "status 403"),
        ("PUT", "/applications/*/commands", Failure(400, 30034, "Max"), "try again tomorrow"),
        ("PUT", "/applications/*/commands", Failure(400, 50035, "Form"), "refused the commands"),
    ],
)
async def test_every_refusal_is_one_line_that_says_what_to_do(
    method: str,
    path: str,
    failure: Failure,
    words: str,
    bot: "Process",
    playground: Playground,
) -> None:
    playground.trouble(method, path, failure)
    ended = await bot.run("sync")
    assert ended.status == 1
    assert words in ended.err
    assert ended.err.count("\n") == 1
    assert not (bot.data / RECORD).exists()


async def test_an_unreachable_api_is_named(bot: "Process") -> None:
    bot.settings["DISCORD_API_URL"] = "http://127.0.0.1:9"
    ended = await bot.run("sync")
    assert ended.status == 1
    assert "Cannot reach Discord at 127.0.0.1:9" in ended.err
    assert ended.err.count("\n") == 1
