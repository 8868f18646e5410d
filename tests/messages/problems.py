"""What is wrong with a catalogue: judged by rules that need no knowledge of its language."""

import re
import string
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.core import UnknownLocaleError
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError

from bot.playground.command_limits import CHOICE, DESCRIPTION, NAME, valid_slash_name
from tests.messages.catalogues import CLDR, babel_name, read

BUTTON = 34  # visible characters; more are cut on a phone (Discord's component reference)
PLACEHOLDER = 150
LONGER = 2  # times; a card's line is not to grow beyond
_SHORT = 20  # characters by which any line may grow
_NUMBER = "65535"  # what stands in the place of a number when lengths are measured
_ENDS = {
    ".": ".。।።…",
    "…": "…",
    "?": "?？;\u037e",
    "!": "!！",
    ":": ":：",
}
_NO_FULL_STOP = frozenset({"th"})  # languages that end a sentence by a space
# What stays as it is, in every language: what is typed, and names of tools, systems and protocols.
_TYPED = re.compile(
    r"`[^`]+`|(?<![\w/])/[a-z]{3,}(?![a-z])|(?<!\w)--[a-z-]+"
    r"|\b(?:[A-Z][A-Za-z]+-[A-Z][A-Za-z]+|[A-Z]+_[A-Z_]+)\b",
    re.ASCII,
)
# Languages write on right behind a name: "Windows-Dienst", "TCP는", "Linuxでは".
_NAMES = re.compile(
    r"\b(?:TCP|UDP|SCTP|DCCP|IANA|IPv4|IPv6|HOST|IMAGE|AWS|Azure|Google Cloud|Linux|Windows"
    r"|macOS|FreeBSD|Docker|Compose|Kubernetes|PostgreSQL|Discord|Nmap|ufw|firewalld|nftables"
    r"|ip6tables|iptables|netsh|compose\.yaml|pf\.conf|inet filter|open\|filtered|Portolan)\b",
    re.ASCII,
)
_SEPARATED = re.compile(r"(?<=\d)[,.\u00a0\u202f\u2009’' ](?=\d{3}(?!\d))")
_STATED = re.compile(r"\bat most (\d+) characters")
_DIGITS = re.compile(r"\d+")


def problems(locale: str, path: Path, template: Catalog) -> Iterator[str]:
    """Yield a line for all that is wrong with the catalogue of a locale.

    Args:
        locale: by Discord's name.
        path: of its file.
        template: the messages that are to be translated.
    """
    try:
        catalog = read(locale, path)
    except (OSError, PoFileError, UnknownLocaleError, UnicodeDecodeError, ValueError) as error:
        yield f"{path.name}: cannot be read: {error}"
        return
    yield from _header_problems(locale, path)
    for message in catalog.obsolete.values():
        yield f"{_name(message)}: is not used any more"
    for message in catalog:
        if message.id and template.get(message.id, message.context) is None:
            yield f"{_name(message)}: is not used any more"
    for message in template:
        if message.id:
            translated = catalog.get(message.id, message.context)
            if translated is None or not all(_forms(translated)):
                yield f"{_name(message)}: is not translated"
            elif message.context != CLDR:  # those are Babel's
                for problem in _message_problems(locale, message, translated, catalog):
                    yield f"{_name(message)}: {problem}"
    yield from _same_names(catalog)


def _header_problems(locale: str, path: Path) -> Iterator[str]:
    header = path.read_text(encoding="utf-8").partition("\n\n")[0]
    if f'"Language: {babel_name(locale)}\\n"' not in header:
        yield f"header: the language is not {babel_name(locale)}"
    if f"nplurals={get_plural(babel_name(locale)).num_plurals};" not in header:
        yield "header: the plural forms are not those of the language"


def _message_problems(
    locale: str, message: Message, translated: Message, catalog: Catalog
) -> Iterator[str]:
    if translated.id != message.id:
        yield "its plural is not that of the code"
        return
    if translated.fuzzy:
        yield "is marked as fuzzy"
    forms = _forms(translated)
    if message.pluralizable and len(forms) != catalog.num_plurals:
        yield f"has {len(forms)} plural forms, not {catalog.num_plurals}"
    for error in translated.check(catalog):
        yield str(error)
    english = message.id if isinstance(message.id, str) else message.id[-1]
    for form in forms:
        yield from _text_problems(locale, english, form)
        for limit, what in _limits(message):
            if limit < _length(form):
                yield f"is longer than the {limit} characters of {what}: {form!r}"
        if message.context in {"command name", "option name"} and not valid_slash_name(form):
            yield f"is no name that Discord takes: {form!r}"


