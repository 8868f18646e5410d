"""Paste -> Explanation: each port with what it is, what it does there, what deserves attention."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import NullTranslations
from itertools import groupby, pairwise
from types import MappingProxyType

from knowledge import compose
from knowledge.attention import Seen, attention, is_known, waits
from knowledge.base import KnowledgeBase
from knowledge.model import (
    Assigned,
    PortFacts,
    Protocol,
)
from knowledge.pasted.endpoints import is_every, is_loopback
from knowledge.pasted.model import Kind, Paste, PastedPort, Role, ServicePorts
from knowledge.phrasebook import ENGLISH, _, counted, joined
from knowledge.sentences import beginning

_MOST_NAMED = 8  # ports that a summary names
_WIDE = 64  # ports
_CONNECTED = frozenset({"estab", "established", "hergestellt", "close-wait", "close_wait"})
_ROLES = MappingProxyType({
    # Translators: in what was pasted, what a port does there; stands after a dash or a colon.
    Role.CONTAINER: _("inside the container"),
    # Translators: the port of the far end of a connection.
    Role.PEER: _("on the other side"),
    Role.CLIENT: _("the client's own side of a connection"),
    Role.SCANNED: _("found by a scan"),
    Role.RULE: _("named in a rule"),
    Role.TARGET: _("where the traffic goes"),
    Role.CONFIGURED: _("configured"),
    Role.MENTIONED: _("mentioned"),
})  # fmt: skip
_WITH_ADDRESSES = MappingProxyType({
    # Translators: {addresses} is a list of IP addresses.
    Role.PEER: _("on the other side, {addresses}"),
    Role.TARGET: _("where the traffic goes, {addresses}"),
    Role.CONFIGURED: _("configured on {addresses}"),
})  # fmt: skip
_WITH_STATE = MappingProxyType({
    # Translators: {state} is the English word that the scanner prints: open, filtered.
    Role.SCANNED: _("{state} in the scan"),
    # Translators: {state} is the English word of the rule: allow, drop.
    Role.RULE: _("named in a rule ({state})"),
})  # fmt: skip
_WINDOWS_MARKS = frozenset({135, 445})  # a Windows that hands out dynamic ports to its own RPC
# Names that programs print and the registry does not know, or gives to another port.
_USUAL_NAMES = MappingProxyType({
    "webcache": 8080,
    "http-alt": 8080,
    "imap2": 143,
    "msrpc": 135,
    "mysqlx": 33060,
    "rfb": 5900,
    "openssh": 22,
    "samba": 445,
    "cifs": 445,
    "nginx http": 80,
    "nginx https": 443,
    "apache": 80,
    "www": 80,
    "redis": 6379,
    "mongodb": 27017,
    "docker": 2375,
    "dhcpv6-client": 546,
    "cockpit": 9090,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explained:
    """A port, or a range of them, of a paste, explained.

    Attributes:
        number: of a range, its first port.
        last: of a range, its last port.
        protocol: where the paste names one only.
        places: where it stands in the paste, in order; never empty.
        what: a few words on what it is.
        role: a few words on what it does there.
        attention: why it deserves attention, a sentence each; mostly empty.
        facts: of `number`.
    """

    number: int
    last: int | None
    protocol: Protocol | None
    places: tuple[PastedPort, ...]
    what: str
    role: str
    attention: tuple[str, ...]
    facts: PortFacts

    @property
    def label(self) -> str:
        """The port as people write it: "5432/tcp", "6000-6010"."""
        numbers = str(self.number) if self.last is None else f"{self.number}-{self.last}"
        return f"{numbers}/{self.protocol}" if self.protocol else numbers

    @property
    def process(self) -> str:
        """The name of the program that holds it; "" where it does not show."""
        return next((place.process for place in self.places if place.process), "")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a paste says.

    Attributes:
        ports: in order of appearance, each once.
        summary: self-contained, at most 600 characters.
    """

    kind: Kind
    ports: tuple[Explained, ...]
    summary: str

    @property
    def attention(self) -> tuple[Explained, ...]:
        """The ports that deserve attention."""
        return tuple(port for port in self.ports if port.attention)


def names_of(base: KnowledgeBase) -> ServicePorts:
    """Return the function that finds the port of a service name, as ss and lsof print it."""
    known: dict[str, int | None] = {}

    def find(name: str) -> int | None:
        if name not in known:
            known[name] = _USUAL_NAMES.get(name) or _assigned(name, base)
        return known[name]

    return find


def _assigned(name: str, base: KnowledgeBase) -> int | None:
    rows = list(base.assignments_of(name))
    rows.sort(key=lambda row: (row.last - row.first, row.protocol is not Protocol.TCP))
    return rows[0].first if rows else None


