"""The words that are known to belong to a port, to tell whether a name fits it."""

import re
from functools import lru_cache

from knowledge.claims.known import Knowledge, names_at
from knowledge.model import Assigned, PortFacts, Protocol

SHORTEST_WORD = 3

_COMMON_WORDS_TEXT = """
    about after also another any are been before being both but can client clients common could
    data default does each either every for from had has have here host in into its like local
    many may might more most much network new not now number of often old on one only open or
    other over own part port ports protocol protocols public registered remote same server
    servers service services several should since software some such system systems tcp than
    that the their them then there these they this those through traffic udp under unix use
    used user users uses using various very was well were what when where which while who why
    will with within without world would you your internet connection connections device
    devices application applications program programs product products associated official
    officially assigned iana unofficial unofficially commonly known based security databases
    database malware trojan past
    modern current newer older recent early late today sometimes usually typically normally often
    windows linux macos unix solaris however therefore although because since while instead default
    please note some several certain these those both either each every here there
"""
COMMON_WORDS = frozenset(_COMMON_WORDS_TEXT.split())


def fits(name: str, facts: PortFacts, protocol: Protocol | None, *, official: bool) -> bool:
    """Tell whether a name is that of a port's service, by any word it is known by.

    `official` leaves out products that only use the port.
    """
    if protocol is None or isinstance(facts.states[protocol], Assigned):
        if any(squash(own) == squash(name) for own in names_at(facts, protocol)):
            return True
    elif names_at(facts):
        return False  # the registry gives it for the other protocol only
    words = vocabulary_of(facts, official=official)
    return is_akin(name, words | _initials(facts))


def is_akin(name: str, words: frozenset[str]) -> bool:
    """Tell whether a name shares a telling word, or the beginning of one, with others."""
    return any(word in words or begins(word, words) for word in tokens_of(name))


def registry_words(facts: PortFacts, protocol: Protocol) -> frozenset[str]:
    """Return the words with which the registry names a port and its assignee."""
    status = facts.states[protocol]
    assignments = status.assignments if isinstance(status, Assigned) else ()
    texts = [text for one in assignments for text in (one.name, one.description, one.assignee)]
    return _initials(facts).union(*map(tokens_of, texts))


def begins(word: str, vocabulary: frozenset[str]) -> bool:
    """Tell whether a word begins like one of a vocabulary, or the other way round."""
    return len(word) > SHORTEST_WORD and any(
        known.startswith(word) or (len(known) > SHORTEST_WORD and word.startswith(known))
        for known in vocabulary
    )


def squash(name: str) -> str:
    """Return the letters and digits of a name, in lower case."""
    return re.sub(r"[^a-z0-9+]", "", name.casefold())


@lru_cache(maxsize=65536)
def tokens_of(text: str) -> frozenset[str]:
    """Return the telling words of a text, in lower case."""
    words = re.findall(r"[a-z0-9+]+", re.sub(r"['’]s\b", "", text.casefold()))
    return frozenset(word for word in words if len(word) > 1 and word not in COMMON_WORDS)


def vocabulary_of(facts: PortFacts, *, official: bool = False) -> frozenset[str]:
    """Return the words of the registry, the uses and the risks of a port."""
    texts: list[str] = []
    for status in facts.states.values():
        if isinstance(status, Assigned):
            for one in status.assignments:
                texts += [one.name, one.description, one.assignee]
                texts += [] if official else [one.unauthorized_use]
    for use in facts.uses:
        if use.official or not official:
            texts += [use.product, use.role]
    texts += [] if official else [risk.name for risk in facts.risks]
    return frozenset().union(*map(tokens_of, texts)) if texts else frozenset()


def article_words(known: Knowledge, number: int) -> frozenset[str]:
    """Return the words of the shipped articles about a port: told there, if not as its own."""
    texts: list[str] = []
    for article in known.articles(number):
        if not article.origin:
            texts += [article.title, article.summary, *(part.text for part in article.sections)]
    return frozenset().union(*map(tokens_of, texts)) if texts else frozenset()


def _initials(facts: PortFacts) -> frozenset[str]:
    """Return the initials of the services' descriptions: "Domain Name Server" is dns."""
    found = set()
    for status in facts.states.values():
        if isinstance(status, Assigned):
            for one in status.assignments:
                words = re.findall(r"[A-Za-z][a-z]*", one.description)
                found.add("".join(word[0] for word in words).lower())
    return frozenset(found)
