"""What people write comes back as text: it pings nobody, links nowhere and marks nothing up."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from typing_extensions import override

from bot.asking import Asking
from bot.client import Portolan
from bot.connection import Connection
from bot.playground import Playground, Reply
from knowledge.base import KnowledgeBase
from knowledge.model import Answer

if TYPE_CHECKING:
    from tests.bot.conftest import Running

HOSTILE = (
    "@everyone",
    "@here",
    "<@&1234567890123456789>",
    "<@1234567890123456789>",
    "[free nitro](https://evil.example)",
    "[free nitro](<https://evil.example>)",
    "https://evil.example/x",
    "`code` **bold** __under__ ~~gone~~ ||hidden||",
    "```sh\nrm -rf\n```",
    "# Title",
    "> quote",
    "-# small",
    "po\u200brt \u202e443 \u2066x\u2069",
    "@\u200beveryone",
    "*_*_*_`|~\\",
    "</port:1234567890123456789>",
    "<t:1700000000:R>",
    "<:boat:1234567890123456789>",
)
ASKED = (
    "what is port 443 {}",
    "{} port 70000",
    "which port does {} use?",
    "which port does postgers{} use",
    "{}",
    "compare port 80 and {}",
    "a free port for {}",
)
SUPPRESS_EMBEDS = 1 << 2  # a flag of messages
_PINGS = re.compile(r"(?<!\\)(?:@(?:everyone|here)\b|<@[!&]?\d+>)")
_HIDDEN = re.compile("[\u200e\u200f\u202a-\u202e\u2060-\u2069]")


def texts(parts: Any) -> Iterator[str]:
    """Yield the texts of a message in which Discord reads markup."""
    for part in parts:
        if part["type"] == 10:
            yield part["content"]
        yield from texts(part.get("components", ()))


def labels(parts: Any) -> Iterator[str]:
    for part in parts:
        for name in ("label", "placeholder"):
            if part.get(name):
                yield part[name]
        yield from labels(part.get("components", ()))
        yield from labels(part.get("options", ()))


def check(reply: Reply | None) -> None:
    """Hold a reply against all that a hostile text may have wanted."""
    if reply is None:
        return
    for each in (reply, *reply.followups):
        assert each.payload["mentions"] == []
        assert each.payload["mention_roles"] == []
        assert each.payload["mention_everyone"] is False
        content = each.payload.get("content") or ""
        for text in (content, *texts(each.payload.get("components", ()))):
            assert not _PINGS.search(text)
            assert not _HIDDEN.search(text)
            assert not re.search(r"(?<!\\)\]\(<?https://evil", text)
            assert "**bold**" not in text
            assert "||hidden||" not in text
            assert not re.search(r"(?<!\\)`code`", text)
            assert text.count("```") % 2 == 0
            assert not re.search(r"^(?:# Title|> quote|-# small)", text, re.MULTILINE)
        for label in labels(each.payload.get("components", ())):
            assert not _HIDDEN.search(label)
            assert "\n" not in label


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_no_way_of_asking_gives_it_back_as_markup(
    hostile: str, client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    ada, channel = playground.ada, playground.channel
    for form in ASKED:
        text = form.format(hostile)
        check(await ada.say(channel, text, mention=True))
        check(await ada.say(ada.dm, text))
        one_line = " ".join(text.split())
        check(await ada.slash(channel, "ask", question=one_line))
        check(await ada.slash(channel, "port", port=one_line))
        check(await ada.slash(channel, "check", port=one_line))
        check(await ada.slash(channel, "compare", first=one_line, second="80"))
        check(await ada.slash(channel, "free", purpose=one_line[:60]))
        check(await ada.menu("Explain ports here", await playground.ben.post(channel, text)))
        for choice in await ada.autocomplete(channel, "port", port=one_line) or ():
            assert not _HIDDEN.search(choice.name)
    assert playground.faults == []


class Broken(Portolan):
    """Cannot answer, and its errors hold what was asked."""

    @override
    async def answer(self, text: str, asking: Asking) -> Answer:
        raise RuntimeError(text)


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_lines_on_errors_do_not_hold_it(
    hostile: str,
    base: KnowledgeBase,
    connection: Connection,
    running: "Running",
    playground: Playground,
) -> None:
    async with running(Broken(base, connection)):
        ada, channel = playground.ada, playground.channel
        replies = [
            await ada.say(channel, f"port {hostile} 443", mention=True),
            await ada.slash(channel, "ask", question=" ".join(hostile.split())),
        ]
    for reply in replies:
        check(reply)
        assert reply is not None
        assert "went wrong on our side" in reply.text
        assert hostile not in reply.text


async def test_an_address_in_a_line_of_text_shows_no_preview(
    client: Portolan, playground: Playground
) -> None:
    assert client.is_ready()
    ada, channel = playground.ada, playground.channel
    address = "https://evil.example/x"
    line = await ada.slash(channel, "compare", first=address, second="80")
    assert line is not None
    assert address in line.text
    assert line.payload["flags"] & SUPPRESS_EMBEDS
    said = await ada.say(channel, "sing me a song", mention=True)
    assert said is not None
    assert said.payload["flags"] & SUPPRESS_EMBEDS
