import asyncio
import io
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.console import SILENCE, converse
from bot.typed_lines import read_lines
from knowledge.base import KnowledgeBase
from tests.bot.until import until


async def lines_of(*lines: str) -> AsyncIterator[str]:
    for line in lines:
        yield line


async def answers(base: KnowledgeBase, *lines: str, typed: bool = False) -> str:
    out = io.StringIO()
    await converse(base, lines_of(*lines), out, asyncio.Event(), typed=typed)
    return out.getvalue()


async def test_a_question_goes_to_the_bot_and_its_card_comes_back(base: KnowledgeBase) -> None:
    out = await answers(base, "what is port 576?")
    assert "> what is port 576?\n\n| Port 576: ipcd (assigned)\n" in out


async def test_somebody_at_a_terminal_is_prompted_and_not_repeated(base: KnowledgeBase) -> None:
    out = await answers(base, "port 22", typed=True)
    assert "port 22\n\n" not in out
    assert out.endswith("\n\n> \n")


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("/port 443", "| Port 443: https"),
        ("/port port:443", "| Port 443: https"),
        ("/ask which port does ssh use?", "| Port 22: ssh"),
        ("/nothing", "(There is no command /nothing. There are: /ask, /port, /check"),
        ("/free 8505", "| Free to take: 8505"),
        ("/free near:50000 count:1", "so I looked below 10000"),
        ("/free x", "(the option 'near' does not take 'x')"),
        ("/compare 80 443", "| Port 80 and port 443"),
        ("/compare 80", "(/compare requires the option 'second')"),
        ("/help", "| How to ask me"),
        ("/watch", "(/watch needs a subcommand"),
        ("/", "There is no command"),
        ("/port", "("),
        ("[anything]", "nothing like that to press"),
        ("sing me a song", "I do not know that one."),
    ],
)
async def test_each_line_gets_an_answer(line: str, part: str, base: KnowledgeBase) -> None:
    out = await answers(base, line)
    assert part in out.split(f"> {line}\n\n")[1]


async def test_what_stands_in_brackets_is_pressed(base: KnowledgeBase) -> None:
    out = await answers(base, "port 576", "[macOS]", "[577]", "[nothing of the kind]")
    first, second, third, last = out.split("\n> ")[1:]
    assert "lsof" not in first
    assert "sudo lsof -nP -iTCP:576" in second
    assert "| Port 577: vnas" in third
    assert "nothing like that to press" in last


async def test_what_is_pasted_goes_into_a_form_up_to_an_empty_line(base: KnowledgeBase) -> None:
    pasted = ("tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:*", "tcp LISTEN 0 128 0.0.0.0:80 0.0.0.0:*")
    out = await answers(base, "/explain", *pasted, "", "port 23")
    form, filled, after = out.split("\n> ")[1:]
    assert "goes into the form; an empty line sends it.)" in form
    assert "22/tcp (ssh)" in filled
    assert "80/tcp (http)" in filled
    assert "| Port 23: telnet" in after
    out = await answers(base, "/explain", pasted[0])
    assert "| Port 22: ssh" in out
    out = await answers(base, "/explain", "/port 23")
    assert "| Port 23: telnet" in out
    out = await answers(base, "/explain", "/port 23")
    assert "| Port 23: telnet" in out


@pytest.mark.parametrize("word", ["exit", "quit", "/quit", "EXIT"])
async def test_a_word_ends_it(word: str, base: KnowledgeBase) -> None:
    assert "> port 23" not in await answers(base, word, "port 23")


async def test_it_ends_when_it_is_stopped(base: KnowledgeBase) -> None:
    stop = asyncio.Event()
    read, write = os.pipe()
    out = io.StringIO()
    conversation = asyncio.ensure_future(converse(base, read_lines(read), out, stop, typed=True))
    os.write(write, b"port 22\n")
    await until(lambda: "Port 22" in out.getvalue())
    stop.set()
    await conversation
    os.close(write)


def picture(out: io.StringIO) -> Path:
    (path,) = re.findall(r"is in (.+) until", out.getvalue())
    return Path(path)


async def test_a_picture_can_be_looked_at_until_the_end(base: KnowledgeBase) -> None:
    found: list[bytes] = []

    async def lines() -> AsyncIterator[str]:
        yield "/map 443"
        found.append(picture(out).read_bytes())

    out = io.StringIO()
    await converse(base, lines(), out, asyncio.Event(), typed=False)
    assert found[0].startswith(b"\x89PNG")
    assert "(picture: Map of all 65,536 ports" in out.getvalue()
    assert not picture(out).exists()


async def test_a_button_is_pressed_whose_word_it_is_before_one_that_holds_it(
    base: KnowledgeBase,
) -> None:
    out = await answers(base, "port 443", "[no]", "port 443", "[delete]")
    _, voted, _, deleted = out.split("\n> ")[1:]
    assert "Press another face to change your vote." in voted
    assert "-#" not in voted
    assert "(Only you can see this.)" in voted
    assert "(The answer is gone.)" in deleted


async def test_a_button_is_pressed_as_it_is_shown_or_by_its_emoji(base: KnowledgeBase) -> None:
    out = await answers(base, "port 443", "[😃 Yes]", "[😔]", "[🗑️ Delete]")
    _, yes, no, deleted = out.split("\n> ")[1:]
    assert "glad" in yes
    assert "Press another face" in no
    assert "(The answer is gone.)" in deleted


async def test_what_is_shared_is_shown(base: KnowledgeBase) -> None:
    out = await answers(base, "/port port:443 private:true", "[Share]", "[Delete]")
    _, shared, deleted = out.split("\n> ")[1:]
    assert shared.count("| Port 443: https") == 2
    assert "| Shared by" in shared
    assert "(The answer is gone.)" in deleted


async def test_an_earlier_answer_is_pressed_where_the_last_one_has_nothing_like_it(
    base: KnowledgeBase,
) -> None:
    out = await answers(base, "port 756", "[map]", "[yes]", "[◀]")
    _, shown, voted, lower = out.split("\n> ")[1:]
    assert "(picture: Map of the ports" in shown
    assert "Press another face" in voted
    assert "| Port 754" in lower


def test_silence_is_told() -> None:
    assert SILENCE.startswith("(")
