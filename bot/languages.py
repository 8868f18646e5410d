"""The languages that people are answered in: Discord's locales, and a catalogue for each.

A catalogue is `locales/<locale>/LC_MESSAGES/portolan.po`, read when its language is first met.
"""

from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from knowledge.phrasebook import ENGLISH, Phrasebook

DOMAIN = "portolan"
ENGLISH_LOCALES = ("en-US", "en-GB")
TRANSLATED = (
    "id", "da", "de", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
    "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
    "zh-TW", "ko",
)  # fmt: skip
LOCALES = ENGLISH_LOCALES + TRANSLATED
"""Discord's locales, by its own names (Discord's reference, "Locales")."""

_RELATED = {  # what is not a locale of Discord's, and stands nearer to one than its language does
    "nb": "no",
    "nn": "no",
    "zh-hant": "zh-TW",
    "zh-hk": "zh-TW",
    "zh-mo": "zh-TW",
}


@lru_cache(maxsize=256)
def locale_of(tag: str) -> str:
    """Return Discord's locale for a BCP-47 tag: "de" for "de-AT"; "en-US" where there is none."""
    parts = tag.replace("_", "-").lower().split("-")
    for length in range(len(parts), 0, -1):
        name = "-".join(parts[:length])
        if name in _RELATED:
            return _RELATED[name]
        for locale in LOCALES:
            if locale.lower() == name:
                return locale
    if parts[0] == "es" and len(parts) > 1:
        return "es-419"  # of the countries that speak Spanish all but one are in America
    return next((each for each in LOCALES if each.lower().split("-")[0] == parts[0]), "en-US")


def file_of(locale: str) -> Traversable:
    """Return the file of a locale's catalogue, by Discord's name for it."""
    return files("bot") / "locales" / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue(tag: str) -> NullTranslations:
    """Return the translations for a BCP-47 tag; English where there are none."""
    return _catalogue(locale_of(tag))


def phrasebook(reader: str | None) -> Phrasebook:
    """Return what finds the catalogue for a question's language.

    Args:
        reader: the reader's locale. Where the question is in that language too it tells which
            kind, such as Brazil's Portuguese, or China's or Taiwan's way of writing.
    """

    def catalogue_for(language: str) -> NullTranslations:
        return catalogue(told_in(language, reader))

    return catalogue_for


def fixed(tag: str) -> Phrasebook:
    """Return what finds the catalogue for a BCP-47 tag, whatever the question's language."""

    def catalogue_for(_language: str) -> NullTranslations:
        return catalogue(tag)

    return catalogue_for


def told_in(language: str, reader: str | None) -> str:
    """Return the locale to answer in: the question's language, in the reader's kind of it."""
    if reader is not None and _base(reader) == _base(language):
        return locale_of(reader)
    return locale_of(language)


def _base(tag: str) -> str:
    return locale_of(tag).split("-")[0]


@cache
def _catalogue(locale: str) -> NullTranslations:
    """Return a locale's catalogue, compiled anew from what translators write: there are few."""
    if locale in ENGLISH_LOCALES:
        return ENGLISH
    file = file_of(locale)
    if not file.is_file():
        return ENGLISH
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (English needs neither)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with file.open("rb") as text:
        written = read_po(text, locale=locale.replace("-", "_"))
    compiled = BytesIO()
    write_mo(compiled, written)
    compiled.seek(0)
    return GNUTranslations(compiled)
