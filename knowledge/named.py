"""Names that would be misread word by word: "TeamSpeak 3", "HTTP/3", "Lightning Network"."""

from collections.abc import Collection, Iterator, Sequence

from knowledge.text import squash
from knowledge.tokens import Kind, Token
from knowledge.vocabulary import Concept, Sense, Vocabulary

LONGEST = 6  # tokens of a name
MOST_SPANS = 200  # far above what a question needs
_NUMERIC = frozenset({Kind.NUMBER, Kind.OTHER, Kind.SPAN})
_JOINING = frozenset("/.")  # marks that stand inside of names
_PORT, _ELSEWHERE = int(Concept.PORT), int(Concept.ELSEWHERE)

Candidates = Sequence[tuple[tuple[int, tuple[Sense, ...]], ...]]


def with_names(
    pieces: Sequence[Token], candidates: Candidates, vocabulary: Vocabulary
) -> list[Token] | None:
    """Return the tokens with each such name as one word; None where there is none.

    Args:
        pieces: the tokens of a text.
        candidates: of each, the words and phrases of the vocabulary that begin there.
        vocabulary: knows the names.
    """
    spans = dict(_spans(pieces, candidates))
    if not spans:
        return None
    known = vocabulary.products_among(spans.values())
    ends: dict[int, tuple[int, str]] = {}
    for (start, end), key in spans.items():
        if key in known:
            ends[start] = max(ends.get(start, (0, "")), (end, key))
    return list(_joined(pieces, ends)) if ends else None


def _spans(
    pieces: Sequence[Token], candidates: Candidates
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield (first, after the last) token of what may be such a name, and its key."""
    reach = [at + max((n for n, _ in found), default=1) for at, found in enumerate(candidates)]
    left = MOST_SPANS
    for start in range(len(pieces)):
        for end in _ends(pieces, candidates, start):
            inside = range(start, end)
            told = [pieces[i] for i in inside]
            numeric = any(piece.kind in _NUMERIC for piece in told)
            crossed = end - start > 1 and any(
                reach[i] > end or _means(candidates[i], _ELSEWHERE) for i in inside
            )
            if (numeric or crossed) and not all(piece.text.isdigit() for piece in told):
                yield (start, end), squash("".join(piece.text for piece in told))
                left -= 1
                if not left:
                    return


def _ends(pieces: Sequence[Token], candidates: Candidates, start: int) -> Iterator[int]:
    """Yield where a name may end that begins at a token: it holds no word port and no clause."""
    for end in range(start, min(start + LONGEST, len(pieces))):
        piece = pieces[end]
        if piece.kind in {Kind.RUN, Kind.PORT} or _means(candidates[end], _PORT):
            return
        if piece.kind is not Kind.MARK:
            yield end + 1
        elif end == start or piece.text not in _JOINING:
            return


def _means(found: Collection[tuple[int, tuple[Sense, ...]]], concept: int) -> bool:
    """Tell whether a word, by itself, may have a meaning in any language."""
    return any(sense.concepts & concept for n, senses in found if n == 1 for sense in senses)


def _joined(pieces: Sequence[Token], ends: dict[int, tuple[int, str]]) -> Iterator[Token]:
    index = 0
    while index < len(pieces):
        if index in ends:
            end, key = ends[index]
            yield Token(key, Kind.WORD, spaced=pieces[index].spaced)
            index = end
        else:
            yield pieces[index]
            index += 1
