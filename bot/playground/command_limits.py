"""Discord's rules for application commands that its OpenAPI description leaves out."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.playground.problems import Place, Problem, bad_length
from bot.playground.state import Payload

_ASIAN = frozenset({"zh-CN", "zh-TW", "ja", "ko", "hi", "th", "vi", "id", "tr"})
_EUROPEAN = frozenset(
    {"da", "de", "en-GB", "en-US", "es-ES", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl"}
    | {"ro", "fi", "sv-SE", "cs", "el", "bg", "ru", "uk"}
)
LOCALES = _ASIAN | _EUROPEAN | {"es-419", "pt-BR"}
COMMANDS = {1: 100, 2: 15, 3: 15}  # by type: slash, user, message
COMMAND_TOTAL = 8_000
OPTIONS = 25
CHOICES = 25
NAME = 32
DESCRIPTION = 100
CHOICE = 100
SLASH, SUBCOMMAND, GROUP, STRING = 1, 1, 2, 3
_SCRIPTS = ("DEVANAGARI", "THAI")  # of these also the marks


def commands_problems(commands: Sequence[Payload]) -> list[Problem]:
    """Return what is wrong with a whole list of commands, as a bulk overwrite brings it."""
    problems = [
        problem
        for index, command in enumerate(commands)
        for problem in command_problems(command, (index,))
    ]
    kinds = Counter(command.get("type") or SLASH for command in commands)
    problems += [
        Problem((), "APPLICATION_COMMANDS_MAX", f"At most {COMMANDS[kind]} of type {kind}.")
        for kind, number in kinds.items()
        if number > COMMANDS.get(kind, 1)
    ]
    return [*problems, *_same_command_names(commands)]


def _same_command_names(commands: Sequence[Payload]) -> Iterator[Problem]:
    """Yield commands that a user of some language could not tell apart."""
    locales = {locale for each in commands for locale in each.get("name_localizations") or {}}
    for locale in ["", *sorted(locales)]:
        seen = set()
        for index, command in enumerate(commands):
            name = (command.get("name_localizations") or {}).get(locale) or command.get("name")
            key = (command.get("type") or SLASH, name)
            if key in seen:
                yield Problem(
                    (index, "name_localizations", locale) if locale else (index, "name"),
                    "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    "Application command names must be unique",
                )
            seen.add(key)


def command_problems(command: Payload, place: Place = ()) -> list[Problem]:
    """Return what is wrong with one command."""
    slash = (command.get("type") or SLASH) == SLASH
    problems = [*_name_problems(command, place, slash=slash)]
    if slash:
        problems += _description_problems(command, place)
        problems += _options_problems(command.get("options") or [], (*place, "options"))
    elif command.get("description"):
        problems.append(
            Problem(
                (*place, "description"),
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
                "Context menu commands cannot have a description",
            )
        )
    if total(command) > COMMAND_TOTAL:
        problems.append(
            Problem(
                place,
                "APPLICATION_COMMAND_TOO_LARGE",
                f"Command exceeds maximum size ({COMMAND_TOTAL})",
            )
        )
    return problems


def total(part: Payload) -> int:
    """Return the characters of a command that count, with the longest translation of each text."""
    own = sum(
        max(
            len(part.get(key) or ""),
            *map(len, (part.get(f"{key}_localizations") or {"": ""}).values()),
        )
        for key in ("name", "description")
    )
    value = part.get("value")
    nested = [*(part.get("options") or []), *(part.get("choices") or [])]
    return own + (len(value) if isinstance(value, str) else 0) + sum(map(total, nested))


def valid_slash_name(name: str) -> bool:
    """Return whether Discord takes a name for a slash command or an option."""
    return (
        1 <= len(name) <= NAME
        and name == name.lower()
        and all(_name_character(character) for character in name)
    )


def _name_character(character: str) -> bool:
    return (
        character in "-_'"
        or unicodedata.category(character)[0] in "LN"
        or unicodedata.name(character, "").startswith(_SCRIPTS)
    )


def _texts(part: Payload, key: str, place: Place) -> Iterator[tuple[Place, str]]:
    yield (*place, key), str(part.get(key) or "")
    for locale, text in (part.get(f"{key}_localizations") or {}).items():
        yield (*place, f"{key}_localizations", locale), text


def _name_problems(part: Payload, place: Place, *, slash: bool) -> Iterator[Problem]:
    for here, name in _texts(part, "name", place):
        if slash and not valid_slash_name(name):
            yield Problem(here, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
        elif not 1 <= len(name.strip()) <= NAME:
            yield bad_length(here, 1, NAME)
    for key in ("name_localizations", "description_localizations"):
        for locale in part.get(key) or {}:
            if locale not in LOCALES:
                yield Problem((*place, key, locale), "ENUM_TYPE_COERCE", "Not a known locale.")


def _description_problems(part: Payload, place: Place) -> Iterator[Problem]:
    for here, text in _texts(part, "description", place):
        if not 1 <= len(text.strip()) <= DESCRIPTION:
            yield bad_length(here, 1, DESCRIPTION)


def _options_problems(options: list[Payload], place: Place) -> Iterator[Problem]:
    if len(options) > OPTIONS:
        yield bad_length(place, 0, OPTIONS)
    optional = False
    for index, option in enumerate(options):
        here = (*place, index)
        yield from _name_problems(option, here, slash=True)
        yield from _description_problems(option, here)
        if option.get("required") and optional:
            yield Problem(
                here,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional = optional or not option.get("required")
        if option.get("type") in (SUBCOMMAND, GROUP):
            yield from _options_problems(option.get("options") or [], (*here, "options"))
        yield from _choice_problems(option, here)
        yield from _bound_problems(option, here)
    yield from _same_names(options, place)


def _same_names(options: list[Payload], place: Place) -> Iterator[Problem]:
    """Yield options that a user of some language could not tell apart."""
    locales = {locale for option in options for locale in option.get("name_localizations") or {}}
    for locale in ["", *sorted(locales)]:
        names = Counter(
            (option.get("name_localizations") or {}).get(locale) or option.get("name")
            for option in options
        )
        for name, number in names.items():
            if number > 1:
                yield Problem(
                    place,
                    "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                    f"Option name {name} already exists in these options {locale}".strip(),
                )


def _choice_problems(option: Payload, place: Place) -> Iterator[Problem]:
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        yield Problem(
            (*place, "autocomplete"),
            "APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES",
            "An option has either choices or autocomplete",
        )
    if len(choices) > CHOICES:
        yield bad_length((*place, "choices"), 0, CHOICES)
    for index, choice in enumerate(choices):
        here = (*place, "choices", index)
        for where, name in _texts(choice, "name", here):
            if not 1 <= len(name.strip()) <= CHOICE:
                yield bad_length(where, 1, CHOICE)
        value = choice.get("value")
        if isinstance(value, str) is not (option.get("type") == STRING):
            yield Problem((*here, "value"), "BASE_TYPE_CHOICES", "Not of the option's type.")
        elif isinstance(value, str) and not 1 <= len(value) <= CHOICE:
            yield bad_length((*here, "value"), 1, CHOICE)


def _bound_problems(option: Payload, place: Place) -> Iterator[Problem]:
    for low, high in (("min_value", "max_value"), ("min_length", "max_length")):
        least, most = option.get(low), option.get(high)
        if least is not None and most is not None and least > most:
            yield Problem((*place, low), "NUMBER_TYPE_MAX", f"{low} must not exceed {high}.")
