"""Names that would be misread word by word: "TeamSpeak 3", "HTTP/3", "Lightning Network"."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from knowledge.spoken import DEFAULT_LANGUAGE
from knowledge.text import squash
from knowledge.tokens import Kind, Token
from knowledge.vocabulary import Concept, Sense, Vocabulary

LONGEST = 6  # tokens of a name
MOST_SPANS = 200  # far above what a question needs
_NUMERIC = (Kind.NUMBER, Kind.OTHER, Kind.SPAN)  # a tuple: to hash a member takes longer
_ENDING = (Kind.RUN, Kind.PORT)  # none of any name
_NAMED_PORT = re.compile(r"(?P<name>\w{3,}?)-?(?P<port>po?ort\w{0,4})")
_JOINING = frozenset("/.")  # marks that stand inside of names
_PORT, _ELSEWHERE = int(Concept.PORT), int(Concept.ELSEWHERE)
# Words that would tell what is wanted, were they not part of a name: "Docker daemon".
_ACTING = int(
    Concept.OPEN
    | Concept.CLOSE
    | Concept.STOP
    | Concept.CHECK
    | Concept.NEIGHBORS
    | Concept.COMPARE
)
_SAFETY = int(Concept.SAFETY)
_OWN, _FUNCTION = int(Concept.OWN), int(Concept.FUNCTION)
_PROTOCOLS = frozenset({"tcp", "udp", "sctp", "dccp"})

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
    parted = _parted(pieces, candidates, vocabulary)
    if parted is not None:
        return parted
    spans = dict(_spans(pieces, candidates))
    if not spans:
        return None
    known = vocabulary.products_among(spans.values())
    ends: dict[int, tuple[int, str]] = {}
    for (start, end), key in spans.items():
        if key in known and not _is_order(pieces[start:end], candidates[start], vocabulary):
            ends[start] = max(ends.get(start, (0, "")), (end, key))
    return list(_joined(pieces, ends)) if ends else None


def _parted(
    pieces: Sequence[Token], candidates: Candidates, vocabulary: Vocabulary
) -> list[Token] | None:
    """Return the tokens with a name and the word port apart where they are written as one word.

    "Postgrespoort", as the Dutch have it, or "plexporten". None where there is none.
    """
    found: dict[int, tuple[Token, Token]] = {}
    for index, piece in enumerate(pieces):
        if candidates[index] or piece.kind is not Kind.WORD:
            continue
        match = _NAMED_PORT.fullmatch(piece.text)
        if (
            match is not None
            and vocabulary.concepts(match["port"]) & _PORT
            and not vocabulary.is_written_as_a_name(piece.text)
            and vocabulary.is_well_known(match["name"])
        ):
            found[index] = piece._replace(text=match["name"]), Token(match["port"], Kind.WORD)
    if not found:
        return None
    return [part for index, piece in enumerate(pieces) for part in found.get(index, (piece,))]


def _is_order(
    name: Sequence[Token], first: Collection[tuple[int, tuple[Sense, ...]]], vocabulary: Vocabulary
) -> bool:
    """Tell whether what may be a name rather says what to do with another: "open SSH"."""
    return bool(_meant(first)[1] & _ACTING) and vocabulary.is_name(
        squash("".join(piece.text for piece in name[1:]))
    )


def _spans(
    pieces: Sequence[Token], candidates: Candidates
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield (first, after the last) token of what may be such a name, and its key.

    A name holds no word port and no clause. It is looked for where one holds a number, cuts a
    phrase of the vocabulary, or holds a word of another trade, or one that would tell what is
    wanted. A protocol at its end is none of the name's, and "MQTT secure" is a name only before
    the word port.
    """
    numeric = [piece.kind in _NUMERIC for piece in pieces]
    # The phrases of a token come first, the longest before the others.
    reach = [at + (found[0][0] if found else 1) for at, found in enumerate(candidates)]
    meanings = [_meant(found) if found else (0, 0) for found in candidates]
    alone = [union for union, _ in meanings]
    telling = [told & (_ACTING | _SAFETY) for _, told in meanings]
    small = [bool(told & _FUNCTION) for _, told in meanings]
    starts = _starts(
        at
        for at in range(len(pieces))
        if numeric[at] or reach[at] > at + 1 or alone[at] & _ELSEWHERE or telling[at]
    )
    if not starts:
        return
    texts = [piece.text for piece in pieces]
    keys = [squash(text) for text in texts]
    joining = [piece.kind is Kind.MARK and piece.text in _JOINING for piece in pieces]
    stops = [
        piece.kind in _ENDING or bool(union & _PORT) or (piece.kind is Kind.MARK and not joins)
        for piece, union, joins in zip(pieces, alone, joining, strict=True)
    ]
    left = MOST_SPANS
    for start in starts:
        furthest, meant, acts, with_number, only_digits = 0, 0, 0, False, True
        for index in range(start, min(start + LONGEST, len(pieces))):
            if stops[index] or (joining[index] and index == start):
                break
            text = texts[index]
            furthest = max(furthest, reach[index])
            meant |= alone[index]
            acts |= telling[index]
            with_number = with_number or numeric[index]
            only_digits = only_digits and text.isdigit()
            if only_digits or joining[index]:
                continue
            end = index + 1
            if telling[index] & _SAFETY and not (end < len(pieces) and alone[end] & _PORT):
                continue  # "is MQTT secure?"
            told = acts and not meant & _OWN
            crossed = index > start and (furthest > end or meant & _ELSEWHERE or told)
            crossed = crossed and not all(small[start:end])  # "who is listening", and no Whois
            if with_number or (crossed and text not in _PROTOCOLS):
                yield (start, end), "".join(keys[start:end])
                left -= 1
                if not left:
                    return


def _starts(reasons: Iterable[int]) -> list[int]:
    """Return where a name may begin: where one of its tokens is a reason to look for it."""
    return sorted({at for r in reasons for at in range(max(r - LONGEST + 1, 0), r + 1)})


def _meant(found: Collection[tuple[int, tuple[Sense, ...]]]) -> tuple[int, int]:
    """Return the concepts that a word, by itself, may have in any language, and in English.

    Most names are English, so where English has the word, other languages tell nothing of it.
    """
    union = english = 0
    for length, senses in found:
        if length == 1:
            for language, concepts in senses:
                union |= concepts
                if language == DEFAULT_LANGUAGE:
                    english |= concepts
    return union, english or union


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
