"""Sentences about a port, put together from facts; each is a message that can be translated."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from gettext import NullTranslations
from itertools import chain

from knowledge.model import (
    Assigned,
    Dynamic,
    Point,
    PointKind,
    PortFacts,
    PortRange,
    Protocol,
    Reserved,
    Risk,
    RiskKind,
    Source,
    Status,
    Unassigned,
    Use,
)
from knowledge.phrasebook import _, _n, counted, joined
from knowledge.text import squash

REGISTRY = Source(
    "IANA Service Name and Transport Protocol Port Number Registry",
    "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml",
)
RFC_6335 = Source(
    "RFC 6335: Service Name and Transport Protocol Port Number Registry Procedures",
    "https://www.rfc-editor.org/rfc/rfc6335",
)
FETCH = Source("Fetch Standard: port blocking", "https://fetch.spec.whatwg.org/#port-blocking")

MOST_USES = 6
_MOST_ROLES = 4096  # products and roles that are remembered
MOST_RISKS = 4
_ALL = tuple(Protocol)
_MAIN = (Protocol.TCP, Protocol.UDP)
_MINOR = (Protocol.SCTP, Protocol.DCCP)
_COMMON_SYSTEMS = frozenset({"Linux", "Windows", "macOS", "FreeBSD"})  # that commands know
_OFTEN = 60  # weight from which on a product is what one thinks of first

# What the registry says of a port: for every protocol, and for those that are named.
_ASSIGNED = (
    # Translators: {names} are service names, such as "http (World Wide Web HTTP)".
    _("Port {number} is assigned by IANA to {names}."),
    # Translators: {protocols} is "TCP", "TCP and UDP" and the like.
    _("On {protocols}, port {number} is assigned by IANA to {names}."),
)
_ASSIGNED_RANGE = (
    _("Port {number} is assigned by IANA to {names}, which has the range {first}-{last}."),
    _(
        "On {protocols}, port {number} is assigned by IANA to {names}, which has the range"
        " {first}-{last}."
    ),
)
_RESERVED = (
    _("Port {number} is reserved by IANA and not given out."),
    _("On {protocols}, port {number} is reserved by IANA and not given out."),
)
_RESERVED_BECAUSE = (
    # Translators: {reason} is a remark of the registry, in English.
    _("Port {number} is reserved by IANA (the registry says “{reason}”)."),
    _("On {protocols}, port {number} is reserved by IANA (the registry says “{reason}”)."),
)
_UNASSIGNED = (
    _("Port {number} is unassigned."),
    _("On {protocols}, port {number} is unassigned."),
)
_UNASSIGNED_BLOCK = (
    _n(
        "Port {number} is unassigned; the unassigned block around it is {first}-{last}"
        " ({count} port).",
        "Port {number} is unassigned; the unassigned block around it is {first}-{last}"
        " ({count} ports).",
    ),
    _n(
        "On {protocols}, port {number} is unassigned; the unassigned block around it is"
        " {first}-{last} ({count} port).",
        "On {protocols}, port {number} is unassigned; the unassigned block around it is"
        " {first}-{last} ({count} ports).",
    ),
)
_DYNAMIC = (
    _(
        "Port {number} is one of the Dynamic Ports 49152-65535, which are never assigned to a"
        " service."
    ),
    _(
        "On {protocols}, port {number} is one of the Dynamic Ports 49152-65535, which are never"
        " assigned to a service."
    ),
)
# Translators: a few words on a port, such as "tproxy; in practice Grafana".
SERVICE_AND_PRODUCT = _("{service}; in practice {product}")
# Translators: "it" is the port; {products} is a list such as "Grafana (web UI) and Vite".
MET_WITH = _("In practice it is met with {products}.")
# Translators: products with their ports, in the range that was asked for.
IN_PRACTICE = _("In practice: {names}.")
_LIES_IN = {
    PortRange.SYSTEM: _("It lies in the System Ports (well-known), 0-1023."),
    PortRange.USER: _("It lies in the User Ports (registered), 1024-49151."),
    PortRange.DYNAMIC: _("It lies in the Dynamic Ports (private, ephemeral), 49152-65535."),
}


def status_of(facts: PortFacts, protocol: Protocol | None) -> Status:
    """Return the state to show first: that of `protocol`, else of the first assigned one."""
    if protocol is not None:
        return facts.states[protocol]
    for candidate in _ALL:
        status = facts.states[candidate]
        if isinstance(status, Assigned):
            return status
    return facts.states[Protocol.TCP]


def service_of(facts: PortFacts, protocol: Protocol | None = None) -> str:
    """Return the service name to show, "" where the port has none."""
    status = status_of(facts, protocol)
    return status.assignments[0].name if isinstance(status, Assigned) else ""


def status_name(status: Status, phrases: NullTranslations) -> str:
    """Return the word for a state."""
    match status:
        case Assigned():
            # Translators: the state of a port: stands alone, after a colon or in parentheses.
            return phrases.gettext(_("assigned"))
        case Reserved():
            return phrases.gettext(_("reserved"))
        case Unassigned():
            return phrases.gettext(_("unassigned"))
        case Dynamic():
            # Translators: the state of the ports 49152-65535, which are never assigned.
            return phrases.gettext(_("dynamic"))


def range_name(which: PortRange, phrases: NullTranslations) -> str:
    """Return the name of an RFC 6335 range, with its older name."""
    match which:
        case PortRange.SYSTEM:
            # Translators: RFC 6335's name for the ports 0-1023, and the older one.
            return phrases.gettext(_("System Ports (well-known)"))
        case PortRange.USER:
            return phrases.gettext(_("User Ports (registered)"))
        case PortRange.DYNAMIC:
            return phrases.gettext(_("Dynamic Ports (private, ephemeral)"))


def title(
    facts: PortFacts, protocol: Protocol | None, phrases: NullTranslations, asked: str = ""
) -> str:
    """Return the one line that stands above an answer about a port.

    Args:
        facts: of the port.
        protocol: that is asked about; None for all.
        phrases: the reader's.
        asked: the product that is asked for; "" where none is, and the port's best known is named.
    """
    number = f"{facts.number}/{protocol}" if protocol else str(facts.number)
    status = status_of(facts, protocol)
    name = status.assignments[0].name if isinstance(status, Assigned) else ""
    leader = leading_use(facts, protocol)
    product = asked or (leader.product if leader is not None else "")
    if product and not _says_the_same(name, product):
        name = f"{name}, {product}" if name else product
    if not name:
        # Translators: a title. {port} is "576" or "576/tcp", {status} such as "unassigned".
        return phrases.gettext(_("Port {port}: {status}")).format(
            port=number, status=status_name(status, phrases)
        )
    # Translators: a title, such as "Port 8080: http-alt, Jenkins (assigned)".
    return phrases.gettext(_("Port {port}: {name} ({status})")).format(
        port=number, name=name, status=status_name(status, phrases)
    )


def _says_the_same(service: str, product: str) -> bool:
    """Tell whether a service name and a product are one word: "postgresql" and "PostgreSQL"."""
    short, long = sorted((squash(service), squash(product)), key=len)
    return bool(short) and short in long


def leading_use(facts: PortFacts, protocol: Protocol | None) -> Use | None:
    """Return the use that is met so often that the port is known for it, or None."""
    for use in facts.uses:
        if use.weight >= _OFTEN and protocol in (None, use.protocol):
            return use
    return None


def short(facts: PortFacts, protocol: Protocol | None, phrases: NullTranslations) -> str:
    """Return a few words on what a port is: its service, or its state and best known use."""
    status = status_of(facts, protocol)
    leader = leading_use(facts, protocol) or (facts.uses[0] if facts.uses else None)
    if isinstance(status, Assigned):
        first = status.assignments[0]
        text = first.name
        if first.description and first.description.casefold() != first.name.casefold():
            text = f"{first.name} ({first.description})"
        if leader is not None and not leader.official:
            text = phrases.gettext(SERVICE_AND_PRODUCT).format(
                service=text, product=leader.product
            )
        return text
    state = status_name(status, phrases)
    if leader is None:
        return state
    # Translators: a few words on a port, such as "unassigned; in practice Vite".
    return phrases.gettext(_("{status}; in practice {product}")).format(
        status=state, product=leader.product
    )


def summary(facts: PortFacts, protocol: Protocol | None, phrases: NullTranslations) -> str:
    """Return the self-contained first sentences: the article's, else composed from the facts."""
    if facts.article is not None and protocol is None:
        return facts.article.summary
    parts = [official(facts, protocol, phrases)]
    if facts.uses:
        parts.append(practice(facts, protocol, phrases))
    elif isinstance(status_of(facts, protocol), Dynamic):
        parts.append(
            phrases.gettext(
                # Translators: of a dynamic port.
                _("Whatever is seen on it was picked for the moment by a system or a program.")
            )
        )
    else:
        parts.append(phrases.gettext(_("No software in our sources is known to use it.")))
    return " ".join(part for part in parts if part)


