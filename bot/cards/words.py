"""The fixed words of every card: headings, statuses, labels.

They are marked here and translated where they are used, as `phrases.gettext(words.SOURCES)`.
"""

import re
from collections.abc import Iterable
from gettext import NullTranslations

from knowledge import compose
from knowledge.model import (
    PointKind,
    PortFacts,
    PortRange,
    Protocol,
    Status,
    System,
    Unassigned,
)
from knowledge.phrasebook import ENGLISH, _, joined

HEADINGS = {
    # Translators: headings of a card; this one: what the registry says.
    PointKind.OFFICIAL: _("Official (IANA)"),
    # Translators: heading: which products use the port.
    PointKind.PRACTICE: _("In practice"),
    # Translators: heading: errors about the port that are met often.
    PointKind.DISPUTED: _("Often said, but not so"),
    # Translators: heading: risks, told calmly.
    PointKind.RISK: _("Worth knowing"),
    # Translators: heading: the ports near this one.
    PointKind.NEIGHBORS: _("Neighbours"),
    PointKind.SYSTEM: _("Systems and browsers"),
    PointKind.DETAIL: "",  # what is asked for itself needs no heading
}
SYSTEMS = {
    System.LINUX: "Linux",
    System.MACOS: "macOS",
    System.WINDOWS: "Windows",
    System.FREEBSD: "FreeBSD",
}
RANGES = {  # RFC 6335 section 6
    # Translators: RFC 6335's names of the ranges 0-1023, 1024-49151, 49152-65535.
    PortRange.SYSTEM: _("System Ports"),
    PortRange.USER: _("User Ports"),
    PortRange.DYNAMIC: _("Dynamic Ports"),
}
COMMANDS_ON = _("Commands on {system}")
# Translators: a menu's placeholder.
CHOOSE_SYSTEM = _("Choose your operating system")
# Translators: heading above buttons.
DID_YOU_MEAN = _("Did you mean")
# Translators: heading above buttons.
SEE_ALSO = _("See also")
RELATED_PORTS = _("Related ports")
# Translators: on the command line; --system is an option and stays as it is.
OTHER_SYSTEMS = _("Also for {systems}: add “on …” to the question, or --system.")
SOURCES = _("Sources")
# Translators: a button, to the next lower assigned port.
PREVIOUS_PORT = _("◀ Port {number}")
# Translators: a button, to the next higher assigned port.
NEXT_PORT = _("Port {number} ▶")
# Translators: a button; elsewhere a title.
PORT = _("Port {number}")
# Translators: stands before a warning about a command.
CAREFUL = _("Careful:")
# Translators: a button, to the whole article.
MORE = _("More")
# Translators: a button, to frequent questions about the port.
QUESTIONS = _("Questions")
# Translators: a button, to a picture of the ports.
MAP = _("Map")
# Translators: a button: posts a private answer for all to see.
SHARE = _("Share")
# Translators: a button: deletes the answer.
DELETE = _("Delete")
# Translators: a button, to the page before.
BACK = _("◀ Back")
# Translators: a button, to the next page.
FORWARD = _("Next ▶")
PAGE = _("Page {page} of {pages}")
# Translators: {person} is a mention.
SHARED_BY = _("Shared by {person}")
CANNOT_SHARE = _("I may not post in this channel, so this answer stays with you.")
CANNOT_DELETE = _("Only the person who asked and moderators can delete this answer.")
# Translators: at the end of a text that was too long.
CUT = _("… cut here: the rest is longer than one message may be.")
NO_ANSWER = _(
    "I do not know that one. I know network ports: try “what is port 443?” "
    "or “which port does PostgreSQL use?”"
)
EMPTY_QUESTION = _("Ask me about a port, such as “what is port 576?”")
# Translators: somebody mentioned a role that has the bot's name; {me} is a mention.
ROLE_MENTIONED = _("That was my role. Mention {me} instead, so that I can read your question.")
# Translators: said of a button of an old message that works no more.
RETIRED = _("This button comes from an older version and has retired. Please ask again.")
ENGLISH_ONLY = _("Some of this is written in English only, for now.")
# Translators: said of a button of an old message, whose article is gone.
GONE = _("What this button led to is no longer in my knowledge base. Please ask again.")


_COMMAND = re.compile(r"/(help|privacy)(?![a-z])")


def command(name: str, phrases: NullTranslations) -> str:
    """Return a command as its user finds it, such as "/watch on", in their language."""
    return "/" + " ".join(phrases.pgettext("command name", word) for word in name.split())


def told(text: str, phrases: NullTranslations) -> str:
    """Return a text in the reader's language, and the commands that it names likewise."""
    return _COMMAND.sub(lambda named: command(named[1], phrases), phrases.gettext(text))


def joined_systems(systems: Iterable[System], phrases: NullTranslations) -> str:
    """Return the names of systems, such as "Linux and macOS"."""
    return joined([SYSTEMS[each] for each in systems], phrases)


def status_phrase(
    states: Iterable[tuple[Protocol, Status]], phrases: NullTranslations = ENGLISH
) -> str:
    """Say the statuses of one port, such as "assigned for TCP and UDP" or "unassigned".

    A protocol for which the port is merely unassigned goes without saying, unless all are.
    """
    by_word: dict[str, list[str]] = {}
    unassigned = ""
    for protocol, status in states:
        word = compose.status_name(status, phrases)
        by_word.setdefault(word, []).append(protocol.upper())
        if isinstance(status, Unassigned):
            unassigned = word
    if len(by_word) == 1:
        return next(iter(by_word))
    by_word.pop(unassigned, None)
    return ", ".join(
        # Translators: such as "assigned for TCP and UDP".
        phrases.gettext(_("{status} for {protocols}")).format(
            status=word, protocols=joined(names, phrases)
        )
        for word, names in by_word.items()
    )


def facts_phrase(facts: PortFacts, phrases: NullTranslations = ENGLISH) -> str:
    """Say a port's status and range, such as "assigned for TCP and UDP · System Ports"."""
    states = status_phrase(facts.states.items(), phrases)
    return f"{states} · {phrases.gettext(RANGES[facts.range])}"
