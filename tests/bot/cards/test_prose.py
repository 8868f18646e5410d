import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.pages import PAGE, even, pack
from bot.cards.prose import Block, blocks


def shown(markdown: str) -> str:
    return "\n".join(block.text for block in blocks(markdown))


@pytest.mark.parametrize(
    ("written", "discord"),
    [
        ("One line\nand another.", "One line and another."),
        ("**bold**, *thin* and `code`", "**bold**, *thin* and `code`"),
        ("#### A heading", "**A heading**"),
        ("- one\n- two\n  - deeper", "- one\n- two\n  - deeper"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("> said", "> said"),
        ("[here](https://x.example/a_b)", "[here](<https://x.example/a_b>)"),
        ("<https://x.example/a_b>", "<https://x.example/a_b>"),
        ("[bad](javascript:alert)", "\\[bad\\](javascript:alert)"),
        ("[odd](mailto:a@b.example)", "odd"),
        ("![a map](https://x.example/m.png)", "[a map](<https://x.example/m.png>)"),
        ("```sh\nss -tulpn\n```", "```sh\nss -tulpn\n```"),
        ("    ss -tulpn", "```\nss -tulpn\n```"),
        ("| Port | Use |\n|---|---|\n| 80 | web |\n| 443 |  |", "- **80**: web\n- **443**"),
        ("| A | B | C |\n|---|---|---|\n| a | b | c |", "- **a**: B: b · C: c"),
        ("line\\\nbreak", "line\nbreak"),
        ("<b>bold</b> and <script>x</script>", "bold and x"),
        ("\\# no heading", "\\# no heading"),
        ("1986\\. A year", "1986\\. A year"),
        ("SERVER_PORT ||no|| [x]", "SERVER\\_PORT \\|\\|no\\|\\| \\[x\\]"),
        ("@everyone", "@\u200beveryone"),
        ("<@123456789012345678>", "\\<@\u200b123456789012345678>"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_people_write_becomes_what_discord_shows(written: str, discord: str) -> None:
    assert shown(written) == discord


MARKDOWN = st.text(
    st.sampled_from("ab1 \n\n-*_`#>|[]()<>!~@:./\\&\u00e9\u4e2d\ud83d"), max_size=300
)
ANYTHING = st.one_of(MARKDOWN, st.text(st.characters(), max_size=300))


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_any_text_becomes_blocks_that_ping_nobody(text: str) -> None:
    for block in blocks(text):
        assert block.text.strip()
        assert block.text.count("```") % 2 == 0
        assert not re.search(r"@(everyone|here)|<@[!&]?\d{15,20}>", _spoken(block.text))


def _spoken(text: str) -> str:
    """Return a text without what stands in code, where nothing pings."""
    return re.sub(r"```.*?```|`` .*? ``|`[^`]*`", "", text, flags=re.DOTALL)


BLOCKS = st.lists(
    st.one_of(
        st.builds(Block, st.text("word \n", min_size=1).filter(str.strip), st.booleans()),
        st.text("heading", min_size=1, max_size=40).map(lambda text: Block(text, leads=True)),
        st.text("a b\n", max_size=3000).map(lambda body: Block(f"```sh\n{body}\n```")),
        st.integers(1, 600).map(lambda n: Block("word " * n + "end")),
    ),
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(BLOCKS, st.integers(100, 1000))
def test_pages_keep_to_their_length_and_lose_no_word(whole: list[Block], limit: int) -> None:
    pages = pack(whole, limit)
    assert all(0 < len(page) <= limit for page in pages)
    assert all(page.count("```") % 2 == 0 for page in pages)
    last = max((at for at, block in enumerate(whole) if not block.leads), default=-1)
    wanted = "".join(block.text for block in whole[: last + 1])
    assert _letters("".join(pages)) == _letters(wanted)


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text.replace("```sh", "").replace("```", ""))


def test_a_heading_is_never_the_last_thing_on_a_page() -> None:
    whole = [Block("x" * 90), Block("### Heading", leads=True), Block("y" * 50)]
    assert pack(whole, 110) == ("x" * 90, "### Heading\n" + "y" * 50)


def test_a_page_ends_between_words_and_between_lines_of_code() -> None:
    (first, *_) = pack([Block("word " * 100)], 103)
    assert first == "word " * 19 + "word"
    (first, *_) = pack([Block("```sh\n" + "ss -tulpn\n" * 40 + "```")], 100)
    assert first.startswith("```sh\nss -tulpn\n")
    assert first.endswith("ss -tulpn\n```")


def test_pages_are_about_alike() -> None:
    whole = [Block("word " * 60 + f"{n}.") for n in range(8)]
    lengths = [len(page) for page in even(whole)]
    assert len(lengths) == 2
    assert max(lengths) - min(lengths) < PAGE / 4
