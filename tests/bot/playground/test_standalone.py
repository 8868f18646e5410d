"""The playground as a program, with a bot in another process."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground import Playground

BOT = """
import asyncio, sys, discord, yarl

class Bot(discord.Client):
    async def on_ready(self):
        print("ready", flush=True)

    async def on_message(self, message):
        if not message.author.bot and self.user in message.mentions:
            await message.reply("I heard " + message.content.split(" ", 1)[1])

url, gateway, token = sys.argv[1:]
discord.http.Route.BASE = url
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
Bot(intents=discord.Intents(guild_messages=True), guild_ready_timeout=0).run(token)
"""


@pytest.fixture
async def settings() -> AsyncIterator[tuple[asyncio.subprocess.Process, list[str]]]:
    """A running playground and the values of the settings that it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.playground",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    values = []
    for name in ("DISCORD_API_URL", "DISCORD_GATEWAY_URL", "DISCORD_TOKEN"):
        line = (await process.stdout.readline()).decode().strip()
        assert line.startswith(f"{name}=")
        values.append(line.removeprefix(f"{name}="))
    yield process, values
    if process.returncode is None:
        process.kill()
        await process.wait()


async def start_bot(tmp_path: Path, *arguments: str) -> asyncio.subprocess.Process:
    script = tmp_path / "a_bot.py"
    script.write_text(BOT)
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), *arguments, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


async def test_what_is_typed_is_answered_by_a_bot_in_another_process(
    settings: tuple[asyncio.subprocess.Process, list[str]], tmp_path: Path
) -> None:
    playground, values = settings
    bot = await start_bot(tmp_path, *values)
    assert playground.stdin is not None
    assert playground.stdout is not None
    playground.stdin.write(b"hello there\n/nothing\n")
    assert await playground.stdout.readline() == b"I heard hello there\n"
    assert await playground.stdout.readline() == b"(the bot has not registered /nothing)\n"
    bot.send_signal(signal.SIGINT)
    await bot.wait()
    playground.send_signal(signal.SIGTERM)
    assert await playground.wait() == 0


async def test_the_silence_of_a_bot_in_another_process_is_noticed(
    playground: Playground, tmp_path: Path
) -> None:
    bot = await start_bot(tmp_path, playground.rest_url, playground.gateway_url, playground.token)
    for number in range(20):
        assert await playground.ada.say(playground.channel, "nobody in particular") is None
        reply = await playground.ada.say(playground.channel, f"you {number}", mention=True)
        assert reply is not None
        assert reply.text == f"I heard you {number}"
    bot.send_signal(signal.SIGINT)
    await bot.wait()
    await playground.disconnected()
    assert playground.closes == [1000]


async def test_a_port_that_is_taken_is_one_sentence(playground: Playground) -> None:
    port = playground.rest_url.split(":")[2].split("/")[0]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.playground",
        "--port",
        port,
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode().startswith(f"Error: cannot listen on 127.0.0.1:{port}:")
    assert errors.count(b"\n") == 1


async def test_a_description_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.json"
    for text in ("{nope", "{}"):
        nonsense.write_text(text)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.playground",
            "--openapi",
            str(nonsense),
            stderr=asyncio.subprocess.PIPE,
        )
        _, errors = await process.communicate()
        assert process.returncode == 2
        assert errors.decode().endswith(f"Error: {nonsense} is no OpenAPI description\n")


async def test_the_playground_needs_neither_discord_py_nor_jsonschema() -> None:
    script = (
        "import bot.playground, sys; "
        "print(sorted({'discord', 'jsonschema', 'knowledge'} & set(sys.modules)))"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out == b"[]\n"
