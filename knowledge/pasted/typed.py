"""What people type: ssh -L, docker run -p, kubectl port-forward, psql -p, curl, nc."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from knowledge.model import Protocol
from knowledge.pasted.addresses import url_ports
from knowledge.pasted.containers import publication
from knowledge.pasted.endpoints import endpoint, number_of, protocol_of, spans_of
from knowledge.pasted.model import Kind, Line, PastedPort, Reading, Role, Weight

# The flag by which a program is told the port that it talks to.
_CLIENTS: Mapping[str, frozenset[str]] = {
    "ssh": frozenset({"-p"}),
    "autossh": frozenset({"-p"}),
    "ssh-copy-id": frozenset({"-p"}),
    "scp": frozenset({"-P"}),
    "sftp": frozenset({"-P"}),
    "psql": frozenset({"-p", "--port"}),
    "pg_dump": frozenset({"-p", "--port"}),
    "mysql": frozenset({"-P", "--port"}),
    "mysqldump": frozenset({"-P", "--port"}),
    "redis-cli": frozenset({"-p"}),
    "mongosh": frozenset({"--port"}),
    "mongo": frozenset({"--port"}),
    "iperf3": frozenset({"-p", "--port"}),
    "mosquitto_sub": frozenset({"-p"}),
    "mosquitto_pub": frozenset({"-p"}),
}
_TUNNELS = frozenset({"ssh", "autossh"})
_ENGINES = frozenset({"docker", "podman", "nerdctl"})
# Programs that show something: their line is a prompt's, not the asker's.
_CONNECTING = frozenset({"nc", "ncat", "netcat", "telnet"})
_FETCHING = frozenset({"curl", "wget", "http", "https"})
_SHOWING = frozenset(
    [
        "ss",
        "netstat",
        "lsof",
        "sockstat",
        "nmap",
        "masscan",
        "iptables",
        "iptables-save",
        "ip6tables",
        "nft",
        "ufw",
        "pfctl",
        "cat",
        "tail",
        "firewall-cmd",
        "kubectl",
        "docker",
        "podman",
        "docker-compose",
        "get-nettcpconnection",
        "netsh",
        "tcpdump",
        "grep",
        "fuser",
        "rpcinfo",
        "dmesg",
        "journalctl",
        "less",
        "sudo",
        "get-nettcpconnection",
        "rustscan",
        "nc",
    ]
)
_MOST_FIELDS = 120


def shows(command: str) -> bool:
    """Tell whether a line, without its prompt, begins with a program that this package reads."""
    return command.lower() in _SHOWING or command in _CLIENTS or command in _FETCHING | _CONNECTING


def read(line: Line) -> Reading | None:
    """Return the ports of a command; None for every other line."""
    fields = line.fields[:_MOST_FIELDS]
    if fields[0] == "sudo" and len(fields) > 1:
        fields = fields[1:]
    program = fields[0]
    if program in {"-p", "--publish"} and ":" in fields[-1]:
        return _run(line, ("run", *fields))
    if program in _CLIENTS:
        found = _client(line, fields)
    elif program in _ENGINES and {"run", "create"} & set(fields[1:3]):
        found = _run(line, fields)
    elif program == "kubectl" and len(fields) > 2:  # noqa: PLR2004 - a verb and its object
        found = _kubectl(line, fields)
    elif program in _CONNECTING and len(fields) > 1:
        found = _netcat(line, fields)
    elif program in _FETCHING:
        found = _fetch(line, fields)
    else:
        found = None
    return found


def read_showing(line: Line) -> Reading | None:
    """Return a reading of the command whose output follows, without ports; None for others."""
    fields = line.fields[1:] if line.fields[0] == "sudo" and len(line.fields) > 1 else line.fields
    if _only_shows(line, fields[:_MOST_FIELDS]):
        return Reading(Kind.COMMAND, weight=Weight.FRAME)
    return None


def _fetch(line: Line, fields: Sequence[str]) -> Reading | None:
    """Return the ports of the addresses that curl or wget is given."""
    urls = [field for field in fields[1:] if "//" in field]
    last = fields[-1] in urls
    if not urls or not (last or (fields[1] in urls and fields[2][0] in "-|")):
        return None
    ports = tuple(p for url in urls for p in url_ports(line, url.strip("\"'"), Role.PEER))
    return Reading(Kind.COMMAND, ports) if ports else None


def _only_shows(line: Line, fields: Sequence[str]) -> bool:
    program = fields[0].lower()
    if program not in _SHOWING or line.text.endswith("?"):
        return False
    return len(fields) == 1 or any(
        f[:1] in "-|/" or f in {"ps", "get", "list", "status", "port"} for f in fields[1:]
    )


def _options(fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield flags with what follows them: "-p 80", "-p80", "--port 80" and "--port=80"."""
    for field, after in pairwise([*fields[1:], ""]):
        flag, equals, value = field.partition("=")
        if field.startswith("--"):
            yield flag, value if equals else after
        elif field.startswith("-") and len(field) > 1:
            glued = field[2:]
            if glued and (glued[0].isdigit() or field[1] in "LRD"):
                yield field[:2], glued
            elif glued:
                yield f"-{field[-1]}", after  # -fNL 8080:localhost:80
            else:
                yield field, after


