"""Which commands fit a question."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from typing_extensions import override

from knowledge.commands.check import check_commands
from knowledge.commands.containers import container_commands
from knowledge.commands.firewall import close_commands, open_commands
from knowledge.commands.phrases import Caption
from knowledge.commands.reach import reach_commands
from knowledge.commands.rule import Direction, check_last
from knowledge.commands.stop import stop_commands
from knowledge.model import Command, Intent, Protocol, System, check_number


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question wants of a port beside its intent.

    Attributes:
        closing: of the intent OPEN, that it shall be closed.
        stopping: the process that holds it shall stop.
        in_use: somebody needs the port and finds it taken.
        containers: it is a port of Docker or Compose.
        cluster: it is a port of Kubernetes.
        outbound: it is another host's port, for traffic that leaves this machine.
        source: the address or network that it is about; None for everyone.
    """

    closing: bool = False
    stopping: bool = False
    in_use: bool = False
    containers: bool = False
    cluster: bool = False
    outbound: bool = False
    source: str | None = None


PLAIN: Final = Wish()

_Build = Callable[[int, Protocol | None, System], tuple[Command, ...]]
_CLUSTER: Final = frozenset({Caption.KUBERNETES_WHO, Caption.KUBERNETES_FORWARD})
# A port for which each kind of command is made where it can be made at all.
_EXAMPLE: Final = 747


@lru_cache(maxsize=256)
def _builds(intent: Intent, wish: Wish, last: int | None = None) -> tuple[_Build, ...]:
    """Return what makes the commands, in the order in which they are told."""
    of_containers = _of_containers(wish) if last is None else ()
    check: _Build = check_commands if last is None else partial(check_commands, last=last)
    match intent:
        case Intent.ABOUT:
            reach = (reach_commands,) if last is None else ()
            return check, *reach, *of_containers
        case Intent.CHECK:
            return _checking(wish, check, of_containers, one=last is None)
        case Intent.OPEN:
            return *of_containers, _firewall(wish, last)
        case Intent.SAFETY if last is not None:
            return (check,)  # a wide range holds ports that somebody needs
        case Intent.SAFETY:
            return check, *of_containers, close_commands
        case _:
            return ()


def _checking(
    wish: Wish, check: _Build, of_containers: tuple[_Build, ...], *, one: bool
) -> tuple[_Build, ...]:
    """Return what tells the state of a port, or of a range if it is not `one`."""
    if not one:
        return (check,)
    if wish.stopping:
        return *of_containers, stop_commands, check
    if wish.in_use:
        return check, *of_containers, stop_commands
    if wish.outbound:
        return reach_commands, check
    return *of_containers, check, reach_commands


def _firewall(wish: Wish, last: int | None) -> _Build:
    """Return opening or closing, and not both: who copies all of it must not undo it."""
    direction = Direction.OUT if wish.outbound and wish.source is None else Direction.IN
    change = close_commands if wish.closing else open_commands
    if wish.source is not None or wish.outbound or last is not None:
        return partial(change, source=wish.source, direction=direction, last=last)
    return change


def _of_containers(wish: Wish) -> tuple[_Build, ...]:
    if wish.containers and wish.cluster:
        return (_containers,)
    return (_docker,) * wish.containers + (_kubernetes,) * wish.cluster


def _containers(number: int, protocol: Protocol | None, system: System) -> tuple[Command, ...]:
    return container_commands(number, protocol, system)


def _docker(number: int, protocol: Protocol | None, system: System) -> tuple[Command, ...]:
    found = container_commands(number, protocol, system)
    return tuple(command for command in found if command.caption not in _CLUSTER)


def _kubernetes(number: int, protocol: Protocol | None, system: System) -> tuple[Command, ...]:
    found = container_commands(number, protocol, system)
    return tuple(command for command in found if command.caption in _CLUSTER)


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
    builds: tuple[_Build, ...],
    protocol: Protocol | None,
    systems: tuple[System, ...],
    example: int,
) -> tuple[System, ...]:
    return tuple(system for system in systems if _fitting(builds, example, protocol, system))


_PLAIN_BUILDS: Final = {intent: _builds(intent, PLAIN) for intent in Intent}


def for_question(  # noqa: PLR0913, PLR0917 (what a question may say)
    intent: Intent,
    number: int,
    protocol: Protocol | None = None,
    systems: tuple[System, ...] = tuple(System),
    wish: Wish = PLAIN,
    last: int | None = None,
) -> Mapping[System, tuple[Command, ...]]:
    """Return the commands that fit a question about a port, by operating system.

    Questions about a port and checks get what shows it here and on another host; opening gets
    opening and closing; safety gets what shows it and what closes it; others get none. A `wish`
    adds what frees the port or what containers need, and says whose traffic a firewall is told
    of. With `last` they are about a range. A system without a fitting command is left out, so no
    value is empty; port 0 has none at all.

    Raises:
        ValueError: a number is outside 0 to 65535, or `last` is below the first; the wish's
            source is no address or network.

    >>> for_question(Intent.CHECK, 747, Protocol.UDP)[System.LINUX][0].line
    "sudo ss -ulpn 'sport = :747'"
    """
    if wish is PLAIN and last is None:
        builds, example = _PLAIN_BUILDS[intent], _EXAMPLE
        answering = _answering(builds, protocol, systems, example) if check_number(number) else ()
        return Commands(number, protocol, answering, builds)
    if check_last(check_number(number), last) == 0:
        return Commands(number, protocol, (), ())
    number = max(number, 1)
    if wish.source is None:
        builds = _builds(intent, wish, last)
        answering = _answering(builds, protocol, systems, number)
        return Commands(number, protocol, answering, builds)
    # Whose address it is concerns the asker alone: nothing of it is kept.
    builds = _builds.__wrapped__(intent, wish, last)
    made = _fitting.__wrapped__
    found = {system: made(builds, number, protocol, system) for system in systems}
    return {system: commands for system, commands in found.items() if commands}
