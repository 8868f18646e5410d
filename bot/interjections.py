"""Remembers, in memory only, what was said unasked: not too often, and nothing twice."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from bot.cooldowns import Buckets, Rate
from bot.overhearing import Silence, unclear
from knowledge.model import Answer
from knowledge.team.model import answer_key

AGAIN_SECONDS = 600.0  # until the same question is answered again in a channel
TAKEN_BACK_SECONDS = 24 * 60 * 60.0  # until a person is answered again what they took back
MOST = 10_000  # questions remembered of each kind
PERSON = Rate(burst=2, every_seconds=30.0)
CHANNEL = Rate(burst=3, every_seconds=20.0)

KeyT = TypeVar("KeyT", bound=Hashable)


class _Recently(Generic[KeyT]):
    """What happened within the last so many seconds; the oldest is forgotten first."""

    def __init__(self, seconds: float, clock: Callable[[], float], most: int) -> None:
        self._seconds = seconds
        self._clock = clock
        self._most = most
        self._when: OrderedDict[KeyT, float] = OrderedDict()

    def holds(self, key: KeyT) -> bool:
        when = self._when.get(key)
        return when is not None and self._clock() - when < self._seconds

    def add(self, key: KeyT) -> None:
        self._when[key] = self._clock()
        self._when.move_to_end(key)
        if len(self._when) > self._most:
            self._when.popitem(last=False)

    def drop(self, wanted: Callable[[KeyT], bool]) -> bool:
        gone = [key for key in self._when if wanted(key)]
        for key in gone:
            del self._when[key]
        return bool(gone)


class Interjections:
    """Decides whether an answer may be given unasked.

    Args:
        clock: seconds that never go back, such as `time.monotonic`.
        most: questions remembered of each kind.
    """

    def __init__(self, clock: Callable[[], float], most: int = MOST) -> None:
        self._people = Buckets(PERSON, clock)
        self._channels = Buckets(CHANNEL, clock)
        self._answered: _Recently[tuple[int, str]] = _Recently(AGAIN_SECONDS, clock, most)
        self._taken_back: _Recently[tuple[int, str]] = _Recently(TAKEN_BACK_SECONDS, clock, most)

    def silence(self, answer: Answer, *, channel: int, person: int) -> Silence | None:
        """Return why to be silent; None, having counted the answer, if it is to be given."""
        key = answer_key(answer)
        question = (channel, f"{answer.intent}:{key}:{answer.system or ''}")
        if (why := unclear(answer)) is not None:
            return why
        if self._taken_back.holds((person, key)):
            return Silence.TAKEN_BACK
        if self._answered.holds(question):
            return Silence.REPEATED
        if self._people.wait_seconds(person) or self._channels.wait_seconds(channel):
            return Silence.TOO_SOON
        self._people.take(person)
        self._channels.take(channel)
        self._answered.add(question)
        return None

    def forget(self, person: int) -> bool:
        """Forget what a person took back; return whether there was anything."""
        return self._taken_back.drop(lambda key: key[0] == person)

    def take_back(self, person: int, key: str) -> None:
        """Remember that a person did not mean what was answered, by the answer's key."""
        self._taken_back.add((person, key))
