"""Gives Discord the names and descriptions of commands in each of its languages."""

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location
from typing_extensions import override

from bot.languages import ENGLISH_LOCALES, LOCALES, file_of

_CONTEXTS: Mapping[Location, str] = {  # the msgctxt of catalogues
    Location.command_name: "command name",
    Location.command_description: "command description",
    Location.group_name: "command name",
    Location.group_description: "command description",
    Location.parameter_name: "option name",
    Location.parameter_description: "option description",
    Location.choice_name: "choice",
}
_MENU = "context menu"


class CommandTranslator(app_commands.Translator):
    """Translates what the catalogues have a translation for; other texts stay as they are.

    Only what is said of commands is read, a tenth of a catalogue, and it can be forgotten: after
    the commands are handed over nobody asks again.

    Args:
        file_of: returns the file of a locale's catalogue, by Discord's name for it.
    """

    def __init__(self, file_of: Callable[[str], Traversable] = file_of) -> None:
        self._file_of = file_of
        self._words: dict[str, Mapping[tuple[str, str], str]] = {}

    @override
    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        if locale.value in ENGLISH_LOCALES:
            return string.message
        kind = _CONTEXTS.get(context.location)
        if kind is None:
            return None
        if isinstance(context.data, app_commands.ContextMenu):
            kind = _MENU
        words = self._words.get(locale.value)
        if words is None:
            words = self._words[locale.value] = _words_of(
                self._file_of(locale.value), locale.value
            )
        return words.get((kind, string.message))

    def made_from(self) -> Iterator[bytes]:
        """Yield all that translations depend on: this code, and the catalogues."""
        for module in ("translator.py", "languages.py"):
            yield (files("bot") / module).read_bytes()
        for locale in LOCALES:
            file = self._file_of(locale)
            yield file.read_bytes() if file.is_file() else b""

    def forget(self) -> None:
        """Free the memory; what is asked for again is read again."""
        self._words.clear()


def _words_of(file: Traversable, locale: str) -> Mapping[tuple[str, str], str]:
    """Return what a catalogue says of commands, by context and English text."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 (a start seldom needs it)

    if not file.is_file():
        return {}
    header, *messages = file.read_text(encoding="utf-8").split("\n\n")
    ours = "\n\n".join([header, *(text for text in messages if "msgctxt " in text)])
    catalog = read_po(BytesIO(ours.encode()), locale=locale.replace("-", "_"))
    return {
        (message.context, message.id): message.string
        for message in catalog
        if message.context and message.string and not message.fuzzy
        if isinstance(message.id, str) and isinstance(message.string, str)
    }
