"""What a firewall is asked to do with a port."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network

from knowledge.commands.phrases import Caution
from knowledge.model import Protocol, check_number


class Direction(StrEnum):
    """Which traffic a rule is about: what comes to this machine's port, or goes to others'."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Rule:
    """A wish to open or close a port, which each firewall says in its own words.

    Attributes:
        number: 1 to 65535; with Direction.OUT it is the other host's port.
        last: of the range that begins with `number`; equal to it for one port.
        protocols: TCP and UDP where none was named.
        opens: let the traffic pass; else stop it.
        source: only from these addresses; None for all, and always with Direction.OUT.
    """

    number: int
    last: int
    protocols: tuple[Protocol, ...]
    opens: bool
    source: IPv4Network | IPv6Network | None = None
    direction: Direction = Direction.IN

    def ports(self, dash: str) -> str:
        """Return the port, or the range with `dash` between its ends."""
        return ports_written(self.number, self.last, dash)

    @property
    def single(self) -> bool:
        """The rule is about one port, not a range."""
        return self.last == self.number

    @property
    def inbound(self) -> bool:
        """The rule is about traffic that comes to this machine."""
        return self.direction is Direction.IN

    @property
    def caution(self) -> Caution:
        """What to know before applying it, where it is saved."""
        if self.opens:
            if not self.inbound:
                return Caution.OPENS_OUTWARD
            return Caution.OPENS_TO_SOURCE if self.source else Caution.OPENS
        return Caution.CLOSES if self.inbound else Caution.CLOSES_OUTWARD

    @property
    def caution_until_restart(self) -> Caution:
        """What to know before applying it, where a restart forgets it."""
        if self.opens:
            if not self.inbound:
                return Caution.OPENS_OUTWARD_UNTIL_RESTART
            if self.source:
                return Caution.OPENS_TO_SOURCE_UNTIL_RESTART
            return Caution.OPENS_UNTIL_RESTART
        if self.inbound:
            return Caution.CLOSES_UNTIL_RESTART
        return Caution.CLOSES_OUTWARD_UNTIL_RESTART


def ports_written(first: int, last: int, dash: str) -> str:
    """Return "747", or with another last port "747-750", with `dash` between."""
    return str(first) if first == last else f"{first}{dash}{last}"


def parse_rule(  # noqa: PLR0913
    number: int,
    protocol: Protocol | None,
    *,
    opens: bool,
    source: str | None,
    direction: Direction,
    last: int | None = None,
) -> Rule:
    """Return the rule that was asked for.

    Raises:
        ValueError: a number is outside 1 to 65535, or `last` is below the first; `source` is no
            address and no network in CIDR notation, or stands beside Direction.OUT.
    """
    if not check_number(number):
        raise ValueError("port 0 is no port that a firewall could open")
    if source is not None and direction is Direction.OUT:
        raise ValueError("a source limits inbound traffic only")
    return Rule(
        number,
        check_last(number, last),
        (protocol,) if protocol else (Protocol.TCP, Protocol.UDP),
        opens,
        None if source is None else ip_network(source, strict=False),
        direction,
    )


def check_last(number: int, last: int | None) -> int:
    """Return the last port of a range, or the one port.

    Raises:
        ValueError: it is outside 0 to 65535, or below the first.
    """
    if last is None:
        return number
    if check_number(last) < number:
        raise ValueError(f"a range that ends before it begins: {number}-{last}")
    return last


def address(network: IPv4Network | IPv6Network) -> str:
    """Return a network as people write it: a single address without its prefix length."""
    return str(network.network_address if network.num_addresses == 1 else network)
