"""The catalogues of translations: what is wrong with them, by rules that know no language."""

from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from bot.cards.about import EXAMPLES
from bot.languages import TRANSLATED, catalogue, phrasebook
from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from tests.messages.__main__ import stale_of, up_to_date
from tests.messages.catalogues import merged, path_of, read, template_path, written
from tests.messages.problems import problems
from tests.messages.template import template as template_of

HEADER = """\
msgid ""
msgstr ""
"Language: de\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
GOOD = (
    HEADER
    + """\
#. a button, to the next page.
msgid "Next"
msgstr "Weiter"

msgid "Port {number} is “{name}”."
msgstr "Port {number} ist „{name}“."

msgid "All 65,536 ports of `nc`, see /help and --system"
msgstr "Alle 65.536 Ports von `nc`, siehe /help und --system"

msgid "Services of Windows on TCP and of Linux"
msgstr "Windows-Dienste auf TCP는 und Linuxでは"

msgid "{count} port"
msgid_plural "{count} ports"
msgstr[0] "{count} Port"
msgstr[1] "{count} Ports"

msgctxt "command name"
msgid "help"
msgstr "hilfe"

msgctxt "command name"
msgid "ask"
msgstr "fragen"
"""
)
BROKEN = {
    "not translated": ("Port {number} ist „{name}“.", ""),
    "not translated ": ('msgstr[1] "{count} Ports"', 'msgstr[1] ""'),
    "not used": ('msgid "Next"', 'msgid "Nextt"'),
    "fuzzy": ('msgid "Port {number}', '#, fuzzy\nmsgid "Port {number}'),
    "other placeholders": ("ist „{name}“", "ist {Name}"),
    "other placeholders ": ('msgstr[1] "{count} Ports"', 'msgstr[1] "Ports"'),
    "broken placeholders": ("ist „{name}“", "ist „{name“"),
    "does not end with": ("ist „{name}“.", "ist „{name}“"),
    "ends with": ('"Weiter"', '"Weiter."'),
    "other spaces": ('"Weiter"', '"Weiter "'),
    "lacks the number": ("65.536", "65.535"),
    "lacks what is to be kept": ("siehe /help", "siehe /hilfe"),
    "lacks what is to be kept ": ("von `nc`", "von nc"),
    "lacks what is to be kept  ": ("Windows-Dienste", "Fenster-Dienste"),
    "lacks what is to be kept   ": ("TCP는", "UDP는"),
    "longer than the 34": ('"Weiter"', '"Weiter zur nächsten Seite, der neunten"'),
    "times as long": ("Alle 65.536", "Alle " + "wirklich " * 12 + "65.536"),
    "no name that Discord takes": ('"hilfe"', '"Hilfe"'),
    "no name that Discord takes ": ('"hilfe"', '"hilfe bitte"'),
    "is given to 2": ('"fragen"', '"hilfe"'),
    "the language is not": ("Language: de", "Language: da"),
    "the plural forms are not": ("nplurals=2", "nplurals=3"),
    "cannot be read": ('msgstr "Weiter"', 'msgstx "Weiter"'),
}  # fmt: skip


def judged(text: str, folder: Path) -> list[str]:
    """Return what is wrong with the German catalogue that a text is."""
    good, tried = folder / "good.po", folder / "tried.po"
    good.write_text(GOOD, encoding="utf-8")
    tried.write_text(text, encoding="utf-8")
    return list(problems("de", tried, read("de", good)))


def test_nothing_is_wrong_with_a_good_catalogue(tmp_path: Path) -> None:
    assert judged(GOOD, tmp_path) == []


@pytest.mark.parametrize("told", BROKEN)
def test_what_is_broken_is_told(told: str, tmp_path: Path) -> None:
    before, after = BROKEN[told]
    assert before in GOOD
    found = judged(GOOD.replace(before, after), tmp_path)
    assert any(told.strip() in problem for problem in found), found


def test_a_language_is_brought_up_to_date_without_guesses(tmp_path: Path) -> None:
    file = tmp_path / "de.po"
    file.write_text(GOOD, encoding="utf-8")
    template = Catalog()
    template.add("Next", locations=[("bot/new.py", 0)])
    template.add("Nextt")
    template.add(("{count} port", "{count} ports"))
    after = merged("de", template, read("de", file))
    strings = {str(message.id): message.string for message in after if message.id}
    assert strings == {
        "Next": "Weiter",
        "Nextt": None,
        "('{count} port', '{count} ports')": ("{count} Port", "{count} Ports"),
    }


def test_a_catalogue_is_written_the_same_again(tmp_path: Path) -> None:
    file = tmp_path / "de.po"
    file.write_text(GOOD, encoding="utf-8")
    once = written(read("de", file))
    file.write_bytes(once)
    assert written(read("de", file)) == once
    assert b"Weiter" in once
    assert b"Date" not in once


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_text_is_translated_and_sound(locale: str) -> None:
    with template_path().open("rb") as file:
        template = read_po(file)
    assert list(problems(locale, path_of(locale), template)) == []


def test_the_catalogues_are_up_to_date_with_the_code() -> None:
    stale = stale_of(up_to_date(template_of(), TRANSLATED))
    assert [path.parts[-3:] for path in stale] == [], "run make messages"


@pytest.mark.parametrize("locale", TRANSLATED)
def test_the_examples_of_help_are_understood_in_their_own_language(
    locale: str, base: KnowledgeBase
) -> None:
    phrases = catalogue(locale)
    for example in EXAMPLES:
        answer = ask(
            phrases.gettext(example), base, Context(locale, phrasebook=phrasebook(locale))
        )
        english = ask(example, base)
        assert (answer.intent, answer.ports, answer.faq) == (
            english.intent,
            english.ports,
            english.faq,
        ), phrases.gettext(example)
