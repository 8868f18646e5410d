"""Text as people type it, made comparable: one form for letters, digits and spaces."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

MAX_QUESTION = 4000  # characters; Discord's longest message

# Letters that Unicode does not decompose, as people type them without a keyboard for them.
_PLAIN = (("ı", "i"), ("đ", "d"), ("ł", "l"), ("ø", "o"), ("æ", "ae"), ("œ", "oe"))
_MARKS = re.compile("[\u0300-\u036f]")  # accents; the vowel signs of other scripts stay
# Control and format characters, lone surrogates: none of them carries meaning in a question.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
_HANGUL = re.compile("[\uac00-\ud7a3]")
# Korean writes its particles right against a name: ssh는, http랑.
_SEAM = re.compile("(?<=[a-z0-9])(?=[\uac00-\ud7a3])|(?<=[\uac00-\ud7a3])(?=[a-z0-9])")
_DIGITS = re.compile(r"[^\W\D]+")
# Han, kana and Thai: scripts that put no spaces between words.
_UNSPACED = r"\u3005-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e4e"
RUN = rf"[{_UNSPACED}]+"
_LETTER = rf"(?:(?![{_UNSPACED}])[^\W\d_]|[\u0900-\u0963\u0980-\u09e3])"
WORD = rf"{_LETTER}(?:{_LETTER}|\d)*"
_PHRASE = re.compile(rf"{RUN}|{WORD}(?:['’]{WORD})*|\d+")
_OF_RUN = re.compile(f"[{_UNSPACED}]")
_DROPPED = re.compile("[^a-z0-9+]+")  # from a name of ASCII characters, for its key
_FIRST_SIGN = "\u0900"  # from here on vowel signs are no letters to Python, but are to a reader
_LATIN = re.compile("[\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_APOSTROPHE = re.compile("['’]")
# Before an apostrophe these stand for a word of their own: c'est, dell'openvpn.
_ELIDED = frozenset({"all", "dall", "dell", "jusqu", "nell", "quell", "qu", "sull", "un"})
_LONGEST_ELIDED = 2
# Before "'s" these make one word, as people type it without the apostrophe; names do not.
_CONTRACTED = frozenset(
    {
        "he",
        "here",
        "how",
        "it",
        "let",
        "she",
        "that",
        "there",
        "what",
        "when",
        "where",
        "who",
        "why",
    }
)


def clean(text: str) -> str:
    """Return `text` without invisible characters, cut to MAX_QUESTION characters."""
    return _INVISIBLE.sub("", text[: 4 * MAX_QUESTION])[:MAX_QUESTION]


def _ascii_digits(match: re.Match[str]) -> str:
    return "".join(str(unicodedata.decimal(digit, "")) for digit in match[0])


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, with the digits 0 to 9.

    >>> fold("Port ８０８０ café พอร์ต ๕๗๖")
    'port 8080 cafe พอร์ต 576'
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = _MARKS.sub("", unicodedata.normalize("NFD", folded))
    folded = unicodedata.normalize("NFC", folded)
    for letter, plain in _PLAIN:
        folded = folded.replace(letter, plain)
    if _HANGUL.search(folded):
        folded = _SEAM.sub(" ", folded)
    return _DIGITS.sub(_ascii_digits, folded)


def elided(word: str) -> list[str]:
    """Return the words that apostrophes join: "c'est" is two, "what's" is "whats"."""
    if "'" not in word and "’" not in word:
        return [word]
    parts = _APOSTROPHE.split(word)
    words = [parts[0]]
    for before, part in pairwise(parts):
        possessive = part == "s" and before not in _CONTRACTED
        if possessive or len(before) <= _LONGEST_ELIDED or before in _ELIDED:
            words.append(part)
        else:
            words[-1] += part
    return words


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return `fold` of each text; of thousands in a fraction of the time."""
    others = [text for text in texts if not text.isascii()]
    # Nothing that folding joins, composes or takes apart reaches over the end of a line.
    lines = fold("\n".join(others)).split("\n")
    if len(lines) != len(others):  # a text holds a line end itself, or there is none
        lines = [fold(text) for text in others]
    folded = iter(lines)
    return [text.lower() if text.isascii() else next(folded) for text in texts]


def joined(folded: str) -> str:
    """Return the words and numbers of a folded text, with a space between."""
    if folded.isalpha() and (folded.isascii() or not _OF_RUN.search(folded)):
        return folded
    return " ".join(cut(folded))


def plain_words(folded: str) -> list[str] | None:
    """Return the words of a text that is nothing but words and single spaces, as most are."""
    words = folded.split(" ")
    if all(map(str.isalpha, words)) and (folded.isascii() or not _OF_RUN.search(folded)):
        return words
    return None


def tokens_of(phrase: str) -> list[str]:
    """Return the folded words and numbers of a phrase, without punctuation."""
    return cut(fold(phrase))


def cut(folded: str) -> list[str]:
    """Return the words and numbers of a folded text."""
    words = plain_words(folded)
    if words is not None:
        return words
    return [word for match in _PHRASE.finditer(folded) for word in elided(match[0]) if word]


def latin(text: str) -> frozenset[str]:
    """Return the Latin letters of a text that English does not have, in lower case.

    >>> sorted(latin("Vad är port 443, på svenska?"))
    ['ä', 'å']
    """
    if text.isascii():
        return frozenset()
    return frozenset(_LATIN.findall(unicodedata.normalize("NFC", text).lower()))


def squash(text: str) -> str:
    """Return the letters and digits of `text`, folded: the key under which a name is found.

    The plus sign stays, for TACACS+ and C++.

    >>> squash("Home-Assistant"), squash("whois++")
    ('homeassistant', 'whois++')
    """
    folded = fold(text)
    if folded.isascii():
        return folded if folded.isalnum() else _DROPPED.sub("", folded)
    return "".join(c for c in folded if c.isalnum() or c == "+" or c >= _FIRST_SIGN)
