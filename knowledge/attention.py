"""Why a port of a paste deserves attention: a database open to all, telnet, an unknown port."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import NullTranslations

from knowledge import compose
from knowledge.model import (
    Assigned,
    Dynamic,
    PortFacts,
    Protocol,
    RiskKind,
    Unassigned,
)
from knowledge.pasted.endpoints import is_every
from knowledge.pasted.model import PastedPort, Role
from knowledge.pasted.sockets import LISTENING
from knowledge.phrasebook import ENGLISH, _

_WAITS = LISTENING | {""}
_LETS_IN = frozenset({"accept", "allow", "pass", "permit", "limit"})
# Services whose log-ins cross the network unencrypted.
_PLAINTEXT = frozenset({"telnet", "ftp", "login", "shell", "exec", "tftp", "rtelnet"})
_KEPT_PRIVATE = frozenset({"never", "restricted"})
_MANAGING = frozenset({"database", "containers", "remote access", "configuration"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A port of a paste, with what is needed to judge it.

    Attributes:
        places: where it stands in the paste.
        facts: of what is reached through it: of a published port, those of the container's.
        handed_out: the system hands such ports out to its own services.
    """

    places: Sequence[PastedPort]
    facts: PortFacts
    protocol: Protocol | None
    handed_out: bool = False


def attention(seen: Seen, phrases: NullTranslations = ENGLISH) -> Iterator[str]:
    """Yield why a port deserves attention, a sentence or two each; mostly nothing."""
    place = next((place for place in seen.places if opened(place)), None)
    how = opened(place) if place is not None else None
    if place is None or how is None or place.last is not None:
        return
    facts, protocol = seen.facts, seen.protocol
    risk = _exposure(facts, protocol)
    if _is_plaintext(facts, protocol):
        yield risk or phrases.gettext(_("Passwords cross the network unencrypted on it."))
    elif _is_private(facts, protocol):
        advice = risk or phrases.gettext(
            _("It is made for the machine itself or a private network, not for everybody.")
        )
        yield f"{phrases.gettext(how)} {advice}"
    elif not is_known(facts, protocol) and not (
        seen.handed_out and isinstance(compose.status_of(facts, None), Dynamic)
    ):
        yield from _unknown(place, phrases)
    if compose.leading_use(facts, protocol) is None:
        malware = tuple(r for r in facts.risks if r.kind is RiskKind.MALWARE)
        if malware:
            known = replace(facts, risks=malware)
            yield from (point.text for point in compose.risks(known, protocol, phrases))


def _unknown(place: PastedPort, phrases: NullTranslations) -> Iterator[str]:
    if place.process and place.role is Role.LISTENER:
        yield phrases.gettext(_("Nothing known uses this port; {process} holds it.")).format(
            process=place.process
        )
    elif place.role in {Role.LISTENER, Role.SCANNED}:
        yield phrases.gettext(
            _("Nothing known uses this port: look which program holds it, and why.")
        )


def waits(port: PastedPort) -> bool:
    """Tell whether a listener waits for connections, and does not just have one."""
    return port.state.lower() in _WAITS


def opened(port: PastedPort) -> str | None:
    """Return the sentence that says how others reach the port; None where they do not."""
    state = port.state.lower()
    match port.role:
        case Role.LISTENER if waits(port) and is_every(port.address):
            return _("It listens on every address.")
        case Role.PUBLISHED if not port.address or is_every(port.address):
            return _("It is published on every address.")
        case Role.SCANNED if state == "open":
            # Translators: "it" is a port; "there" is where the scanner ran.
            return _("It answers whoever asks from there.")
        case Role.RULE if state in _LETS_IN:
            # Translators: of a firewall.
            return _("The rule lets connections in.")
        case Role.CONFIGURED if port.address and is_every(port.address):
            return _("It is configured to listen on every address.")
        case _:
            return None


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
        return usual.category in _MANAGING
    return usual.exposure == "lan" and any(r.kind is RiskKind.EXPOSURE for r in facts.risks)


def _is_plaintext(facts: PortFacts, protocol: Protocol | None) -> bool:
    status = compose.status_of(facts, protocol)
    return isinstance(status, Assigned) and any(
        assignment.name in _PLAINTEXT for assignment in status.assignments
    )


def is_known(facts: PortFacts, protocol: Protocol | None) -> bool:
    """Tell whether a service or a program is known on the port."""
    status = compose.status_of(facts, protocol)
    return bool(facts.uses) or not isinstance(status, Unassigned | Dynamic)
