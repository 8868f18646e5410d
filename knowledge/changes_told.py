"""What the last updates of the registry changed, in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import NullTranslations

from knowledge import compose
from knowledge.changes import Change, ChangeKind, Update
from knowledge.model import Dynamic, Reserved, Status, Unassigned
from knowledge.phrasebook import ENGLISH, _, counted, joined

MOST_UPDATES = 5
MOST_CHANGES = 12  # of one update
_SENTENCES = {
    # Translators: {port} is "1234/tcp" or a range; {after} and {before} are service names.
    ChangeKind.ADDED: _("New: {port} is assigned to {after}."),
    ChangeKind.REMOVED: _("Gone: {port} is no longer assigned to {before}."),
    ChangeKind.RENAMED: _("Renamed: {port} is assigned to {after}, and was to {before}."),
    # Translators: {after} and {before} are states: "assigned", "unassigned" and the like.
    ChangeKind.STATUS: _("{port} is {after}, and was {before}."),
}
_STATES: dict[str, Status] = {  # the words of the record that are no service names
    "reserved": Reserved(),
    "unassigned": Unassigned(0, 0),
    "dynamic": Dynamic(),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say of one update.

    Attributes:
        heading: one line: when it was, and of which dates the registries are.
        lines: a sentence each; what is added first.
    """

    heading: str
    lines: tuple[str, ...]


def now(registry_date: str, updates: Sequence[Update], phrases: NullTranslations = ENGLISH) -> str:
    """Return in a sentence or two how current the registry is that answers come from.

    Args:
        registry_date: its date, YYYY-MM-DD; "" where it is not known.
        updates: those that are recorded.
        phrases: the catalogue of the reader's language.
    """
    if registry_date:
        told = phrases.gettext(_("I answer from IANA's registry of {date}.")).format(
            date=registry_date
        )
    else:
        told = phrases.gettext(_("I do not know the date of the registry that I answer from."))
    if not updates:
        told += " " + phrases.gettext(_("There has been no update since I was installed."))
    return told


def told(
    updates: Sequence[Update],
    phrases: NullTranslations = ENGLISH,
    *,
    most_updates: int = MOST_UPDATES,
    most_changes: int = MOST_CHANGES,
) -> Iterator[Told]:
    """Yield the updates, the newest first.

    Args:
        updates: the newest first.
        phrases: the catalogue of the reader's language.
        most_updates: how many are told.
        most_changes: how many changes of each are told; the rest is counted.
    """
    for update in updates[:most_updates]:
        yield Told(_heading(update, phrases), tuple(_lines(update, most_changes, phrases)))


def _heading(update: Update, phrases: NullTranslations) -> str:
    # Translators: in the place of a date.
    unknown = phrases.gettext(_("unknown date"))
    # Translators: {day}, {after} and {before} are dates.
    return phrases.gettext(_("{day}: the registry of {after} replaced that of {before}")).format(
        day=update.at[:10],
        after=update.date_after or unknown,
        before=update.date_before or unknown,
    )


def _lines(update: Update, most: int, phrases: NullTranslations) -> Iterator[str]:
    if not update.changes:
        yield phrases.gettext(_("No port has changed."))
        return
    kinds = list(ChangeKind)
    ordered = sorted(update.changes, key=lambda change: kinds.index(change.kind))
    for change in ordered[:most]:
        yield _sentence(change, phrases)
    rest = len(ordered) - most
    if rest > 0:
        yield phrases.ngettext("{count} more change.", "{count} more changes.", rest).format(
            count=counted(rest, phrases)
        )


def _sentence(change: Change, phrases: NullTranslations) -> str:
    ports = f"{change.first}" if change.first == change.last else f"{change.first}-{change.last}"
    return phrases.gettext(_SENTENCES[change.kind]).format(
        port=f"{ports}/{change.protocol}",
        before=_said(change.before, phrases),
        after=_said(change.after, phrases),
    )


def _said(words: Sequence[str], phrases: NullTranslations) -> str:
    """Return service names as they are; the word for a state in the reader's language."""
    return joined(
        [
            compose.status_name(_STATES[word], phrases) if word in _STATES else word
            for word in words
        ],
        phrases,
    )
