"""Which channels are watched: those in which questions need no mention."""

from collections.abc import Sequence
from typing import Protocol


class WatchedChannels(Protocol):
    """What the bot needs of the teams' store, by Discord's ids.

    `is_watched` is asked for every message: it answers from memory.
    """

    def is_watched(self, channel: int) -> bool:
        """Return whether questions in the channel need no mention."""
        ...

    def of(self, guild: int) -> Sequence[int]:
        """Return the watched channels of a server, the oldest first."""
        ...

    async def watch(self, guild: int, channel: int) -> bool:
        """Watch a channel; return False if it was watched already."""
        ...

    async def unwatch(self, guild: int, channel: int) -> bool:
        """Watch a channel no longer; return False if it was not watched."""
        ...
