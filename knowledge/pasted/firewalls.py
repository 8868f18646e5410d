"""What firewalls are told: rules of iptables, nft, ufw, firewalld, pf, Windows, Cisco."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from knowledge.model import Protocol
from knowledge.pasted.endpoints import endpoint, protocol_of, spans_of
from knowledge.pasted.model import Kind, Line, PastedPort, Reading, Role, Weight

_MOST_FIELDS = 200
_FLAGS: Mapping[str, Role] = {
    "--dport": Role.RULE,
    "--dports": Role.RULE,
    "--destination-port": Role.RULE,
    "--destination-ports": Role.RULE,
    "--ports": Role.RULE,
    "--port": Role.RULE,
    "--sport": Role.RULE,
    "--sports": Role.RULE,
    "--source-port": Role.RULE,
    "--source-ports": Role.RULE,
    "--to-ports": Role.TARGET,
    "--to-port": Role.TARGET,
}
_VERDICTS = frozenset({
    "accept", "drop", "reject", "allow", "deny", "limit", "pass", "block", "redirect", "dnat",
    "snat", "log", "return", "queue", "continue", "masquerade", "permit", "counter", "jump",
    "goto", "tcpmss", "mark",
})  # fmt: skip
_LISTING = re.compile(
    r"(?:(?P<which>[ds]pts?):|(?P<multi>(?:multiport )?[ds]?ports) |redir ports |to:(?=\S+:\d))"
    r"(?P<ports>!?[\w\-:,.\[\]]{1,200})"
)
_NFT = re.compile(
    r"\b(?P<protocol>tcp|udp|sctp|dccp|udplite|th|\}) (?P<side>[ds]port) (?P<not>!=\s*)?"
    r"(?P<ports>\{[^{}]{0,2000}\}|[\w\-]{1,40})"
)
_NFT_TARGET = re.compile(r"\b(?:dnat(?: ip6?)?|redirect) to (?P<to>\S{1,100})")
_UFW = re.compile(
    r"(?:\[\s*\d{1,4}\]\s*)?(?P<to>\S(?:.{0,70}?\S)?)\s+"
    r"(?P<verdict>ALLOW|DENY|REJECT|LIMIT)(?:\s+(?:IN|OUT|FWD))?(?:\s{2,}|\s+(?=Anywhere|\d|[a-f]*:))"
)
_UFW_PORT = re.compile(r"(?P<ports>\d[\d,:]*|[a-z][\w\-]*)(?:/(?P<protocol>tcp|udp|any))?")
_UFW_COMMAND = re.compile(
    r"(?:sudo\s+)?ufw\s+(?:--?\S+\s+|insert \d+ |route |delete |prepend )*"
    r"(?P<verdict>allow|deny|reject|limit)\s+(?P<rule>.{1,300})$"
)
_FIREWALLD_LIST = re.compile(
    r"(?P<key>source-ports|ports|services|forward-ports):\s*(?P<value>.*)$"
)
_PF = re.compile(
    r"(?:@\d+\s+)?(?P<verdict>pass|block|match|rdr|nat|binat)\s"
    r"(?=(?:.{0,200}?\s)?(?:proto|from|inet|inet6|any|quick)\s).{0,600}?\bport\b"
)
_PF_PORT = re.compile(
    r"\bport\s*(?P<operator>!=|=|<=|>=|<>|><|<|>)?\s*(?P<ports>\{[^{}]{0,1000}\}|[\w\-:]{1,40})"
)
_CISCO = re.compile(
    r"(?:access-list\s.{0,80}?|\d{1,6}\s+)?(?P<verdict>permit|deny)\s+(?P<protocol>tcp|udp|sctp)\s"
)
_CISCO_PORT = re.compile(
    r"\b(?:eq (?P<one>[\w\-]{1,30})|range (?P<first>\S{1,30}) (?P<last>\S{1,30}))"
)
_ASSIGNED = re.compile(
    r"(?<![\w\-])(?P<key>(?:local|remote|listen|connect|dst-|src-|to|in-)?-?ports?"
    r"|FromPort|ToPort|to-ports)=\"?(?P<value>[\w,\-:]{1,200})",
    re.IGNORECASE,
)
_WINDOWS_FLAG = re.compile(
    r"-(?P<key>LocalPort|RemotePort)\s+(?P<value>[\w@(),\"'\- ]{1,200}?)(?=\s+-[A-Z]|\s*$)"
)
_FRAMES = re.compile(
    r"Chain [\w\-]+ \((?:policy|\d+ references)"
    r"|target\s+prot|num\s+(?:pkts|target)|pkts\s+bytes"
    r"|\*(?:filter|nat|mangle|raw)$|:[A-Z]+ (?:ACCEPT|DROP|-) \[|COMMIT$"
    r"|# (?:Generated|Completed)|-P [A-Z]+ (?:ACCEPT|DROP)|-N \S+$|-A \S+ "
    r"|(?:ACCEPT|DROP|REJECT|RETURN|LOG)\s+(?:all|tcp|udp)\s"
    r"|table (?:ip|ip6|inet|arp|bridge|netdev) |chain \w+ \{"
    r"|type (?:filter|nat|route) hook|(?:iif|oif|ct state|meta|ip6? saddr)\b.{0,200}\baccept$"
    r"|Status: (?:active|inactive)|To\s+Action\s+From|--\s+------"
    r"|Logging: |Default: |New profiles:"
    r"|(?:public|internal|home|work|dmz|trusted|external) \((?:active|default)"
    r"|target: |rich rules:|icmp-blocks:|masquerade: |interfaces: |sources: |protocols: "
    r"|icmp-block-inversion:|forward: |Rule Name:|Enabled:|Direction:|Profiles:|Grouping:"
    r"|LocalIP:|RemoteIP:|Edge traversal:"
)
_VERDICT_AFTER = re.compile(r"\b(?:" + "|".join(sorted(_VERDICTS)) + r")\b")


def read(line: Line) -> Reading | None:
    """Return the ports of a firewall's rule; None for every other line."""
    text = line.text
    if "port" in text or "Port" in text or "pt" in text or "--add-" in text:
        for reader in (_flags, _listing, _nft, _pf, _windows, _firewalld):
            found = reader(line)
            if found is not None:
                return found
    if ("permit" in text or "deny" in text) and (" eq " in text or " range " in text):
        found = _cisco(line)
        if found is not None:
            return found
    if text.startswith("services:"):
        found = _firewalld(line)
        if found is not None:
            return found
    found = _ufw(line) or _list(line)
    if found is not None:
        return found
    if _FRAMES.match(text):
        return Reading(Kind.FIREWALL, weight=Weight.FRAME)
    return None


