"""The cards of /about and /help: what this is, and how to ask it."""

from collections.abc import Iterable, Mapping, Sequence
from gettext import NullTranslations

from bot.cards import words
from bot.cards.custom_ids import NOBODY, Kind, Recall
from bot.cards.markdown import link
from bot.cards.parts import Button, Card, Link, Row, Text
from knowledge import compose
from knowledge.phrasebook import _, counted

# Translators: a title.
ABOUT = _("About Portolan {version}")
WHAT = _(
    "I know every TCP, UDP, SCTP and DCCP port: what IANA assigned it to, what really uses it, "
    "what to be careful of, and the commands to check it. My answers are looked up, not made up, "
    "and their sources stand under them."
)
KNOWN = {  # what `census` counts -> how it is told
    "service names": _("Service names: {count}"),
    "products": _("Products and the ports they use: {count}"),
    "articles": _("Articles about ports: {count}"),
    "FAQs": _("Questions about ports in general: {count}"),
}
PRIVATE = _("I do not store your questions. /privacy tells what I keep, and deletes it.")
LINKS = {
    # Translators: a button.
    "documentation": _("Documentation"),
    # Translators: a button.
    "source": _("Source code"),
    # Translators: a button.
    "privacy": _("Privacy policy"),
    # Translators: a button.
    "terms": _("Terms of service"),
}
# Translators: a title.
HELP = _("How to ask me")
IN_WORDS = _(
    "In your own words, in any of about 30 languages: mention me, reply to one of my answers, or "
    "write to me directly. Or use a command:"
)
# Translators: “Apps” as Discord's client names it in your language.
IN_MENU = _("To have a message explained, open its menu: Apps, then “{command}”.")
TRY = _("Try one of these:")
EXAMPLES = (  # they are asked as they stand, in the words of the reader's language
    # Translators: a button, and a question: as people of your language would type it.
    _("what is port 443?"),
    # Translators: a button, and a question: as people of your language would type it.
    _("which port does PostgreSQL use?"),
    # Translators: a button, and a question: as people of your language would type it.
    _("what listens on port 8080?"),
    # Translators: a button, and a question: as people of your language would type it.
    _("is port 23 safe?"),
    # Translators: a button, and a question: as people of your language would type it.
    _("what is an ephemeral port?"),
)
SOURCES = (compose.REGISTRY, compose.RFC_6335, compose.FETCH)  # of what is known of all ports
_COLOUR = 0x2A9D8F


def about_card(
    version: str,
    now: str,
    counts: Mapping[str, int],
    links: Mapping[str, str],
    phrases: NullTranslations,
) -> Card:
    """Return what the bot is, what it knows and where there is more.

    Args:
        version: of the bot.
        now: how current the registry is, in a sentence.
        counts: how much it knows, by the keys of KNOWN.
        links: addresses, by the keys of LINKS; those that are not known are left out.
        phrases: the reader's.
    """
    tell = phrases.gettext
    sources = " · ".join(link(each.title, each.url) for each in SOURCES)
    known = [
        f"- {tell(text).format(count=counted(counts[what], phrases))}"
        for what, text in KNOWN.items()
        if what in counts
    ]
    parts: list[Text | Row] = [
        Text(f"### {tell(ABOUT).format(version=version)}\n{tell(WHAT)}"),
        Text("\n".join((now, *known))),
        Text(f"-# {words.told(PRIVATE, phrases)}\n-# {tell(words.SOURCES)}: {sources}"),
    ]
    buttons = tuple(
        Link(tell(label), links[what]) for what, label in LINKS.items() if links.get(what)
    )
    if buttons:
        parts.append(Row(buttons))
    return Card(tuple(parts), _COLOUR)


def help_card(
    commands: Iterable[tuple[str, str]],
    menus: Sequence[str],
    language: str,
    phrases: NullTranslations,
) -> Card:
    """Return the ways to ask, with examples to press.

    Args:
        commands: each one's name and what it does, both in the reader's language.
        menus: the names of the commands in a message's menu, likewise.
        language: the reader's, as custom ids hold it.
        phrases: the reader's.
    """
    tell = phrases.gettext
    listed = [f"- `/{name}` {description}" for name, description in commands]
    in_menu = [tell(IN_MENU).format(command=menu) for menu in menus]
    buttons = []
    for example in EXAMPLES:
        asked = tell(example)
        recalled = Recall(Kind.ASK, NOBODY, language, asked)
        if recalled.fits:
            buttons.append(Button(asked, recalled.custom_id))
    return Card(
        (
            Text("\n".join((f"### {tell(HELP)}", tell(IN_WORDS), *listed, *in_menu))),
            Text(f"**{tell(TRY)}**"),
            Row(tuple(buttons)),
        ),
        _COLOUR,
    )
