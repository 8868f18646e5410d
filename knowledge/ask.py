"""The front door: text and its context -> Answer; what every face calls."""

from dataclasses import dataclass, replace

from knowledge import as_command, followup, free, free_answer, paste, pasted_answer, reach
from knowledge.base import KnowledgeBase
from knowledge.explain import names_of
from knowledge.model import Answer, Intent, System
from knowledge.phrasebook import Phrasebook, english
from knowledge.resolve import resolve
from knowledge.spoken import DEFAULT_LANGUAGE
from knowledge.text import clean
from knowledge.understand import understand


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the text.

    Attributes:
        language: BCP-47 tag to prefer where the words leave the language open.
        system: the asker's operating system, where the text names none.
        previous: the answer from which this question may go on.
        phrasebook: the catalogue to answer from, by the language of the question.
    """

    language: str | None = None
    system: System | None = None
    previous: Answer | None = None
    phrasebook: Phrasebook = english


PLAIN = Context()
_COMMAND = "/"


def ask(text: str, base: KnowledgeBase, context: Context = PLAIN) -> Answer:
    """Return the answer to any text; one of intent NONE where there is none.

    Never raises for a text, whatever it holds.
    """
    if text.startswith(_COMMAND):
        found = _as_command(text, base, context)
        if found is not None:
            return found
    pasted = paste.may_be_pasted(text)
    if pasted:
        found = _about_pasted(text, base, context)
        if found is not None:
            return found
    said = paste.spoken(text) if pasted else text
    question = understand(said, base.vocabulary, _preferred(context, base))
    if said is not text:
        question = replace(question, text=clean(text))
    if context.previous is not None:
        question = followup.going_on(question, context.previous, base)
    if question.system is None and context.system is not None:
        question = replace(question, system=context.system)
    phrases = context.phrasebook(question.language)
    answer = resolve(question, base, phrases)
    if question.host is not None and answer.intent is Intent.CHECK and len(answer.ports) == 1:
        asked = replace(question, ports=answer.ports, evidence=answer.confidence)
        return reach.answer(asked, base, phrases, here=True)
    return answer


def _preferred(context: Context, base: KnowledgeBase) -> str | None:
    """Return the language to prefer: of the talk where its words tell it, else the reader's."""
    if context.previous is None:
        return context.language
    before, reader = context.previous.question, base.vocabulary.tag_of(context.language)
    chosen = before.pasted or before.goes_on or before.language != DEFAULT_LANGUAGE
    if chosen or reader == DEFAULT_LANGUAGE:
        return before.language
    # English may only have stood in for a reader's language that was not known yet.
    return understand(before.text, base.vocabulary, reader).language


def _as_command(text: str, base: KnowledgeBase, context: Context) -> Answer | None:
    """Return the answer to a text that is written as a command; None for another."""
    language = base.vocabulary.tag_of(context.language)
    phrases = context.phrasebook(language)
    if (wanted := free.read(text)) is not None:
        question = free_answer.question_of(wanted, language, context.system)
        return free_answer.answer(question, wanted, base, phrases=phrases)
    if (reached := reach.read(text)) is not None:
        return reach.answer(reach.question_of(*reached, language, context.system), base, phrases)
    asked = as_command.in_words(text)
    if asked is None:
        return None
    question = understand(asked, base.vocabulary, language)
    question = replace(
        question,
        text=clean(text),
        language=language,
        system=question.system or context.system,
    )
    return resolve(question, base, phrases)


def _about_pasted(text: str, base: KnowledgeBase, context: Context) -> Answer | None:
    """Return the answer to pasted output; None where the text is a question in words."""
    try:
        pasted = paste.read(text, names_of(base))
    except paste.TooLongError:
        question = understand("", base.vocabulary, context.language)
        return pasted_answer.too_long(question, base, context.phrasebook(question.language))
    if pasted is None:
        return None
    asked = understand("\n".join(pasted.rest), base.vocabulary, context.language)
    question = pasted_answer.question_of(asked, pasted, clean(text))
    if question.system is None and context.system is not None:
        question = replace(question, system=context.system)
    return pasted_answer.answer(question, pasted, base, context.phrasebook(question.language))