def explain(paste: Paste, base: KnowledgeBase, phrases: NullTranslations = ENGLISH) -> Explanation:
    """Return what the ports of a paste are, and which of them deserve attention."""
    groups: dict[tuple[int, int | None], list[PastedPort]] = {}
    for port in paste.ports:
        groups.setdefault((port.number, port.last), []).append(port)
    if paste.kind is Kind.FIREWALL:  # at what somebody knocked, before the port they came from
        sent = [key for key, places in groups.items() if places[0].role is Role.CLIENT]
        groups |= {key: groups.pop(key) for key in sent}
    windows = any(port.number in _WINDOWS_MARKS for port in paste.ports)
    explainer = _Explainer(base, phrases, _inside(paste.ports), windows=windows)
    explained = tuple(explainer.explained(places) for places in groups.values())
    return Explanation(paste.kind, explained, _summary(explained, phrases))


def _inside(ports: Sequence[PastedPort]) -> Mapping[int, int]:
    """Return for the published ports which port of the container each leads to."""
    found: dict[int, int] = {}
    for _line, of_line in groupby(ports, key=lambda port: port.line):
        ours = [port for port in of_line if port.role in {Role.PUBLISHED, Role.CONTAINER}]
        turned = bool(ours) and ours[0].role is Role.CONTAINER  # as docker port tells them
        for first, second in pairwise(ours):
            outside, inside = (second, first) if turned else (first, second)
            both = outside.role is Role.PUBLISHED and inside.role is Role.CONTAINER
            if both and outside.last is None and inside.last is None:
                found.setdefault(outside.number, inside.number)
    return found


class _Explainer:
    """Explains one port after the other."""

    def __init__(
        self,
        base: KnowledgeBase,
        phrases: NullTranslations,
        inside: Mapping[int, int],
        *,
        windows: bool,
    ) -> None:
        self._base = base
        self._phrases = phrases
        self._t: Callable[[str], str] = phrases.gettext
        self._inside = inside
        self._windows = windows

    def explained(self, places: Sequence[PastedPort]) -> Explained:
        first = places[0]
        protocols = {place.protocol for place in places if place.protocol is not None}
        protocol = next(iter(protocols)) if len(protocols) == 1 else None
        facts = _without_wide_uses(self._base.facts(first.number), protocol)
        return Explained(
            number=first.number,
            last=first.last,
            protocol=protocol,
            places=tuple(places),
            what=self._what(first, facts, protocol),
            role=self._role(places),
            attention=tuple(attention(self._seen(places, facts, protocol), self._phrases)),
            facts=facts,
        )

    def _seen(
        self, places: Sequence[PastedPort], facts: PortFacts, protocol: Protocol | None
    ) -> Seen:
        inside = self._inside.get(places[0].number)
        if inside is not None:  # what is reached is not what the number outside stands for
            facts = _without_wide_uses(self._base.facts(inside), protocol)
        return Seen(places, facts, protocol, handed_out=self._windows)

    def _what(self, port: PastedPort, facts: PortFacts, protocol: Protocol | None) -> str:
        if port.role is Role.CLIENT and not is_known(facts, protocol):
            # Translators: an outgoing connection's own port, taken at random for a short time.
            return self._t(_("a port picked for the moment"))
        if port.last is not None:
            count = port.last - port.number + 1
            # Translators: a range of ports, of which {what} tells what the first is.
            return self._phrases.ngettext(
                "{count} port, from {what}", "{count} ports, from {what}", count
            ).format(
                count=counted(count, self._phrases),
                what=compose.short(facts, protocol, self._phrases),
            )
        return self._scanned(port.service, facts, protocol) or compose.short(
            facts, protocol, self._phrases
        )

    def _scanned(self, service: str, facts: PortFacts, protocol: Protocol | None) -> str:
        """Return what the scanner took a port for; "" where that is what the registry says."""
        if not service or _is_assigned(service, facts):
            return ""
        leader = compose.leading_use(facts, protocol)
        if leader is None:
            return service
        return self._t(compose.SERVICE_AND_PRODUCT).format(service=service, product=leader.product)

    def _role(self, places: Sequence[PastedPort]) -> str:
        parts: dict[str, None] = {}
        for role in dict.fromkeys(place.role for place in places):
            of_role = [place for place in places if place.role is role]
            parts[self._role_of(role, of_role)] = None
        return "; ".join(parts)

    def _role_of(self, role: Role, places: Sequence[PastedPort]) -> str:
        addresses = list(dict.fromkeys(place.address for place in places if place.address))
        states = list(dict.fromkeys(place.state for place in places if place.state))
        match role:
            case Role.LISTENER if any(_is_connected(place) for place in places) and not any(
                waits(place) for place in places
            ):
                # Translators: what a port does, after a dash: a connection to it exists.
                return self._t(_("answers a connection here"))
            case Role.LISTENER:
                return self._listens(addresses, places)
            case Role.PUBLISHED:
                return self._published(addresses, self._inside.get(places[0].number))
            case Role.SCANNED | Role.RULE if states:
                listed = joined(states, self._phrases)
                return self._t(_WITH_STATE[role]).format(state=listed)
            case _ if addresses and role in _WITH_ADDRESSES:
                return self._t(_WITH_ADDRESSES[role]).format(addresses=self._listed(addresses))
            case _:
                return self._t(_ROLES[role])

    def _listens(self, addresses: Sequence[str], places: Sequence[PastedPort]) -> str:
        process = next((place.process for place in places if place.process), "")
        if any(is_every(address) for address in addresses):
            # Translators: what a port, or its program, does; stands after a dash or a colon.
            text = self._t(_("listens on every address"))
        elif addresses and all(is_loopback(address) for address in addresses):
            text = self._t(_("listens on {addresses} only")).format(
                addresses=self._listed(addresses)
            )
        elif addresses:
            text = self._t(_("listens on {addresses}")).format(addresses=self._listed(addresses))
        else:
            text = self._t(_("listens"))
        if process:
            # Translators: such as "listens on every address, held by nginx".
            return self._t(_("{role}, held by {process}")).format(role=text, process=process)
        return text

    def _published(self, addresses: Sequence[str], inside: int | None) -> str:
        if addresses and not any(is_every(address) for address in addresses):
            # Translators: of a container's port, as Docker publishes it.
            text = self._t(_("published on {addresses} only")).format(
                addresses=self._listed(addresses)
            )
        else:
            text = self._t(_("published on every address"))
        if inside is None:
            return text
        # Translators: such as "published on every address, for port 80 of the container".
        return self._t(_("{role}, for port {port} of the container")).format(
            role=text, port=inside
        )

    def _listed(self, addresses: Sequence[str]) -> str:
        most = 3
        return joined(addresses[:most], self._phrases) + (" …" if len(addresses) > most else "")