def rule(
    line: Line,
    spans: Sequence[tuple[int, int | None]] | Iterator[tuple[int, int | None]],
    protocol: Protocol | None,
    state: str,
    role: Role = Role.RULE,
) -> Iterator[PastedPort]:
    """Yield the ports and ranges that a rule names."""
    for first, last in spans:
        yield PastedPort(first, protocol, role, state=state, line=line.number, last=last)


def _flags(line: Line) -> Reading | None:
    """Return the ports of a rule as iptables and firewall-cmd are told it."""
    if "--" not in line.text:
        return None
    fields = line.fields[:_MOST_FIELDS]
    begun = next((i for i, field in enumerate(fields) if _begins_rule(field)), None)
    if begun is None:
        return None
    ports: list[PastedPort] = []
    protocol: Protocol | None = None
    state = ""
    for field, after in pairwise([*fields[begun:], ""]):
        flag, equals, written = field.partition("=")
        value = written if equals else after
        if flag in {"-p", "--protocol"}:
            protocol = protocol_of(value)
        elif flag in {"-j", "--jump"}:
            state = value
        else:
            ports += _flag(flag, value, line, protocol)
    if not ports:
        return None
    words = [field for field in fields[:begun] if field != "sudo"]
    return Reading(
        Kind.FIREWALL, tuple(_with_state(port, state) for port in ports), words=" ".join(words)
    )


def _begins_rule(field: str) -> bool:
    return field in {"-A", "-I", "-D", "-R", "-p", "-m", "-j"} or field.endswith(
        ("tables", "firewall-cmd", "iptables-save") if field[0] != "-" else ()
    )


def _flag(flag: str, value: str, line: Line, protocol: Protocol | None) -> Iterator[PastedPort]:
    """Yield the ports that a flag with its value names."""
    if flag in _FLAGS:
        yield from rule(line, spans_of(value, line.names), protocol, "", _FLAGS[flag])
    elif flag == "--to-destination":
        yield from _target(value, line, protocol)
    elif flag in {"--add-port", "--add-source-port"}:
        yield from _slashed(value, line, "ACCEPT")
    elif flag == "--remove-port":
        yield from _slashed(value, line, "")
    elif flag == "--add-service":
        yield from rule(line, spans_of(value, line.names), None, "ACCEPT")
    elif flag == "--add-forward-port":
        yield from _forward(value, line)


def _with_state(port: PastedPort, state: str) -> PastedPort:
    if not state or port.state:
        return port
    return PastedPort(
        port.number, port.protocol, port.role, port.address, "", state, port.line, port.last
    )


def _target(text: str, line: Line, protocol: Protocol | None) -> Iterator[PastedPort]:
    """Yield the port of "10.0.0.5:80", ":8080" or "10.0.0.5:80-90"."""
    to = endpoint(text.partition("-")[0], line.names)
    if to is None and text.startswith(":"):
        yield from rule(line, spans_of(text[1:], line.names), protocol, "", Role.TARGET)
    elif to is not None and to.number is not None:
        yield PastedPort(to.number, protocol, Role.TARGET, to.host, line=line.number)


