"""Reads and writes the catalogues: the same messages make the same file on every machine."""

from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from babel.numbers import format_decimal

from bot.languages import DOMAIN

ROOT = Path(__file__).parents[2]
FOLDER = Path(str(files("bot"))) / "locales"
# CLDR's lists are of words in the language's own script; ours hold Latin names, which Thai parts
# from it by a space, and from each other by a comma.
_MIXED = {"th": "{0}, {1} | {0} และ {1} | {0} และ {1}"}
CLDR = "CLDR"  # the context of what Babel fills in
WIDTH = 98  # columns of a line


def path_of(locale: str, folder: Path = FOLDER) -> Path:
    """Return the file of a locale, by Discord's name for it."""
    return folder / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def template_path(folder: Path = FOLDER) -> Path:
    """Return the file that lists all messages."""
    return folder / f"{DOMAIN}.pot"


def read(locale: str, path: Path) -> Catalog:
    """Return the catalogue that a file holds.

    Raises:
        PoFileError: it is written wrong.
    """
    with path.open("rb") as file:
        return read_po(file, locale=babel_name(locale), abort_invalid=True)


def babel_name(locale: str) -> str:
    """Return the name that Babel has for one of Discord's locales."""
    return locale.replace("-", "_")


def merged(locale: str, template: Catalog, before: Catalog | None) -> Catalog:
    """Return a template's messages in a language, translated as they were before.

    What the template does not have any more is left out, and nothing is guessed.
    """
    catalog = Catalog(locale=babel_name(locale), fuzzy=False)
    for message in template:
        if not message.id:
            continue
        known = before.get(message.id, message.context) if before is not None else None
        same = known is not None and known.id == message.id
        if message.context == CLDR and catalog.locale and isinstance(message.id, str):
            told = _by_cldr(message.id, catalog.locale)
            catalog.add(message.id, told, message.locations, context=CLDR)
            continue
        catalog.add(
            message.id,
            known.string if known is not None and same else None,
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known is not None and same else (),
            flags=known.flags & {"fuzzy"} if known is not None and same else (),
            context=message.context,
        )
    return catalog


def _by_cldr(message: str, locale: Locale) -> str:
    """Return what is not for translators: how CLDR writes lists and numbers of a language."""
    if "{0}" not in message:
        return format_decimal(int(message.replace(",", "")), locale=locale)
    if locale.language in _MIXED:
        return _MIXED[locale.language]
    lists = locale.list_patterns["standard"]
    return f"{lists['middle']} | {lists['end']} | {lists['2']}"


def written(catalog: Catalog) -> bytes:
    """Return a catalogue as its file: without dates, line numbers and names of people."""
    header = [
        "Language: " + (str(catalog.locale_identifier) if catalog.locale else ""),
        *([f"Plural-Forms: {catalog.plural_forms}"] if catalog.locale else []),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    output = BytesIO()
    output.write(b'msgid ""\nmsgstr ""\n')
    output.write("".join(f'"{line}\\n"\n' for line in header).encode())
    output.write(b"\n")
    write_po(
        output,
        catalog,
        width=WIDTH,
        omit_header=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return output.getvalue().rstrip(b"\n") + b"\n"
