"""`portolan ask` as a process: what people and programs see of it."""

import asyncio
import json
import os
import pty
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.ask import BadLine, ask, read_questions

if TYPE_CHECKING:
    from tests.bot.conftest import Ended, Process


def objects(ended: "Ended") -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.out.splitlines()]


async def test_an_answer_is_readable_text_and_status_0(process: "Process") -> None:
    ended = await process.run("ask", "what is port 576?")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("Port 576: ipcd (assigned)\n")
    assert "\x1b" not in ended.out


async def test_words_need_no_quotation_marks(process: "Process") -> None:
    ended = await process.run("ask", "what", "is", "port", "576")
    assert ended.out.startswith("Port 576")


async def test_no_answer_is_said_and_status_1(process: "Process") -> None:
    ended = await process.run("ask", "sing me a song")
    assert (ended.status, ended.err) == (1, "")
    assert "port" in ended.out


async def test_json_is_one_object(process: "Process") -> None:
    ended = await process.run("ask", "--json", "how do i check udp port 53 on windows?")
    (answer,) = objects(ended)
    assert ended.status == 0
    assert (answer["intent"], answer["ports"]) == ("check", [53])
    assert (answer["protocol"], answer["os"]) == ("udp", "windows")
    assert answer["status"]["udp"] == "assigned"
    assert "domain" in answer["services"]["udp"]
    assert any("53" in line for line in answer["commands"]["windows"])


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
async def test_the_whole_article_is_there_for_who_asks_for_it(
    form: tuple[str, ...], process: "Process"
) -> None:
    short = await process.run("ask", *form, "what is port 576?")
    full = await process.run("ask", *form, "--full", "what is port 576?")
    for heading in ("What it is", "Security"):
        assert heading in full.out
        assert heading not in short.out


async def test_json_of_no_answer_has_status_1(process: "Process") -> None:
    ended = await process.run("ask", "--json", "sing me a song")
    assert (ended.status, objects(ended)[0]["intent"]) == (1, "none")


async def test_a_question_may_come_on_standard_input(process: "Process") -> None:
    scan = b"PORT     STATE SERVICE\n22/tcp   open  ssh\n5432/tcp open  postgresql\n"
    ended = await process.run("ask", "--json", text=scan)
    assert set(objects(ended)[0]["ports"]) == {22, 5432}


async def test_a_stream_is_answered_in_order(process: "Process") -> None:
    lines: list[dict[str, Any]] = [
        {"id": "a", "q": "what is port 443?"},
        {"id": 7, "q": "quel port utilise ssh ?", "lang": "fr"},
        {"id": "half \ud83d", "q": "\ud83d port 22"},
        {"id": "none", "q": "sing me a song", "lang": None},
    ]
    text = "\ufeff" + json.dumps(lines[0]) + "\n\n" + "\n".join(map(json.dumps, lines[1:]))
    ended = await process.run("ask", "--jsonl", text=text.encode())
    assert (ended.status, ended.err) == (0, "")
    answers = objects(ended)
    assert [answer["id"] for answer in answers] == [line["id"] for line in lines]
    assert [answer["ports"][:1] for answer in answers] == [[443], [22], [22], []]


async def test_a_stream_is_answered_line_by_line_while_it_comes(process: "Process") -> None:
    await process.start("ask", "--jsonl", stdin=asyncio.subprocess.PIPE)
    assert (await process.talk(b'{"id": "1", "q": "port 22"}\n')).startswith(b'{"id": "1"')
    assert (await process.talk(b'{"id": "2", "q": "port 23"}\n')).startswith(b'{"id": "2"')
    assert (await process.end()).status == 0


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"port 22", "is not JSON"),
        (b'["port 22"]', "is not a JSON object"),
        (b'{"q": "port 22"}', 'has no "id"'),
        (b'{"id": true, "q": "port 22"}', 'has no "id"'),
        (b'{"id": "1"}', 'has no "q"'),
        (b'{"id": "1", "q": 22}', 'has no "q"'),
        (b'{"id": "1", "q": "port 22", "lang": 1}', "lang"),
        (b'{"id": "1", "q": "\xff"}', "is not UTF-8"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"id": ' + b"9" * 5000 + b', "q": "x"}', "is not JSON"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_the_reason(line: bytes, reason: str) -> None:
    questions = read_questions([b'{"id": "1", "q": "port 22"}\n', line + b"\n"])
    assert next(questions).text == "port 22"
    with pytest.raises(BadLine) as caught:
        next(questions)
    message = caught.value.format_message()
    assert message.startswith("Line 2 of the input ")
    assert reason in message
    assert "\n" not in message


