"""What is wrong with a request's body, and where, in Discord's words."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.playground.state import Payload

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a request's body.

    Attributes:
        place: keys and indexes from the top of the body; empty for the body as a whole.
        code: Discord's word for it, such as BASE_TYPE_MAX_LENGTH.
    """

    place: Place
    code: str
    message: str

    def __str__(self) -> str:
        """Return `embeds/0/title: Must be 256 or fewer in length.`."""
        where = "/".join(str(step) for step in self.place) or "body"
        return f"{where}: {self.message} [{self.code}]"


def nested(problems: Iterable[Problem]) -> Payload:
    """Return the `errors` of Discord's 50035: the body's shape, with `_errors` at the leaves."""
    root: Payload = {}
    for problem in problems:
        node = root
        for step in problem.place:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
    return root


def length(text: object) -> int:
    """Return how long Discord finds a text: its code points, after trimming."""
    return len(str(text).strip())


def too_long(place: Place, limit: int) -> Problem:
    """Return the problem of a text over its limit."""
    return Problem(place, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


def bad_length(place: Place, low: int, high: int) -> Problem:
    """Return the problem of a text or list that is too short or too long."""
    return Problem(place, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")


def required(place: Place) -> Problem:
    """Return the problem of something that is not there."""
    return Problem(place, "BASE_TYPE_REQUIRED", "This field is required")
