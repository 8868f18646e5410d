"""How much people and channels may ask at a time: plenty at once, then one in a while."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_ROUNDING = 1e-6  # seconds
MOST = 10_000  # people or channels remembered at once, about 100 bytes each


@dataclass(frozen=True, slots=True)
class Rate:
    """A token bucket: `burst` things at once, and one more every so many seconds."""

    burst: int
    every_seconds: float


PERSON = Rate(burst=8, every_seconds=2.0)
CHANNEL = Rate(burst=20, every_seconds=1.0)
TOLD = Rate(burst=1, every_seconds=60.0)  # somebody is told in a channel that it was too much


class Buckets:
    """A token bucket for each key.

    Of each is kept only when it will be full again (the generic cell rate algorithm), and nothing
    of one that is full. Where there are too many, the one that was used least lately is forgotten.

    Args:
        rate: of each.
        clock: seconds that never go back, such as `time.monotonic`.
        most: how many are remembered.
    """

    def __init__(self, rate: Rate, clock: Callable[[], float], most: int = MOST) -> None:
        self._clock = clock
        self._every = rate.every_seconds
        self._slack = (rate.burst - 1) * rate.every_seconds
        self._most = most
        self._full: OrderedDict[int, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._full)

    def wait_seconds(self, key: int) -> float:
        """Return how long a key has to wait for its next token; 0.0 if it need not."""
        full = self._full.get(key)
        wait = 0.0 if full is None else full - self._slack - self._clock()
        return wait if wait > _ROUNDING else 0.0

    def take(self, key: int) -> bool:
        """Take one of a key's tokens; return False if there is none."""
        if self.wait_seconds(key) > 0:
            return False
        now = self._clock()
        self._full[key] = max(self._full.get(key, now), now) + self._every
        self._full.move_to_end(key)
        self._forget(now)
        return True

    def _forget(self, now: float) -> None:
        """Let go of those that are full, as far as the one used least lately tells, and of it."""
        while self._full and (
            len(self._full) > self._most or next(iter(self._full.values())) <= now
        ):
            self._full.popitem(last=False)


class Cooldowns:
    """Whether a person, here and now, may have another answer.

    Args:
        clock: as for `Buckets`.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        person: Rate = PERSON,
        channel: Rate = CHANNEL,
        told: Rate = TOLD,
    ) -> None:
        self._people = Buckets(person, clock)
        self._channels = Buckets(channel, clock)
        self._told = Buckets(told, clock)

    def wait_seconds(self, person: int, channel: int) -> float:
        """Return 0.0, having counted what is asked, or how long to wait: then nothing counts."""
        wait = max(self._people.wait_seconds(person), self._channels.wait_seconds(channel))
        if not wait:
            self._people.take(person)
            self._channels.take(channel)
        return wait

    def may_tell(self, channel: int) -> bool:
        """Return whether to say so in a channel; it is said once in a while, then not."""
        return self._told.take(channel)