def _text_problems(locale: str, english: str, text: str) -> Iterator[str]:
    try:
        wanted, found = _placeholders(english), _placeholders(text)
    except ValueError as error:
        yield f"has broken placeholders ({error}): {text!r}"
        return
    if wanted != found:
        yield f"has other placeholders, {sorted(found)} for {sorted(wanted)}: {text!r}"
    for what, of in _ALIKE.items():
        missing, added = of(english) - of(text), of(text) - of(english)
        if missing:
            yield f"lacks {what} {', '.join(sorted(missing))}: {text!r}"
        if added and what not in _MAY_ADD:
            yield f"adds {what} {', '.join(sorted(added))}: {text!r}"
    if _edges(english) != _edges(text):
        yield f"begins or ends with other spaces: {text!r}"
    yield from _end_problems(locale, english, text)
    if len(text) > LONGER * len(english) + _SHORT:
        yield f"is more than {LONGER} times as long: {text!r}"


def _end_problems(locale: str, english: str, text: str) -> Iterator[str]:
    last, found = english.rstrip('”")*')[-1:], text.rstrip('”“")»」』）*’\u00a0')[-1:]
    if last in _ENDS and found not in _ENDS[last] and locale not in _NO_FULL_STOP:
        yield f"does not end with {last!r}: {text!r}"
    if last not in _ENDS and found in ".。।":
        yield f"ends with {found!r}: {text!r}"


def _kept(text: str) -> Counter[str]:
    return Counter({*_TYPED.findall(text), *_NAMES.findall(text)})


def _numbers(text: str) -> Counter[str]:
    """Return the numbers in a text, without the placeholders' and however they are separated."""
    plain = re.sub(r"\{[^}]*\}", "", text)
    return Counter(_DIGITS.findall(_SEPARATED.sub("", plain)))


def _marks(text: str) -> Counter[str]:
    return Counter({"**": text.count("**"), "`": text.count("`"), "\n": text.count("\n")})


_ALIKE: dict[str, Callable[[str], Counter[str]]] = {
    "what is to be kept:": _kept,
    "the number": _numbers,
    "the marks": _marks,
}
_MAY_ADD = frozenset({"what is to be kept:"})


def _limits(message: Message) -> Iterator[tuple[int, str]]:
    about = " ".join(message.auto_comments)
    match message.context:
        case "command name" | "option name" | "context menu":
            yield NAME, "a name"
        case "command description" | "option description":
            yield DESCRIPTION, "a description"
        case "choice":
            yield CHOICE, "a choice"
        case _ if about.startswith("a button"):
            yield BUTTON, "a button"
        case _ if about.startswith("a menu's placeholder"):
            yield PLACEHOLDER, "a placeholder"
        case _ if stated := _STATED.search(about):
            yield int(stated[1]), "what its comment says"
        case _:
            pass


def _same_names(catalog: Catalog) -> Iterator[str]:
    """Yield commands that share their name in this language: a user could not tell them apart."""
    for context in ("command name", "context menu"):
        names = Counter(
            str(message.string)
            for message in catalog
            if message.context == context and message.string
        )
        for name, count in names.items():
            if count > 1:
                yield f"{context} {name!r} is given to {count}"


def _forms(message: Message) -> tuple[str, ...]:
    if isinstance(message.string, str) or message.string is None:
        return (message.string or "",)
    return tuple(message.string)


def _placeholders(text: str) -> set[str]:
    return {
        name for _before, name, _spec, _kind in string.Formatter().parse(text) if name is not None
    }


def _length(text: str) -> int:
    return len(re.sub(r"\{[^}]*\}", _NUMBER, text))


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _name(message: Message) -> str:
    identity = message.id if isinstance(message.id, str) else message.id[0]
    return f"[{message.context}] {identity}" if message.context else identity
