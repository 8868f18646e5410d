"""Holds claims about states, services and unassigned blocks against the registry."""

import re
from collections.abc import Iterable
from typing import assert_never

from knowledge.claims.findings import Verdict
from knowledge.claims.kinds import (
    BlockClaim,
    BlockSizeClaim,
    Footing,
    ServiceClaim,
    StateClaim,
    SurroundedClaim,
    Word,
)
from knowledge.claims.known import Judgement, Knowledge, describe, names_at, state_of
from knowledge.claims.port_words import fits, squash
from knowledge.model import (
    MAX_PORT,
    PortFacts,
    PortRange,
    Protocol,
    Unassigned,
    range_of,
    status_word,
)

# Protocols that run on many ports: "8080 (http)" is right, whatever 8080 is registered as.
_EVERYWHERE_TEXT = """
    http https www ssh telnet ftp ftps ldap sip rtsp mqtt smtp imap rdp vnc socks snmp dns
    domain rpc grpc amqp nfs smb stomp xmpp irc radius syslog tls ssl quic ntp proxy web docker
    redis websocket websockets soap rest api console name time who test ws wss udp tcp sctp
    dccp
"""
_EVERYWHERE = frozenset(_EVERYWHERE_TEXT.split())


def judge_state(claim: StateClaim, known: Knowledge) -> Judgement | None:
    """Return whether ports are in the state that a text says."""
    wrong: list[int] = []
    fact = ""
    for first, last in claim.spans:
        for number in range(first, last + 1):
            facts = known.facts(number)
            if not _has_state(facts, claim.protocol, claim.word):
                wrong.append(number)
                fact = fact or describe(facts)
            elif not wrong and not fact:
                fact = ""
    if wrong:
        others = wrong[1:]
        more = f" So is not: {_listed(others)}." if others else ""
        return Judgement(Verdict.CONTRADICTED, fact + more)
    first, last = claim.spans[0]
    if first == last:
        return Judgement(Verdict.SUPPORTED, describe(known.facts(first)))
    return Judgement(Verdict.SUPPORTED, f"Ports {first}-{last} are {claim.word}.")


def _listed(numbers: Iterable[int]) -> str:
    few = list(numbers)
    return ", ".join(map(str, few[:5])) + (f" and {len(few) - 5} more" if len(few) > 5 else "")  # noqa: PLR2004


def _has_state(facts: PortFacts, protocol: Protocol | None, word: Word) -> bool:
    if protocol is not None:
        states = {status_word(facts.states[protocol])}
    else:
        states = {status_word(status) for status in facts.states.values()}
    match word:
        case Word.ASSIGNED:
            return "assigned" in states
        case Word.RESERVED:
            # A number may be reserved for one transport and assigned for another.
            return "reserved" in states
        case Word.UNASSIGNED:
            # People call a dynamic port unassigned, and it is assigned to nobody.
            return "assigned" not in states and "reserved" not in states
        case Word.DYNAMIC:
            return "dynamic" in states
        case Word.UNOFFICIAL:
            return "assigned" not in states
        case _:
            assert_never(word)


def judge_service(claim: ServiceClaim, known: Knowledge) -> Judgement | None:
    """Return whether a port is that of a service; None for a loose word that says nothing sure."""
    facts = known.facts(claim.number)
    official = claim.footing is Footing.OFFICIAL
    if official and _is_other_name(claim, facts, known):
        fact = f"{describe(facts)} {_registered_elsewhere(claim.name, known)}"
        return Judgement(Verdict.CONTRADICTED, fact)
    if fits(claim.name, facts, claim.protocol, official=official):
        return Judgement(Verdict.SUPPORTED, describe(facts))
    elsewhere = _registered_elsewhere(claim.name, known) or _only_used(claim.name, facts)
    fact = f"{describe(facts)} {elsewhere}".strip()
    match claim.footing:
        case Footing.OFFICIAL | Footing.LISTED:
            wrong = elsewhere or state_of(facts, claim.protocol) != "assigned"
            return Judgement(Verdict.CONTRADICTED if wrong else Verdict.UNSUPPORTED, fact)
        case Footing.MET:
            return None
        case Footing.GLOSSED:
            generic = claim.name.casefold() in _EVERYWHERE
            sure = not generic or range_of(claim.number) is PortRange.SYSTEM
            wrong = elsewhere and sure and _is_name(claim.name)
            return Judgement(Verdict.CONTRADICTED, fact) if wrong else None
        case _:
            assert_never(claim.footing)


def _is_other_name(claim: ServiceClaim, facts: PortFacts, known: Knowledge) -> bool:
    """Tell whether a name, written as the registry does, is exactly that of another port."""
    name = claim.name
    if name != name.lower() or " " in name or name in names_at(facts):
        return False
    return bool(known.assignments_of(name))


def _only_used(name: str, facts: PortFacts) -> str:
    """Return that a product of that very name only uses the port; "" where none does."""
    for use in facts.uses:
        if squash(use.product) == squash(name) and not use.official:
            return f"{use.product} uses it without being registered for it."
    return ""


def _is_name(word: str) -> bool:
    """Tell a name from a word of English: many service names are such words ("device", "tell")."""
    return re.search(r"[A-Z].*[A-Z]|\d|-", word) is not None


def _registered_elsewhere(name: str, known: Knowledge) -> str:
    """Return where the registry has a service of that very name; "" where it has none."""
    word = name.strip(" `\"'").casefold()
    assignments = known.assignments_of(word)
    if not assignments and " " in word:
        assignments = known.assignments_of(word.split()[0])
    ports = dict.fromkeys(
        str(one.first) if one.first == one.last else f"{one.first}-{one.last}"
        for one in assignments
    )
    if not ports:
        return ""
    return f"{assignments[0].name} is registered on {', '.join(ports)}."


def judge_block(claim: BlockClaim, known: Knowledge) -> Judgement:
    """Return whether ports are unassigned, and all of their block where that is said."""
    for number in range(claim.first, claim.last + 1):
        facts = known.facts(number)
        if state_of(facts, None) != "unassigned":
            return Judgement(Verdict.CONTRADICTED, describe(facts))
    status = known.facts(claim.first).states[Protocol.TCP]
    if claim.whole and isinstance(status, Unassigned):
        span = (status.first, status.last)
        if span != (claim.first, claim.last):
            return Judgement(
                Verdict.CONTRADICTED, f"The unbroken unassigned block is {span[0]}-{span[1]}."
            )
    return Judgement(Verdict.SUPPORTED, f"Ports {claim.first}-{claim.last} are unassigned.")


def judge_block_size(claim: BlockSizeClaim, known: Knowledge) -> Judgement | None:
    """Return whether the unassigned block around a port is as large as a text says."""
    status = known.facts(claim.number).states[Protocol.TCP]
    if not isinstance(status, Unassigned):
        return None
    size = status.last - status.first + 1
    fact = f"The unassigned block around {claim.number} is {status.first}-{status.last}: {size}."
    right = size == claim.count
    return Judgement(Verdict.SUPPORTED if right else Verdict.CONTRADICTED, fact)


def judge_surrounded(claim: SurroundedClaim, known: Knowledge) -> Judgement:
    """Return whether both neighbours of a port are in a state."""
    beside = [n for n in (claim.number - 1, claim.number + 1) if 0 <= n <= MAX_PORT]
    facts = [known.facts(number) for number in beside]
    verdict = (
        Verdict.SUPPORTED
        if all(_has_state(one, None, claim.word) for one in facts)
        else Verdict.CONTRADICTED
    )
    return Judgement(verdict, " ".join(map(describe, facts)))