def _without_wide_uses(facts: PortFacts, protocol: Protocol | None) -> PortFacts:
    """Return the facts without uses of other protocols, and of ranges that tell little of a port.

    That mediasoup takes some port of 40000-49999 explains none of them.
    """
    uses = tuple(
        use
        for use in facts.uses
        if use.last - use.first <= _WIDE and protocol in (None, use.protocol)
    )
    return facts if len(uses) == len(facts.uses) else replace(facts, uses=uses)


def _is_assigned(service: str, facts: PortFacts) -> bool:
    return any(
        isinstance(status, Assigned) and any(a.name == service for a in status.assignments)
        for status in facts.states.values()
    )


def _is_connected(port: PastedPort) -> bool:
    return port.state.lower() in _CONNECTED


def _summary(explained: Sequence[Explained], phrases: NullTranslations) -> str:
    named = []
    for port in explained[:_MOST_NAMED]:
        name = _name(port)
        named.append(f"{port.label} ({name})" if name else port.label)
    more = len(explained) - len(named)
    if more > 0:
        # Translators: further ports, as the last of a list.
        named.append(phrases.ngettext("{count} more", "{count} more", more).format(count=more))
    # Translators: {ports} lists what was found, such as "22/tcp (ssh) and 80/tcp (http)".
    text = phrases.ngettext(
        "{count} port: {ports}.", "{count} ports: {ports}.", len(explained)
    ).format(count=len(explained), ports=joined(named, phrases))
    careful = [port.label for port in explained if port.attention]
    if careful:
        listed = careful[:_MOST_NAMED]
        more = len(careful) - len(listed)
        if more:
            listed.append(
                phrases.ngettext("{count} more", "{count} more", more).format(count=more)
            )
        # Translators: {ports} lists ports, such as "22/tcp and 80/tcp"; the number is theirs.
        told = phrases.ngettext(
            "{ports} deserves attention.", "{ports} deserve attention.", len(careful)
        ).format(ports=joined(listed, phrases))
    else:
        # Translators: of the ports that were found.
        told = phrases.gettext(_("None of them stands out."))
    return beginning(f"{text} {told}")


def _name(port: Explained) -> str:
    if port.last is not None or (
        port.places[0].role is Role.CLIENT and not is_known(port.facts, port.protocol)
    ):
        return ""
    scanned = port.places[0].service
    if scanned and not _is_assigned(scanned, port.facts):
        return scanned
    leader = compose.leading_use(port.facts, port.protocol)
    return compose.service_of(port.facts, port.protocol) or (leader.product if leader else "")
