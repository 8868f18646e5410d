"""Remembers ids, so that what comes twice is noticed."""

from collections import OrderedDict

MOST = 4096  # ids kept, to answer a message once; a replay follows within minutes


class Seen:
    """Remembers the last ids that it was shown."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._ids: OrderedDict[int, None] = OrderedDict()

    def is_new(self, identity: int) -> bool:
        """Remember the id; return False if it was remembered already."""
        if identity in self._ids:
            return False
        self._ids[identity] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)
        return True
