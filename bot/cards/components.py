"""An answer becomes a card: what a Discord message is made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from gettext import NullTranslations
from types import MappingProxyType

from bot.cards import feedback, layout, words
from bot.cards.custom_ids import NOBODY, Kind, Recall, recall_of
from bot.cards.guard import ROW_BUTTONS, shorten
from bot.cards.markdown import code, link, plain, visible
from bot.cards.parts import Button, Card, Menu, Option, Part, Row, Sight, Text
from bot.languages import catalogue, locale_of
from knowledge.model import Answer, Faq, Intent, PointKind, Source, System, status_word
from knowledge.phrasebook import ENGLISH, counted
from knowledge.team.model import answer_key

LABEL = 34  # characters; more are cut on a phone
FURTHER = 3  # buttons to what is merely worth a look
SOURCE_TITLE = 70  # characters
MOST_SOURCES = 8
SOURCES_BEFORE_MORE = 4  # where the rest is a button away: in the whole text, or with each port
_BIN = "🗑️"
_COLOURS = {
    "assigned": 0x2D7DD2,
    "reserved": 0xC98A1B,
    "unassigned": 0x7A8288,
    "dynamic": 0x7C5CBF,
}
_CONCEPT = 0x2A9D8F
_UNSURE = 0x99AAB5
_ACTS = {Intent.CHECK, Intent.OPEN}  # who asks for these wants the commands first


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a card is made.

    Attributes:
        asker: the user for whom the card changes when something on it is pressed.
        language: BCP-47 tag of the language the reader is answered in.
        phrases: the catalogue of that language.
        system: whose commands to show; None shows those of the system in the answer, or Linux's.
        faq_titles: the question of each FAQ slug, for the labels of buttons.
    """

    asker: int
    language: str = "en"
    phrases: NullTranslations = ENGLISH
    system: System | None = None
    faq_titles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Body:
    """The texts of a card, which are the same for every reader of an answer.

    Attributes:
        head: title, status, summary.
        points: what is known, in blocks.
        commands: of the system shown; None where there are none.
        sources: None where there are none.
    """

    head: Text
    points: tuple[Text, ...]
    commands: Text | None
    sources: Text | None
    colour: int


def render(answer: Answer, reader: Reader) -> Card:
    """Return the card that shows an answer, in the order in which it is read."""
    system = layout.shown_system(answer, reader.system)
    return assemble(answer, reader, system, body_of(answer, system, reader.phrases))


def body_of(answer: Answer, system: System | None, phrases: NullTranslations = ENGLISH) -> Body:
    """Return the texts of an answer's card, with the commands of one system."""
    tell = phrases.gettext
    summary, points = layout.told(answer)
    head = [f"### {plain(layout.title(answer, phrases))}"]
    head += [f"-# {line}" for line in layout.status_lines(answer, phrases)]
    offering = layout.only_offers(answer)  # then what else can be asked comes last
    if summary and not offering:
        head.append(plain(summary))
    told = layout.headed(layout.unpressed(answer, points), phrases)
    leads = layout.subject(answer) or len(answer.facts) > 1
    most = SOURCES_BEFORE_MORE if leads else MOST_SOURCES
    if offering:
        sources = [plain(summary)]
    else:
        sources = [f"{tell(words.SOURCES)}: {_links(answer.sources, most, phrases)}"]
    if phrases is not ENGLISH and layout.is_partly_english(answer):
        sources.insert(0, tell(words.ENGLISH_ONLY))
    return Body(
        head=Text("\n".join(head)),
        points=tuple(_points(told, phrases)),
        commands=Text(_commands(answer, system, phrases)) if system is not None else None,
        sources=Text("\n".join(f"-# {line}" for line in sources))
        if answer.sources or offering
        else None,
        colour=_colour(answer),
    )


