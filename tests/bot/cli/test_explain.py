"""`portolan explain` as a process: what people and programs see of it."""

import asyncio
import json
import os
import pty
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.bot.conftest import Ended, Process

SOCKETS = (
    b"State  Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
    b"LISTEN 0      128          0.0.0.0:22        0.0.0.0:*\n"
    b"LISTEN 0      244          0.0.0.0:5432      0.0.0.0:*\n"
)


def objects(ended: "Ended") -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.out.splitlines()]


async def test_standard_input_is_explained_a_port_a_line(process: "Process") -> None:
    ended = await process.run("explain", text=SOCKETS)
    assert (ended.status, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0].startswith("22/tcp    ssh")
    assert lines[0].endswith("listens on every address")
    assert lines[1].startswith("5432/tcp  postgresql")
    assert lines[2].lstrip().startswith("! It listens on every address.")
    assert lines[-1].endswith("5432/tcp deserves attention.")
    assert "\x1b" not in ended.out


async def test_it_is_explained_in_the_readers_language(process: "Process") -> None:
    told = await process.run("explain", "--lang", "de", text=SOCKETS)
    assert told.status == 0
    assert "lauscht auf allen Adressen" in told.out
    programs = await process.run("explain", "--json", "--lang", "de", text=SOCKETS)
    assert "listens on every address" in programs.out


async def test_json_is_one_object(process: "Process") -> None:
    ended = await process.run("explain", "--json", text=SOCKETS)
    (found,) = objects(ended)
    assert (ended.status, found["kind"]) == (0, "sockets")
    first, second = found["ports"]
    assert (first["port"], first["protocol"], first["attention"]) == (22, "tcp", [])
    assert second["attention"]
    assert second["places"] == [
        {"line": 3, "role": "listener", "address": "0.0.0.0", "state": "LISTEN"}
    ]


async def test_files_are_explained_one_after_the_other(process: "Process", tmp_path: Path) -> None:
    sockets, rules = tmp_path / "sockets.txt", tmp_path / "rules.txt"
    sockets.write_bytes(SOCKETS)
    # as PowerShell's > writes it
    rules.write_bytes("\ufeff-A INPUT -p tcp --dport 443 -j ACCEPT\r\n".encode("utf-16-le"))
    ended = await process.run("explain", str(sockets), str(rules))
    assert ended.status == 0
    assert ended.out.index(f"{sockets}:") < ended.out.index("5432/tcp")
    assert ended.out.index(f"{rules}:") < ended.out.index("443/tcp  https")
    as_json = await process.run("explain", "--json", str(sockets), str(rules))
    assert [found["file"] for found in objects(as_json)] == [str(sockets), str(rules)]


async def test_where_there_is_no_port_that_is_said_with_status_1(process: "Process") -> None:
    ended = await process.run("explain", text=b"sing me a song\n")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == "No ports in standard input that I can make out.\n"


async def test_too_much_is_refused_in_one_sentence_with_status_2(process: "Process") -> None:
    ended = await process.run("explain", text=SOCKETS * 3000)
    assert (ended.status, ended.out) == (2, "")
    assert "at most 200,000 characters" in ended.err
    assert len(ended.err.splitlines()) == 1


async def test_a_file_that_is_not_there_is_bad_usage(process: "Process") -> None:
    ended = await process.run("explain", "no-such-file.txt")
    assert ended.status == 2
    assert "no-such-file.txt" in ended.err
    assert "Traceback" not in ended.err


async def test_bytes_that_are_no_text_do_not_end_it(process: "Process") -> None:
    ended = await process.run("explain", text=b"\xff\x00\xfe\n" + SOCKETS)
    assert ended.status == 0
    assert "5432/tcp" in ended.out


async def test_the_sockets_of_this_machine_are_explained(process: "Process") -> None:
    if shutil.which("ss") is None:
        pytest.skip("needs ss")
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    number = server.sockets[0].getsockname()[1]
    async with server:
        shown = await asyncio.create_subprocess_exec("ss", "-tln", stdout=subprocess.PIPE)
        text, _ = await shown.communicate()
        ended = await process.run("explain", "--json", text=text)
    found = {port["port"]: port["role"] for port in objects(ended)[0]["ports"]}
    assert found[number] == "listens on 127.0.0.1 only"


async def test_asking_with_a_paste_answers_the_same_ports(process: "Process") -> None:
    ended = await process.run("ask", "--json", text=b"is this safe?\n" + SOCKETS)
    (answer,) = objects(ended)
    assert (answer["intent"], answer["ports"]) == ("safety", [22, 5432])


async def test_a_terminal_gets_a_table(process: "Process", tmp_path: Path) -> None:
    file = tmp_path / "sockets.txt"
    file.write_bytes(SOCKETS)
    leader, follower = pty.openpty()
    try:
        running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "explain",
            str(file),
            stdin=subprocess.DEVNULL,
            stdout=follower,
            stderr=follower,
            env=os.environ | {"PORTOLAN_DATA": str(process.data), "TERM": "xterm"},
        )
        os.close(follower)
        chunks = []
        loop = asyncio.get_running_loop()
        with suppress(OSError):  # the other end is closed
            while chunk := await loop.run_in_executor(None, os.read, leader, 65536):
                chunks.append(chunk)
        assert await running.wait() == 0
    finally:
        os.close(leader)
    shown = b"".join(chunks).decode()
    assert "Worth attention" in shown
    assert "postgresql" in shown
