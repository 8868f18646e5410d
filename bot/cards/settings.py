"""What /settings tells: the language and the system that a server's managers chose."""

from gettext import NullTranslations

from bot.cards import words
from bot.cards.parts import Card, Text
from knowledge.phrasebook import _
from knowledge.team.model import TeamSettings

# What Discord says of the command and its options says here what is set.
TITLE = "The language and the system for my answers in this server"
LANGUAGE = "The language where neither the question nor the asker tells one"
SYSTEM = "The system whose commands come first where a question names none"
UNKNOWN = _("I know no language “{name}”. Choose one from the list as you type.")
_UNSET = "—"


def settings_card(settings: TeamSettings, language: str | None, phrases: NullTranslations) -> Card:
    """Return what is set now.

    Args:
        settings: of the server.
        language: the name of the language that is set, if one is.
        phrases: the reader's.
    """
    system = words.SYSTEMS[settings.system] if settings.system is not None else None
    title = phrases.pgettext("command description", TITLE)
    lines = [
        f"**{value or _UNSET}**\n-# {phrases.pgettext('option description', what)}"
        for what, value in ((LANGUAGE, language), (SYSTEM, system))
    ]
    return Card((Text(f"### {title}"), Text("\n".join(lines))))
