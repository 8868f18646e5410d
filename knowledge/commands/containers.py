"""Commands about a port of containers: Docker, Compose and Kubernetes; and clouds, in words."""

from functools import lru_cache
from gettext import NullTranslations
from typing import Final

from knowledge.commands.phrases import Caption, Caution
from knowledge.commands.rule import Direction, address, parse_rule
from knowledge.model import SYSTEM_LAST, Command, Protocol, System, check_number
from knowledge.phrasebook import ENGLISH, _, joined

_UNPRIVILEGED: Final = 8000  # 80 becomes 8080: below 1024 a local port needs root

CLOUD_ADVICE: Final = (
    # Translators: use the words of each cloud's own console in your language.
    _(
        "AWS: add an inbound rule to the security group of the instance with protocol "
        "{protocol}, port range {number} and source {source}; where you keep network ACLs, "
        "allow it there too, and the answers to the dynamic ports."
    ),
    _(
        "Azure: add an inbound rule to the network security group of the interface or subnet "
        "with source {source}, destination port {number}, protocol {protocol} and action Allow; "
        "a lower priority number wins."
    ),
    _(
        "Google Cloud: add an ingress firewall rule to the VPC network with source range "
        "{source} and protocol and port {rules}, and give it a target tag, so that it does not "
        "open every machine."
    ),
    _(
        "A rule in the cloud does not open the firewall of the machine itself, nor the other "
        "way round: both must let the traffic through."
    ),
)
# Translators: in the place of an address: from anywhere.
EVERYWHERE: Final = _("0.0.0.0/0 (everyone)")


def container_commands(
    number: int, protocol: Protocol | None = None, system: System | None = None
) -> tuple[Command, ...]:
    """Return what shows who publishes a port of containers, publishes it, and forwards it.

    For Windows the lines are PowerShell's, for other systems those of a POSIX shell.

    The command captioned Caption.COMPOSE is a line of YAML. Without a protocol, and for TCP
    alone, the protocol stays unwritten: TCP is the default of all these tools. Empty for port 0
    and for DCCP, which containers cannot publish.

    Raises:
        ValueError: the number is outside 0 to 65535.

    >>> container_commands(747)[0].line
    'docker ps --filter publish=747'
    """
    windows = system is System.WINDOWS
    return _commands(check_number(number), protocol, windows=windows) if number else ()


@lru_cache(maxsize=256)
def _commands(number: int, protocol: Protocol | None, *, windows: bool) -> tuple[Command, ...]:
    if protocol is Protocol.DCCP:
        return ()
    suffix = "" if protocol in (None, Protocol.TCP) else f"/{protocol}"
    mapping = f"{number}:{number}{suffix}"
    # PORT(S) reads 80/TCP, or 80:30080/TCP with a node port; either number may be meant.
    word = protocol.upper() if protocol else "(TCP|UDP|SCTP)"
    find = "Select-String" if windows else "grep -E"
    services = f"kubectl get svc -A | {find} '[ ,:]{number}(:[0-9]+)?/{word}'"
    common = (
        Command(f"docker ps --filter publish={number}{suffix}", Caption.DOCKER_WHO),
        Command(
            f"docker run -p 127.0.0.1:{mapping} IMAGE",
            Caption.DOCKER_LOCAL,
            Caution.PUBLISHES_LOCAL,
        ),
        Command(f"docker run -p {mapping} IMAGE", Caption.DOCKER_ALL, Caution.PUBLISHES),
        Command(f'ports: ["127.0.0.1:{mapping}"]', Caption.COMPOSE),
        Command(
            f"docker compose port {_protocol_option(protocol)}SERVICE {number}",
            Caption.COMPOSE_WHERE,
        ),
        Command(services, Caption.KUBERNETES_WHO),
    )
    if protocol not in (None, Protocol.TCP):
        return common  # kubectl forwards TCP only
    local = number + _UNPRIVILEGED if number <= SYSTEM_LAST else number
    forward = f"kubectl port-forward svc/NAME {local}:{number}"
    return *common, Command(forward, Caption.KUBERNETES_FORWARD)


def _protocol_option(protocol: Protocol | None) -> str:
    return "" if protocol in (None, Protocol.TCP) else f"--protocol {protocol} "


def cloud_advice(
    number: int,
    protocol: Protocol | None = None,
    source: str | None = None,
    last: int | None = None,
    phrases: NullTranslations = ENGLISH,
) -> tuple[str, ...]:
    """Return sentences that tell how to open a port in the large clouds; empty for port 0.

    With `last` they are about the range of ports from `number` to it.

    Raises:
        ValueError: a number is outside 0 to 65535, or `last` is below the first; or `source` is
            no address or network.

    >>> cloud_advice(747, Protocol.TCP, "10.0.0.0/8")[2]
    'Google Cloud: add an ingress firewall rule to the VPC network with source range 10.0.0.0/8 \
and protocol and port tcp:747, and give it a target tag, so that it does not open every machine.'
    """
    if not check_number(number):
        return ()
    rule = parse_rule(
        number, protocol, opens=True, source=source, direction=Direction.IN, last=last
    )
    return tuple(
        phrases.gettext(sentence).format(
            number=rule.ports("-"),
            protocol=joined([one.upper() for one in rule.protocols], phrases),
            rules=",".join(f"{one}:{rule.ports('-')}" for one in rule.protocols),
            source=phrases.gettext(EVERYWHERE) if rule.source is None else address(rule.source),
        )
        for sentence in CLOUD_ADVICE
    )