def assemble(answer: Answer, reader: Reader, system: System | None, body: Body) -> Card:
    """Return the card of an answer's texts and of what its reader can press."""
    parts: list[Part] = [body.head]
    offers = list(_offers(answer, reader))
    commands: list[Part] = []
    if body.commands is not None:
        commands = [body.commands, *_menu(answer, reader, system)]
    acts = answer.intent in _ACTS
    if not acts:
        parts += body.points
    if layout.is_unsure(answer):  # what else may have been meant comes before what to do
        parts += offers
    parts += commands
    if acts:
        parts += body.points
    if not layout.is_unsure(answer):
        parts += offers
    if ports := _ports(answer, reader):
        parts.append(Row(ports[:ROW_BUTTONS]))
    if body.sources is not None:
        parts.append(body.sources)
    parts.append(Row(tuple(_actions(answer, reader))))
    parts.append(Text(f"-# {reader.phrases.gettext(feedback.QUESTION)}"))
    parts.append(feedback.feedback_row(answer_key(answer), reader.language, reader.phrases))
    return Card(tuple(parts), body.colour, reader.phrases.gettext(words.CUT))


def _points(told: Mapping[PointKind, Sequence[str]], phrases: NullTranslations) -> Iterator[Text]:
    """Yield what is known, under its headings; what has none stands apart from what is before."""
    lines: list[str] = []
    for kind, texts in told.items():
        if heading := words.HEADINGS[kind]:
            lines.append(f"**{phrases.gettext(heading)}**")
        elif lines:
            yield Text("\n".join(lines))
            lines = []
        lines += [f"- {plain(text)}" for text in texts]
    if lines:
        yield Text("\n".join(lines))


def _commands(answer: Answer, system: System, phrases: NullTranslations) -> str:
    heading = phrases.gettext(words.COMMANDS_ON).format(system=words.SYSTEMS[system])
    careful = phrases.gettext(words.CAREFUL)
    lines = [f"**{heading}**"]
    for block, cautions in layout.blocks(answer, system, phrases):
        lines.append(code(block, "powershell" if system is System.WINDOWS else "sh"))
        lines += [f"-# {careful} {plain(caution)}" for caution in cautions]
    return "\n".join(lines)


def _menu(answer: Answer, reader: Reader, system: System | None) -> Iterator[Menu]:
    choices = layout.systems(answer)
    if len(choices) < 2:  # noqa: PLR2004 (nothing to choose)
        return
    recalled = recall_of(answer, reader.asker, reader.language)
    if recalled is not None:
        options = (
            Option(words.SYSTEMS[choice], choice.value, choice is system) for choice in choices
        )
        yield Menu(recalled.custom_id, reader.phrases.gettext(words.CHOOSE_SYSTEM), tuple(options))


def _offers(answer: Answer, reader: Reader) -> Iterator[Part]:
    """Yield what else may have been meant, or what to see as well, under its heading."""
    offers = _alternatives(answer, reader)
    if answer.entry is not None:
        shown = {button.label for button in offers}
        offers += tuple(each for each in _faqs(answer.entry, reader) if each.label not in shown)
    if offers:
        if heading := layout.alternatives_heading(answer, reader.phrases):
            yield Text(f"**{heading}**")
        yield Row(offers[: _most_offers(answer)])


def _actions(answer: Answer, reader: Reader) -> Iterator[Button]:
    """Yield what can be done with the card: the whole text, a picture, sharing or deleting it."""
    tell = reader.phrases.gettext

    def button(label: str, kind: Kind, payload: str) -> Button:
        recalled = Recall(kind, reader.asker, reader.language, payload)
        return Button(tell(label), recalled.custom_id)

    if subject := layout.subject(answer):
        yield button(words.MORE, Kind.MORE, f"{subject}:all")
    if layout.has_questions(answer):
        yield button(words.QUESTIONS, Kind.MORE, f"{subject}:q")
    if len(answer.facts) == 1 and answer.entry is None:
        yield button(words.MAP, Kind.MAP, str(answer.facts[0].number))
    yield share_button(reader.asker, reader.language, reader.phrases)
    yield bin_button(reader.asker, reader.language, reader.phrases)


def with_actions(card: Card, asker: int, locale: str, made_of: str = "card") -> Card:
    """Return a card that is no answer to a question, with what shares it, or deletes it.

    Args:
        card: as it is.
        asker: who may delete it, beside moderators.
        locale: the asker's, or any BCP-47 tag.
        made_of: as for `share_button`.
    """
    language = locale_of(locale)
    phrases = catalogue(language)
    share = share_button(asker, language, phrases, made_of)
    row = Row((share, bin_button(asker, language, phrases)))
    return replace(card, parts=(*card.parts, row))


