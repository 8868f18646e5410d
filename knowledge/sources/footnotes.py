"""Takes the numbers of footnotes out of prose that they were glued to when it was copied.

A digit is a footnote's only where the page's footnotes count up to it: the first is 1, and none is
more than one past the highest so far. So "TLS 1.3", "IPv4" and "port 80." stay as they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST = 99

_NUMBERS = r"(?P<numbers>\d{1,2}(?:\s?[,–-]\s?\d{1,2}){0,4})"
# After the end of a clause or a sentence: "communication.1 It", "services,2 which", "use. 1".
_AFTER_STOP = re.compile(
    rf"(?<![\d\s])(?P<stop>[.,;:!?…。、，])(?P<gap>\s?){_NUMBERS}"
    r"(?=$|\s*\n|(?P<space>\s+)(?P<next>\S)|(?<=[。、，]\d)(?P<wide>\S))"
)
# After a number that ends a sentence: "the range 916-952.1", "RFC 6335.2 For".
_AFTER_NUMBER = re.compile(rf"(?P<figure>\d+)\.{_NUMBERS}(?=$|\s*\n|\s+[\"'“(]?[A-Z])")
# After a closing bracket or quote, or a word: "(IPC Daemon)1", "specification1 says".
_AFTER_WORD = re.compile(rf"(?<=[a-z)\]\"”’»]){_NUMBERS}(?=$|[\s.,;:!?)])")
_AFTER_NAME = re.compile(r"(?<!\S)(?P<name>[A-Za-z]*[A-Z])(?P<number>\d{1,2})(?=$|[\s.,;:!?)])")
_WORD_BEFORE = re.compile(r"(?<![^\s(])[a-z]{5,30}$")
_PORT_BEFORE = re.compile(r"\bports?\s+$", re.IGNORECASE)
_BRACKETED = re.compile(
    r"\s?(?:\[\^?(?P<numbers>\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)\]|\[\^[\w-]{1,30}\]"
    r"|\[(?:edit|citation needed|source\?|update|note \d+|[a-z])\])"
)
_DIGIT = re.compile(r"\d")
_SUPERSCRIPT = re.compile(r"(?<=[^\d\s¹²³⁴-⁹⁰])[¹²³⁴-⁹⁰]+(?:[,⁻][¹²³⁴-⁹⁰]+)*")
_ABBREVIATIONS = frozenset(
    {
        "no",
        "nos",
        "v",
        "ver",
        "vs",
        "p",
        "pp",
        "fig",
        "sec",
        "ch",
        "vol",
        "cf",
        "art",
        "ca",
        "approx",
    }
)
_PRODUCTS_TEXT = """
    python apache quake oracle windows office ubuntu debian fedora centos angular selenium
    struts hibernate websphere exchange sharepoint unreal halflife teamspeak minecraft diablo
    warcraft starcraft utorrent bluetooth version draft appendix chapter section table figure
"""
_PRODUCTS = frozenset(_PRODUCTS_TEXT.split())


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number that may be a footnote's: where it stands in a text, and its value."""

    start: int
    end: int
    numbers: tuple[int, ...]


def without_footnotes(texts: Sequence[str], noted: int = 0) -> tuple[str, ...]:
    """Return the texts of a page, in their order, without footnote numbers; line feeds stay.

    Args:
        texts: of the page.
        noted: how many sources the page lists itself: so far a number is a footnote's without
            the word before it standing elsewhere.

    >>> without_footnotes(["It is IPC.1 It uses TCP port 80.2", "No version: 1.2"])
    ('It is IPC. It uses TCP port 80.', 'No version: 1.2')
    """
    everything = " ".join(texts)
    highest = 0
    cleaned = []
    for text in texts:
        kept = _without_brackets(text) if "[" in text else text
        kept = kept if kept.isascii() else _SUPERSCRIPT.sub("", kept)
        marks: list[_Mark] = []
        for mark in sorted(_candidates(kept, everything, noted), key=lambda mark: mark.start):
            if marks and mark.start < marks[-1].end:
                continue
            if all(0 < number <= highest + 1 + at for at, number in enumerate(mark.numbers)):
                highest = max(highest, *mark.numbers)
                marks.append(mark)
        for mark in reversed(marks):
            kept = kept[: mark.start] + kept[mark.end :]
        cleaned.append(kept)
    return tuple(cleaned)


def _without_brackets(text: str) -> str:
    """Take out "[1]" and the like, but not inside code, where it is an index."""
    parts = text.split("`")
    return "`".join(
        part if at % 2 and at < len(parts) - 1 else _BRACKETED.sub("", part)
        for at, part in enumerate(parts)
    )


def _candidates(text: str, everything: str, noted: int) -> list[_Mark]:
    if not _DIGIT.search(text):
        return []
    found = [
        _mark(match, match.start("gap"))
        for match in _AFTER_STOP.finditer(text)
        if _ends_clause(match, text)
    ]
    for match in _AFTER_NUMBER.finditer(text):
        # Below three digits it may be a version, unless it is named as a port.
        before = text[max(0, match.start() - 8) : match.start()]
        if len(match["figure"]) > 2 or _PORT_BEFORE.search(before):  # noqa: PLR2004
            found.append(_mark(match, match.start("numbers")))
    for match in _AFTER_WORD.finditer(text):
        begin = match.start()
        if text[begin - 1].isalpha():
            word = _WORD_BEFORE.search(text, max(0, begin - 32), begin)
            if word is None or word[0] in _PRODUCTS:
                continue
            known = max(_mark(match, begin).numbers) <= noted
            if not known and not re.search(rf"\b{word[0]}\b", everything):
                continue
        found.append(_mark(match, begin))
    if noted:
        found += _after_names(text, everything, noted)
    return found


def _after_names(text: str, everything: str, noted: int) -> Iterator[_Mark]:
    """Yield "MQTT1", where MQTT stands elsewhere as well, and nothing else is called MQTT1."""
    for match in _AFTER_NAME.finditer(text):
        number = int(match["number"])
        alone = len(re.findall(rf"\b{match[0]}\b", everything)) == 1
        if number <= noted and alone and re.search(rf"\b{match['name']}\b", everything):
            yield _Mark(match.start("number"), match.end(), (number,))


def _ends_clause(match: re.Match[str], text: str) -> bool:
    """Tell a footnote's number after a stop from a number of the sentence that follows."""
    word = text[max(0, match.start() - 10) : match.start()].rsplit(" ", 1)[-1]
    if match["stop"] == "." and word.lower().lstrip("(") in _ABBREVIATIONS:
        return False
    following = match["next"]
    if match["gap"]:
        # "use. 1" only at the end: "It has two. 2 are enough" begins a sentence.
        return following is None or "\n" in (match["space"] or "")
    if match["stop"] in ",;:":
        return True
    return following is None or not following.islower()


def _mark(match: re.Match[str], start: int) -> _Mark:
    numbers = tuple(map(int, re.findall(r"\d+", match["numbers"])))
    return _Mark(start, match.end("numbers"), numbers)
