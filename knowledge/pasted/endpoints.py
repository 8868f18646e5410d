"""The forms in which output and configuration write addresses, ports and ranges of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.model import MAX_PORT, Protocol
from knowledge.pasted.model import ServicePorts

LONGEST = 300  # characters of an address with its port
_DIGITS = 5
_OCTET = 255
_FULL_IPV6 = 7  # colons
_IPV4 = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_IPV6 = re.compile(r"[0-9A-Fa-f:.]{2,45}")
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]{0,252}[A-Za-z0-9_])?")
_NAME = re.compile(r"[a-z][a-z0-9_+.\-]{1,30}", re.IGNORECASE)
_LOOPBACK = re.compile(r"127(?:\.\d{1,3}){3}|::1|localhost|lo|::ffff:127(?:\.\d{1,3}){3}")
_EVERY = frozenset({"*", "0.0.0.0", "::", "any", "anywhere", "0", "0.0.0.0/0", "::/0"})  # noqa: S104 - the word, not the deed
_PROTOCOLS = {
    **{p.value: p for p in Protocol},
    **{f"{p.value}{n}": p for p in (Protocol.TCP, Protocol.UDP) for n in ("4", "6", "46", "64")},
    "udplite": Protocol.UDP,
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address with a port.

    Attributes:
        host: without brackets and interface; may be "".
        number: None for the wildcard.
    """

    host: str
    number: int | None

    @property
    def literal(self) -> bool:
        """Whether the host is an address, a wildcard or localhost, and no other name."""
        return is_address(self.host) or self.host == "localhost"


def protocol_of(word: str) -> Protocol | None:
    """Return the protocol that a word such as "TCP", "udp6" or "tcp46" stands for."""
    return _PROTOCOLS.get(word.lower())


def number_of(text: str) -> int | None:
    """Return the port number that `text` writes in digits, or None."""
    if len(text) > _DIGITS or not (text.isascii() and text.isdigit()):
        return None
    number = int(text)
    return number if number <= MAX_PORT else None


def port_of(text: str, names: ServicePorts) -> int | None:
    """Return the port that a number or a service name stands for, or None."""
    number = number_of(text)
    if number is not None or text.isdigit():
        return number
    return names(text.lower()) if _NAME.fullmatch(text) else None


def span_of(text: str, names: ServicePorts, joints: str = "-:") -> tuple[int, int | None] | None:
    """Return (port, None) or (first, last) of "80", "ssh" or "6000:6010"; None for others."""
    single = port_of(text, names)
    if single is not None:
        return single, None
    for joint in joints:
        first_text, found, last_text = text.partition(joint)
        if found:
            first, last = number_of(first_text), number_of(last_text)
            if first is not None and last is not None:
                if first < last:
                    return first, last
                return (first, None) if first == last else None
    return None


def spans_of(text: str, names: ServicePorts) -> Iterator[tuple[int, int | None]]:
    """Yield the ports and ranges of a list such as "80,443,8000:8010" or "{ 80, 443 }"."""
    for piece in text.replace(",", " ").replace("{", " ").replace("}", " ").split():
        found = span_of(piece.strip("\"'[]();"), names)
        if found is not None:
            yield found


def is_address(text: str) -> bool:
    """Tell whether `text` is an IP address or a wildcard for all of them."""
    if text in {"*", ""}:
        return True
    text = text.partition("%")[0]
    if _IPV4.fullmatch(text):
        return all(int(octet) <= _OCTET for octet in text.split("."))
    return (
        ":" in text
        and bool(_IPV6.fullmatch(text))
        and ("::" in text or text.count(":") == _FULL_IPV6)
    )


def is_loopback(address: str) -> bool:
    """Tell whether only programs of the same machine reach the address."""
    host, _, interface = address.strip("[]").lower().partition("%")
    return bool(_LOOPBACK.fullmatch(host)) or interface in {"lo", "lo0"}


def is_every(address: str) -> bool:
    """Tell whether the address stands for all addresses of the machine."""
    return address.strip("[]").lower().partition("%")[0] in _EVERY


def endpoint(
    token: str, names: ServicePorts, *, dotted: bool = False, named: bool = False
) -> Endpoint | None:
    """Return the address and the port of a token, or None where it is none.

    `0.0.0.0:22`, `[::]:22`, `:::22`, `*:ssh`, `*.22`, `fe80::1%lo0.53`, `db:5432`, `*.*`.
    With `dotted`, a name and its port may be joined by a dot too, as BSD's netstat does. With
    `named`, a short host name may have a service name, too: `web:ssh`.
    """
    token = token.strip(",;")
    if not 2 < len(token) <= LONGEST:  # noqa: PLR2004 - "*:*" is the shortest
        return None
    if ":" in token:
        host, _, port = token.rpartition(":")
        found = _endpoint(host, port, names, named=named)
        if found is not None:
            return found
    if "." in token:
        host, _, port = token.rpartition(".")
        if host == "*" or is_address(host) or (dotted and _HOST.fullmatch(host)):
            return _endpoint(host, port, names, named=named)
    return None


def _endpoint(host: str, port: str, names: ServicePorts, *, named: bool) -> Endpoint | None:
    bare = host[1:].replace("]", "", 1) if host[:1] == "[" else host
    address = is_address(bare)
    if not address and (bare.isdigit() or not _HOST.fullmatch(bare.partition("%")[0])):
        return None
    if port == "*":
        return Endpoint(bare, None)
    if port.isascii() and port.isdigit():
        number = number_of(port)
    elif address or named or bare == "localhost" or "." in bare:
        number = port_of(port, names)
    else:
        return None
    return None if number is None else Endpoint(bare, number)


def rank(number: int) -> tuple[int, int]:
    """Return how likely a port is a client's own: of two, the higher one is.

    Service ports are mostly below 32768, where Linux begins to hand out; System Ports the most.
    """
    return (0 if number < 1024 else 1 if number < 32768 else 2), number  # noqa: PLR2004
