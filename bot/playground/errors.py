"""The errors that Discord answers with: a status, a code, a message."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.playground.problems import Problem, nested
from bot.playground.state import Payload


class FaultKind(StrEnum):
    """What no well-behaved bot ever does."""

    SCHEMA = "schema"  # Discord's description refuses the request
    LIMIT = "limit"  # a rule that the description leaves out refuses it
    ROUTE = "route"  # there is no such route, here at least


@dataclass(slots=True)
class ApiError(Exception):
    """What a route answers instead of a result.

    Attributes:
        status: the HTTP status.
        code: Discord's JSON error code, 0 for a general error.
        fault: set when the request should not have been sent at all, whatever the world is like.
    """

    status: int
    code: int
    message: str
    problems: Sequence[Problem] = field(default=())
    fault: FaultKind | None = None

    def payload(self) -> Payload:
        """Return the body of the answer."""
        body: Payload = {"message": self.message, "code": self.code}
        if self.problems:
            body["errors"] = nested(self.problems)
        return body


def invalid_form(
    problems: Sequence[Problem], fault: FaultKind | None = FaultKind.LIMIT
) -> ApiError:
    """Return 50035, which names every problem."""
    return ApiError(400, 50035, "Invalid Form Body", problems, fault)


def unknown(what: str, code: int) -> ApiError:
    """Return a 404 with one of the 100xx codes."""
    return ApiError(404, code, f"Unknown {what}")


UNKNOWN_CHANNEL = 10003
UNKNOWN_GUILD = 10004
UNKNOWN_MEMBER = 10007
UNKNOWN_MESSAGE = 10008
UNKNOWN_USER = 10013
UNKNOWN_WEBHOOK = 10015
UNKNOWN_INTERACTION = 10062
UNKNOWN_COMMAND = 10063


def unauthorized() -> ApiError:
    """Return what a missing or wrong token gets."""
    return ApiError(401, 0, "401: Unauthorized")


def missing_access() -> ApiError:
    """Return what a bot gets for a channel that it cannot see."""
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    """Return what a bot gets for what it may not do in a channel that it can see."""
    return ApiError(403, 50013, "Missing Permissions")


def cannot_message_user() -> ApiError:
    """Return what a bot gets when a person takes no direct messages from it."""
    return ApiError(403, 50007, "Cannot send messages to this user")


def empty_message() -> ApiError:
    """Return what a message with nothing in it gets."""
    return ApiError(400, 50006, "Cannot send an empty message", fault=FaultKind.LIMIT)


def too_large() -> ApiError:
    """Return what a file over the limit gets."""
    return ApiError(413, 40005, "Request entity too large")


def already_acknowledged() -> ApiError:
    """Return what a second first response gets."""
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def too_many_followups() -> ApiError:
    """Return what the sixth follow-up gets where only the person installed the app."""
    return ApiError(
        400, 40094, "This interaction has hit the maximum number of follow up messages"
    )
