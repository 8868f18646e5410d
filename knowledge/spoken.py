"""In which language a text is, and in which its answer is told."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from knowledge.model import Protocol
from knowledge.tokens import Kind, Token
from knowledge.vocabulary import Concept, Sense, Vocabulary

DEFAULT_LANGUAGE = "en"
_SPOKEN = ("en", "es", "pt-BR", "fr", "de", "pl", "it", "tr", "nl")
_OTHER_SCRIPTS = ("ru", "zh-CN", "ja", "ko", "uk", "zh-TW", "hi", "th", "el", "bg")
# What is said in English everywhere: "port", "tcp", "server".
_TRADE = sum(int(Concept[protocol.name]) for protocol in Protocol) | int(
    Concept.PORT | Concept.NETWORK
)
_NETWORK = int(Concept.NETWORK)
_OF_LITTLE_WEIGHT = _NETWORK | int(
    Concept.FUNCTION | Concept.PLAIN | Concept.ELSEWHERE | Concept.UNIT | Concept.NUMBERED
)
# English words that stand in the vocabularies of other languages, too, but not in ours of English:
# "mail port" is no Spanish. They are those that our English articles use.
_ENGLISH = frozenset(
    """
    abuse access action actions active ad address administrator alias apart applications arrive
    article assign assignee auth auto ban bare basis bcp body boot brief browser brute byte cable
    camera cameras cc certain certificate cgnat change chats checker comment computers constant
    courier data databases date delivery deploy desktop developer direct dmz documentation door
    dvr easy edit elections email error exact exception exceptions exporter falls far favor file
    follow force frr ftp galera gpp grade gui habitual handy hang hint hobby holder hospital hot
    ide identifier implicit important inet ini installation installer interval invite invites io
    ios ipv iso itu jsp kde later legal link lite local login logon long lose loss lost mail man
    marks master max maximum mod message meta mikrotik minecraft minimal mobile modem moment
    monitoring move once online operating operator org oss otel output pause permanent personal
    piece pieces place poor popular portrange precise present printers prompt proto ram rare rate
    rdp real recent record refuse regular reserve reserves resp responder restart role salt save
    school select sender series sip site size skip slow smart smtp standards start store stuck
    style sudo support tds tech telephone tester thread ties timers transport transports tunnel
    ua ui update updates upnp verification virtual visible vista vps webserver website wifi window
    word wss www
    """.split()  # noqa: SIM905 (a list would be three times as long)
)

_LAST_LATIN = "\u024f"
_SHORT = 2  # letters
_SHARED = 4  # languages that know a word of none
_PROOF = 2  # words that say little, or one that says all
# What begins at a token: how many tokens it spans, and its senses.
Senses = tuple[Sense, ...]
Candidate = tuple[int, Senses]


def spoken_in(
    pieces: Sequence[Token],
    candidates: Sequence[tuple[Candidate, ...]],
    preferred: str,
    vocabulary: Vocabulary,
    strange: AbstractSet[str],
) -> str:
    """Return the language that explains the words best, but for names that are words elsewhere.

    "Vite" is quick in French, and "SIP port" not Indonesian.

    Args:
        pieces: the tokens of a text.
        candidates: of each, the words and phrases that begin there.
        preferred: the reader's language.
        vocabulary: knows the names.
        strange: languages that do not write all letters of the text.
    """
    candidates = _without(candidates, strange - {DEFAULT_LANGUAGE})
    best = _language(candidates, preferred, strange)
    if best == DEFAULT_LANGUAGE:
        candidates = _in_other_scripts(pieces, candidates)
        best = _language(candidates, preferred, strange)
    if best in (preferred, DEFAULT_LANGUAGE):
        return best
    rest = [
        ()
        if piece.kind is Kind.WORD
        and found
        and not any(sense.language == DEFAULT_LANGUAGE for _, senses in found for sense in senses)
        and vocabulary.is_written_as_a_name(piece.text)
        else found
        for piece, found in zip(pieces, candidates, strict=True)
    ]
    return _language(rest, preferred, strange) if any(rest) else preferred


def told_in(
    pieces: Sequence[Token],
    candidates: Sequence[tuple[Candidate, ...]],
    spoken: str,
    preferred: str,
    strange: AbstractSet[str],
) -> str:
    """Return the language to answer in: `spoken`, or the reader's or English if it is doubtful."""
    candidates = _without(candidates, strange - {DEFAULT_LANGUAGE})
    senses = [[sense for _, each in found for sense in each] for found in candidates]
    languages = (preferred, DEFAULT_LANGUAGE)
    if spoken in languages or _is_spoken(spoken, pieces, senses):
        return spoken
    sure = [
        tuple(
            (length, kept)
            for length, each in found
            if (kept := tuple(sense for sense in each if sense.language in languages))
        )
        for found in candidates
    ]
    return _language(sure, preferred, strange)


