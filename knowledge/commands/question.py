"""Which commands fit a question."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from typing_extensions import override

from knowledge.commands.check import check_commands
from knowledge.commands.firewall import close_commands, open_commands
from knowledge.commands.reach import reach_commands
from knowledge.model import Command, Intent, Protocol, System, check_number

_Build = Callable[[int, Protocol | None, System], tuple[Command, ...]]

_FITTING: Final[Mapping[Intent, tuple[_Build, ...]]] = {
    Intent.ABOUT: (check_commands, reach_commands),
    Intent.CHECK: (check_commands, reach_commands),
    Intent.OPEN: (open_commands, close_commands),
    Intent.SAFETY: (check_commands, close_commands),
}
# A port for which each kind of command is made where it can be made at all.
_EXAMPLE: Final = 747


class Commands(Mapping[System, tuple[Command, ...]]):
    """The commands that fit a question, by system; each system's are made when asked for.

    An answer is made in a few microseconds and shown for one system at a time, so most of the
    lines would be made for nothing.
    """

    __slots__ = ("_builds", "_number", "_protocol", "_systems")

    def __init__(
        self,
        number: int,
        protocol: Protocol | None,
        systems: tuple[System, ...],
        builds: tuple[_Build, ...],
    ) -> None:
        self._number = number
        self._protocol = protocol
        self._systems = systems
        self._builds = builds

    @override
    def __getitem__(self, system: System) -> tuple[Command, ...]:
        if system not in self._systems:
            raise KeyError(system)
        return _fitting(self._builds, self._number, self._protocol, system)

    @override
    def __iter__(self) -> Iterator[System]:
        return iter(self._systems)

    @override
    def __len__(self) -> int:
        return len(self._systems)

    @override
    def __repr__(self) -> str:
        return f"Commands({dict(self)!r})"


@lru_cache(maxsize=256)
def _fitting(
    builds: tuple[_Build, ...], number: int, protocol: Protocol | None, system: System
) -> tuple[Command, ...]:
    return tuple(command for build in builds for command in build(number, protocol, system))


@lru_cache(maxsize=256)
def _answering(
    intent: Intent, protocol: Protocol | None, systems: tuple[System, ...]
) -> tuple[System, ...]:
    builds = _FITTING.get(intent, ())
    return tuple(system for system in systems if _fitting(builds, _EXAMPLE, protocol, system))


def for_question(
    intent: Intent,
    number: int,
    protocol: Protocol | None = None,
    systems: tuple[System, ...] = tuple(System),
) -> Mapping[System, tuple[Command, ...]]:
    """Return the commands that fit a question about a port, by operating system.

    Questions about a port and checks get what shows it here and on another host; opening gets
    opening and closing; safety gets what shows it and what closes it; others get none. A system
    without a fitting command is left out, so no value is empty; port 0 has none at all.

    Raises:
        ValueError: the number is outside 0 to 65535.

    >>> for_question(Intent.CHECK, 747, Protocol.UDP)[System.LINUX][0].line
    "sudo ss -ulpn 'sport = :747'"
    """
    answering = _answering(intent, protocol, systems) if check_number(number) else ()
    return Commands(number, protocol, answering, _FITTING.get(intent, ()))
