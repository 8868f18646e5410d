"""The real bot process against a local Discord, over real HTTP and WebSocket."""

import asyncio
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.playground import Intent, Playground, Reply
from tests.bot.replies import SYSTEM

if TYPE_CHECKING:
    from tests.bot.conftest import Process


def first_line(reply: Reply | None) -> str:
    assert reply is not None
    return reply.text.splitlines()[0].removeprefix("| ")


async def test_it_answers_everywhere_and_every_request_is_valid(
    bot: "Process", playground: Playground
) -> None:
    ada, channel = playground.ada, playground.channel
    await bot.join(playground)

    mention = await ada.say(channel, "what is port 576?", mention=True)
    direct = await ada.say(ada.dm, "what is port 576?")
    assert mention is not None
    reply = await ada.say(channel, "and port 747?", reply_to=mention)
    port = await ada.slash(channel, "port", port="576")
    asked = await ada.slash(channel, "ask", question="which port does ssh use?")

    assert (
        first_line(mention)
        == first_line(direct)
        == first_line(port)
        == ("### Port 576: ipcd (assigned)")
    )
    assert "747" in first_line(reply)
    assert "22" in first_line(asked)
    assert playground.faults == []


async def test_autocomplete_offers_numbers_and_names(
    bot: "Process", playground: Playground
) -> None:
    ada, channel = playground.ada, playground.channel
    await bot.join(playground)
    numbers = await ada.autocomplete(channel, "port", port="57")
    names = await ada.autocomplete(channel, "port", port="postgr")
    nothing = await ada.autocomplete(channel, "port", port="99999")
    assert numbers is not None
    assert names is not None
    assert "576" in [choice.value for choice in numbers]
    assert names[0].value == "5432"
    assert nothing == ()
    chosen = await ada.slash(channel, "port", port=names[0].value)
    assert "5432" in first_line(chosen)
    assert playground.faults == []


async def test_buttons_and_selects_work_after_a_restart(
    bot: "Process", playground: Playground
) -> None:
    ada, channel = playground.ada, playground.channel
    await bot.join(playground)
    card = await ada.say(channel, "how do I check port 747?", mention=True)
    assert card is not None
    bot.signal(signal.SIGTERM)
    assert (await bot.end()).status == 0

    await bot.join(playground)
    await ada.choose(card, SYSTEM, "Windows")
    assert "Get-NetTCPConnection -LocalPort 747" in card.text
    await ada.click(card, "Port 748 ▶")
    assert "748" in first_line(card)
    assert playground.faults == []


@pytest.mark.parametrize("restart", [False, True])
async def test_a_replayed_message_gets_no_second_reply(
    bot: "Process", playground: Playground, *, restart: bool
) -> None:
    await bot.join(playground)
    message = await playground.ada.post(playground.channel, "what is port 22?", mention=True)
    await playground.answer(message)
    if restart:
        bot.signal(signal.SIGINT)
        await bot.end()
        await bot.join(playground)
    await playground.delivery.message_created(message)
    await playground.settled()
    replies = [m for m in playground.channel.messages.values() if m.author is not message.author]
    assert len(replies) == 1
    posts = [r for r in playground.requests if r.route == "/channels/{channel_id}/messages"]
    assert len(posts) == 1 + restart  # only a new process has to rely on the nonce


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_closes_the_gateway_and_ends_it_with_status_0(
    number: signal.Signals, bot: "Process", playground: Playground
) -> None:
    await bot.join(playground)
    bot.signal(number)
    async with asyncio.timeout(5):
        ended = await bot.end()
    assert (ended.status, ended.err) == (0, "")
    assert playground.closes == [1000]


async def test_a_lost_connection_is_taken_up_again(bot: "Process", playground: Playground) -> None:
    await bot.join(playground)
    playground.gateway.abort()
    reply = await playground.ada.say(playground.channel, "port 80", mention=True)
    assert "80" in first_line(reply)


async def test_the_log_has_a_line_for_each_question_and_nothing_that_was_written(
    bot: "Process", playground: Playground
) -> None:
    await bot.join(playground)
    await playground.ada.say(playground.channel, "what is port 6379 of secretword", mention=True)
    await playground.ada.slash(playground.channel, "port", port="secretword")
    bot.signal(signal.SIGTERM)
    ended = await bot.end()
    lines = [line for line in ended.out.splitlines() if " question " in line]
    assert len(lines) == 2
    assert "kind=mention answer=about" in lines[0]
    assert "microseconds=" in lines[0]
    assert "secretword" not in ended.out
    assert "6379" not in ended.out
    assert playground.token not in ended.out + ended.err


async def test_commands_are_handed_over_again_only_when_they_changed(
    bot: "Process", playground: Playground
) -> None:
    for _ in range(2):
        await bot.join(playground)
        bot.signal(signal.SIGTERM)
        await bot.end()
    puts = [request for request in playground.requests if request.method == "PUT"]
    assert len(puts) == 1


