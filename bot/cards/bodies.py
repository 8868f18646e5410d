"""The texts of the cards that were shown last, so that what many ask is put together once."""

from collections import OrderedDict
from collections.abc import Hashable

from bot.cards import layout
from bot.cards.components import Body, Reader, assemble, body_of
from bot.cards.parts import Card
from knowledge.model import Answer, Intent, System
from knowledge.phrasebook import locale_of
from knowledge.vocabulary import Concept
from knowledge.wishes import wish_of

MOST = 512  # about 3 KiB each


class Bodies:
    """Renders answers of one knowledge base, and remembers their texts.

    What is remembered are texts of the knowledge base, nothing that people wrote.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()

    def __len__(self) -> int:
        return len(self._bodies)

    def render(self, answer: Answer, reader: Reader) -> Card:
        """Return the same card as `components.render`."""
        system = layout.shown_system(answer, reader.system)
        if _is_the_askers_own(answer):
            return assemble(answer, reader, system, body_of(answer, system, reader.phrases))
        key = (_identity(answer, system), locale_of(reader.phrases))
        body = self._bodies.get(key)
        if body is None:
            body = self._bodies[key] = body_of(answer, system, reader.phrases)
            if len(self._bodies) > self._most:
                self._bodies.popitem(last=False)
        else:
            self._bodies.move_to_end(key)
        return assemble(answer, reader, system, body)


def _is_the_askers_own(answer: Answer) -> bool:
    """Tell whether the texts hold what only this asker would write, or follow from all of it.

    That is an address, a choice of clouds, something pasted, or a wish for a free port.
    """
    question = answer.question
    return (
        question.pasted
        or question.source is not None
        or question.host is not None
        or answer.intent is Intent.SUGGEST
        or bool(question.concepts & Concept.CLOUD)
    )


def _identity(answer: Answer, system: System | None) -> Hashable:
    """Return what the texts of a card depend on, within one knowledge base.

    Points, commands and sources follow from what was asked of which ports, and how it is told.
    """
    return (
        answer.title,
        answer.summary,
        answer.intent,
        layout.only_offers(answer),
        answer.ports,
        answer.span,
        answer.protocol,
        answer.faq,
        wish_of(answer.question, answer.intent),
        system,
    )
