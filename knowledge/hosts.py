"""Which other machine a question names, by its name or its address."""

import re
from ipaddress import ip_address

_PIECE = re.compile(  # what may be one; a network, "10.0.0.0/8", is none
    r"(?:[0-9A-Za-z_\[][0-9A-Za-z_.:\[\]-]*+|::[0-9A-Fa-f:.]++)(?!/\d)", re.ASCII
)
_NAME = re.compile(
    r"(?:[0-9a-z_](?:[0-9a-z_-]{0,61}[0-9a-z_])?\.)+(?P<top>[a-z]{2,63})", re.ASCII | re.IGNORECASE
)
_LONGEST = 253  # characters of a name (RFC 1035)
_PORT = re.compile(r":\d{1,5}$")
# Top-level domains of more than two letters that are met much, and those of private networks.
_TOPS = frozenset({
    "academy", "agency", "app", "arpa", "biz", "blog", "center", "cloud", "club", "com", "company",
    "corp", "design", "dev", "digital", "edu", "email", "energy", "eus", "example", "gal", "games",
    "global", "gov", "group", "health", "home", "host", "hosting", "info", "int", "internal",
    "intranet", "invalid", "lan", "live", "local", "localdomain", "media", "mil", "mobi", "name",
    "net", "network", "news", "ninja", "one", "online", "onion", "org", "page", "pro", "private",
    "rocks", "school", "science", "services", "shop", "site", "software", "solutions", "space",
    "store", "studio", "systems", "team", "tech", "technology", "test", "tools", "top",
    "university", "website", "wiki", "work", "world", "xyz", "zone",
})  # fmt: skip
# What files end in, and programs are called after: "main.py", "node.js".
_ENDINGS = frozenset(
    {"cs", "db", "gz", "hs", "js", "kt", "md", "py", "rb", "sh", "so", "ts", "vb"}
)
_PRODUCTS = frozenset({"ado.net", "asp.net", "socket.io", "vb.net"})
_COUNTRY = 2  # letters of a country's domain (ISO 3166)


def named_host(text: str) -> str | None:
    """Return the one other machine that a text names; None for none, for several, for this one.

    >>> named_host("does Example.org:8443 answer?")
    'Example.org'
    """
    if "." not in text and ":" not in text:
        return None
    found = dict.fromkeys(
        host for piece in _PIECE.findall(text) if (host := _host(piece)) is not None
    )
    return next(iter(found)) if len(found) == 1 else None


def _host(piece: str) -> str | None:
    """Return the host that a piece of text is, without a port and what ends a sentence."""
    written = piece.rstrip(".:-")
    address = written.strip("[]") if written.count(":") > 1 else written
    if "]:" in written:
        address = written.partition("]")[0].lstrip("[")
    elif address.count(":") == 1:
        address = _PORT.sub("", address)
    try:
        known = ip_address(address)
    except ValueError:
        return address if _is_name(address) else None
    return None if known.is_loopback or known.is_unspecified else address


def _is_name(text: str) -> bool:
    """Tell whether a text is a host's full name, and no file's or product's."""
    found = _NAME.fullmatch(text)
    if found is None or len(text) > _LONGEST or text.lower() in _PRODUCTS:
        return False
    top = found["top"].lower()
    return top in _TOPS or (len(top) == _COUNTRY and top not in _ENDINGS)