def _client(line: Line, fields: Sequence[str]) -> Reading | None:
    program = fields[0]
    ports: list[PastedPort] = []
    for flag, value in _options(fields):
        if program in _TUNNELS and flag in {"-L", "-R", "-D"}:
            ports += _forward(line, flag, value)
        elif flag in _CLIENTS[program]:
            number = number_of(value)
            if number is not None:
                ports.append(PastedPort(number, Protocol.TCP, Role.PEER, line=line.number))
    return Reading(Kind.COMMAND, tuple(ports)) if ports else None


def _forward(line: Line, flag: str, value: str) -> Iterator[PastedPort]:
    """Yield the ports of ssh's [address:]port:host:hostport, or [address:]port of -D."""
    parts = value.replace("[", "").replace("]", "").split(":") if "[" not in value else None
    if parts is None:
        head, _, tail = value.rpartition("]:")
        parts = [*head.replace("[", "").split(":", 1), tail]
    numbers = [
        (index, n) for index, part in enumerate(parts) if (n := number_of(part)) is not None
    ]
    if not numbers:
        return
    first = numbers[0]
    address = parts[first[0] - 1] if first[0] else ""
    role = Role.CONFIGURED
    yield PastedPort(first[1], Protocol.TCP, role, address or "localhost", line=line.number)
    if flag != "-D" and len(numbers) > 1:
        index, number = numbers[-1]
        yield PastedPort(number, Protocol.TCP, Role.TARGET, parts[index - 1], line=line.number)


def _run(line: Line, fields: Sequence[str]) -> Reading | None:
    ports: list[PastedPort] = []
    for flag, value in _options(fields):
        text = value.strip("\"'")
        if flag in {"-p", "--publish"}:
            parts = dict(p.partition("=")[::2] for p in text.split(","))
            if "target" in parts:
                text = ":".join(filter(None, (parts.get("published"), parts["target"])))
            ports += publication(text, line.names, line.number)
        elif flag == "--expose":
            ports += (
                PastedPort(
                    first,
                    protocol_of(text.partition("/")[2]),
                    Role.CONTAINER,
                    line=line.number,
                    last=last,
                )
                for first, last in spans_of(text.partition("/")[0], line.names)
            )
    return Reading(Kind.CONTAINERS, tuple(ports)) if ports else None


def _kubectl(line: Line, fields: Sequence[str]) -> Reading | None:
    ports: list[PastedPort] = []
    if "port-forward" in fields[1:4]:
        for field in fields[2:]:
            here, colon, there = field.partition(":")
            first, second = number_of(here), number_of(there)
            if first is not None and not colon:
                second = first
            if first is not None:
                ports.append(
                    PastedPort(first, Protocol.TCP, Role.CONFIGURED, "localhost", line=line.number)
                )
            if second is not None:
                ports.append(PastedPort(second, Protocol.TCP, Role.TARGET, line=line.number))
    elif fields[1] in {"expose", "create", "run"}:
        for flag, value in _options(fields):
            if flag in {"--port", "--target-port", "--node-port", "--tcp"}:
                ports += (
                    PastedPort(
                        first,
                        None,
                        Role.CONTAINER if "target" in flag else Role.CONFIGURED,
                        line=line.number,
                    )
                    for first, _ in spans_of(value.replace(":", ","), line.names)
                )
    elif fields[1] in {"get", "describe"}:
        return Reading(Kind.COMMAND, weight=Weight.FRAME)
    return Reading(Kind.CONTAINERS, tuple(ports)) if ports else None


def _netcat(line: Line, fields: Sequence[str]) -> Reading | None:
    number = number_of(fields[-1])
    if number is None or len(fields) > 6:  # noqa: PLR2004 - a sentence
        return None
    flags = "".join(f[1:] for f in fields[1:-1] if f.startswith("-"))
    listens = "l" in flags and fields[0] != "telnet"
    named = [f for f in fields[1:-1] if not f.startswith("-")]
    if len(named) > 1 or not (named or listens):
        return None
    protocol = Protocol.UDP if "u" in flags else Protocol.TCP
    role = Role.LISTENER if listens else Role.PEER
    host = named[0] if named else ""
    if named and not (endpoint(f"{host}:1", line.names)):
        return None
    port = PastedPort(number, protocol, role, host, line=line.number)
    sure = listens or (named and "." in host)
    return Reading(Kind.COMMAND, (port,), Weight.SURE if sure else Weight.MAYBE)
