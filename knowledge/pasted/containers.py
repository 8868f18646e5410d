"""What containers publish: docker ps and port, compose, Dockerfile, kubectl, Kubernetes YAML."""

import re
from collections.abc import Iterator

from knowledge.model import Protocol
from knowledge.pasted.endpoints import endpoint, number_of, protocol_of, span_of
from knowledge.pasted.model import Kind, Line, PastedPort, Reading, Role, ServicePorts, Weight

_MAPPING = re.compile(
    r"(?:(?P<host>\[[0-9a-fA-F:.]{2,45}\]|[\w.*:]{1,60}?):)?(?P<outer>\d{1,5}(?:-\d{1,5})?)->"
    r"(?P<inner>\d{1,5}(?:-\d{1,5})?)/(?P<protocol>tcp|udp|sctp)",
    re.IGNORECASE,
)
_EXPOSED = re.compile(r"(?P<inner>\d{1,5}(?:-\d{1,5})?)/(?P<protocol>tcp|udp|sctp)", re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{12}|[0-9a-f]{64}")
_STATUS = re.compile(r"\b(?:Up (?:\d+|About|Less)|Exited \(\d+\)|Restarting \(|Created  )")
_DOCKER_PORT = re.compile(
    r"(?:(?P<name>[\w.\-]{1,80}) )?(?P<inner>\d{1,5})/(?P<protocol>tcp|udp|sctp)"
    r" -> (?P<outer>\S+)$"
)
_EXPOSE = re.compile(r"EXPOSE((?:\s+\d{1,5}(?:-\d{1,5})?(?:/(?:tcp|udp|sctp))?)+)\s*$")
_SERVICE_TYPES = frozenset({"ClusterIP", "NodePort", "LoadBalancer", "ExternalName"})
_SERVICE_PORTS = re.compile(r"(?P<port>\d{1,5})(?::(?P<node>\d{1,5}))?/(?P<protocol>TCP|UDP|SCTP)")
_KEY = re.compile(
    r"(?:-\s+)?[{]?\s*[\"']?(?P<key>containerPort|hostPort|nodePort|targetPort|servicePort|port"
    r"|published|target|host_port|container_port|endPort)[\"']?\s*:\s*[\"']?(?P<value>[\w.\-]+)"
    r"[\"']?\s*[,}\]]*$"
)
_ROLES = {
    "containerPort": Role.CONTAINER,
    "container_port": Role.CONTAINER,
    "target": Role.CONTAINER,
    "targetPort": Role.CONTAINER,
    "port": Role.CONFIGURED,
    "servicePort": Role.CONFIGURED,
    "endPort": Role.CONFIGURED,
    "hostPort": Role.PUBLISHED,
    "host_port": Role.PUBLISHED,
    "nodePort": Role.PUBLISHED,
    "published": Role.PUBLISHED,
}
_OWN = frozenset(_ROLES) - {"port", "target", "published"}  # said nowhere else
_PROTOCOL = re.compile(
    r"(?:-\s+)?protocol:\s*[\"']?(?P<protocol>tcp|udp|sctp)[\"']?$", re.IGNORECASE
)
_ITEM = re.compile(
    r"-\s*(?P<quote>[\"']?)(?P<item>[\w.\[\]:${}\-]{1,120}(?:/(?:tcp|udp|sctp))?)(?P=quote)\s*(?:#.*)?$"
)
_CLOCK = re.compile(r"\d{1,2}(?::[0-5]\d){1,2}")
_VARIABLE = re.compile(r"\$\{\w{1,60}:?-(\d{1,5})\}|\$\{?\w{1,60}\}?")
_FLOW = re.compile(r"(?P<key>ports|expose):\s*\[(?P<items>[^\]]*)\]?$")
_DESCRIBED = re.compile(
    r"(?P<key>(?:Host |Target|Node)?Ports?):\s+(?:<unset>\s+|[a-z][\w\-]*\s+)?"
    r"(?P<ports>\d{1,5}/(?:TCP|UDP|SCTP)(?:,\s*\d{1,5}/(?:TCP|UDP|SCTP))*)$"
)
_POD = re.compile(r"\S+\s+\d+/\d+\s+(?:Running|Pending|Completed|CrashLoopBackOff|Error)\s+\d+")
_FRAMES = re.compile(
    r"CONTAINER ID\b|NAME\s+(?:TYPE|READY|IMAGE|CLASS|ENDPOINTS|COMMAND)\b|NAMESPACE\s+NAME\b"
    r"|NETWORK ID\b|apiVersion:|version: ?[\"']?\d"
)
_MOST_FIELDS = 60


def read(line: Line) -> Reading | None:
    """Return the ports of a line about containers; None for every other line."""
    text = line.text
    if "->" in text or "/tcp" in text or "/udp" in text or "/sctp" in text:
        found = _published(line)
        if found is not None:
            return found
    found = _kubectl(line) or _yaml(line)
    if found is not None:
        return found
    if text.startswith("EXPOSE"):
        match = _EXPOSE.match(text)
        if match:
            return Reading(Kind.CONTAINERS, tuple(_exposed(match[1].split(), line)))
    if _FRAMES.match(text) or _POD.match(text):
        return Reading(Kind.CONTAINERS, weight=Weight.FRAME)
    if _ID.fullmatch(line.fields[0]) and _STATUS.search(text[:500]):
        return Reading(Kind.CONTAINERS)
    return None


def _published(line: Line) -> Reading | None:
    match = _DOCKER_PORT.match(line.text)
    if match:
        return _docker_port(line, match)
    ports: list[PastedPort] = []
    outer: list[str] = []
    container = bool(_ID.fullmatch(line.fields[0]) or _STATUS.search(line.text[:500]))
    mapped = False
    for field in line.fields[:_MOST_FIELDS]:
        piece = field.strip(",;`'\"()?")
        if len(piece) > 150:  # noqa: PLR2004 - longer than any mapping
            outer.append(field)
            continue
        match = _MAPPING.fullmatch(piece)
        if match:
            mapped = True
            ports += _mapped(match, line)
            continue
        match = _EXPOSED.fullmatch(piece)
        if match and (container or mapped or field.endswith(",")):
            ports += _exposed([piece], line)
        else:
            outer.append(field)
    if mapped:
        words = "" if container or len(outer) < 2 else " ".join(outer)  # noqa: PLR2004 - a name
        return Reading(Kind.CONTAINERS, tuple(ports), words=words)
    if container:
        return Reading(Kind.CONTAINERS, tuple(ports))
    return None


def _docker_port(line: Line, match: re.Match[str]) -> Reading | None:
    inner = number_of(match["inner"])
    outer = endpoint(match["outer"], line.names)
    if inner is None or outer is None or outer.number is None:
        return None
    protocol = protocol_of(match["protocol"])
    return Reading(
        Kind.CONTAINERS,
        (
            PastedPort(inner, protocol, Role.CONTAINER, line=line.number),
            PastedPort(outer.number, protocol, Role.PUBLISHED, outer.host, line=line.number),
        ),
    )


def _mapped(match: re.Match[str], line: Line) -> Iterator[PastedPort]:
    protocol = protocol_of(match["protocol"])
    host = (match["host"] or "").strip("[]")
    for key, role in (("outer", Role.PUBLISHED), ("inner", Role.CONTAINER)):
        span = span_of(match[key], line.names)
        if span is not None:
            address = host if role is Role.PUBLISHED else ""
            yield PastedPort(span[0], protocol, role, address, line=line.number, last=span[1])


def _exposed(pieces: list[str], line: Line) -> Iterator[PastedPort]:
    for piece in pieces:
        number, _, word = piece.partition("/")
        span = span_of(number, line.names)
        if span is not None:
            protocol = protocol_of(word) if word else Protocol.TCP
            yield PastedPort(span[0], protocol, Role.CONTAINER, line=line.number, last=span[1])


def publication(
    text: str, names: ServicePorts, line: int, protocol: Protocol | None = None
) -> tuple[PastedPort, ...]:
    """Return the ports of what follows docker's -p: "8080:80", "127.0.0.1:53:53/udp", "3000".

    Empty for a text that is nothing of the kind.
    """
    text = _VARIABLE.sub(lambda match: match[1] or "", text)
    body, _, word = text.partition("/")
    if word and (protocol := protocol_of(word)) is None:
        return ()
    head, colon, inner_text = body.rpartition(":")
    inner = span_of(inner_text, names, "-") if inner_text[:1].isdigit() else None
    if inner is None:
        return ()
    container = PastedPort(inner[0], protocol, Role.CONTAINER, line=line, last=inner[1])
    if not colon:
        return (container,)
    host, found, outer_text = head.rpartition(":")
    if not found:
        host = "" if number_of(head.partition("-")[0]) is not None else head
        outer_text = "" if host else head
    if host and not endpoint(f"{host}:1", names):
        return ()
    outer = span_of(outer_text, names, "-") if outer_text[:1].isdigit() else None
    if outer is None:
        return (container,) if not outer_text else ()
    published = PastedPort(
        outer[0], protocol, Role.PUBLISHED, host.strip("[]"), line=line, last=outer[1]
    )
    return published, container


def _kubectl(line: Line) -> Reading | None:
    fields = line.fields[:12]
    kinds = [field for field in fields[1:3] if field in _SERVICE_TYPES]
    if kinds:
        ports: list[PastedPort] = []
        for field in fields[2:]:
            for piece in field.split(","):
                match = _SERVICE_PORTS.fullmatch(piece)
                if match:
                    ports += _service(match, line)
        return Reading(Kind.CONTAINERS, tuple(ports))
    match = _DESCRIBED.match(line.text) if "Port" in line.text else None
    if match:
        role = Role.PUBLISHED if match["key"][0] in "HN" else Role.CONTAINER
        found = tuple(
            PastedPort(number, protocol_of(word), role, line=line.number)
            for piece in match["ports"].split(",")
            for digits, _, word in [piece.strip().partition("/")]
            if (number := number_of(digits))
        )
        return Reading(Kind.CONTAINERS, found)
    return None


def _service(match: re.Match[str], line: Line) -> Iterator[PastedPort]:
    protocol = protocol_of(match["protocol"])
    for key, role in (("port", Role.CONFIGURED), ("node", Role.PUBLISHED)):
        number = number_of(match[key] or "")
        if number is not None:
            yield PastedPort(number, protocol, role, line=line.number)


def _yaml(line: Line) -> Reading | None:
    text = line.text
    if text[0] == "-" and (found := _item(line)) is not None:
        return found
    if ":" not in text:
        return None
    match = _KEY.match(text)
    if match:
        return _key(line, match)
    match = _PROTOCOL.match(text)
    if match:
        protocol = protocol_of(match["protocol"])
        return Reading(Kind.CONTAINERS, weight=Weight.FRAME, protocol=protocol)
    if text in {"ports:", "expose:", "- ports:"}:
        return Reading(Kind.CONTAINERS, weight=Weight.FRAME)
    match = _FLOW.match(text)
    items = match["items"].split(",") if match else ()
    found_all = [p for i in items for p in publication(i.strip(" \"'"), line.names, line.number)]
    return Reading(Kind.CONTAINERS, tuple(found_all)) if found_all else None


def _item(line: Line) -> Reading | None:
    """Return the ports of an item of a list of ports, or of one cut out of its list."""
    match = _ITEM.match(line.text)
    if match is None:
        return None
    listed = line.under in {"ports", "expose"}
    if not listed and (not match["quote"] or _CLOCK.fullmatch(match["item"])):
        return None
    ports = publication(match["item"], line.names, line.number)
    return Reading(Kind.CONTAINERS, ports) if len(ports) > (not listed) else None


def _key(line: Line, match: re.Match[str]) -> Reading | None:
    key, value = match["key"], match["value"]
    number = number_of(value)
    within = line.under == "ports" or line.text.startswith("-")
    if number is None:
        named = key in {"targetPort", "port"} and value.isascii()
        return Reading(Kind.CONTAINERS, weight=Weight.FRAME) if named and within else None
    if key in {"target", "published"} and not within:
        return None
    if key == "port" and not within:
        return None  # configuration tells more of it
    weight = Weight.SURE if key in _OWN or within else Weight.MAYBE
    port = PastedPort(number, None, _ROLES[key], line=line.number)
    return Reading(Kind.CONTAINERS, (port,), weight)
