"""Number words: "port eighty" is port 80."""

from collections.abc import Collection, Sequence

from knowledge.model import MAX_PORT
from knowledge.tokens import Kind, Token
from knowledge.vocabulary import Concept, Vocabulary

_HUNDRED = 100
_TEN = 10
_COUNTED = 64  # small numbers before the word port count ports


def value_of(numbers: Sequence[int]) -> int:
    """Return the number that a row of number words says.

    With a hundred or a thousand among them they are a sum ("eight thousand eighty"); without,
    they are read out in groups ("eighty eighty", "four four three", "thirty three zero six").

    >>> value_of([8, 1000, 80]), value_of([80, 80]), value_of([4, 4, 3]), value_of([30, 3, 0, 6])
    (8080, 8080, 443, 3306)
    """
    if any(number >= _HUNDRED for number in numbers):
        total = group = 0
        for number in numbers:
            if number >= 10 * _HUNDRED:
                total += max(group, 1) * number
                group = 0
            elif number >= _HUNDRED and number % _HUNDRED == 0 and 0 < group < _HUNDRED:
                group *= number
            else:
                group += number
        return total + group
    digits = ""
    tens = 0
    for number in numbers:
        if tens and 0 < number < _TEN:
            digits = digits[: -len(str(tens))] + str(tens + number)
            tens = 0
            continue
        digits += str(number)
        tens = number if number >= 2 * _TEN and number % _TEN == 0 else 0
    return int(digits) if digits else 0


def with_digits(
    pieces: list[Token], vocabulary: Vocabulary, languages: Collection[str]
) -> list[Token]:
    """Return the tokens with number words after (or before) the word port as numbers."""
    values = [vocabulary.value(piece.text, languages) for piece in pieces]
    if not any(value is not None for value in values):
        return pieces
    found: list[Token] = []
    index = 0
    while index < len(pieces):
        end = _end_of_row(pieces, values, index, vocabulary)
        if end == index:
            found.append(pieces[index])
            index += 1
            continue
        if _near_port(pieces, index - 1, -1, vocabulary) or _near_port(pieces, end, 1, vocabulary):
            value = value_of([number for number in values[index:end] if number is not None])
            text = " ".join(piece.text for piece in pieces[index:end])
            # "Two ports" counts them, in any language; "port two" does not.
            counts = not _near_port(pieces, index - 1, -1, vocabulary) and value <= _COUNTED
            if value <= MAX_PORT and not counts:
                found.append(Token(text, Kind.NUMBER, value))
            else:
                found += pieces[index:end]
        else:
            found += pieces[index:end]
        index = end
    return found


def _end_of_row(
    pieces: Sequence[Token], values: Sequence[int | None], index: int, vocabulary: Vocabulary
) -> int:
    """Return where the row of number words that begins at `index` ends.

    "And" belongs to it after a hundred or a thousand: "eight thousand and eighty".
    """
    end = index
    while end < len(pieces):
        if values[end] is not None:
            end += 1
        elif (
            end > index
            and (values[end - 1] or 0) >= _HUNDRED
            and vocabulary.concepts(pieces[end].text) & Concept.AND
            and end + 1 < len(pieces)
            and values[end + 1] is not None
        ):
            end += 2
        else:
            break
    return end


def _near_port(pieces: Sequence[Token], index: int, step: int, vocabulary: Vocabulary) -> bool:
    """Tell whether the word port stands at `index`, or beyond a word such as "number"."""
    while 0 <= index < len(pieces):
        concepts = vocabulary.concepts(pieces[index].text)
        if concepts & Concept.PORT:
            return True
        if not concepts & Concept.NUMBER_SIGN:
            return False
        index += step
    return False