def official(facts: PortFacts, protocol: Protocol | None, phrases: NullTranslations) -> str:
    """Return what the registry says, in a sentence or two."""
    states = facts.states
    if (
        not protocol
        and states[Protocol.TCP] is states[Protocol.UDP] is states[Protocol.SCTP]
        and not isinstance(states[Protocol.TCP], Assigned)
    ):
        # One thing is said of all protocols, as of most ports: nothing to tell apart.
        return _state(facts, Protocol.TCP, "", phrases)
    tell = [protocol] if protocol else list(_MAIN)
    tell += [
        minor for minor in _MINOR if not protocol and isinstance(facts.states[minor], Assigned)
    ]
    groups: dict[str, list[Protocol]] = {}
    for each in tell:
        groups.setdefault(_state(facts, each, "", phrases), []).append(each)
    if len(groups) == 1 and not protocol:
        return next(iter(groups))
    return " ".join(
        _state(facts, alike[0], joined([each.upper() for each in alike], phrases), phrases)
        for alike in groups.values()
    )


def _state(facts: PortFacts, of: Protocol, protocols: str, phrases: NullTranslations) -> str:
    """Return a sentence on the state of a port for one protocol.

    Args:
        facts: of the port.
        of: the protocol.
        protocols: those that the sentence names; "" where it holds for all.
        phrases: the catalogue of the language to tell it in.
    """
    which = bool(protocols)
    tell = phrases.gettext
    match facts.states[of]:
        case Assigned(assignments):
            first = assignments[0]
            names = joined(list(dict.fromkeys(each.name for each in assignments)), phrases)
            if first.description and first.description.casefold() != first.name.casefold():
                names = f"{names} ({first.description})"
            of_range = first.first != first.last
            return tell((_ASSIGNED_RANGE if of_range else _ASSIGNED)[which]).format(
                number=facts.number,
                protocols=protocols,
                names=names,
                first=first.first,
                last=first.last,
            )
        case Reserved(reason):
            return tell((_RESERVED_BECAUSE if reason else _RESERVED)[which]).format(
                number=facts.number, protocols=protocols, reason=reason
            )
        case Unassigned(first_free, last_free):
            count = last_free - first_free + 1
            if count == 1:
                text = tell(_UNASSIGNED[which])
            else:
                text = phrases.ngettext(*_UNASSIGNED_BLOCK[which], count)
            return text.format(
                number=facts.number,
                protocols=protocols,
                first=first_free,
                last=last_free,
                count=counted(count, phrases),
            )
        case Dynamic():
            return tell(_DYNAMIC[which]).format(number=facts.number, protocols=protocols)


