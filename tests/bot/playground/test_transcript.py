"""Messages as plain text."""

from typing import Any

import pytest

from bot.playground import render_payload

EMBED = {
    "author": {"name": "IANA"},
    "title": "Port 22",
    "description": "ssh\nSecure Shell",
    "fields": [{"name": "Check", "value": "ss -tln\nlsof -i :22"}],
    "image": {"url": "http://x/map.png"},
    "footer": {"text": "RFC 4253"},
}
MEDIA = {"url": "http://x/map.png"}


@pytest.mark.parametrize(
    ("payload", "lines"),
    [
        ({"content": "hello"}, ["hello"]),
        ({"content": "a", "embeds": [], "components": []}, ["a"]),
        (
            {"content": "", "embeds": [EMBED]},
            [
                "| IANA",
                "| # Port 22",
                "| ssh",
                "| Secure Shell",
                "| Check:",
                "|   ss -tln",
                "|   lsof -i :22",
                "| (file: map.png)",
                "| RFC 4253",
            ],
        ),
        (
            {"components": [{"type": 1, "components": [{"type": 2, "label": "A"}] * 2}]},
            ["[A] [A]"],
        ),
        (
            {"components": [{"type": 1, "components": [{"type": 2, "emoji": {"name": "😃"}}]}]},
            ["[😃]"],
        ),
        (
            {"components": [{"type": 2, "label": "Docs", "url": "https://x", "disabled": True}]},
            ["[Docs (off)](https://x)"],
        ),
        (
            {
                "components": [
                    {
                        "type": 3,
                        "placeholder": "System",
                        "options": [{"label": "Linux", "default": True}, {"label": "macOS"}],
                    }
                ]
            },
            ["<System: *Linux, macOS>"],
        ),
        (
            {
                "components": [
                    {"type": 12, "items": [{"media": MEDIA, "description": "A map"}]},
                    {"type": 13, "file": {"url": "http://x/a.txt"}, "name": "a.txt"},
                ],
                "attachments": [{"filename": "map.png", "url": MEDIA["url"]}],
            },
            ["(picture: A map)", "(file: a.txt)"],
        ),
        (
            {
                "components": [
                    {
                        "type": 9,
                        "components": [{"type": 10, "content": "text"}],
                        "accessory": {"type": 11, "media": MEDIA, "description": "alt"},
                    }
                ],
                "attachments": [{"filename": "map.png", "url": MEDIA["url"]}],
            },
            ["text", "(picture: alt)"],
        ),
        (
            {"components": [{"type": 14, "divider": False}, {"type": 10, "content": "x"}]},
            ["", "x"],
        ),
        (
            {"content": "see", "attachments": [{"filename": "a.txt", "url": "http://x/a.txt"}]},
            ["see", "(file: a.txt)"],
        ),
        (
            {
                "title": "Paste",
                "custom_id": "p",
                "components": [
                    {
                        "type": 18,
                        "label": "Kind",
                        "description": "of thing",
                        "component": {"type": 21, "options": [{"label": "A"}, {"label": "B"}]},
                    },
                    {"type": 18, "label": "Sure", "component": {"type": 23}},
                    {"type": 1, "components": [{"type": 4, "label": "Old", "value": "x"}]},
                ],
            },
            [
                "# Paste",
                "Kind:",
                "  (of thing)",
                "  ( ) A",
                "  ( ) B",
                "Sure:",
                "  [ ]",
                "Old: [x_________]",
            ],
        ),
        ({"components": [{"type": 99}]}, ["(component 99)"]),
    ],
)
def test_a_message_reads_from_top_to_bottom(payload: dict[str, Any], lines: list[str]) -> None:
    assert render_payload(payload).splitlines() == lines
