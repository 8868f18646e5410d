"""Discord's locales by the names that their speakers give them, and how one is found by a name."""

from collections.abc import Mapping
from types import MappingProxyType

import discord

from knowledge.text import fold

NATIVE: Mapping[str, str] = MappingProxyType(
    {
        "id": "Bahasa Indonesia",
        "da": "Dansk",
        "de": "Deutsch",
        "en-GB": "English, UK",
        "en-US": "English, US",
        "es-ES": "Español",
        "es-419": "Español, LATAM",
        "fr": "Français",
        "hr": "Hrvatski",
        "it": "Italiano",
        "lt": "Lietuviškai",
        "hu": "Magyar",
        "nl": "Nederlands",
        "no": "Norsk",
        "pl": "Polski",
        "pt-BR": "Português do Brasil",
        "ro": "Română",
        "fi": "Suomi",
        "sv-SE": "Svenska",
        "vi": "Tiếng Việt",
        "tr": "Türkçe",
        "cs": "Čeština",
        "el": "Ελληνικά",
        "bg": "Български",
        "ru": "Русский",
        "uk": "Українська",
        "hi": "हिन्दी",
        "th": "ไทย",
        "zh-CN": "中文",
        "ja": "日本語",
        "zh-TW": "繁體中文",
        "ko": "한국어",
    }
)
"""In the order and by the names of Discord's reference, "Locales"."""


def matching(typed: str, reader: str) -> list[str]:
    """Return the locales that a text may name: natively, in English, or by their tag.

    Those whose names begin with it come first, and of these the reader's own.

    Args:
        typed: what was typed so far; nothing matches all.
        reader: the locale of who types.
    """
    wanted = fold(typed.strip())
    found = [locale for locale in NATIVE if any(wanted in name for name in _names(locale))]
    return sorted(found, key=lambda each: (not _begins(each, wanted), each != reader))


def named(text: str, reader: str) -> str | None:
    """Return the locale that a text names; None where it names none, or several languages.

    >>> named("pt-br", "en-US"), named("German", "en-US"), named("Klingon", "en-US")
    ('pt-BR', 'de', None)
    """
    wanted = fold(text.strip())
    exact = [locale for locale in NATIVE if wanted in _names(locale)]
    begun = [locale for locale in matching(text, reader) if _begins(locale, wanted)]
    found = exact or begun
    return found[0] if len({locale.split("-")[0] for locale in found}) == 1 else None


def _names(locale: str) -> tuple[str, ...]:
    english = discord.Locale(locale).name.replace("_", " ")
    return fold(NATIVE[locale]), *english.split(), english, locale.lower()


def _begins(locale: str, wanted: str) -> bool:
    return any(name.startswith(wanted) for name in _names(locale))
