"""Whether a port is to be worried about, in a calm sentence."""

from collections.abc import Sequence
from enum import IntEnum

from knowledge.model import PortFacts, Protocol, RiskKind
from knowledge.phrasebook import _

_MAIN_USE = 0.75  # of the greatest weight: from there on a use is one of those mostly met
_WIDE = 64  # ports


class Verdict(IntEnum):
    """What is to be said of a port that faces the internet, the worst first."""

    EXPOSED = 0
    AMPLIFIES = 1
    INSIDE = 2
    MALWARE = 3
    UNKNOWN = 4
    PUBLIC = 5


SENTENCES = {
    Verdict.EXPOSED: _("Port {number} should not face the internet."),
    Verdict.AMPLIFIES: _(
        "Port {number} should not face the internet: it is abused to amplify attacks."
    ),
    Verdict.INSIDE: _(
        "Port {number} belongs behind a firewall or a VPN, not on the open internet."
    ),
    Verdict.MALWARE: _("Port {number} was used by malware long ago, which proves nothing today."),
    Verdict.UNKNOWN: _(
        "No particular danger is known of port {number}: what counts is what listens on it."
    ),
    Verdict.PUBLIC: _("Port {number} is made to be reached; keep what listens on it up to date."),
}


def verdict_on(facts: PortFacts, protocol: Protocol | None) -> Verdict:
    """Return what is to be said of a port, of one protocol or of all."""
    kinds = {r.kind for r in facts.risks if protocol is None or r.protocol in (None, protocol)}
    every = [use for use in facts.uses if protocol in (None, use.protocol)]
    # That telephones take some port of thousands for their media says little of this one.
    uses = [use for use in every if use.last - use.first <= _WIDE] or every
    least = _MAIN_USE * max((use.weight for use in uses), default=0)
    # What is mostly met there decides: that a console may be, too, makes 443 no private port.
    exposed = {use.exposure for use in uses if use.weight >= least}
    if RiskKind.AMPLIFICATION in kinds:
        return Verdict.AMPLIFIES
    if "public" in exposed and not exposed & {"never", "restricted", "vpn"}:
        return Verdict.PUBLIC
    if RiskKind.EXPOSURE in kinds or exposed & {"never", "restricted"}:
        return Verdict.EXPOSED
    if exposed & {"vpn", "lan", "local"}:
        return Verdict.INSIDE
    return Verdict.MALWARE if RiskKind.MALWARE in kinds else Verdict.UNKNOWN


def worst_first(
    all_facts: Sequence[PortFacts], protocol: Protocol | None
) -> tuple[PortFacts, ...]:
    """Return the facts of ports, those most to be worried about first."""
    return tuple(sorted(all_facts, key=lambda facts: verdict_on(facts, protocol)))
