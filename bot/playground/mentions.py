"""Whom a message notifies: what its text names, less what its author did not allow."""

import re
from dataclasses import dataclass

from bot.playground.permissions import Permission
from bot.playground.state import Message, Payload, User
from bot.playground.world import World

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_USER = re.compile(r"(?<!\\)<@!?(\d+)>")
_ROLE = re.compile(r"(?<!\\)<@&(\d+)>")
_EVERYONE = re.compile(r"(?<!\\)@(everyone|here)\b")


@dataclass(frozen=True, slots=True)
class Pings:
    """Who is notified."""

    users: tuple[User, ...] = ()
    roles: tuple[int, ...] = ()
    everyone: bool = False
    replied: bool = False


def named(text: str) -> list[int]:
    """Return the ids of the users that a text mentions, each once; code mentions nobody."""
    return _found(_USER, text) if "<@" in text else []


def named_roles(text: str) -> list[int]:
    """Return the ids of the roles that the text mentions, each once; code mentions none."""
    return _found(_ROLE, text) if "<@&" in text else []


def _found(mention: re.Pattern[str], text: str) -> list[int]:
    return list(dict.fromkeys(int(each) for each in mention.findall(_CODE.sub(" ", text))))


def pings(world: World, message: Message, text: str, allowed: Payload | None) -> Pings:
    """Return whom a message notifies.

    Args:
        world: where the users are.
        message: its author, channel and the message that it answers count.
        text: its content and all its text displays.
        allowed: the `allowed_mentions`; None allows everything that the author may do.
    """
    channel, author, reference = message.channel, message.author, message.reference
    parse = ["users", "roles", "everyone"] if allowed is None else allowed.get("parse") or []
    users, roles = _listed(allowed, "users"), _listed(allowed, "roles")
    found = [
        world.users[each]
        for each in named(text)
        if each in world.users and ("users" in parse or each in users)
    ]
    replied = reference is not None and (
        allowed is None or bool(allowed.get("replied_user", False))
    )
    if reference is not None and replied and reference.author not in found:
        found.append(reference.author)
    known = {} if channel.guild is None else channel.guild.roles
    return Pings(
        users=tuple(found),
        roles=tuple(
            each
            for each in named_roles(text)
            if each in known and ("roles" in parse or each in roles)
        ),
        everyone=(
            "everyone" in parse
            and channel.guild is not None
            and "@" in text
            and _EVERYONE.search(_CODE.sub(" ", text)) is not None
            and Permission.MENTION_EVERYONE in channel.permissions_of(author)
        ),
        replied=replied,
    )


def _listed(allowed: Payload | None, part: str) -> set[int]:
    return set() if allowed is None else {int(each) for each in allowed.get(part) or []}
