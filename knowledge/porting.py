"""Tells the verb from the noun: "port the app to Rust" speaks of no network port."""

from collections.abc import Sequence

from knowledge.tokens import NUMERIC, Kind, Token
from knowledge.vocabulary import Concept

_VERB = frozenset({"port", "ports"})
_SUBJECTS = frozenset({
    "i", "we", "you", "they", "can", "could", "should", "would", "will", "must", "lets", "gonna",
    "wanna", "cant", "didnt", "dont", "wont", "never", "who",
})  # fmt: skip
_OBJECTS = frozenset({
    "a", "an", "the", "my", "our", "your", "his", "her", "their", "this", "that", "these", "those",
    "it", "them", "some", "everything", "code", "over", "back",
})  # fmt: skip
# "Port forward", "port scan": the noun before another verb.
_COMPOUNDS = frozenset({
    "forward", "forwards", "forwarding", "forwarded", "scan", "scans", "scanning", "map", "maps",
    "mapping", "mirror", "mirroring", "knock", "knocking", "trigger", "triggering", "range",
    "ranges", "number", "numbers", "no", "is", "are", "do", "does", "to", "for", "on", "should",
})  # fmt: skip
_BEFORE = frozenset({"to", "please", "pls", "and", "just"})
_WAYS = frozenset({"to", "from", "into", "over", "back"})
_FARTHEST = 7  # words between the verb and where the thing is ported to
_UNIT = int(Concept.UNIT)
_ASIDE = int(Concept.FUNCTION | Concept.WHICH | Concept.ABOUT | Concept.NETWORK)


def is_verb(
    tokens: Sequence[Token], senses: Sequence[int], named: Sequence[bool], index: int
) -> bool:
    """Tell whether the English word port at `index` says that software is carried over."""
    if tokens[index].text not in _VERB or index + 1 >= len(tokens):
        return False
    before = tokens[index - 1] if index else None
    after = tokens[index + 1]
    if after.kind in NUMERIC:
        counted = index + 3 < len(tokens) and senses[index + 2] & _UNIT
        return bool(counted) and tokens[index + 3].text in {"of", *_WAYS}
    if before is not None and before.text in _SUBJECTS:
        return after.kind is Kind.WORD and after.text not in _COMPOUNDS
    if after.text not in _OBJECTS:
        return False
    if before is None or before.kind is not Kind.WORD:
        return any(token.text in _WAYS for token in tokens[index + 2 : index + 2 + _FARTHEST])
    strange = not senses[index - 1] & _ASIDE and not named[index - 1]
    return before.text in _BEFORE or (tokens[index].text == "ports" and strange)
