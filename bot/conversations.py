"""Remembers, in memory only and for minutes, what was answered last to whom."""

from collections import OrderedDict
from collections.abc import Callable

from knowledge.model import Answer, Intent

KEPT_SECONDS = 600.0
MOST = 1000  # conversations; the oldest is forgotten first


class Conversations:
    """The last answer to each person in each channel, so that "and on windows?" makes sense.

    Args:
        clock: seconds that only go forward, such as `time.monotonic`.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._answers: OrderedDict[tuple[int, int], tuple[float, Answer]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def remember(self, channel: int, person: int, answer: Answer) -> None:
        """Keep an answer as the last one; an answer about no port leaves the one before."""
        if answer.intent is Intent.NONE or not answer.ports:
            return
        key, now = (channel, person), self._clock()
        self._answers[key] = (now, answer)
        self._answers.move_to_end(key)
        while len(self._answers) > MOST or self._oldest() < now - KEPT_SECONDS:
            self._answers.popitem(last=False)

    def _oldest(self) -> float:
        """Return when the answer was given that is forgotten next."""
        when, _ = next(iter(self._answers.values()))
        return when

    def forget(self, person: int) -> bool:
        """Forget all answers to a person; return whether there were any."""
        keys = [key for key in self._answers if key[1] == person]
        for key in keys:
            del self._answers[key]
        return bool(keys)

    def last(self, channel: int, person: int) -> Answer | None:
        """Return what was answered last, if that was not long ago."""
        kept = self._answers.get((channel, person))
        if kept is None:
            return None
        when, answer = kept
        if self._clock() - when > KEPT_SECONDS:
            del self._answers[channel, person]
            return None
        return answer
