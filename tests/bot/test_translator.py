from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.client import Portolan
from bot.languages import LOCALES
from bot.playground import Playground
from bot.playground.command_limits import commands_problems
from bot.translator import CommandTranslator
from knowledge.base import KnowledgeBase

Payload = dict[str, Any]

GERMAN = """\
msgid ""
msgstr ""
"Language: de\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "port"
msgstr "not of a command"

#: bot/cogs/port.py
msgctxt "command name"
msgid "port"
msgstr "anschluss"

msgctxt "command description"
msgid "Ask anything about network ports."
msgstr ""
"Alles über "
"Netzwerkports fragen."

#, fuzzy
msgctxt "command name"
msgid "ask"
msgstr "raten"

msgctxt "option name"
msgid "private"
msgstr "privat"

msgctxt "context menu"
msgid "Explain ports here"
msgstr "Ports hier erklären"
"""
SPANISH = GERMAN.replace("anschluss", "puerto").replace("Language: de", "Language: es_419")


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[[str], Path]:
    (tmp_path / "de.po").write_text(GERMAN, encoding="utf-8")
    (tmp_path / "es-419.po").write_text(SPANISH, encoding="utf-8")

    def find(locale: str) -> Path:
        return tmp_path / f"{locale}.po"

    return find


async def payloads(base: KnowledgeBase, translator: CommandTranslator) -> dict[str, Payload]:
    """Return what Discord would be handed, by the name of the command."""
    client = Portolan(base)
    await client.add_features()
    return {
        command.name: await command.get_translated_payload(client.tree, translator)
        for command in client.tree.get_commands()
    }


def options(payload: Payload) -> Iterator[Payload]:
    for option in payload.get("options", ()):
        yield option
        yield from options(option)


async def test_commands_have_the_names_of_each_catalogue(
    base: KnowledgeBase, file_of: Callable[[str], Path]
) -> None:
    found = await payloads(base, CommandTranslator(file_of))
    ask, port = found["ask"], found["port"]
    assert port["name"] == "port"
    assert port["name_localizations"]["de"] == "anschluss"
    assert port["name_localizations"]["es-419"] == "puerto"
    assert ask["description_localizations"]["de"] == "Alles über Netzwerkports fragen."
    (private,) = (each for each in options(port) if each["name"] == "private")
    assert private["name_localizations"]["de"] == "privat"


async def test_english_is_given_as_well_lest_another_language_stand_for_it(
    base: KnowledgeBase, file_of: Callable[[str], Path]
) -> None:
    port = (await payloads(base, CommandTranslator(file_of)))["port"]
    assert port["name_localizations"]["en-US"] == "port"
    assert port["description_localizations"]["en-GB"] == port["description"]


async def test_what_no_catalogue_has_stays_as_it_is(
    base: KnowledgeBase, file_of: Callable[[str], Path]
) -> None:
    found = await payloads(base, CommandTranslator(file_of))
    assert set(found["port"]["name_localizations"]) == {"en-US", "en-GB", "de", "es-419"}
    assert "de" not in found["ask"]["name_localizations"]


async def test_a_context_menu_has_a_name_of_its_own(
    base: KnowledgeBase, file_of: Callable[[str], Path]
) -> None:
    menu = (await payloads(base, CommandTranslator(file_of)))["Explain ports here"]
    assert menu["name_localizations"]["de"] == "Ports hier erklären"


async def test_what_was_forgotten_is_read_again(
    base: KnowledgeBase, file_of: Callable[[str], Path]
) -> None:
    translator = CommandTranslator(file_of)
    before = await payloads(base, translator)
    translator.forget()
    assert await payloads(base, translator) == before


async def test_discord_gets_them_within_its_limits(
    client: Portolan, playground: Playground
) -> None:
    (request,) = (each for each in playground.requests if each.method == "PUT")
    assert isinstance(request.body, list)
    assert commands_problems(request.body) == []
    assert client.tree.translator is not None


def test_discords_locales_are_all_known() -> None:
    assert sorted(locale.value for locale in discord.Locale) == sorted(LOCALES)


async def test_names_that_are_the_same_in_one_language_are_refused() -> None:
    commands: list[Payload] = [
        {"name": "port", "description": "One.", "name_localizations": {"de": "frage"}},
        {"name": "ask", "description": "Two.", "name_localizations": {"de": "frage"}},
        {"name": "frage", "description": "Three."},
    ]
    found = [problem.place for problem in commands_problems(commands)]
    assert found == [(1, "name_localizations", "de"), (2, "name_localizations", "de")]
