"""Commands that open or close a port in the firewalls of an operating system."""

from functools import lru_cache
from typing import assert_never

from knowledge.commands.defender import defender
from knowledge.commands.linux_firewalls import firewalld, iptables, nftables, ufw
from knowledge.commands.packet_filter import freebsd_pf, macos_pf
from knowledge.commands.rule import Direction, Rule, parse_rule
from knowledge.model import Command, Protocol, System, check_number


def open_commands(  # noqa: PLR0913, PLR0917 (what a firewall wants to know)
    number: int,
    protocol: Protocol | None,
    system: System,
    source: str | None = None,
    direction: Direction = Direction.IN,
    last: int | None = None,
) -> tuple[Command, ...]:
    """Return what opens a port in each firewall of the system; each carries a caution.

    Without a protocol they open TCP and UDP. Empty for port 0, and for a protocol that the
    system's firewalls do not know.

    Args:
        number: 0 to 65535.
        protocol: None for TCP and UDP.
        system: whose firewalls.
        source: only for this address or network, such as "10.0.0.0/8"; None for everyone.
        direction: OUT to let this machine reach the port on other hosts.
        last: of the range of ports that begins with `number`; None for one port.

    Raises:
        ValueError: a number is outside 0 to 65535, or `last` is below the first; `source` is no
            address or network, or stands beside Direction.OUT.

    >>> open_commands(747, Protocol.TCP, System.LINUX)[0].line
    'sudo ufw allow 747/tcp'
    """
    return _commands(number, protocol, system, source, direction, last, opens=True)


def close_commands(  # noqa: PLR0913, PLR0917 (what a firewall wants to know)
    number: int,
    protocol: Protocol | None,
    system: System,
    source: str | None = None,
    direction: Direction = Direction.IN,
    last: int | None = None,
) -> tuple[Command, ...]:
    """Return what closes a port in each firewall of the system; otherwise as open_commands.

    With a `source` only that one is shut out. With Direction.OUT this machine can no longer
    reach the port on other hosts.

    >>> close_commands(25, Protocol.TCP, System.LINUX, direction=Direction.OUT)[0].line
    'sudo ufw deny out 25/tcp'
    """
    return _commands(number, protocol, system, source, direction, last, opens=False)


def _commands(  # noqa: PLR0913, PLR0917
    number: int,
    protocol: Protocol | None,
    system: System,
    source: str | None,
    direction: Direction,
    last: int | None,
    *,
    opens: bool,
) -> tuple[Command, ...]:
    if not check_number(number):
        return ()
    if source is None:
        return _known(number, protocol, system, direction, last, opens=opens)
    # Whose address it is concerns the asker alone: nothing of it is kept.
    rule = parse_rule(number, protocol, opens=opens, source=source, direction=direction, last=last)
    return _for_system(rule, system)


@lru_cache(maxsize=256)
def _known(  # noqa: PLR0913
    number: int,
    protocol: Protocol | None,
    system: System,
    direction: Direction,
    last: int | None,
    *,
    opens: bool,
) -> tuple[Command, ...]:
    rule = parse_rule(number, protocol, opens=opens, source=None, direction=direction, last=last)
    return _for_system(rule, system)


def _for_system(rule: Rule, system: System) -> tuple[Command, ...]:
    match system:
        case System.LINUX:
            return *ufw(rule), *firewalld(rule), *nftables(rule), *iptables(rule)
        case System.MACOS:
            return macos_pf(rule)
        case System.WINDOWS:
            return defender(rule)
        case System.FREEBSD:
            return freebsd_pf(rule)
        case _:
            assert_never(system)