async def test_a_bad_line_ends_the_stream_with_status_2(process: "Process") -> None:
    text = b'{"id": "1", "q": "port 22"}\nport 23\n{"id": "3", "q": "port 23"}\n'
    ended = await process.run("ask", "--jsonl", text=text)
    assert ended.status == 2
    assert ended.err.startswith("Error: Line 2 of the input is not JSON")
    assert ended.err.count("\n") == 1
    assert len(objects(ended)) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--jsonl", "port 22"),
        ("--jsonl", "--json"),
        ("--nonsense", "port 22"),
        ("--system", "beos", "port 22"),
        (),
    ],
)
def test_bad_usage_has_status_2(arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(ask, arguments, input=" \n")
    assert (result.exit_code, result.stdout) == (2, "")


async def test_undecodable_arguments_are_no_fault(process: "Process") -> None:
    ended = await process.run("ask", "port 22 \udcff\udcfe")
    assert (ended.status, ended.err) == (0, "")
    ended = await process.run("ask", "--json", "port 22 \udcff")
    assert objects(ended)[0]["ports"] == [22]


async def test_a_terminal_that_lacks_letters_gets_an_answer(process: "Process") -> None:
    process.settings["PYTHONIOENCODING"] = "ascii"
    ended = await process.run("ask", "port 22")
    assert (ended.status, ended.err) == (0, "")
    assert "Port 22" in ended.out


async def test_ctrl_c_is_no_traceback(process: "Process") -> None:
    await process.start("ask", "--jsonl", stdin=asyncio.subprocess.PIPE)
    await process.talk(b'{"id": "1", "q": "port 22"}\n')
    process.signal(signal.SIGINT)
    ended = await process.end()
    assert ended.status == 1
    assert "Traceback" not in ended.err


async def test_a_reader_that_goes_away_is_no_traceback(process: "Process") -> None:
    await process.start("ask", "--jsonl", stdin=asyncio.subprocess.PIPE)
    lines = b'{"id": "1", "q": "port 22"}\n' * 2000
    ended = await process.hang_up_and_end(lines)
    assert "Traceback" not in ended.err


async def test_a_data_directory_that_cannot_be_written_is_one_sentence(
    process: "Process",
) -> None:
    (process.data / "file").touch()
    process.settings["PORTOLAN_DATA"] = str(process.data / "file" / "below")
    ended = await process.run("ask", "port 22")
    assert ended.status in {1, 2}
    assert ended.err.startswith("Error: ")
    assert "Traceback" not in ended.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_gets_colour_and_lines_that_fit(process: "Process") -> None:
    main, secondary = pty.openpty()
    environment = {**os.environ, **process.settings, "TERM": "xterm-256color", "COLUMNS": "80"}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "port 576"],
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
        env=environment,
    ) as started:
        os.close(secondary)
        text = b""
        while chunk := _read(main):
            text += chunk
    os.close(main)
    assert started.returncode == 0
    assert b"\x1b[1mPort 576: ipcd (assigned)" in text
    assert all(len(line) < 140 for line in text.split(b"\r\n") if b"http" not in line)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux tells the end of a pseudo-terminal so
        return b""


@given(st.binary(max_size=200))
def test_any_line_is_a_question_or_a_named_fault(line: bytes) -> None:
    with suppress(BadLine):
        assert len(list(read_questions([line.replace(b"\n", b" ")]))) <= 1


def test_reading_a_question_starts_no_discord() -> None:
    code = "import sys, bot.cli.ask; sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
