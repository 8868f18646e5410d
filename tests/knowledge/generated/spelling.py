"""How people spell in a hurry: slips of the finger and loose capitals."""

import random
import re
from collections.abc import Callable
from typing import NamedTuple

_WORD = re.compile(r"(?<![\w.'-])[A-Za-z][a-z]{4,}(?![\w'-])")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Piece(NamedTuple):
    """A part of a sentence; a fixed one is spelled right always, as numbers and systems are."""

    text: str
    fixed: bool


def mistyped(
    pieces: tuple[Piece, ...], is_name: Callable[[str], bool], chance: random.Random
) -> tuple[Piece, ...]:
    """Return the pieces with a slip in one word, seldom in two; unchanged where no word is long.

    A slip never makes one name of another, as `is_name` knows them.
    """
    places = [
        (place, match.span())
        for place, piece in enumerate(pieces)
        if not piece.fixed
        for match in _WORD.finditer(piece.text)
    ]
    wanted = min(len(places), 2 if chance.random() < 0.15 else 1)
    result = list(pieces)
    # From the end, so that the places before stay where they are.
    for place, (start, end) in sorted(chance.sample(places, wanted), reverse=True):
        text = result[place].text
        slipped = slip(text[start:end], chance)
        if not is_name(slipped):
            result[place] = Piece(text[:start] + slipped + text[end:], fixed=False)
    return tuple(result)


def slip(word: str, chance: random.Random) -> str:
    """Return the word with two letters swapped, or one dropped, doubled or mistaken.

    It is mistaken for one beside it on the keyboard. The first letter stays: people look at
    the key they begin with.
    """
    place = chance.randrange(1, len(word))
    match chance.choice(("swap", "drop", "double", "neighbor")):
        case "swap":
            place = min(place, len(word) - 2)
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case "drop":
            return word[:place] + word[place + 1 :]
        case "double":
            return word[: place + 1] + word[place:]
        case _:
            return word[:place] + chance.choice(_beside(word[place])) + word[place + 1 :]


def _beside(letter: str) -> str:
    """Return the letters left and right of a small letter on a QWERTY keyboard."""
    row = next(row for row in _ROWS if letter in row)
    place = row.index(letter)
    return row[max(place - 1, 0) : place] + row[place + 1 : place + 2]


def recased(text: str, chance: random.Random) -> str:
    """Return the text as it is, in small letters, with a capital at its start, or shouted."""
    match chance.choices(("as it is", "small", "capital", "shouted"), (55, 30, 12, 3))[0]:
        case "small":
            return text.lower()
        case "capital":
            return text[:1].upper() + text[1:]
        case "shouted":
            return text.upper()
        case _:
            return text
