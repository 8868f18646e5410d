"""What /privacy tells, and what can be deleted there; docs/privacy.md says it in more words."""

from gettext import NullTranslations

from bot.cards.custom_ids import Kind, Recall
from bot.cards.parts import Button, Card, Row, Text
from knowledge.phrasebook import _, counted
from knowledge.team.model import Kept

TITLE = _("What I keep, and why")
TOLD = (
    _(
        "**Questions**: I answer them and do not store them; no log holds them. An answer's menu "
        "and buttons hold the question in the message itself, on Discord, so that they last."
    ),
    _(
        "**Ten minutes**: your last question about a port stays in memory with its answer, so "
        "that “and on Windows?” makes sense. It is never written to a disk."
    ),
    _("**Not what I meant**: for a day I remember, in memory only, what you took back."),
    _(
        "**Votes** (😔 🤨 😃): the answer, the face, the language, the server and the day, for a "
        "year, so that answers get better. A keyed hash stands for you, so that you can change "
        "your vote; without the key nobody can tell who voted."
    ),
    _(
        "**Servers**: the watched channels and the settings that managers chose, until they "
        "change or delete them. In watched channels I read messages to find questions, and keep "
        "none of them."
    ),
    _(
        "**Who can read it**: the people who run this bot. Managers of a server see the sums of "
        "its votes. Nothing is sold or passed on."
    ),
)
# Translators: a button.
DELETE_MINE = _("Delete my data")
# Translators: a button.
DELETE_SERVERS = _("Delete this server's data")
# Translators: a button.
DELETE_NOW = _("Yes, delete it")
FORGOTTEN = _("I have forgotten what you asked last. I keep nothing else of yours.")
NOTHING_OF_YOURS = _("I keep nothing of yours, so there is nothing to delete.")
NOTHING_OF_SERVERS = _("I keep nothing of this server, so there is nothing to delete.")
CONFIRM = _("Delete all that I keep of this server? It cannot be undone.")
# Translators: a list follows, such as "3 votes" and "the settings".
SERVERS_DELETED = _("I have deleted all that I kept of this server:")
# Translators: in a list of what is deleted: a server's settings.
SETTINGS = _("the settings")


def privacy_card(asker: int, language: str, phrases: NullTranslations, *, manages: bool) -> Card:
    """Return what is stored, why and how long, with buttons to delete it.

    Args:
        asker: who reads it.
        language: as custom ids hold it.
        phrases: the asker's.
        manages: the asker manages the server in which this is read.
    """
    buttons = [Button(phrases.gettext(DELETE_MINE), _id(asker, language, "me"))]
    if manages:
        buttons.append(Button(phrases.gettext(DELETE_SERVERS), _id(asker, language, "server")))
    told = "\n".join(f"- {phrases.gettext(text)}" for text in TOLD)
    return Card((Text(f"### {phrases.gettext(TITLE)}"), Text(told), Row(tuple(buttons))))


def mine_deleted(kept: Kept, phrases: NullTranslations, *, conversation: bool) -> str:
    """Return the sentence that confirms what was deleted of a person.

    Args:
        kept: what was in the store.
        phrases: the person's.
        conversation: something was remembered in memory.
    """
    if kept.votes:
        return phrases.ngettext(
            "I have deleted {count} vote of yours, and forgotten what you asked last.",
            "I have deleted {count} votes of yours, and forgotten what you asked last.",
            kept.votes,
        ).format(count=counted(kept.votes, phrases))
    return phrases.gettext(FORGOTTEN if conversation else NOTHING_OF_YOURS)


def confirm_card(kept: Kept, asker: int, language: str, phrases: NullTranslations) -> Card:
    """Return the question whether all of a server shall be deleted, with its button."""
    button = Button(phrases.gettext(DELETE_NOW), _id(asker, language, "server-now"))
    return Card((Text(_list(CONFIRM, kept, phrases)), Row((button,))))


def servers_deleted_card(kept: Kept, phrases: NullTranslations) -> Card:
    """Return what says that all of a server is deleted."""
    return Card((Text(_list(SERVERS_DELETED, kept, phrases)),))


def _list(heading: str, kept: Kept, phrases: NullTranslations) -> str:
    """Return a heading, and what is kept line by line."""
    lines = [phrases.gettext(heading)]
    if kept.votes:
        votes = phrases.ngettext("{count} vote", "{count} votes", kept.votes)
        lines.append(f"- {votes.format(count=counted(kept.votes, phrases))}")
    if kept.channels:
        channels = phrases.ngettext(
            "{count} watched channel", "{count} watched channels", kept.channels
        )
        lines.append(f"- {channels.format(count=counted(kept.channels, phrases))}")
    if kept.settings:
        lines.append(f"- {phrases.gettext(SETTINGS)}")
    return "\n".join(lines)


def _id(asker: int, language: str, what: str) -> str:
    return Recall(Kind.FORGET, asker, language, what).custom_id