def _slashed(text: str, line: Line, state: str) -> Iterator[PastedPort]:
    """Yield the ports of "8080/tcp", "6000-6010/udp" or "8080"."""
    ports, _, word = text.partition("/")
    yield from rule(line, spans_of(ports, line.names), protocol_of(word), state)


def _forward(text: str, line: Line) -> Iterator[PastedPort]:
    """Yield the ports of firewalld's "port=80:proto=tcp:toport=8080:toaddr=10.0.0.5"."""
    parts = dict(p.partition("=")[::2] for p in text.split(":"))
    protocol = protocol_of(parts.get("proto", ""))
    yield from rule(line, spans_of(parts.get("port", ""), line.names), protocol, "")
    for first, last in spans_of(parts.get("toport", ""), line.names):
        yield PastedPort(
            first, protocol, Role.TARGET, parts.get("toaddr", ""), line=line.number, last=last
        )


def _listing(line: Line) -> Reading | None:
    """Return the ports of a rule as iptables -L shows it."""
    text = line.text
    if "pt:" not in text and "pts:" not in text and "ports " not in text:
        return None
    head = [field for field in line.fields[:5] if field.isupper() and field.isalpha()]
    protocol = next((p for f in line.fields[:6] if (p := protocol_of(f))), None)
    ports: list[PastedPort] = []
    for match in _LISTING.finditer(text[:2000]):
        if match["multi"] and not (head or match["multi"].startswith("multiport")):
            continue
        if match[0].startswith("to:"):
            ports += _target(match["ports"], line, protocol)
        else:
            role = Role.TARGET if match[0].startswith("redir") else Role.RULE
            spans = spans_of(match["ports"].lstrip("!"), line.names)
            ports += rule(line, spans, protocol, head[0] if head else "", role)
    return Reading(Kind.FIREWALL, tuple(ports)) if ports else None


def _nft(line: Line) -> Reading | None:
    text = line.text[:4000]
    if "port" not in text or not any(word.strip("{};") in _VERDICTS for word in line.fields):
        return None
    ports: list[PastedPort] = []
    state = next((w for w in reversed(line.fields) if w in {"accept", "drop", "reject"}), "")
    protocol: Protocol | None = None
    for match in _NFT.finditer(text):
        protocol = protocol_of(match["protocol"])
        ports += rule(line, spans_of(match["ports"], line.names), protocol, state)
    first = _NFT.search(text)
    if not ports or first is None or not _VERDICT_AFTER.search(text, first.end()):
        return None  # "a rule to accept tcp dport 80" is a wish
    for match in _NFT_TARGET.finditer(text):
        ports += _target(match["to"].strip(";"), line, protocol)
    return Reading(Kind.FIREWALL, tuple(ports))


def _pf(line: Line) -> Reading | None:
    match = _PF.match(line.text[:1000])
    if match is None:
        return None
    protocols = {p for f in line.fields if (p := protocol_of(f.strip("{},")))}
    protocol = protocols.pop() if len(protocols) == 1 else None
    ports: list[PastedPort] = []
    text = line.text[:1000]
    target = max(text.find("->"), text.find("rdr-to"))
    for found in _PF_PORT.finditer(text):
        if found["operator"] in {"<", ">", "<=", ">=", "<>", "><"}:
            continue
        role = Role.TARGET if 0 <= target < found.start() else Role.RULE
        spans = spans_of(found["ports"], line.names)
        ports += rule(line, spans, protocol, match["verdict"], role)
    return Reading(Kind.FIREWALL, tuple(ports))


def _cisco(line: Line) -> Reading | None:
    match = _CISCO.match(line.text[:500])
    if match is None:
        return None
    protocol = protocol_of(match["protocol"])
    ports: list[PastedPort] = []
    for found in _CISCO_PORT.finditer(line.text[:500]):
        text = found["one"] or f"{found['first']}-{found['last']}"
        ports += rule(line, spans_of(text, line.names), protocol, match["verdict"])
    return Reading(Kind.FIREWALL, tuple(ports)) if ports else None


