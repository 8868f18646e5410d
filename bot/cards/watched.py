"""What is said about watched channels, and on the answers there."""

from collections.abc import Sequence
from dataclasses import replace
from gettext import NullTranslations

from bot.cards import words
from bot.cards.custom_ids import Kind, Recall
from bot.cards.parts import Button, Card, Row, Text
from knowledge.phrasebook import _

SETTING = "PORTOLAN_MESSAGE_CONTENT=true"
# Translators: {channel} is a mention of a channel, here and below.
TURNED_ON = _("I now answer questions about ports in {channel}, without a mention.")
# Translators: {button} is the button "Not what I meant".
CAREFUL = _(
    "I speak only where I am sure that a port is asked for, and not often. The button “{button}” "
    "under an answer takes it back."
)
# Translators: {command} is a command, such as /watch on, here and below.
THREADS = _("A thread is a channel of its own: use {command} in it as well.")
ON_ALREADY = _("I answer without a mention in {channel} already.")
TURNED_OFF = _("In {channel} I now answer only when I am mentioned.")
OFF_ALREADY = _("In {channel} I answer only when I am mentioned, as before.")
WATCHED = _("Channels where I answer without a mention")
NONE_WATCHED = _("There is no channel in this server where I answer without a mention.")
# Translators: a title.
CANNOT_READ = _("I cannot read the messages of this server yet")
NOTHING_DONE = _("So I have turned nothing on. Whoever runs this bot can change that:")
GRANT = (
    # Translators: the portal is in English only: its words stay.
    _("In Discord's Developer Portal, open **Bot** > **Privileged Gateway Intents**."),
    # Translators: the portal is in English only: its words stay.
    _("Switch on **Message Content Intent**, and save."),
    _("Set `{setting}`, and start the bot again."),
)
AFTERWARDS = _("Then use {command} here once more.")
# Translators: the permissions as Discord's client names them in your language.
CANNOT_WRITE = _(
    "I may not write in {channel}: give me View Channel and Send Messages there, then try again."
)
# Translators: the permissions as Discord's client names them in your language.
NOT_MANAGER = _("For this you need the permission Manage Server, or Manage Channels in {channel}.")
# Translators: a button, under an answer that nobody asked for.
NOT_MEANT = _("Not what I meant")
TAKEN_BACK = _(
    "I took it back, and will stay silent for a day when the same person writes such a thing."
)


def mention(channel: int) -> str:
    """Return a channel as Discord shows it by its name."""
    return f"<#{channel}>"


def turned_on(channel: int, phrases: NullTranslations) -> Card:
    """Return what is said when a channel is watched from now on."""
    tell = phrases.gettext
    notes = (
        tell(CAREFUL).format(button=tell(NOT_MEANT)),
        tell(THREADS).format(command=_again(phrases)),
    )
    small = "\n".join(f"-# {note}" for note in notes)
    return Card((Text(tell(TURNED_ON).format(channel=mention(channel))), Text(small)))


def cannot_read(phrases: NullTranslations) -> Card:
    """Return how the message content intent is granted."""
    tell = phrases.gettext
    again = tell(AFTERWARDS).format(command=_again(phrases))
    steps = f"{tell(NOTHING_DONE)}\n{_steps(phrases)}"
    return Card((Text(f"### {tell(CANNOT_READ)}"), Text(steps), Text(again)))


def _again(phrases: NullTranslations) -> str:
    return f"`{words.command('watch on', phrases)}`"


def _steps(phrases: NullTranslations) -> str:
    steps = (phrases.gettext(step).format(setting=SETTING) for step in GRANT)
    return "\n".join(f"{place}. {step}" for place, step in enumerate(steps, 1))


def listed(channels: Sequence[int], phrases: NullTranslations, *, reads: bool) -> Card | str:
    """Return the list of a server's watched channels.

    Args:
        channels: their ids.
        phrases: the reader's.
        reads: the message content intent is granted; without it nothing is heard in them.
    """
    if not channels:
        return phrases.gettext(NONE_WATCHED)
    lines = "\n".join(f"- {mention(channel)}" for channel in channels)
    parts = [Text(f"### {phrases.gettext(WATCHED)}"), Text(lines)]
    if not reads:
        parts.append(Text(f"**{phrases.gettext(CANNOT_READ)}**\n{_steps(phrases)}"))
    return Card(tuple(parts))


def revocable(card: Card, asker: int, language: str, key: str, phrases: NullTranslations) -> Card:
    """Return the card of an unasked answer with the button that takes it back.

    Args:
        card: the answer's.
        asker: whose message it answers.
        language: as custom ids hold it.
        key: of the answer, as `knowledge.team.model.answer_key` gives it.
        phrases: the card's.
    """
    recalled = Recall(Kind.RETRACT, asker, language, key)
    button = Button(phrases.gettext(NOT_MEANT), recalled.custom_id)
    return replace(card, parts=(*card.parts, Row((button,))))
