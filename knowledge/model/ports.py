"""Ports and how they are told apart: numbers, transport protocols, ranges, systems."""

from dataclasses import dataclass
from enum import StrEnum
from functools import total_ordering
from typing import assert_never

MAX_PORT = 65535


SYSTEM_LAST = 1023  # RFC 6335 section 6


USER_LAST = 49151


class Protocol(StrEnum):
    """A transport protocol of the registry, in the order in which it is told."""

    TCP = "tcp"
    UDP = "udp"
    SCTP = "sctp"
    DCCP = "dccp"


class System(StrEnum):
    """An operating system for which commands are known."""

    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"
    FREEBSD = "freebsd"


class PortRange(StrEnum):
    """A range of RFC 6335 section 6, by its name there."""

    SYSTEM = "System Ports"
    USER = "User Ports"
    DYNAMIC = "Dynamic Ports"

    @property
    def bounds(self) -> tuple[int, int]:
        """The first and the last port of the range."""
        match self:
            case PortRange.SYSTEM:
                return 0, SYSTEM_LAST
            case PortRange.USER:
                return SYSTEM_LAST + 1, USER_LAST
            case PortRange.DYNAMIC:
                return USER_LAST + 1, MAX_PORT
            case _:
                assert_never(self)


def range_of(number: int) -> PortRange:
    """Return the RFC 6335 range that holds a port number from 0 to 65535."""
    if number <= SYSTEM_LAST:
        return PortRange.SYSTEM
    return PortRange.USER if number <= USER_LAST else PortRange.DYNAMIC


def check_number(number: int) -> int:
    """Return `number`, if it is a port number.

    Raises:
        ValueError: the number is outside 0 to 65535.
    """
    if not 0 <= number <= MAX_PORT:
        raise ValueError(f"port number out of range: {number}")
    return number


@total_ordering
@dataclass(frozen=True, slots=True)
class Port:
    """A transport-layer port, such as 443/tcp.

    Attributes:
        number: 0 to 65535.
        protocol: None when none was named.

    Raises:
        ValueError: the number is outside 0 to 65535.
    """

    number: int
    protocol: Protocol | None = None

    def __post_init__(self) -> None:
        check_number(self.number)

    def __lt__(self, other: "Port") -> bool:
        return (self.number, self.protocol or "") < (other.number, other.protocol or "")

    def __str__(self) -> str:
        return f"{self.number}/{self.protocol}" if self.protocol else str(self.number)
