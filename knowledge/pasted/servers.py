"""What servers and proxies are told: nginx, Apache, HAProxy, Caddy, sshd, ssh's own forwards."""

import re
from collections.abc import Callable, Sequence

from knowledge.model import Protocol
from knowledge.pasted.addresses import PATHS, ports_at, url_ports
from knowledge.pasted.endpoints import number_of, protocol_of
from knowledge.pasted.model import Kind, Line, PastedPort, Reading, Role, Weight

_LISTEN = re.compile(
    r"(?P<key>listen|Listen|NameVirtualHost|bind|ListenAddress)\s+(?P<where>\S{1,100})"
)
_VHOST = re.compile(r"<VirtualHost\s+(?P<where>[^>]{1,300})>", re.IGNORECASE)
_PASS = re.compile(
    r"(?P<key>\w{2,20}_pass|server|ProxyPass(?:Match|Reverse)?|BalancerMember|reverse_proxy|to|dial)\s"
)
_STATEMENT = re.compile(r"(?P<key>[Pp]ort)\s+(?P<port>\d{1,5})\s*;?$")
_SSHD = frozenset(
    [
        "permitrootlogin",
        "passwordauthentication",
        "pubkeyauthentication",
        "authorizedkeysfile",
        "usepam",
        "x11forwarding",
        "allowusers",
        "allowgroups",
        "denyusers",
        "maxauthtries",
        "logingracetime",
        "strictmodes",
        "subsystem",
        "hostkey",
        "addressfamily",
        "permitemptypasswords",
        "challengeresponseauthentication",
        "kbdinteractiveauthentication",
        "clientaliveinterval",
        "clientalivecountmax",
        "printmotd",
        "acceptenv",
        "allowtcpforwarding",
        "gatewayports",
        "syslogfacility",
        "loglevel",
        "banner",
        "usedns",
        "host",
        "hostname",
        "user",
        "identityfile",
        "proxyjump",
        "forwardagent",
        "serveraliveinterval",
        "daemonize",
        "appendonly",
        "protected-mode",
        "requirepass",
        "maxmemory",
        "dir",
        "dbfilename",
        "pidfile",
        "logfile",
        "tcp-backlog",
    ]
)
_FORWARD = re.compile(
    r"(?P<key>LocalForward|RemoteForward|DynamicForward)\s+(?P<here>\S+)(?:\s+(?P<there>\S+))?$",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"\b[\w.\-]{0,40}(?:p|P)ort=[\"'](?P<port>\d{1,5})[\"']")
_STATEMENTS = re.compile(r"[^{};]++;?")  # and what ends with no semicolon
_LONGEST_STATEMENT = 400  # characters


def read(line: Line) -> Reading | None:
    """Return the ports of a line of a server's configuration; None for every other line."""
    if "{" in line.text or line.text.count(";") > 1:
        return _block(line) or _directive(line)
    return _directive(line)


def _block(line: Line) -> Reading | None:
    """Return the ports of several statements in one line: `location / { proxy_pass ...; }`."""
    ports: list[PastedPort] = []
    for statement in _STATEMENTS.findall(line.text[:4000]):
        fields = statement[-_LONGEST_STATEMENT - 1 :].split()
        if fields and statement[-1] == ";":
            text = " ".join(fields)
            found = _directive(Line(text, text.split(), line.number, line.names))
            ports += found.ports if found is not None and found.weight is Weight.SURE else ()
    return Reading(Kind.CONFIGURATION, tuple(ports)) if ports else None


def _directive(line: Line) -> Reading | None:
    return next((r for reader in _DIRECTIVES if (r := reader(line)) is not None), None)