def practice(facts: PortFacts, protocol: Protocol | None, phrases: NullTranslations) -> str:
    """Return which products are met on the port, the most often met first; "" where none is."""
    uses = [use for use in facts.uses if protocol in (None, use.protocol)]
    named: dict[str, Use] = {}
    for use in uses:
        named.setdefault(use.product, use)
    texts = [_with_role(use) for use in list(named.values())[:MOST_USES]]
    if not texts:
        return ""
    rest = len(named) - len(texts)
    text = phrases.gettext(MET_WITH).format(products=joined(texts, phrases))
    if rest > 0:
        # Translators: more products that are met on the port.
        text += " " + phrases.ngettext(
            "Our tables name {count} more.", "Our tables name {count} more.", rest
        ).format(count=counted(rest, phrases))
    return text


def _with_role(use: Use) -> str:
    """Return "Grafana (web UI)"; without the role where the name says it already."""
    role = "" if use.product.endswith(")") else role_beside(use.product, use.role)
    return f"{use.product} ({role})" if role else use.product


@lru_cache(maxsize=_MOST_ROLES)
def role_beside(product: str, role: str) -> str:
    """Return what a product does on a port; "" where its name says it already."""
    return "" if squash(role) in squash(product) else role


def points(
    facts: PortFacts, protocol: Protocol | None, phrases: NullTranslations
) -> Iterable[Point]:
    """Yield what is known about a port, official and actual apart, in the order to show it."""
    yield Point(PointKind.OFFICIAL, official(facts, protocol, phrases))
    if text := practice(facts, protocol, phrases):
        if len({use.product for use in facts.uses if protocol in (None, use.protocol)}) > 1:
            text += " " + phrases.gettext(
                _("Several products share it: the process that listens tells which one it is.")
            )
        yield Point(PointKind.PRACTICE, text)
    if facts.article is not None:
        for claim in facts.article.disputed:
            yield Point(PointKind.DISPUTED, claim)
    yield from risks(facts, protocol, phrases)
    yield Point(PointKind.NEIGHBORS, neighbors(facts, phrases))
    text = systems(facts, phrases)
    if text:
        yield Point(PointKind.SYSTEM, text)


