"""Discord's markup is no text."""

import pytest

from bot.markup import without_markup


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<@1234567890123456789> port 22", "port 22"),
        ("<@!123> <@&456> <#443> 80?", "80?"),
        ("<:boat:1234567890123456789> <a:wave:987> hi", "hi"),
        ("</port:123456> <t:1700000000:R>", ""),
        ("443 < 8443 and 22 > 21", "443 < 8443 and 22 > 21"),
        ("<b>80</b>", "<b>80</b>"),
    ],
)
def test_mentions_and_emoji_are_left_out(text: str, left: str) -> None:
    assert " ".join(without_markup(text).split()) == left