async def test_a_damaged_knowledge_base_is_built_anew_with_a_line_in_the_log(
    bot: "Process", playground: Playground
) -> None:
    (bot.data / "knowledge.sqlite").write_bytes(b"SQLite format 3\x00 and no more")
    await bot.join(playground)
    reply = await playground.ada.say(playground.channel, "port 80", mention=True)
    assert "80" in first_line(reply)
    bot.signal(signal.SIGTERM)
    ended = await bot.end()
    assert len([line for line in ended.out.splitlines() if "knowledge base built" in line]) == 1


def one_line(text: str) -> str:
    assert text.startswith("Error: ")
    assert text.count("\n") == 1
    return text


async def test_a_refused_token_is_one_line_with_what_to_do(
    bot: "Process", playground: Playground
) -> None:
    bot.settings["DISCORD_TOKEN"] = "not.the.token"  # noqa: S105 (none indeed)
    await bot.start("run")
    ended = await bot.end()
    assert ended.status == 1
    assert "refused the token" in one_line(ended.err)
    assert "DISCORD_TOKEN" in ended.err
    assert "not.the.token" not in ended.out + ended.err
    assert playground.faults == []


async def test_a_host_that_cannot_be_reached_is_one_line_with_what_to_do(bot: "Process") -> None:
    bot.settings["DISCORD_API_URL"] = "http://127.0.0.1:1"
    await bot.start("run")
    ended = await bot.end()
    assert ended.status == 1
    assert "Cannot reach Discord at 127.0.0.1:1" in one_line(ended.err)
    assert "Traceback" not in ended.out


@pytest.mark.parametrize(
    ("code", "words"),
    [(4004, "refused the token"), (4014, "Privileged Gateway Intents"), (4011, "SHARD_COUNT")],
)
async def test_a_gateway_that_refuses_us_is_one_line_with_what_to_do(
    code: int, words: str, bot: "Process", playground: Playground
) -> None:
    await bot.join(playground)
    await playground.gateway.close(code)
    ended = await bot.end()
    assert ended.status == 1
    assert words in one_line(ended.err)
    assert "Traceback" not in ended.out


async def test_a_wrong_setting_ends_it_with_status_2(bot: "Process") -> None:
    bot.settings["SHARD_COUNT"] = "none"
    await bot.start("run")
    ended = await bot.end()
    assert ended.status == 2
    assert "SHARD_COUNT" in one_line(ended.err)


async def test_its_gateway_and_shards_can_be_named(bot: "Process", playground: Playground) -> None:
    bot.settings |= {
        "DISCORD_GATEWAY_URL": playground.gateway_url,
        "SHARD_IDS": "1",
        "SHARD_COUNT": "2",
    }
    await bot.join(playground)
    assert [identify.shard for identify in playground.identifies] == [(1, 2)]
    assert not any(request.path.endswith("/gateway/bot") for request in playground.requests)


async def test_it_asks_for_messages_only(bot: "Process", playground: Playground) -> None:
    await bot.join(playground)
    (identify,) = playground.identifies
    assert identify.intents == Intent.GUILD_MESSAGES | Intent.DIRECT_MESSAGES


async def test_without_a_token_piped_questions_are_answered_line_by_line(
    process: "Process",
) -> None:
    lines = "what is port 576?\n\n/port 443\n[windows]\n[442]\n/nothing here\nthanks"
    ended = await process.run("run", text=lines.encode())
    assert (ended.status, ended.err) == (0, "")
    answers = ended.out.split("\n> ")
    assert "this is the playground" in answers[0]
    assert [answer.splitlines()[0] for answer in answers[1:]] == [
        "what is port 576?", "/port 443", "[windows]", "[442]", "/nothing here", "thanks",
    ]  # fmt: skip
    assert "| Port 576: ipcd (assigned)" in answers[1]
    assert "| Port 443: https" in answers[2]
    assert "Get-NetTCPConnection -LocalPort 443" in answers[3]
    assert "| Port 442" in answers[4]
    assert "There is no command /nothing" in answers[5]
    assert "I do not know" in answers[6]


async def test_a_reader_that_goes_away_ends_the_playground_quietly(process: "Process") -> None:
    await process.start("run", stdin=asyncio.subprocess.PIPE)
    ended = await process.hang_up_and_end(b"port 22\n" * 20)
    assert (ended.status, ended.err) == (1, "")


async def test_the_playground_can_be_wanted_in_spite_of_a_token(process: "Process") -> None:
    process.settings["DISCORD_TOKEN"] = "some.bots.token"  # noqa: S105 (none of anybody)
    ended = await process.run("run", "--playground", text=b"port 22\n")
    assert (ended.status, ended.err) == (0, "")
    assert "| Port 22: ssh" in ended.out


async def test_text_in_any_encoding_is_read(process: "Process") -> None:
    ended = await process.run("run", text=b"port \xff\xfe 22 \x00\xed\xa0\x80\nquit\nport 23\n")
    assert (ended.status, ended.err) == (0, "")
    assert "> port 23" not in ended.out


async def test_a_first_start_builds_the_knowledge_base(process: "Process", tmp_path: Path) -> None:
    process.settings["PORTOLAN_DATA"] = str(tmp_path / "new" / "directory")
    ended = await process.run("run", text=b"port 22\n")
    assert ended.status == 0
    assert "| Port 22: ssh" in ended.out
