"""Lets pass what cannot be a question before discord.py makes objects of it.

Without the message content intent we are sent every message of every server, nearly all of them
without their text; with a card of our own each is some hundred microseconds of parsing.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

Payload = dict[str, Any]
Parsers = MutableMapping[str, Callable[[Any], None]]


def may_be_question(message: Payload) -> bool:
    """Return whether the data of a MESSAGE_CREATE is a person's and holds text."""
    author = message["author"]
    return bool(message["content"]) and not author.get("bot") and "webhook_id" not in message


def hear_less(parsers: Parsers) -> None:
    """Take edits and what cannot be a question away from a client's parsers of events."""
    parse = parsers["MESSAGE_CREATE"]

    def parse_questions(message: Payload) -> None:
        if may_be_question(message):
            parse(message)

    parsers["MESSAGE_CREATE"] = parse_questions
    parsers.pop("MESSAGE_UPDATE", None)
