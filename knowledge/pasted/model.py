"""The values that pasted output is read into."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from knowledge.model import Protocol, check_number

# The port that a service name stands for, as in `*:ssh`; None where it stands for none.
ServicePorts = Callable[[str], int | None]


class Role(StrEnum):
    """What a port does in the output or configuration that names it."""

    LISTENER = "listener"  # something waits on it
    PUBLISHED = "published"  # a container's port, as it is reached from outside
    CONTAINER = "container"  # the port inside a container, a pod or a service
    PEER = "peer"  # the other side's port, which a program here talks to
    CLIENT = "client"  # the source port of whoever began the connection
    SCANNED = "scanned"  # a scan looked at it
    RULE = "rule"  # a firewall's rule names it
    TARGET = "target"  # traffic goes, or is passed on, to it
    CONFIGURED = "configured"  # a configuration names it
    MENTIONED = "mentioned"


class Kind(StrEnum):
    """What was pasted."""

    SOCKETS = "sockets"
    SCAN = "scan"
    CONTAINERS = "containers"
    FIREWALL = "firewall"
    CONFIGURATION = "configuration"
    COMMAND = "command"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class PastedPort:
    """A port, or a range of them, at one place of a paste.

    Attributes:
        number: 0 to 65535; of a range, its first port.
        address: as written, such as "0.0.0.0", "[::]" or "*"; "" where there is none.
        process: its name; "" where it does not show.
        state: as written, such as "LISTEN", "open|filtered" or "ACCEPT"; "" where none is.
        line: counted from 1.
        last: of a range, its last port; None for a single one.
        service: what the program that printed it takes it for, such as "ajp13"; "" where it does
            not say.

    Raises:
        ValueError: a number is outside 0 to 65535, or the range is turned round.
    """

    number: int
    protocol: Protocol | None = None
    role: Role = Role.MENTIONED
    address: str = ""
    process: str = ""
    state: str = ""
    line: int = 0
    last: int | None = None
    service: str = ""

    def __post_init__(self) -> None:
        check_number(self.number)
        if self.last is not None and not self.number < check_number(self.last):
            raise ValueError(f"range turned round: {self.number}-{self.last}")


@dataclass(frozen=True, slots=True)
class Paste:
    """What a pasted text holds.

    Attributes:
        kind: that of most of its lines.
        ports: in order of appearance, with repeats.
        rest: the lines that are no output: the words of the asker.
        taken: whether it says that a port is in use, and nothing else can listen on it.
    """

    kind: Kind
    ports: tuple[PastedPort, ...]
    rest: tuple[str, ...] = ()
    taken: bool = False


class Weight(IntEnum):
    """How surely a line is output or configuration."""

    FRAME = 0  # belongs to output, but tells no port: a header, a summary
    MAYBE = 1  # two of them, or one beside a sure one, make a paste
    SURE = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paste, without prompts, quotation marks and colours.

    Attributes:
        text: stripped.
        fields: the text split at white space.
        number: counted from 1.
        names: finds the port of a service name.
        under: the key of the list that the line stands in, as in YAML; "" for none.
        cells: what stands in the columns of a table that hold ports, by the column's name.
    """

    text: str
    fields: Sequence[str]
    number: int
    names: ServicePorts
    under: str = ""
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one line tells.

    Attributes:
        words: what of the line is the asker's own.
        protocol: that of the list item the line belongs to, where it names no port itself.
    """

    kind: Kind
    ports: tuple[PastedPort, ...] = ()
    weight: Weight = Weight.SURE
    words: str = ""
    protocol: Protocol | None = None


LineReader = Callable[[Line], Reading | None]
