"""Reading -> whether the ports of a text shall be opened or closed.

Who reads "block all but 443", "don't open 22" or "remove the rule that allows 3389" by its verbs
alone does the opposite of what was asked.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from knowledge.reading import Reading
from knowledge.tokens import NUMERIC, Kind
from knowledge.vocabulary import PROTOCOLS, SMALL, SYSTEMS, Concept

_OPEN, _CLOSE, _STATE = int(Concept.OPEN), int(Concept.CLOSE), int(Concept.STATE)
_SHUT, _RULE, _UNDO = int(Concept.SHUT), int(Concept.RULE), int(Concept.UNDO)
_ALL, _EXCEPT, _ABLE = int(Concept.ALL), int(Concept.EXCEPT), int(Concept.ABLE)
_NEGATION, _FUNCTION = int(Concept.NEGATION), int(Concept.FUNCTION)
_ACTS = _OPEN | _CLOSE | _STATE
_SMALLEST = _FUNCTION | int(Concept.TO)
_JOINS = int(Concept.AND | Concept.OR)
_LEFT = _STATE | int(Concept.EXPOSE)
_WANTED = int(Concept.WANT | Concept.EXPOSE)
_PORT, _NETWORK = int(Concept.PORT), int(Concept.NETWORK)
_NAMED = _PORT | PROTOCOLS | int(Concept.NUMBER_SIGN)  # with numbers: what an act is done to
_OBJECTS = _NAMED | SYSTEMS | int(Concept.FIREWALL)
_SUBJECTS = int(Concept.FIREWALL | Concept.NETWORK) | SYSTEMS
_HINDER = int(Concept.HINDER)
_TRAILS = SMALL | _FUNCTION | int(Concept.PLAIN | Concept.TO)
_MOST_BETWEEN = 3  # small words between a wish and an act: "want you to open"
_MOST_UNDONE = 6  # words between "remove" and what the rule did
_FIRST = 1  # the farthest place at which a request begins: "please open"


class Wish(NamedTuple):
    """What shall be done with the ports of a text.

    Attributes:
        closing: whether they shall be closed.
        spared: those of which the opposite is wanted: 22 in "close 21, but leave 22 open".
    """

    closing: bool = False
    spared: frozenset[int] = frozenset()


_NO_WISH = Wish()


class _Act(NamedTuple):
    """An act that a text names.

    Attributes:
        place: of its word in the text.
        closing: whether it shuts the ports.
        weak: it is the word for a rule, which may do either.
    """

    place: int
    closing: bool
    weak: bool = False


def wish_of(reading: Reading) -> Wish:
    """Return what shall be done: "block 23", "don't open 22", "remove the rule for 8080"."""
    if not reading.concepts & _ACTS:
        return _NO_WISH
    verbs = [*_verbs(reading)]
    if reading.concepts & _EXCEPT and reading.concepts & _ALL and _leaves_out(reading):
        return Wish(bool(verbs) and not verbs[0].closing)
    wished = [*_wished(reading)]
    # "Close the rest" says nothing of the ports that are named.
    ours = [act for act in verbs if not _is_of_the_rest(reading, act.place)]
    acts = ours or wished or verbs
    strong = [act for act in acts if not act.weak] or acts
    undone = _undone_before(reading)
    if undone is not None:
        return Wish(not undone)
    if not strong:
        return Wish(undoes(reading.senses))
    each = _of_each(reading, strong)
    if len(set(each.values())) > 1:
        closing = strong[0].closing
        return Wish(closing, frozenset(n for n, shut in each.items() if shut is not closing))
    return Wish(all(act.closing for act in strong))


def _of_each(reading: Reading, acts: list[_Act]) -> dict[int, bool]:
    """Return of each number whether it shall be closed, by what is said right beside it."""
    found: dict[int, bool] = {}
    numbers = [index for index, token in enumerate(reading.tokens) if token.kind in NUMERIC]
    # "22 schließen, 443 öffnen"
    last = min(numbers, default=acts[0].place) < acts[0].place
    last = last and not _is_kept(reading, numbers[0] - 1)
    for index in numbers:
        token = reading.tokens[index]
        if token.first in found:
            continue
        if last:
            closing = next((a.closing for a in acts if a.place > index), acts[-1].closing)
        else:
            closing = next((a.closing for a in reversed(acts) if a.place < index), acts[0].closing)
        before = index - 1
        while reading.has(before, _NAMED):
            before -= 1
        if reading.has(before, _NEGATION):
            closing = not closing  # "80, but not 22"
        elif reading.has(index + 1, _LEFT):
            closing = reading.has(index + 1, _SHUT)  # "leave 22 open"
        elif reading.has(index + 1, _FUNCTION) and reading.has(
            index + 2, _LEFT if last else _STATE
        ):
            closing = reading.has(index + 2, _SHUT)  # "22 is open", "22は開けておいて"
        elif not last and _is_kept(reading, before):
            closing = False
        found[token.first] = closing
    return found


def _is_kept(reading: Reading, before: int) -> bool:
    """Tell whether what stands before a port leaves it as it is: "keep 443", "lascia la 22"."""
    if reading.has(before, _FUNCTION) and not reading.has(before, _WANTED):
        before -= 1
    return reading.has(before, _WANTED) and not reading.has(before, _OPEN | _CLOSE)


def _is_of_the_rest(reading: Reading, place: int) -> bool:
    after = place + 1
    while after < len(reading.heads) and not reading.heads[after]:
        after += 1
    return reading.has(place, _ALL) or reading.has(after, _ALL)


def _undone_before(reading: Reading) -> bool | None:
    """Return whether what shall be taken back had closed: "I blocked 443, undo it".

    None where nothing is told that was done, or an act behind it is what is taken back.
    """
    undo = [index for index, sense in enumerate(reading.senses) if sense & _UNDO]
    if not undo:
        return None
    states = [
        index
        for index, sense in enumerate(reading.senses)
        if sense & _STATE and (not sense & (_OPEN | _CLOSE) or is_state(reading, index))
    ]
    if states:
        return reading.has(states[-1], _SHUT)
    trailing = range(undo[-1] + 1, len(reading.tokens))
    if any(reading.tokens[i].kind in NUMERIC or reading.senses[i] & ~_TRAILS for i in trailing):
        return None
    acting = [i for i in range(undo[-1]) if reading.has(i, _OPEN | _CLOSE) and i not in undo]
    strong = [i for i in acting if not reading.has(i, _RULE)]
    return None if not strong else not reading.has(strong[-1], _OPEN)


def undoes(senses: Iterable[int]) -> bool:
    """Tell whether all that is wanted is to take back what was done: "undo that"."""
    acting = [sense for sense in senses if sense & (_OPEN | _CLOSE | _UNDO)]
    return bool(acting) and all(sense & _UNDO for sense in acting)


def is_state(reading: Reading, index: int) -> bool:
    """Tell whether an "open" that may be a verb or an adjective is the adjective.

    The verb comes first or right before its object: "open port 8080", "how do I open udp 514".
    """
    after = index + 1
    while reading.has(after, _FUNCTION) and reading.tokens[after].kind is Kind.WORD:
        after += 1
    verb = after < len(reading.tokens) and (
        reading.has(after, _PORT | PROTOCOLS) or reading.tokens[after].kind in NUMERIC
    )
    before = index - 1
    while before >= 0 and reading.tokens[before].kind is Kind.MARK:
        before -= 1
    follows_number = before >= 0 and reading.tokens[before].kind in NUMERIC
    if verb:
        return False
    named = before >= 0 and (reading.named[before] or not reading.senses[before])
    return follows_number or named or reading.has(before, _PORT | PROTOCOLS | _FUNCTION)


def _verbs(reading: Reading) -> Iterator[_Act]:
    for index, (sense, head) in enumerate(zip(reading.senses, reading.heads, strict=True)):
        if not head or not sense & (_OPEN | _CLOSE) or sense & _UNDO:
            continue
        if sense & _STATE and is_state(reading, index):
            continue
        closing = not sense & _OPEN and not _hinders(reading, index)
        denied = _is_undone(reading, index) or _is_denied(reading, index)
        yield _Act(index, closing is not denied, bool(sense & _RULE))


def _hinders(reading: Reading, index: int) -> bool:
    """Tell whether what closes a port is complained of: "ufw blocks 8080", "why does nft drop"."""
    before = index - 1
    subject = reading.has(before, _SUBJECTS) or (before >= 0 and reading.named[before])
    told = reading.has(index, _HINDER) or any(
        reading.has(place, _HINDER) for place in range(_begin_of(reading, index), index)
    )
    return told and subject


def _wished(reading: Reading) -> Iterator[_Act]:
    """Yield the states in which the ports shall be: "I need 23 closed"."""
    if not reading.concepts & _WANTED:
        return
    for index, (sense, head) in enumerate(zip(reading.senses, reading.heads, strict=True)):
        if not head or not sense & _STATE:
            continue
        wish = _wish_before(reading, index)
        if wish is None and sense & _SHUT:
            continue  # "need to know why 443 is closed"
        closing = bool(sense & _SHUT)
        yield _Act(index, closing is not (wish is not None and _denies(reading, wish, index)))


def _is_object(reading: Reading, index: int) -> bool:
    return reading.tokens[index].kind in NUMERIC or reading.has(index, _OBJECTS)


def _small_words(reading: Reading, first: int, last: int, *, commas: bool = False) -> int | None:
    """Return how many small words stand between two places beside objects with their articles.

    None where something else stands there, too, if not `commas` alone.
    """
    found = 0
    for index in range(first, last):
        if _is_object(reading, index):
            continue
        if not reading.has(index, _SMALLEST):
            if commas and reading.tokens[index].text == ",":
                continue
            return None
        article = index + 1 < last and _is_object(reading, index + 1)
        found += not article
    return found


def _begin_of(reading: Reading, index: int) -> int:
    """Return where the sentence begins that holds a token."""
    return reading.sentences.index(reading.sentences[index])


def _wish_before(reading: Reading, index: int) -> int | None:
    """Return where the wish stands that governs what is at `index`; None without one."""
    for position in range(index - 1, _begin_of(reading, index) - 1, -1):
        if reading.has(position, _WANTED):
            between = _small_words(reading, position + 1, index, commas=True)
            return position if between is not None and between <= _MOST_BETWEEN else None
    return None


def _denies(reading: Reading, wish: int, index: int) -> bool:
    """Tell whether a wish is one that something be not: "don't want", "brauche es nicht offen"."""
    begin = max(_begin_of(reading, wish), wish - 1)
    return any(reading.has(place, _NEGATION) for place in range(begin, index))


def _is_undone(reading: Reading, index: int) -> bool:
    """Tell whether what was done shall be taken back: "remove the rule that allows 22"."""
    passed = _FUNCTION | _OBJECTS | _RULE | _PORT
    begin = max(_begin_of(reading, index), index - _MOST_UNDONE)
    for position in range(index - 1, begin - 1, -1):
        if reading.has(position, _UNDO):
            return True
        if not reading.has(position, passed) and reading.tokens[position].kind not in NUMERIC:
            return False
    return False


def _is_denied(reading: Reading, index: int) -> bool:
    """Tell whether an act shall not be done; "I cannot open 22" denies only that it works."""
    if not reading.concepts & _NEGATION:
        return False
    sentence, begin = reading.sentences[index], _begin_of(reading, index)
    end = len(reading.sentences) - reading.sentences[::-1].index(sentence)
    if any(reading.has(place, _ABLE) for place in range(begin, end)):
        return False
    for position in range(index - 1, begin - 1, -1):
        if reading.has(position, _NEGATION):
            wish = position + 1 if reading.has(position + 1, _WANTED) else position
            most = _MOST_BETWEEN if wish != position else 0
            between = _small_words(reading, wish + 1, index)
            if _is_of_one_number(reading, position, index):
                return False
            return between is not None and between <= most
    return index - begin <= _FIRST and _is_denied_after(reading, index, end)


def _is_of_one_number(reading: Reading, negation: int, index: int) -> bool:
    """Tell whether a denial is of a number alone: "open not 80 but 8080"."""
    if negation + 1 == index or reading.tokens[negation + 1].kind not in NUMERIC:
        return False
    apart = (i for i in range(negation + 2, index) if reading.tokens[i].kind not in NUMERIC)
    return any(reading.has(i, _FUNCTION) and not reading.has(i, _JOINS) for i in apart)


def _is_denied_after(reading: Reading, index: int, end: int) -> bool:
    """Tell whether a request ends in its denial: "öffne port 22 nicht", "n'ouvre pas le 22"."""
    after = index + 1
    while after < end and not reading.heads[after]:
        after += 1
    for position in range(after, end):
        if reading.has(position, _NEGATION):
            if _small_words(reading, after, position) != 0:
                return False
            rest = range(position + 1, end)
            return position == after or not any(_is_object(reading, place) for place in rest)
    return False


def _leaves_out(reading: Reading) -> bool:
    """Tell whether the ports named are those that an act on all others shall leave alone."""
    for index, sense in enumerate(reading.senses):
        if sense & _EXCEPT:
            end = index + 1
            while end < len(reading.heads) and not reading.heads[end]:
                end += 1
            if _names(reading, end, 1) or _names(reading, index - 1, -1):
                return True
    return False


def _names(reading: Reading, start: int, step: int) -> bool:
    """Tell whether a port or a name stands at `start`, or behind an article or the word port."""
    index = start
    for _ in range(4):
        if not 0 <= index < len(reading.tokens):
            return False
        token = reading.tokens[index]
        if token.kind in NUMERIC or reading.named[index] or reading.has(index, _NETWORK):
            return True
        if token.kind is not Kind.WORD or not (
            reading.has(index, _NAMED) or (reading.has(index, _FUNCTION) and index == start)
        ):
            return token.kind is Kind.WORD and not reading.senses[index]
        index += step
    return False