def risks(
    facts: PortFacts, protocol: Protocol | None, phrases: NullTranslations
) -> Iterable[Point]:
    """Yield what deserves attention, told calmly."""
    ours = [r for r in facts.risks if protocol is None or r.protocol in (None, protocol)]
    for risk in ours:
        if risk.text and (risk.kind is not RiskKind.MALWARE or _is_unnamed(risk)):
            yield Point(PointKind.RISK, risk.text)
    malware = [r for r in ours if r.kind is RiskKind.MALWARE and not _is_unnamed(r)]
    if malware:
        yield Point(PointKind.RISK, _malware(malware, phrases))


def numbered_risks(
    facts: PortFacts, protocol: Protocol | None, phrases: NullTranslations
) -> Iterable[Point]:
    """Yield the risks of one of several ports, each with the port's number."""
    for risk in risks(facts, protocol, phrases):
        yield Point(risk.kind, f"{facts.number}: {risk.text}")


def _is_unnamed(risk: Risk) -> bool:
    """Tell whether an article speaks of malware in a sentence rather than by one name."""
    return risk.name.casefold() in {"", "malware"}


def _malware(malware: Sequence[Risk], phrases: NullTranslations) -> str:
    names = list(
        dict.fromkeys(f"{risk.name} ({risk.era})" if risk.era else risk.name for risk in malware)
    )
    return phrases.gettext(
        # Translators: "it" is the port; {names} are names of malware.
        _("Lists of past malware name it: {names}. An open port alone proves nothing.")
    ).format(names=joined(names[:MOST_RISKS], phrases))


def neighbors(facts: PortFacts, phrases: NullTranslations) -> str:
    """Return the range of the port and its nearest assigned neighbours."""
    parts = [phrases.gettext(_LIES_IN[facts.range])]
    if facts.previous is not None and facts.next is not None:
        parts.append(
            phrases.gettext(_("The nearest assigned ports are {previous} and {next}.")).format(
                previous=facts.previous, next=facts.next
            )
        )
    elif facts.previous is not None:
        parts.append(
            phrases.gettext(_("The nearest assigned port is {previous}.")).format(
                previous=facts.previous
            )
        )
    elif facts.next is not None:
        parts.append(
            phrases.gettext(_("The nearest assigned port is {previous}.")).format(
                previous=facts.next
            )
        )
    return " ".join(parts)


def systems(facts: PortFacts, phrases: NullTranslations) -> str:
    """Return what browsers and operating systems do with the port; "" where nothing is special."""
    parts = []
    if facts.browser_blocked:
        parts.append(phrases.gettext(_("Browsers refuse to connect to it (ERR_UNSAFE_PORT).")))
    if facts.ephemeral:
        ranges = [
            f"{e.system} ({e.first}-{e.last})"
            for e in facts.ephemeral
            if e.current and e.system in _COMMON_SYSTEMS
        ]
        if ranges:
            parts.append(
                phrases.gettext(
                    # Translators: {systems} is a list such as "Linux (32768-60999) and macOS (…)".
                    _("By default it is handed out to outgoing connections by {systems}.")
                ).format(systems=joined(list(dict.fromkeys(ranges)), phrases))
            )
    return " ".join(parts)


def sources(facts: PortFacts, protocol: Protocol | None = None) -> tuple[Source, ...]:
    """Return the sources of all that `points` says, without repeats."""
    found: dict[Source, None] = {REGISTRY: None}
    if isinstance(status_of(facts, protocol), Dynamic):
        found[RFC_6335] = None
    if facts.article is not None:
        found.update(dict.fromkeys(facts.article.sources))
    products: set[str] = set()
    for use in facts.uses:
        if use.product not in products and len(products) < MOST_USES:
            products.add(use.product)
            found[use.source] = None
    for risk in facts.risks:
        found[risk.source] = None
    if facts.browser_blocked:
        found[FETCH] = None
    for handed_out in facts.ephemeral:
        if handed_out.current and handed_out.system in _COMMON_SYSTEMS:
            found[handed_out.source] = None
    return union((found,))


def union(groups: Iterable[Iterable[Source]]) -> tuple[Source, ...]:
    """Return all sources, each address once."""
    unique: dict[str, Source] = {}
    for source in chain.from_iterable(groups):
        unique.setdefault(source.url or source.title, source)
    return tuple(unique.values())
