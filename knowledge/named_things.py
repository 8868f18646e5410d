"""Which of the services and products that a text names are meant, and how surely."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from knowledge import roles
from knowledge.match import EVERYWHERE, Subject, words_of
from knowledge.model import Intent, Question
from knowledge.text import squash
from knowledge.vocabulary import BESIDE, PROTOCOLS, SMALL, TRADE, Concept

SURE_NAME = 0.5
_WELL_KNOWN = 40  # weight of a product that many know
_FAMOUS = 80  # weight of one that is meant by its name alone, be that an everyday word as well
_FEW = 4  # words around a name that need not ask anything: "mysql port pls"
_OPEN_ENDED = re.compile(r"(?:\blocalhost|\b\d{1,3}(?:\.\d{1,3}){3}):(?=[^\W\d]|[?_…]|\.\.)")
_ODD = 1  # strange words beside a question for a number: "the number for MariaDB in DBeaver"
_PORT = int(Concept.PORT)
_OF_PORTS = _PORT | PROTOCOLS  # "is Frigate tcp or udp" speaks of ports as well
_ELSEWHERE = int(Concept.ELSEWHERE)
_STARTING = frozenset({"open", "opens", "opening", "close", "closes", "closing"})
_SAID_OF_ANYBODY = frozenset({"i", "you", "we", "to"})  # "you open", "to open"
_OF_NET = int(Concept.EXPOSE | Concept.FIREWALL | Concept.REGISTRY)
_VERSION = re.compile(r"(?<=[a-z] )\d{1,2}(?:\.\d{1,2})?(?![\w.:/])")
_SAYS_LITTLE = int(Concept.PLAIN | Concept.NUMBERED)
_NETWORK = int(Concept.NETWORK)
FILLER = SMALL | int(
    Concept.FUNCTION
    | Concept.ABOUT
    | Concept.DEFAULT
    | Concept.FOLLOWUP
    | Concept.WHICH
    | Concept.IDENTIFY
    | Concept.WANT
    | Concept.ONLY
)
_ACTS = int(
    Concept.CHECK | Concept.OPEN | Concept.CLOSE | Concept.SAFETY | Concept.STOP | Concept.EXPOSE
)
_BESIDE_NAMES = (
    FILLER | PROTOCOLS | int(Concept.NETWORK | Concept.OR | Concept.RUNS | Concept.BOUND)
)
_ASKING_OF_NAMES = int(
    Concept.ABOUT | Concept.DEFAULT | Concept.IDENTIFY | Concept.TCP | Concept.UDP
)
_LINKING = int(Concept.FUNCTION | Concept.SINCE | Concept.TO)
_ASKING = int(Concept.WHICH | Concept.ABOUT | Concept.DEFAULT | Concept.RUNS | Concept.SUGGEST)
_AROUND = (
    FILLER
    | PROTOCOLS
    | _PORT
    | int(Concept.RUNS | Concept.NETWORK | Concept.NUMBER_SIGN | Concept.AND | Concept.OR | BESIDE)
    | int(Concept.SINCE | Concept.TO)  # "puerto de", "poort van"
)


def likely_named(question: Question, subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    """Return the subjects that the question is likely to mean, the likeliest first.

    A word of the trade that is also a product ("ssh", "docker") gives way to one that is only a
    name ("grafana in docker").
    """
    speaks = bool(question.concepts & _OF_PORTS)
    acts = question.intent in {Intent.CHECK, Intent.OPEN, Intent.SAFETY} and bool(
        question.concepts & (Concept.NETWORK | Concept.EXPOSE | Concept.FIREWALL)
    )
    found = [
        subject
        for subject in subjects
        if (speaks or len(subject.name.key) >= 3 or len(question.words) <= 2)  # noqa: PLR2004 - two letters mean much
        and (
            speaks
            or acts
            or not subject.name.everyday
            or subject.end - subject.start > 1
            or _is_famous_alone(question, subject)
        )
    ]
    if len(found) > 1 and question.intent is not Intent.COMPARE:
        found.sort(
            key=lambda s: (
                not s.exact,
                is_generic(question, s),
                s.name.everyday,
                not _is_beside_port(question, s),
                -s.score,
            )
        )
    return tuple(found)


def _is_beside_port(question: Question, subject: Subject) -> bool:
    """Tell whether the word port belongs to a name: "node exporter's port", "port of grafana"."""
    if is_before_port(question, subject):
        return True
    before = subject.start - 1
    while (
        before >= 0 and question.senses[before] & _LINKING and not question.senses[before] & _PORT
    ):
        before -= 1
    return before >= 0 and bool(question.senses[before] & _PORT)


def is_generic(question: Question, subject: Subject) -> bool:
    """Tell whether a name is but one word, and that a word of the trade."""
    return subject.end - subject.start == 1 and bool(question.senses[subject.start])


def confidence_in(question: Question, named: Sequence[Subject]) -> float:
    """Return how surely the text asks about the thing that it names."""
    covered = words_of(named) | named[0].told
    roles_said = {word for s in named for place in s.places for word in place.role_words}
    unknown = elsewhere = 0.0
    asking = _asking_sentences(question, covered)
    for index, sense in enumerate(question.senses):
        word = question.words[index]
        if index in covered or word in roles_said or (not sense and roles.points(word)):
            continue
        share = 1.0 if question.sentences[index] in asking else 0.5
        if not sense:
            unknown += share
        elif sense & _ELSEWHERE and not sense & _NETWORK:
            elsewhere += share
    confidence = named[0].score
    speaks = bool(question.concepts & _PORT)
    asks = "?" in question.text or question.concepts & _ASKING
    others = len(question.words) - len(covered)
    acts = question.intent in {Intent.CHECK, Intent.OPEN, Intent.SAFETY}
    if speaks and not asks and not acts and others > _FEW:
        confidence -= 0.25  # "the PC port of it stutters": told, not asked
    if not speaks:
        asks = question.concepts & (Concept.ABOUT | Concept.DEFAULT | Concept.WHICH)
        alone = others <= 1 or (others <= 2 and "?" in question.text)  # noqa: PLR2004 - "coap?"
        alone = alone and not (others and question.concepts & Concept.PLAIN)  # "Python tutorial"
        picks = _picks_one(question, named[0], covered, roles_said)
        acts = question.intent in {Intent.CHECK, Intent.OPEN, Intent.SAFETY, Intent.COMPARE}
        acts = acts and not _starts(question, named[0])
        if picks or (unknown == 0 and (asks or acts or alone)):
            confidence -= 0.08
        elif acts and question.concepts & (Concept.NETWORK | Concept.EXPOSE | Concept.FIREWALL):
            confidence -= 0.15
        elif question.concepts & (Concept.RUNS | Concept.CHECK) and "?" in question.text:
            confidence -= 0.2
        else:
            confidence -= 0.6
    confidence -= 0.45 * min(elsewhere, 2)
    confidence -= 0.55 * (not speaks and _tells_version(question, named))
    confidence -= (0.08 if speaks else 0.12) * min(unknown, 5)
    return max(0.0, min(confidence, 0.98))


def _tells_version(question: Question, named: Sequence[Subject]) -> bool:
    """Tell whether a text tells versions of what it names: "is Python 3.12 safe to use".

    "Half-Life 2" is called so.
    """
    if question.ports or question.concepts & _OF_NET:
        return False
    told = set(_VERSION.findall(question.text))
    return any(not any(version in subject.name.key for subject in named) for version in told)


def _starts(question: Question, subject: Subject) -> bool:
    """Tell whether a program is but to be started, or its window closed: "open Spotify"."""
    if question.intent is not Intent.OPEN or is_generic(question, subject):
        return False
    verbs = {
        word
        for word, sense in zip(question.words, question.senses, strict=True)
        if sense & (Concept.OPEN | Concept.CLOSE)
    }
    return not question.concepts & TRADE and verbs - _SAID_OF_ANYBODY <= _STARTING


def _picks_one(
    question: Question, subject: Subject, covered: AbstractSet[int], roles_said: AbstractSet[str]
) -> bool:
    """Tell whether all that stands beside a name picks one of its ports, or asks where it is.

    "Etcd, the client side", "where do I find the web UI of Portainer", "Plex on localhost:what".
    """
    if not subject.exact or subject.name.everyday:
        return False
    words, senses = question.words, question.senses
    rest = [i for i in range(len(words)) if i not in covered and words[i] not in roles_said]
    told = bool(subject.told) or _names_a_role(subject)
    address = _OPEN_ENDED.search(question.text) or any(
        roles.asks(words[i], "address") for i in rest
    )
    which = address and any(roles.asks(words[i], "which") for i in rest)
    if which or (told and any(roles.asks(words[i], "where") for i in rest)):
        odd = [i for i in rest if not roles.points(words[i]) and not senses[i] & ~_SAYS_LITTLE]
        return len(odd) <= (0 if any(senses[i] for i in odd) else _ODD)
    if not told and not address:
        return False
    return all(
        roles.points(words[i]) or roles.says_no(words[i]) or senses[i] & PROTOCOLS for i in rest
    )


def _names_a_role(subject: Subject) -> bool:
    """Tell whether a name says which port of a product it means: "Portainer web UI"."""
    product = squash(subject.name.label.split()[0])
    more = subject.name.key.removeprefix(product)
    return 0 < len(more) < len(subject.name.key) and more not in EVERYWHERE


def _asking_sentences(question: Question, covered: AbstractSet[int]) -> AbstractSet[int]:
    """Return the sentences that hold a name or the word port; what is odd in others says less."""
    return {
        sentence
        for index, (sense, sentence) in enumerate(
            zip(question.senses, question.sentences, strict=True)
        )
        if index in covered or sense & _PORT
    }


def asks_for_protocol(question: Question) -> bool:
    """Tell whether a text asks which transport protocol a thing uses: "is STUN tcp or udp"."""
    concepts = question.concepts
    return bool(concepts & Concept.TCP and concepts & Concept.UDP and concepts & Concept.OR)


def is_alone(question: Question, named: Sequence[Subject]) -> bool:
    """Tell whether nothing is said of what is named but what it is, or which protocol it uses.

    "What is DNS", "is RDP tcp or udp", "docker registry".
    """
    if not named or (len(named) > 1 and not asks_for_protocol(question)):
        return False
    covered = words_of(named)
    rest = [sense for index, sense in enumerate(question.senses) if index not in covered]
    speaks = question.concepts & _OF_PORTS or not named[0].name.everyday
    told = not question.concepts & _OF_PORTS and _tells_version(question, named)
    if told or not (speaks or _is_famous_alone(question, named[0])):
        return False
    few = len(question.words) <= _FEW and all(sense & Concept.NETWORK for sense in rest)
    asks = few or "?" in question.text or question.concepts & _ASKING_OF_NAMES
    return bool(asks) and all(sense and not sense & ~_BESIDE_NAMES for sense in rest)


def _is_famous_alone(question: Question, subject: Subject) -> bool:
    """Tell whether a famous product is all that is named, as one: "what is squid", not "a squid".

    Its name is a word of everyday talk as well.
    """
    rest = [
        sense
        for index, sense in enumerate(question.senses)
        if not subject.start <= index < subject.end
    ]
    famous = subject.exact and subject.name.weight >= _FAMOUS
    return famous and all(sense & _ASKING_OF_NAMES and not sense & ~FILLER for sense in rest)


def all_that_is_said(question: Question, subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    """Return the one product that many know, where its name is all: "consul", "what is Matter".

    It may be a word of everyday talk as well, so it is worth an offer, not an answer.
    """
    covered = words_of(subjects)
    rest = [sense for index, sense in enumerate(question.senses) if index not in covered]
    whole = len(subjects) == 1 and all(sense and not sense & ~FILLER for sense in rest)
    return tuple(s for s in subjects if whole and s.exact and s.name.weight >= _WELL_KNOWN)


def is_plain(question: Question, named: Sequence[Subject], confidence: float) -> bool:
    """Tell whether the text surely asks about what it names, whatever else it resembles."""
    sure = confidence >= SURE_NAME and question.intent is not Intent.SUGGEST
    return sure and is_bare(question, named)


def is_bare(question: Question, named: Sequence[Subject]) -> bool:
    """Tell whether the text holds only names, the word port, and words around a question."""
    if not named:
        return False
    covered = words_of(named) | named[0].told
    rest = [sense for index, sense in enumerate(question.senses) if index not in covered]
    if question.intent is Intent.COMPARE and len(named) > 1:
        return all(rest)
    return bool(question.concepts & _PORT) and all(s and not s & ~_AROUND for s in rest)


def is_before_port(question: Question, subject: Subject) -> bool:
    """Tell whether the word port stands right behind a name."""
    behind = question.senses[subject.end] if subject.end < len(question.senses) else 0
    return bool(behind & _PORT)


def is_the_port_of(question: Question, subject: Subject) -> bool:
    """Tell whether the word port stands right behind a name that is surely one."""
    return subject.exact and not subject.name.everyday and is_before_port(question, subject)


def only_tells_which(question: Question, subject: Subject) -> bool:
    """Tell whether all that speaks of an act says which port is meant: "the secure port"."""
    senses = question.senses
    acting = [i for i, sense in enumerate(senses) if sense & _ACTS]
    return bool(acting) and all(
        i in subject.told
        and i + 1 < len(senses)
        and (senses[i + 1] & _PORT or i + 1 in subject.told or roles.points(question.words[i + 1]))
        for i in acting
    )
