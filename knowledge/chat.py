"""Tells talk between people from a question that goes on: "are you safe?" after "what is 22"."""

from knowledge.model import Question
from knowledge.text import tokens_of
from knowledge.vocabulary import Concept


def _words(text: str) -> frozenset[str]:
    return frozenset(tokens_of(text))


# To whom is spoken; a port is "it" in English, and may be "he" or "she" elsewhere.
_ADDRESSED = _words(
    "you u ya yours yourself du dich dir ihr euch tu toi vous tú usted ustedes você vc vcs voi lei"
    " ты вы тебя тебе вас вам ти ви тебе ty wy ciebie tobie sen siz sana jij jullie dig dere"
    " あなた 君 你 您 你们 你們 너 당신 bạn"
)
_HE = _words("he she they")
_SPEAKERS = _words("i we he she they")
_MODAL = _words("can cant cannot could couldnt should shouldnt must may might to wont how")
# By which a way is asked for: "how do you open it".
_HOW = _words(
    "how wie comment cómo como come hoe hvordan hur jak jako kako cum как як nasıl cách"
    " どう どうやって 怎么 怎麼 如何 어떻게"
)
_POINTERS = _words("it that this them those these one")
_POINTING = int(Concept.FOLLOWUP | Concept.PORT)
_ACTS = int(Concept.OPEN | Concept.CLOSE | Concept.STATE | Concept.CHECK | Concept.STOP)
_ASKS = int(Concept.WANT | Concept.ABOUT | Concept.WHICH | Concept.ENQUIRE | Concept.IN_USE)
_STATED = frozenset({"it", "its", "that", "thats", "this"})


def is_chat(question: Question) -> bool:
    """Tell whether a short text without a port speaks of people, not of the port before.

    "Do you use Windows or Mac?", "he opened it on Linux", "it is secure now".
    """
    words = question.words
    if not words or not _HOW.isdisjoint(words[:2]):
        return False
    if not _ADDRESSED.isdisjoint(words) or not _HE.isdisjoint(words):
        points = not _POINTERS.isdisjoint(words) or question.concepts & _POINTING
        if not points:
            return True
    asks = "?" in question.text or question.concepts & _ASKS or not _MODAL.isdisjoint(words)
    if asks or question.language != "en":
        return False
    if words[0] in _SPEAKERS or words[0] in {"im", "ive"}:
        return bool(question.concepts & _ACTS)
    return words[0] in _STATED and bool(question.concepts & Concept.SAFETY)
