"""Which messages of a watched channel are answered, though nobody has asked us.

Silence costs a mention; a word out of place costs the channel. So we speak only to a question as
one would ask a book: what a port is, which one a thing uses, how something is done with it.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.asking_words import FALSE_FRIENDS, HERE, HOW, PEOPLE, POLITE, WHAT, WHETHER
from knowledge.model import Answer, Intent
from knowledge.text import tokens_of
from knowledge.vocabulary import Concept

SURE = 0.8  # confidence of an answer that is worth interrupting for
LONGEST = 200  # characters; longer messages tell a story and ask people

# What is not said to the room: a paste, a quote, an address, a command for a bot, a mention.
_ELSEWHERE = re.compile(
    r"```|^\s*(?:>|[!?.$%&+~/\\;-]+\w)|https?://|<(?:@[!&]?|#)\d+>|@(?:everyone|here)\b",
    re.MULTILINE,
)
_MARK = re.compile(r"[?\uff1f\u061f](?!\S*=)|[;\u037e]\s*$")  # a Greek one looks like ";"
_PORT = int(Concept.PORT)
_PROTOCOL = int(Concept.TCP | Concept.UDP | Concept.SCTP | Concept.DCCP)
_OTHER_TRADE = int(Concept.ELSEWHERE | Concept.UNIT)
_OPENING = int(Concept.ABOUT | Concept.WHICH | Concept.IDENTIFY)
_ASKING = _OPENING | int(
    Concept.ENQUIRE
    | Concept.DEFAULT
    | Concept.SAFETY
    | Concept.COMPARE
    | Concept.NEIGHBORS
    | Concept.REGISTRY
)
_TOLD_WHETHER = int(Concept.SAFETY | Concept.REGISTRY | Concept.RANGE)
_GOING_ON = int(Concept.FOLLOWUP | Concept.ABOUT)  # "what about 443?"
_BARE = _PORT | _PROTOCOL | int(Concept.FUNCTION | Concept.NUMBER_SIGN | Concept.AND | Concept.OR)
_OF_A_NAME = frozenset({Intent.ABOUT, Intent.COMPARE})


class Silence(StrEnum):
    """Why a message of a watched channel is not answered."""

    NO_TALK = "no-talk"  # it is no sentence to the room
    UNSURE = "unsure"  # no port is asked for, or not surely
    NO_QUESTION = "no-question"  # a port is spoken of
    TO_OTHERS = "to-others"  # somebody is asked to do or to tell something
    TAKEN_BACK = "taken-back"  # the person did not mean such a thing before
    REPEATED = "repeated"  # it has been answered in the channel
    TOO_SOON = "too-soon"


def is_talk(text: str) -> bool:
    """Return whether a message may be a question put to the room; it is not understood yet."""
    return 0 < len(text) <= LONGEST and not _ELSEWHERE.search(text)


def unclear(answer: Answer) -> Silence | None:
    """Return why an answer should not be given unasked; None if the question is clear.

    Args:
        answer: to a text that `is_talk`.
    """
    question = answer.question
    named = question.concepts & _PORT or (question.ports and question.concepts & _PROTOCOL)
    if (
        answer.intent is Intent.NONE
        or answer.confidence < SURE
        or question.pasted
        or question.invalid
        or not named
        or question.concepts & _OTHER_TRADE
    ):
        return Silence.UNSURE
    words = tokens_of(POLITE.sub(" ", question.text))
    people = PEOPLE | FALSE_FRIENDS.get(question.language, frozenset())
    goes_on = question.senses and question.senses[0] & _GOING_ON == _GOING_ON
    if not people.isdisjoint(words) or goes_on:
        return Silence.TO_OTHERS
    if not words or not _is_asked(answer, words):
        return Silence.NO_QUESTION
    return None if _is_general(answer, words) else Silence.TO_OTHERS


def is_question(answer: Answer) -> bool:
    """Return whether somebody asks something: the text is short, and has the form of a question.

    Args:
        answer: to the text.
    """
    question = answer.question
    words = tokens_of(POLITE.sub(" ", question.text)) if is_talk(question.text) else ()
    return not question.pasted and bool(words) and _is_asked(answer, words)


def _is_asked(answer: Answer, words: Sequence[str]) -> bool:
    """Return whether the text has the form of a question."""
    question = answer.question
    if _MARK.search(question.text):
        return True
    if question.concepts & Concept.WHICH or not HOW.isdisjoint(words[:2]):
        return True
    first = question.senses[0] if question.senses else 0
    return bool(first & _OPENING) or words[0] in WHAT


def _is_general(answer: Answer, words: Sequence[str]) -> bool:
    """Return whether a book could tell: what, which, how; rather than whether somebody did."""
    question = answer.question
    if not HERE.isdisjoint(words):
        return False
    if words[0] in WHETHER:
        return bool(question.concepts & _TOLD_WHETHER)
    if question.concepts & _ASKING or not HOW.isdisjoint(words):
        return True
    if answer.intent is Intent.SUGGEST:
        return True
    if all(sense and not sense & ~_BARE for sense in question.senses):
        return True  # "port 22?"
    return not question.ports and answer.intent in _OF_A_NAME  # "postgres port?"
