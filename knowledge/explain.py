"""Paste -> Explanation: each port with what it is, what it does there, what deserves attention."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import NullTranslations
from types import MappingProxyType

from knowledge import compose
from knowledge.answers import MOST_FACTS, Maker, Meaning
from knowledge.base import KnowledgeBase
from knowledge.compose import ENGLISH, _
from knowledge.model import (
    Answer,
    Assigned,
    Dynamic,
    Intent,
    Point,
    PointKind,
    PortFacts,
    Protocol,
    Question,
    RiskKind,
    Source,
    Unassigned,
)
from knowledge.paste import LONGEST
from knowledge.pasted.endpoints import is_every, is_loopback
from knowledge.pasted.model import Kind, Paste, PastedPort, Role, ServicePorts
from knowledge.resolve import resolve

CONFIDENCE = 0.95
_MOST_NAMED = 8  # ports that a summary names
_MOST_SUMMARY = 600  # characters
_LETS_IN = frozenset({"accept", "allow", "pass", "permit", "limit"})
_WAITS = frozenset({
    "", "listen", "listening", "unconn", "bound", "idle",
})  # fmt: skip
_CONNECTED = frozenset({"estab", "established", "hergestellt", "close-wait", "close_wait"})
_ROLES = MappingProxyType({
    Role.CONTAINER: _("inside the container"),
    Role.PEER: _("on the other side"),
    Role.CLIENT: _("the client's own side of a connection"),
    Role.SCANNED: _("found by a scan"),
    Role.RULE: _("named in a rule"),
    Role.TARGET: _("where the traffic goes"),
    Role.CONFIGURED: _("configured"),
    Role.MENTIONED: _("mentioned"),
})  # fmt: skip
_WITH_ADDRESSES = MappingProxyType({
    Role.PEER: _("on the other side, {addresses}"),
    Role.TARGET: _("where the traffic goes, {addresses}"),
    Role.CONFIGURED: _("configured on {addresses}"),
})  # fmt: skip
_WITH_STATE = MappingProxyType({
    Role.SCANNED: _("{state} in the scan"),
    Role.RULE: _("named in a rule ({state})"),
})  # fmt: skip
# Services whose log-ins cross the network unencrypted.
_PLAINTEXT = frozenset({"telnet", "ftp", "login", "shell", "exec", "tftp", "rtelnet"})
_WINDOWS_MARKS = frozenset({135, 445})  # a Windows that hands out dynamic ports to its own RPC
_KEPT_PRIVATE = frozenset({"never", "restricted"})
# Names that programs print and the registry does not know, or gives to another port.
_USUAL_NAMES = MappingProxyType({
    "webcache": 8080,
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
    rows = [row for row in base.assignments_of(name) if row.first == row.last]
    rows.sort(key=lambda row: row.protocol is not Protocol.TCP)
    return rows[0].first if rows else None


def explain(paste: Paste, base: KnowledgeBase, phrases: NullTranslations = ENGLISH) -> Explanation:
    """Return what the ports of a paste are, and which of them deserve attention."""
    groups: dict[tuple[int, int | None], list[PastedPort]] = {}
    for port in paste.ports:
        groups.setdefault((port.number, port.last), []).append(port)
    windows = any(port.number in _WINDOWS_MARKS for port in paste.ports)
    explained = tuple(
        _Explainer(base, phrases, windows=windows).explained(places) for places in groups.values()
    )
    return Explanation(paste.kind, explained, _summary(explained, phrases))


class _Explainer:
    """Explains one port after the other."""

    def __init__(self, base: KnowledgeBase, phrases: NullTranslations, *, windows: bool) -> None:
        self._base = base
        self._phrases = phrases
        self._t: Callable[[str], str] = phrases.gettext
        self._windows = windows

    def explained(self, places: Sequence[PastedPort]) -> Explained:
        first = places[0]
        facts = self._base.facts(first.number)
        protocols = {place.protocol for place in places if place.protocol is not None}
        protocol = next(iter(protocols)) if len(protocols) == 1 else None
        return Explained(
            number=first.number,
            last=first.last,
            protocol=protocol,
            places=tuple(places),
            what=self._what(first, facts, protocol),
            role=self._role(places),
            attention=tuple(self._attention(places, facts, protocol)),
            facts=facts,
        )

    # ------------------------------------------------------------------ what it is, and does

    def _what(self, port: PastedPort, facts: PortFacts, protocol: Protocol | None) -> str:
        if port.role is Role.CLIENT and not _is_known(facts, protocol):
            return self._t(_("a port picked for the moment"))
        if port.last is not None:
            return self._t(_("{count} ports, from {what}")).format(
                count=port.last - port.number + 1,
                what=compose.short(facts, protocol, self._phrases),
            )
        return compose.short(facts, protocol, self._phrases)

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
                place.state.lower() in _WAITS for place in places
            ):
                return self._t(_("answers a connection here"))
            case Role.LISTENER:
                return self._listens(addresses, places)
            case Role.PUBLISHED:
                return self._published(addresses)
            case Role.SCANNED | Role.RULE if states:
                listed = compose.joined(states, self._phrases)
                return self._t(_WITH_STATE[role]).format(state=listed)
            case _ if addresses and role in _WITH_ADDRESSES:
                return self._t(_WITH_ADDRESSES[role]).format(addresses=self._listed(addresses))
            case _:
                return self._t(_ROLES[role])

    def _listens(self, addresses: Sequence[str], places: Sequence[PastedPort]) -> str:
        process = next((place.process for place in places if place.process), "")
        if any(is_every(address) for address in addresses):
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
            return self._t(_("{role}, held by {process}")).format(role=text, process=process)
        return text

    def _published(self, addresses: Sequence[str]) -> str:
        if addresses and not any(is_every(address) for address in addresses):
            return self._t(_("published on {addresses} only")).format(
                addresses=self._listed(addresses)
            )
        return self._t(_("published on every address"))

    def _listed(self, addresses: Sequence[str]) -> str:
        most = 3
        return compose.joined(addresses[:most], self._phrases) + (
            " …" if len(addresses) > most else ""
        )

    # ------------------------------------------------------------------ what deserves attention

    def _attention(
        self, places: Sequence[PastedPort], facts: PortFacts, protocol: Protocol | None
    ) -> Iterator[str]:
        opened = next((text for place in places if (text := _opened(place))), None)
        if opened is None or places[0].last is not None:
            return
        risk = _exposure(facts, protocol)
        private = _is_private(facts, protocol)
        if _is_plaintext(facts, protocol):
            yield risk or self._t(_("Passwords cross the network unencrypted on it."))
        elif private:
            advice = risk or self._t(
                _("It is made for the machine itself or a private network, not for everybody.")
            )
            yield f"{self._t(opened)} {advice}"
        elif not _is_known(facts, protocol) and not self._is_handed_out(facts):
            yield self._t(_("Nothing known uses this port: look which program holds it, and why."))
        if compose.leading_use(facts, protocol) is None:
            malware = tuple(r for r in facts.risks if r.kind is RiskKind.MALWARE)
            if malware:
                known = replace(facts, risks=malware)
                yield from (p.text for p in compose.risks(known, protocol, self._phrases))

    def _is_handed_out(self, facts: PortFacts) -> bool:
        """Tell whether Windows itself gave the port to one of its services."""
        return self._windows and isinstance(compose.status_of(facts, None), Dynamic)


def _opened(port: PastedPort) -> str | None:
    """Return the sentence that says how others reach the port; None where they do not."""
    state = port.state.lower()
    match port.role:
        case Role.LISTENER if state in _WAITS and is_every(port.address):
            return _("It listens on every address.")
        case Role.PUBLISHED if not port.address or is_every(port.address):
            return _("It is published on every address.")
        case Role.SCANNED if state == "open":
            return _("It answers whoever asks from there.")
        case Role.RULE if state in _LETS_IN:
            return _("The rule lets connections in.")
        case Role.CONFIGURED if port.address and is_every(port.address):
            return _("It is configured to listen on every address.")
        case _:
            return None


def _is_connected(port: PastedPort) -> bool:
    return port.state.lower() in _CONNECTED


def _exposure(facts: PortFacts, protocol: Protocol | None) -> str:
    """Return the sentence on what happens to such a port in the open; "" where none is known."""
    for kind in (RiskKind.EXPOSURE, RiskKind.AMPLIFICATION):
        for risk in facts.risks:
            if risk.kind is kind and risk.text and protocol in (None, risk.protocol):
                return risk.text
    return ""


def _is_private(facts: PortFacts, protocol: Protocol | None) -> bool:
    """Tell whether what is mostly met on the port is a database, an admin surface or the like."""
    uses = [use for use in facts.uses if protocol in (None, use.protocol)]
    if not uses:
        return False
    usual = uses[0]
    if usual.exposure in _KEPT_PRIVATE:
        return True
    if usual.exposure in {"vpn", "local"}:
        return usual.category in {"database", "containers", "remote access", "configuration"}
    return usual.exposure == "lan" and any(r.kind is RiskKind.EXPOSURE for r in facts.risks)


def _is_plaintext(facts: PortFacts, protocol: Protocol | None) -> bool:
    status = compose.status_of(facts, protocol)
    return isinstance(status, Assigned) and any(
        assignment.name in _PLAINTEXT for assignment in status.assignments
    )


def _is_known(facts: PortFacts, protocol: Protocol | None) -> bool:
    """Tell whether a service or a program is known on the port."""
    status = compose.status_of(facts, protocol)
    return bool(facts.uses) or not isinstance(status, Unassigned | Dynamic)


# ---------------------------------------------------------------------- the answer


def _summary(explained: Sequence[Explained], phrases: NullTranslations) -> str:
    named = []
    for port in explained[:_MOST_NAMED]:
        name = _name(port)
        named.append(f"{port.label} ({name})" if name else port.label)
    more = len(explained) - len(named)
    if more > 0:
        named.append(phrases.ngettext("{count} more", "{count} more", more).format(count=more))
    text = phrases.ngettext(
        "{count} port: {ports}.", "{count} ports: {ports}.", len(explained)
    ).format(count=len(explained), ports=compose.joined(named, phrases))
    careful = [port.label for port in explained if port.attention]
    if careful:
        listed = careful[:_MOST_NAMED]
        more = len(careful) - len(listed)
        if more:
            listed.append(
                phrases.ngettext("{count} more", "{count} more", more).format(count=more)
            )
        told = phrases.ngettext(
            "{ports} deserves attention.", "{ports} deserve attention.", len(careful)
        ).format(ports=compose.joined(listed, phrases))
    else:
        told = phrases.gettext(_("None of them stands out."))
    return f"{text} {told}"[:_MOST_SUMMARY]


def _name(port: Explained) -> str:
    if port.last is not None or (
        port.places[0].role is Role.CLIENT and not _is_known(port.facts, port.protocol)
    ):
        return ""
    leader = compose.leading_use(port.facts, port.protocol)
    return compose.service_of(port.facts, port.protocol) or (leader.product if leader else "")


def question_of(asked: Question, paste: Paste, text: str) -> Question:
    """Return the question that a paste asks, with the intent and language of the words beside."""
    wanted = asked.intent in {Intent.SAFETY, Intent.CHECK}
    spans = tuple(dict.fromkeys((p.number, p.last) for p in paste.ports if p.last is not None))
    return replace(
        asked,
        text=text,
        intent=asked.intent if wanted else Intent.ABOUT,
        ports=tuple(dict.fromkeys(_in_order(paste.ports))),
        spans=spans,
        invalid=(),
        bounds=None,
        closing=False,
        pasted=True,
        evidence=CONFIDENCE,
    )


def _in_order(ports: Iterable[PastedPort]) -> Iterator[int]:
    for port in ports:
        yield port.number
        if port.last is not None:
            yield port.last


def answer(
    question: Question, paste: Paste, base: KnowledgeBase, phrases: NullTranslations = ENGLISH
) -> Answer:
    """Return the answer to a paste: every port, those that deserve attention first."""
    explanation = explain(paste, base, phrases)
    if len(explanation.ports) == 1:
        return _of_one(question, explanation.ports[0], base, phrases)
    careful = [
        Point(PointKind.RISK, f"{port.label}: {' '.join(port.attention)}")
        for port in explanation.attention
    ]
    lines = [
        Point(
            PointKind.DETAIL,
            phrases.gettext(_("{port}: {what} — {role}")).format(
                port=port.label, what=port.what, role=port.role
            ),
        )
        for port in explanation.ports
    ]
    return Answer(
        question=question,
        intent=question.intent,
        confidence=question.evidence,
        title=phrases.ngettext(
            "{count} port in what you pasted",
            "{count} ports in what you pasted",
            len(explanation.ports),
        ).format(count=len(explanation.ports)),
        summary=explanation.summary,
        ports=question.ports,
        protocol=question.protocol,
        system=question.system,
        points=(*careful, *lines),
        facts=tuple(base.facts(number) for number in question.ports[:MOST_FACTS]),
        sources=_sources(explanation.ports[:MOST_FACTS]),
    )


def too_long(
    question: Question, base: KnowledgeBase, phrases: NullTranslations = ENGLISH
) -> Answer:
    """Return that a text is longer than what is read at once."""
    return replace(
        Maker(base, phrases).nothing(question),
        title=phrases.gettext(_("Too long to read")),
        summary=phrases.gettext(
            _("That is more than I read at once: paste at most {count} characters.")
        ).format(count=LONGEST),
    )


def _of_one(
    question: Question, port: Explained, base: KnowledgeBase, phrases: NullTranslations
) -> Answer:
    if port.last is not None:
        return replace(resolve(replace(question, pasted=False), base, phrases), question=question)
    lead = phrases.gettext(_("In what you pasted: {role}.")).format(role=port.role)
    found = Maker(base, phrases).port(
        question, Meaning((port.number,), question.intent, question.evidence, lead=lead)
    )
    careful = tuple(Point(PointKind.RISK, sentence) for sentence in port.attention)
    told = " ".join(port.attention)
    return replace(
        found,
        summary=found.summary[:_MOST_SUMMARY],
        points=(*careful, *(point for point in found.points if point.text not in told)),
    )


def _sources(ports: Iterable[Explained]) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for port in ports:
        for source in compose.sources(port.facts, port.protocol):
            found.setdefault(source.url or source.title, source)
    return tuple(found.values())
