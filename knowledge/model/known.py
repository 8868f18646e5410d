"""All that is known about one port, together."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model.facts import EphemeralRange, Risk, Status, Use
from knowledge.model.ports import PortRange, Protocol, range_of
from knowledge.model.writings import Article


@dataclass(frozen=True, slots=True)
class PortFacts:
    """All that is known about one port number.

    Attributes:
        states: by transport protocol; a protocol that the registry does not list for this
            number is Unassigned (or Dynamic), with the number's own block.
        previous: the nearest lower port that is assigned for any protocol, or None.
        next: the nearest higher one, or None.
        uses: in practice, the most often met first.
        browser_blocked: browsers refuse to connect to it (Fetch standard, "bad port").
        ephemeral: which systems hand it out by default; today's releases first.
    """

    number: int
    states: Mapping[Protocol, Status]
    previous: int | None
    next: int | None
    uses: tuple[Use, ...] = ()
    risks: tuple[Risk, ...] = ()
    browser_blocked: bool = False
    ephemeral: tuple[EphemeralRange, ...] = ()
    article: Article | None = None

    @property
    def range(self) -> PortRange:
        """The RFC 6335 range."""
        return range_of(self.number)
