"""Trouble on demand: what the next requests to a route get instead of, or before, their answer."""

import asyncio
from collections import deque
from dataclasses import dataclass
from fnmatch import fnmatchcase

from bot.playground.state import Payload


@dataclass(frozen=True, slots=True)
class RateLimited:
    """429, as Discord's own limits send it.

    Attributes:
        retry_after: seconds.
        is_global: the limit of the whole bot, not of the route.
        edge: sent by the network in front of Discord: no `Via` header and no JSON, which
            clients take for a ban.
    """

    retry_after: float = 0.01
    is_global: bool = False
    edge: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """An error answer, such as 500, or 403 with code 50013."""

    status: int = 500
    code: int = 0
    message: str = "Internal Server Error"


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection is cut without an answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Hold:
    """The request is handled as usual, but only once `release` is set."""

    release: asyncio.Event


Trouble = RateLimited | Failure | Drop | Hold


@dataclass(frozen=True, slots=True)
class Canned:
    """An answer in place of the real one."""

    status: int
    body: Payload | None
    headers: dict[str, str]


def answer(trouble: RateLimited | Failure) -> Canned:
    """Return the answer that a trouble stands for."""
    match trouble:
        case RateLimited(edge=True):
            return Canned(429, None, {"Retry-After": str(trouble.retry_after)})
        case RateLimited():
            body: Payload = {
                "message": "You are being rate limited.",
                "retry_after": trouble.retry_after,
                "global": trouble.is_global,
            }
            headers = {
                "Via": "1.1 google",
                "Retry-After": str(trouble.retry_after),
                "X-RateLimit-Scope": "global" if trouble.is_global else "user",
            }
            if trouble.is_global:
                headers["X-RateLimit-Global"] = "true"
            return Canned(429, body, headers)
        case Failure():
            return Canned(
                trouble.status,
                {"message": trouble.message, "code": trouble.code},
                {},
            )


class Scripts:
    """What was ordered for which requests; each trouble happens once, in order."""

    def __init__(self) -> None:
        self._ordered: list[tuple[str, str, deque[Trouble]]] = []

    def order(self, method: str, path: str, *troubles: Trouble) -> None:
        """Let the next requests meet these troubles, one each.

        Args:
            method: such as POST, or `*`.
            path: such as `/channels/*/messages`; `*` stands for anything.
            troubles: in the order in which they happen.
        """
        self._ordered.append((method.upper(), path, deque(troubles)))

    def take(self, method: str, path: str) -> Trouble | None:
        """Return the trouble for a request, which has then happened; None for none."""
        for ordered in self._ordered:
            if fnmatchcase(method, ordered[0]) and fnmatchcase(path, ordered[1]):
                trouble = ordered[2].popleft()
                if not ordered[2]:
                    self._ordered.remove(ordered)
                return trouble
        return None