def share_button(
    asker: int, language: str, phrases: NullTranslations, made_of: str = "card"
) -> Button:
    """Return what shares a private card.

    Args:
        asker: whose card it is.
        language: the card's, as custom ids hold it.
        phrases: the card's.
        made_of: what it is made of again, see `Kind.SHARE`; "card" is what the message shows.
    """
    recalled = Recall(Kind.SHARE, asker, language, made_of)
    return Button(phrases.gettext(words.SHARE), recalled.custom_id, sight=Sight.PRIVATE)


def bin_button(asker: int, language: str, phrases: NullTranslations) -> Button:
    """Return what deletes a public card."""
    recalled = Recall(Kind.BIN, asker, language, "card")
    return Button(phrases.gettext(words.DELETE), recalled.custom_id, _BIN, Sight.PUBLIC)


def _alternatives(answer: Answer, reader: Reader) -> tuple[Button, ...]:
    """Return buttons that ask for what else may have been meant."""
    buttons = []
    for alternative in answer.alternatives:
        asked = " ".join(alternative.ask.split())
        recalled = Recall(Kind.ASK, reader.asker, reader.language, asked)
        if recalled.fits:
            buttons.append(Button(_label(alternative.title), recalled.custom_id))
    return tuple(buttons)


def _faqs(entry: Faq, reader: Reader) -> tuple[Button, ...]:
    """Return buttons to the FAQ entries that are related to this one."""
    return tuple(
        Button(
            _label(reader.faq_titles[slug]),
            Recall(Kind.FAQ, reader.asker, reader.language, slug).custom_id,
        )
        for slug in entry.related
        if slug in reader.faq_titles
    )


def _ports(answer: Answer, reader: Reader) -> tuple[Button, ...]:
    """Return buttons to the neighbours of the one port and related ones, or to each of several.

    A card about several stays, for nothing leads back to it: each is shown beside it.
    """
    tell = reader.phrases.gettext
    labels: dict[int, str] = {}
    offered: frozenset[int] = frozenset()
    if len(answer.facts) == 1 and answer.entry is None:
        offered = _offered(answer)
        facts = answer.facts[0]
        if facts.previous is not None:
            labels[facts.previous] = tell(words.PREVIOUS_PORT).format(number=facts.previous)
        if facts.next is not None:
            labels[facts.next] = tell(words.NEXT_PORT).format(number=facts.next)
    asker = reader.asker if labels else NOBODY
    for number in layout.related(answer) if labels else answer.ports:
        if number not in offered:
            labels.setdefault(number, tell(words.PORT).format(number=number))
    return tuple(
        Button(label, Recall(Kind.PORT, asker, reader.language, str(number)).custom_id)
        for number, label in labels.items()
    )


def _offered(answer: Answer) -> frozenset[int]:
    """Return the ports to which the buttons of alternatives lead."""
    shown = answer.alternatives[: _most_offers(answer)]
    return frozenset(number for each in shown for number in each.ports)


def _most_offers(answer: Answer) -> int:
    return ROW_BUTTONS if layout.is_unsure(answer) else FURTHER


def _label(text: str) -> str:
    return shorten(visible(text), LABEL)


def _links(sources: Sequence[Source], most: int, phrases: NullTranslations) -> str:
    """Return links to the sources, shortened: where there are many, the rest is counted."""
    links = [link(shorten(each.title, SOURCE_TITLE), each.url) for each in sources[:most]]
    rest = len(sources) - len(links)
    if rest:
        links.append(
            # Translators: sources, after the last that is named.
            phrases.ngettext("and {count} more", "and {count} more", rest).format(
                count=counted(rest, phrases)
            )
        )
    return " · ".join(links)


def _colour(answer: Answer) -> int:
    """Return a colour for what the words say as well."""
    if answer.intent is Intent.NONE:
        return _UNSURE
    if answer.faq is not None or not answer.facts:
        return _CONCEPT
    found = {status_word(status) for status in answer.facts[0].states.values()}
    return next(colour for word, colour in _COLOURS.items() if word in found)
