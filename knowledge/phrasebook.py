"""Messages for the catalogues, and how a language writes lists and numbers."""

from collections.abc import Callable, Sequence
from functools import reduce
from gettext import NullTranslations

ENGLISH = NullTranslations()
Phrasebook = Callable[[str], NullTranslations]
"""The catalogue for a BCP-47 tag, the language of a question."""


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is used."""
    return message


def _n(one: str, several: str) -> tuple[str, str]:
    """Mark a message that has a plural; it is translated by `ngettext` where it is used."""
    return one, several


def english(_language: str) -> NullTranslations:
    """Return the English catalogue, whatever the language."""
    return ENGLISH


def locale_of(phrases: NullTranslations) -> str:
    """Return the locale of a catalogue as Babel names it: "en", "pt_BR"."""
    return phrases.info().get("language", "en")


def joined(words: Sequence[str], phrases: NullTranslations) -> str:
    """Return "a", "a and b" or "a, b and c", as the language has it.

    Its way, and that of `counted`, stands in the catalogue: Babel's data of one locale would take
    a megabyte of the running bot.
    """
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(words)
    if phrases is ENGLISH:  # without the comma before "and", and quicker
        return f"{', '.join(words[:-1])} and {words[-1]}"
    # Translators: how CLDR writes the middle of a list, its end, and a pair; filled in by Babel.
    forms = phrases.pgettext("CLDR", "{0}, {1} | {0} and {1} | {0} and {1}")
    middle, end, two = forms.split(" | ")
    if len(words) == 2:  # noqa: PLR2004 - a pair
        return two.format(*words)
    return end.format(reduce(middle.format, words[:-1]), words[-1])


def counted(count: int, phrases: NullTranslations) -> str:
    """Return how many, as the language writes numbers: "16,384"; never for a port number."""
    if phrases is ENGLISH:
        return f"{count:,}"
    # Translators: how CLDR writes this number; filled in by Babel.
    mark = phrases.pgettext("CLDR", "65,536").strip("0123456789")
    return f"{count:,}".replace(",", mark)