def _listen(line: Line) -> Reading | None:
    """Return the ports of `listen 8081 ssl;`, `Listen *:80`, `bind :443,:8443`."""
    match = _LISTEN.match(line.text)
    if match is None:
        return None
    ended = line.text.endswith(";")
    where = match["where"].rstrip(";")
    protocol = Protocol.UDP if "udp" in line.fields or "quic" in line.fields else None
    ports = tuple(ports_at(line, where.split(","), Role.CONFIGURED, protocol))
    if not ports:
        unnamed = ended and where.startswith(PATHS)
        return Reading(Kind.CONFIGURATION, weight=Weight.FRAME) if unnamed else None
    options = set(line.fields[2:]) & {"ssl", "default_server", "crt", "http2", "https", "http"}
    if ended or options or not where.isdigit():
        return Reading(Kind.CONFIGURATION, ports)
    if len(line.fields) > 2:  # noqa: PLR2004 - the key and the place
        return None
    sure = match["key"] == "Listen"
    return Reading(Kind.CONFIGURATION, ports, Weight.SURE if sure else Weight.MAYBE)


def _host(line: Line) -> Reading | None:
    match = _VHOST.match(line.text) if line.text[0] == "<" else None
    if match is None:
        return None
    ports = tuple(ports_at(line, match["where"].split(), Role.CONFIGURED))
    return Reading(Kind.CONFIGURATION, ports) if ports else None


def _attributes(line: Line) -> Reading | None:
    """Return the ports of an element such as Tomcat's <Connector port="8080" ...>."""
    if line.text[0] != "<":
        return None
    ports = tuple(
        PastedPort(number, None, Role.CONFIGURED, line=line.number)
        for match in _ATTRIBUTE.finditer(line.text[:2000])
        if (number := number_of(match["port"])) is not None
    )
    return Reading(Kind.CONFIGURATION, ports) if ports else None


def _remote(line: Line) -> Reading | None:
    """Return the port of OpenVPN's `remote vpn.example.org 1194 udp`."""
    fields = line.fields
    if fields[0] != "remote" or len(fields) not in {3, 4}:
        return None
    number = number_of(fields[2])
    if number is None:
        return None
    protocol = protocol_of(fields[3].partition("-")[0]) if len(fields) > 3 else None  # noqa: PLR2004
    port = PastedPort(number, protocol, Role.PEER, fields[1], line=line.number)
    return Reading(Kind.CONFIGURATION, (port,), Weight.MAYBE)


def _pass(line: Line) -> Reading | None:
    """Return where a proxy passes on to: proxy_pass, upstream's and HAProxy's server lines."""
    match = _PASS.match(line.text)
    if match is None:
        return None
    key, ended = match["key"], line.text.endswith(";")
    ports: list[PastedPort] = []
    for field in line.fields[1:6]:
        piece = field.rstrip(";")
        if "//" in piece:
            ports += url_ports(line, piece, Role.TARGET)
        elif ":" in piece and not piece.startswith(PATHS):
            ports += ports_at(line, [piece], Role.TARGET)
    if not ports:
        return Reading(Kind.CONFIGURATION, weight=Weight.FRAME) if ended else None
    certain = ended or key.endswith("_pass") or key[0] in "PB" or "?" not in line.text
    return Reading(Kind.CONFIGURATION, tuple(ports)) if certain else None


def _forward(line: Line) -> Reading | None:
    match = _FORWARD.match(line.text)
    if match is None:
        return None
    here = tuple(ports_at(line, [match["here"]], Role.CONFIGURED))
    there = tuple(ports_at(line, [match["there"] or ""], Role.TARGET))
    return Reading(Kind.CONFIGURATION, here + there) if here else None


def _statement(line: Line) -> Reading | None:
    """Return the port of `Port 2222`, or that sshd or redis is told something else."""
    match = _STATEMENT.match(line.text)
    number = number_of(match["port"]) if match else None
    if number is not None:
        port = PastedPort(number, Protocol.TCP, Role.CONFIGURED, line=line.number)
        weight = Weight.SURE if line.text.endswith(";") else Weight.MAYBE
        return Reading(Kind.CONFIGURATION, (port,), weight)
    if len(line.fields) in {2, 3} and line.fields[0].lower() in _SSHD:
        return Reading(Kind.CONFIGURATION, (), Weight.MAYBE)
    return None


_DIRECTIVES: Sequence[Callable[[Line], Reading | None]] = (
    _listen,
    _host,
    _attributes,
    _remote,
    _pass,
    _forward,
    _statement,
)
