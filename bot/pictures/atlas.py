"""The pictures that were drawn lately, so that one that many ask for is drawn once."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from gettext import NullTranslations

from bot.pictures.surroundings import Surroundings

MOST_BYTES = 4 * 1024 * 1024  # about a hundred pictures


class Atlas:
    """Draws pictures beside the event loop, one at a time, and keeps the last ones.

    What to draw is handed over as plain values: a knowledge base belongs to the loop's thread.
    Pillow is loaded when the first picture is drawn; until then it would only take memory.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._pictures: OrderedDict[Hashable, bytes] = OrderedDict()
        self._turn = asyncio.Lock()

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return sum(map(len, self._pictures.values()))

    async def around(self, view: Surroundings, phrases: NullTranslations) -> bytes:
        """Return the map of the 64 ports around one, as a PNG."""
        return await self._find((view, phrases), lambda: _draw_around(view, phrases))

    async def all(
        self, statuses: bytes, phrases: NullTranslations, asked: int | None = None
    ) -> bytes:
        """Return the map of all ports, as a PNG; one of them is marked if it is asked for.

        Args:
            statuses: a letter for each port, as KnowledgeBase.statuses.
            phrases: the catalogue of the language.
            asked: a port number.
        """
        key = (statuses, phrases, asked)
        return await self._find(key, lambda: _draw_all(statuses, phrases, asked))

    async def _find(self, key: Hashable, draw: Callable[[], bytes]) -> bytes:
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        async with self._turn:
            if key not in self._pictures:  # nobody has drawn it while we waited
                self._pictures[key] = await asyncio.to_thread(draw)
                while self.size > self._most_bytes and len(self._pictures) > 1:
                    self._pictures.popitem(last=False)
            return self._pictures[key]


def _draw_around(view: Surroundings, phrases: NullTranslations) -> bytes:
    from bot.pictures import neighbourhood  # noqa: PLC0415 (see Atlas)

    return neighbourhood.draw(view, phrases)


def _draw_all(statuses: bytes, phrases: NullTranslations, asked: int | None) -> bytes:
    from bot.pictures import hilbert  # noqa: PLC0415 (see Atlas)

    return hilbert.draw(statuses, phrases, asked)
