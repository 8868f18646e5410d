"""The values that go into the teams' store and come out of it.

A team and a person are opaque ids here, such as "discord:123", and so is a channel.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from knowledge.model import Answer, Intent, System

MOST_PORTS = 5  # in the key of an answer about several


class StoreError(Exception):
    """The teams' store cannot be used; the message is one sentence that says what to do."""


class Vote(IntEnum):
    """What a person thinks of an answer, as the three faces say it."""

    NO = 1  # it did not help
    PARTLY = 2
    YES = 3  # it helped


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's vote on one answer.

    Attributes:
        person: who votes; kept as a hash only, see `knowledge.team.voters`.
        team: where; None in a direct message.
        answer: the answer's key, as `answer_key` gives it.
        language: BCP-47 tag of the answer.
        day: in UTC.
    """

    person: str
    team: str | None
    answer: str
    vote: Vote
    language: str
    day: date


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people voted what."""

    no: int = 0
    partly: int = 0
    yes: int = 0

    @property
    def total(self) -> int:
        """All votes."""
        return self.no + self.partly + self.yes

    @property
    def mean(self) -> float:
        """From 1.0, all no, to 3.0, all yes; 0.0 without votes."""
        weighted = self.no * Vote.NO + self.partly * Vote.PARTLY + self.yes * Vote.YES
        return weighted / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """The votes of a team within some days.

    Attributes:
        answers: by the answer's key; the most voted on first.
    """

    total: Tally
    answers: tuple[tuple[str, Tally], ...] = ()


@dataclass(frozen=True, slots=True)
class WatchedChannel:
    """A channel in which questions need no mention.

    Attributes:
        since: the day on which it was turned on, in UTC.
    """

    team: str
    channel: str
    since: date


@dataclass(frozen=True, slots=True)
class TeamSettings:
    """What a team's managers chose.

    Attributes:
        language: BCP-47 tag of the language to answer in; None leaves it to the question.
        system: whose commands to show first; None leaves it to the question.
    """

    language: str | None = None
    system: System | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept of a person or of a team, or was until it was deleted."""

    votes: int = 0
    channels: int = 0
    settings: bool = False

    def __bool__(self) -> bool:
        return bool(self.votes or self.channels or self.settings)


def answer_key(answer: Answer) -> str:
    """Return what stands for an answer where votes are kept: "port:576", never what was asked.

    Others are "faq:time-wait", "range:6000-6063", "ports:22,80"; "none" where nothing was found;
    else the intent, such as "suggest".
    """
    if answer.faq is not None:
        return f"faq:{answer.faq}"
    if answer.intent is Intent.NONE:
        return "none"
    if answer.span is not None:
        return f"range:{answer.span[0]}-{answer.span[1]}"
    match answer.ports:
        case ():
            return answer.intent.value
        case (number,):
            return f"port:{number}"
        case several:
            return "ports:" + ",".join(str(number) for number in several[:MOST_PORTS])