def _windows(line: Line) -> Reading | None:
    """Return the ports of netsh, New-NetFirewallRule and MikroTik rules."""
    text = line.text[:1000]
    lower = text.lower()
    if "netfirewallrule" in lower:
        pairs = [(m["key"], m["value"]) for m in _WINDOWS_FLAG.finditer(text)]
    elif (
        lower.startswith(("netsh", "add ", "/ip firewall", "set ", "rule ")) or "action=" in lower
    ):
        pairs = [(m["key"], m["value"]) for m in _ASSIGNED.finditer(text)]
    else:
        return None
    found = re.search(r"(?:-action\s+|action=)\"?(\w{1,20})", lower)
    state = found[1] if found else ""
    found = re.search(r"(?:-protocol\s+|proto(?:col)?=)\"?(\w{1,8})", lower)
    protocol = protocol_of(found[1]) if found else None
    ports: list[PastedPort] = []
    for key, value in pairs:
        role = Role.TARGET if key.lower() in {"connectport", "to-ports", "toport"} else Role.RULE
        cleaned = value.strip(" @()\"'").replace('"', "").replace("'", "")
        ports += rule(line, spans_of(cleaned, line.names), protocol, state, role)
    return Reading(Kind.FIREWALL, tuple(ports)) if ports else None


def _firewalld(line: Line) -> Reading | None:
    match = _FIREWALLD_LIST.match(line.text[:4000])
    if match is None:
        if "rule family=" not in line.text:
            return None
        return _rich(line)
    key, value = match["key"], match["value"]
    ports: list[PastedPort] = []
    for piece in value.split():
        if key == "forward-ports":
            ports += _forward(piece, line)
        elif key == "services":
            name = piece.strip(",").lower()
            # "dhcpv6-client" lets in but the answers to what this machine asks.
            number = line.names(name) if not name.endswith("-client") else None
            if number is not None:
                ports.append(PastedPort(number, None, Role.RULE, state="accept", line=line.number))
        elif "/" in piece:
            ports += _slashed(piece.strip(","), line, "accept")
    if not ports:
        frame = key == "services" or (not value.strip() and key != "ports")
        return Reading(Kind.FIREWALL, weight=Weight.FRAME) if frame else None
    weight = Weight.SURE if key != "services" or len(ports) > 1 else Weight.MAYBE
    return Reading(Kind.FIREWALL, tuple(ports), weight)


def _rich(line: Line) -> Reading | None:
    found = re.search(r'port="([\d\-]{1,11})" protocol="(\w{1,6})"', line.text)
    if found is None:
        return Reading(Kind.FIREWALL, weight=Weight.FRAME)
    state = next((w for w in line.fields if w in {"accept", "drop", "reject"}), "")
    spans = spans_of(found[1], line.names)
    return Reading(Kind.FIREWALL, tuple(rule(line, spans, protocol_of(found[2]), state)))


def _ufw(line: Line) -> Reading | None:
    text = line.text[:500]
    if any(word in text for word in ("ALLOW", "DENY", "REJECT", "LIMIT")):
        match = _UFW.match(text)
        if match is None:
            return None
        for field in reversed(match["to"].split()[:4]):
            found = _UFW_PORT.fullmatch(field)
            spans = tuple(spans_of(found["ports"], line.names)) if found else ()
            if found and spans:
                protocol = protocol_of(found["protocol"] or "")
                ports = tuple(rule(line, spans, protocol, match["verdict"]))
                return Reading(Kind.FIREWALL, ports)
        number = line.names(match["to"].partition(" (")[0].lower())
        ports = (
            () if number is None else tuple(rule(line, [(number, None)], None, match["verdict"]))
        )
        return Reading(Kind.FIREWALL, ports)
    if "ufw" in text:
        match = _UFW_COMMAND.match(text)
        if match:
            return _ufw_command(line, match)
    return None


def _list(line: Line) -> Reading | None:
    """Return the ports of "8080/tcp 60000-61000/udp", as firewall-cmd --list-ports prints them."""
    if "/" not in line.fields[0] or len(line.fields) > _MOST_FIELDS:
        return None
    ports: list[PastedPort] = []
    for field in line.fields:
        digits, _, word = field.partition("/")
        protocol = protocol_of(word)
        spans = tuple(spans_of(digits, line.names)) if digits[:1].isdigit() else ()
        if protocol is None or not spans:
            return None
        ports += rule(line, spans, protocol, "accept")
    return Reading(Kind.FIREWALL, tuple(ports), Weight.MAYBE)


def _ufw_command(line: Line, match: re.Match[str]) -> Reading | None:
    known = {"in", "out", "on", "from", "to", "any", "proto", "port", "log", "comment"}
    fields = match["rule"].partition("comment")[0].split()
    ports: list[PastedPort] = []
    protocol = next((p for f in fields if (p := protocol_of(f))), None)
    before = ""
    for field in fields:
        address = "." in field or field.count(":") > 1
        if field in known or address or before == "on" or protocol_of(field):
            before = field
            continue
        found = _UFW_PORT.fullmatch(field)
        spans = tuple(spans_of(found["ports"], line.names)) if found else ()
        if not found or not spans:
            return None  # words that are no rule
        named = protocol_of(found["protocol"] or "") or protocol
        ports += rule(line, spans, named, match["verdict"])
        before = field
    return Reading(Kind.FIREWALL, tuple(ports)) if ports else None
