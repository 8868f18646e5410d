"""Lets pass what cannot be a question before discord.py makes objects of it.

We are sent every message of every server; with a card of our own each is some hundred
microseconds of parsing. Nearly all come without their text, or with the message content intent
for nobody but each other: those must cost next to nothing.
"""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

Payload = dict[str, Any]
Parsers = MutableMapping[str, Callable[[Any], None]]


def nowhere(_channel: int) -> bool:
    """Return that no channel is watched."""
    return False


def ignored(_message: Payload) -> None:
    """Do nothing about a message."""


@dataclass(frozen=True, slots=True)
class Ear:
    """What is listened for.

    Attributes:
        me: our own id, as soon as it is known.
        is_watched: whether questions in a channel need no mention.
        take_role: takes the data of a message that mentions roles, one of which may be ours.
    """

    me: Callable[[], int | None] = lambda: None
    is_watched: Callable[[int], bool] = nowhere
    take_role: Callable[[Payload], None] = ignored

    def may_be_question(self, message: Payload) -> bool:
        """Return whether the data of a MESSAGE_CREATE is what a person says, maybe to us."""
        if not (message["content"] or _hands_over(message)) or not _is_persons(message):
            return False
        if message["mentions"]:
            me = str(self.me())
            if any(user["id"] == me for user in message["mentions"]):
                return True
        return "guild_id" not in message or self.is_watched(int(message["channel_id"]))


def _hands_over(message: Payload) -> bool:
    """Return whether it has files or forwards something; Discord tells only if it is for us."""
    return bool(message.get("attachments") or message.get("message_snapshots"))


def _is_persons(message: Payload) -> bool:
    return not message["author"].get("bot") and "webhook_id" not in message


def hear_less(parsers: Parsers, ear: Ear) -> None:
    """Take edits and what cannot be a question away from a client's parsers of events."""
    parse = parsers["MESSAGE_CREATE"]

    def parse_questions(message: Payload) -> None:
        if ear.may_be_question(message):
            parse(message)
        elif message["mention_roles"] and _is_persons(message):
            ear.take_role(message)

    parsers["MESSAGE_CREATE"] = parse_questions
    parsers.pop("MESSAGE_UPDATE", None)
