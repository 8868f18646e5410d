"""Who asks, by which way, and how they are told the answer."""

from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any, Self

import discord

from bot.languages import catalogue, fixed, locale_of, phrasebook, told_in
from knowledge.ask import Context
from knowledge.model import Answer, System


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known of a question beside its text.

    Attributes:
        kind: by which way it came, for the log: "port", "mention".
        person: who asks; for them the card changes when something on it is pressed.
        language: of the reader, for a text that does not tell; a BCP-47 tag.
        system: whose commands to show, where the text names no other.
        previous: the answer from which the question may go on.
        told: the language to tell it in, whatever the text's; None goes by the text.
        usual: the system that the server's managers chose, where neither tells one.
    """

    kind: str
    person: int
    language: str | None = None
    system: System | None = None
    previous: Answer | None = None
    told: str | None = None
    usual: System | None = None

    @classmethod
    def by(
        cls,
        interaction: discord.Interaction[Any],
        kind: str,
        *,
        system: System | None = None,
        previous: Answer | None = None,
    ) -> Self:
        """Return the asking of somebody who used a command."""
        return cls(
            kind,
            interaction.user.id,
            interaction.locale.value,
            system,
            previous,
            usual=interaction.client.store.chosen(interaction.guild_id).system,
        )

    @property
    def context(self) -> Context:
        """What `knowledge` is told of it."""
        phrases = phrasebook(self.language) if self.told is None else fixed(self.told)
        return Context(self.language, self.system or self.usual, self.previous, phrases)

    @property
    def phrases(self) -> NullTranslations:
        """The catalogue of the reader's language."""
        return catalogue(self.language or "en")

    def locale_of(self, answer: Answer) -> str:
        """Return the locale in which the answer is told."""
        if self.told is not None:
            return locale_of(self.told)
        return told_in(answer.question.language, self.language)
