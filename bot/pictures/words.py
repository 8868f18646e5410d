"""What the pictures and their alt texts say; marked here, translated where it is used."""

from collections.abc import Mapping
from gettext import NullTranslations

from bot.pictures.marks import Mark
from knowledge.model import PortRange
from knowledge.phrasebook import _, counted

STATUSES = {
    Mark.ASSIGNED: _("assigned"),
    Mark.RESERVED: _("reserved"),
    Mark.UNASSIGNED: _("unassigned"),
    Mark.DYNAMIC: _("dynamic"),
}
COUNTED = {
    # Translators: how many ports have this status; any number may stand after the colon.
    Mark.ASSIGNED: _("assigned: {count}"),
    # Translators: how many ports have this status; any number may stand after the colon.
    Mark.RESERVED: _("reserved: {count}"),
    # Translators: how many ports have this status; any number may stand after the colon.
    Mark.UNASSIGNED: _("unassigned: {count}"),
    # Translators: how many ports have this status; any number may stand after the colon.
    Mark.DYNAMIC: _("dynamic: {count}"),
}
RANGES = {
    PortRange.SYSTEM: _("System Ports"),
    PortRange.USER: _("User Ports"),
    PortRange.DYNAMIC: _("Dynamic Ports"),
}
# Translators: a legend, of ports that software uses though the registry does not assign them.
IN_PRACTICE = _("in use, not assigned")
PORT = _("Port {number}")

# Of the 64 ports around one.
AROUND_TITLE = _("The ports around port {number}")
AROUND_ALT = _("Map of the ports {first} to {last}, in eight rows of eight.")
# Translators: {status} is one word, such as "unassigned".
FRAMED = _("The frame is around port {number}: {status}.")
# Translators: {status} is one word, such as "assigned"; {name} is a service name.
FRAMED_NAMED = _("The frame is around port {number}: {status}, {name}.")
NAMED = _("Assigned nearby: {ports}.")
USED = _("In use nearby, though not assigned: {ports}.")

# Of all ports.
# Translators: the title of a picture; {count} is always 65,536.
ALL = _("All {count} ports")
# Translators: the title of a message; {count} is always 65,536.
ALL_TITLE = _("Map of all {count} ports")
# Translators: what a picture shows; {count} is always 65,536.
ALL_ALT = _(
    "Map of all {count} ports, on a curve that keeps neighbouring ports together. It begins at "
    "the top left with the System Ports (0 to 1023) and ends at the top right, where the Dynamic "
    "Ports (49152 to 65535) fill a quarter."
)
# Translators: {status} is one word, such as "unassigned".
RING = _("A ring marks port {number}: {status}.")
# Translators: of which day IANA's registry is, such as 2026-09-17.
REGISTRY_OF = _("registry of {date}")
NO_FILES = _("I may not attach pictures here; these are the numbers that the map shows.")


def lettered(numbers: Mapping[Mark, int], phrases: NullTranslations) -> list[str]:
    """Return the same as `counts`, each after the letter by which the picture shows it."""
    shown = [mark for mark, number in numbers.items() if number]
    told = zip(shown, counts(numbers, phrases), strict=True)
    return [f"**{mark}** {text}" for mark, text in told]


def counts(numbers: Mapping[Mark, int], phrases: NullTranslations) -> list[str]:
    """Return how many ports have each status, such as "assigned: 6,233"; nothing of none."""
    return [
        phrases.gettext(COUNTED[mark]).format(count=counted(number, phrases))
        for mark, number in numbers.items()
        if number
    ]


def counts_sentence(numbers: Mapping[Mark, int], phrases: NullTranslations) -> str:
    """Return the same as a sentence of an alt text."""
    told = "; ".join(counts(numbers, phrases))
    return f"{told[:1].upper()}{told[1:]}."