def _in_other_scripts(
    pieces: Sequence[Token], candidates: Sequence[tuple[Candidate, ...]]
) -> Sequence[tuple[Candidate, ...]]:
    """Return the candidates of other scripts alone, where they are no fewer than the English ones.

    "VRRP 端口是多少": English has a word of it, and is not spoken.
    """
    own = [
        found if piece.text > _LAST_LATIN and found else ()
        for piece, found in zip(pieces, candidates, strict=True)
    ]
    english = sum(
        any(sense.language == DEFAULT_LANGUAGE for _, senses in found for sense in senses)
        for found in candidates
    )
    others = sum(map(bool, own))
    return own if others and others >= english else candidates


def _without(
    candidates: Sequence[tuple[Candidate, ...]], languages: AbstractSet[str]
) -> Sequence[tuple[Candidate, ...]]:
    """Return the words and phrases without what they mean in some languages."""
    if not languages:
        return candidates
    return [
        tuple(
            (length, kept)
            for length, senses in found
            if (kept := tuple(sense for sense in senses if sense.language not in languages))
        )
        for found in candidates
    ]


def _language(
    candidates: Sequence[tuple[Candidate, ...]], preferred: str, strange: AbstractSet[str]
) -> str:
    """Return the language that explains the words best; a word of few languages counts more."""
    if all(
        any(sense.language == preferred or _is_of_the_trade(sense) for sense in senses)
        for found in candidates
        for _, senses in found
    ):
        return preferred
    votes: dict[str, float] = {}
    knows: dict[str, int] = {}  # a bit for each token
    for index, found in enumerate(candidates):
        for length, senses in found:
            vote = length / len(senses)
            tokens = ((1 << length) - 1) << index
            for language, _ in senses:
                votes[language] = votes.get(language, 0.0) + vote
                knows[language] = knows.get(language, 0) | tokens
    most = max(map(int.bit_count, knows.values()))
    best = max(
        (tag for tag in votes if knows[tag].bit_count() == most),
        key=lambda tag: (tag not in strange, votes[tag], -_rank(tag)),
    )
    for favourite in (preferred, DEFAULT_LANGUAGE):
        known = knows.get(favourite, 0)
        if not knows[best] & ~known or known.bit_count() > most:
            return favourite  # "is port 80 safe" is Hindi in Latin letters as well
    return best


def _is_of_the_trade(sense: Sense) -> bool:
    """Tell whether a word is said in English everywhere: "port", "tcp"."""
    return sense.language == DEFAULT_LANGUAGE and not sense.concepts & ~_TRADE


def _rank(language: str) -> int:
    """Return the place of a language among those that share a word: the more spoken one first.

    Those of other scripts come last: their own words leave no doubt.
    """
    if language in _OTHER_SCRIPTS:
        return len(_SPOKEN) + 1 + _OTHER_SCRIPTS.index(language)
    return _SPOKEN.index(language) if language in _SPOKEN else len(_SPOKEN)


def _is_spoken(language: str, tokens: Sequence[Token], senses: Sequence[Sequence[Sense]]) -> bool:
    """Tell whether a text has a word of a language that is no English word as well.

    Words that many languages share, and names, make a text look like one of another language;
    it is told so only if something in it can be nothing else.

    Args:
        language: a tag of the vocabulary.
        tokens: of the text.
        senses: of each token, those of all words and phrases that begin there.
    """
    told = 0
    for token, found in zip(tokens, senses, strict=True):
        known = {sense.language: sense.concepts for sense in found}
        if DEFAULT_LANGUAGE in known or language not in known or token.text in _ENGLISH:
            continue
        told += 1 if _says_little(token.text, known[language], len(known)) else _PROOF
    return told >= _PROOF


def _says_little(word: str, concepts: int, languages: int) -> bool:
    """Tell whether a word of a language may as well be a name, or a word of another language.

    "MS SQL" is no Bulgarian, "RAM" no Hungarian, a "Synology" no Spanish.
    """
    if not word.isascii():
        return False
    short = len(word) <= _SHORT and not concepts & ~_OF_LITTLE_WEIGHT
    shared = languages >= _SHARED and not concepts & Concept.PORT
    return short or shared or not concepts & ~_NETWORK
