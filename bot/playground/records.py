"""What the playground remembers of a bot's behaviour, for tests to look at."""

import json
from collections import deque
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bot.playground.errors import FaultKind
from bot.playground.problems import Problem
from bot.playground.state import Payload


@dataclass(slots=True)
class RestRequest:
    """One HTTP request of the bot and what it was answered.

    Attributes:
        route: the path as Discord's description has it, with names for ids.
        text: the JSON, or the `payload_json` part of a form, as it came; "" without one.
        files: the names of the files that came along.
        status: of the answer; 0 when the connection was cut instead.
        result: the JSON of the answer, None without one.
    """

    method: str
    path: str
    route: str
    query: dict[str, str]
    text: str = ""
    files: tuple[str, ...] = ()
    status: int = 0
    result: Payload | list[Payload] | None = None

    @property
    def body(self) -> Any:  # noqa: ANN401 (any JSON)
        """What the request says; None without a body. It is read anew each time."""
        return json.loads(self.text) if self.text else None

    @property
    def code(self) -> int | None:
        """Discord's JSON error code, None for a success."""
        if isinstance(self.result, dict) and self.status >= HTTPStatus.BAD_REQUEST:
            return int(self.result.get("code", 0))
        return None


@dataclass(frozen=True, slots=True)
class Fault:
    """A request that a well-behaved bot does not send."""

    kind: FaultKind
    method: str
    path: str
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        """Return one line that says what was wrong."""
        details = "; ".join(str(problem) for problem in self.problems) or "no such route"
        return f"{self.kind}: {self.method} {self.path}: {details}"


@dataclass(frozen=True, slots=True)
class Identify:
    """One IDENTIFY or RESUME of a client.

    Attributes:
        moment: seconds of the playground's clock.
        accepted: it led to a session.
    """

    moment: float
    intents: int
    shard: tuple[int, int]
    resumed: bool = False
    accepted: bool = True


class Records:
    """What the bot did, oldest first.

    Attributes:
        requests: the last `keep` of its HTTP requests.
        closes: the close codes that its gateway connections ended with, 1006 for none.
    """

    def __init__(self, keep: int) -> None:
        self.requests: deque[RestRequest] = deque(maxlen=keep)
        self.faults: list[Fault] = []
        self.identifies: list[Identify] = []
        self.closes: list[int] = []
