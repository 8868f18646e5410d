"""What is told of the registry's updates."""

from pathlib import Path

from knowledge import changes, changes_told
from knowledge.changes import Change, ChangeKind, Update
from knowledge.model import Protocol

TCP, UDP = Protocol.TCP, Protocol.UDP
CHANGES = (
    Change(ChangeKind.STATUS, 60, 69, UDP, ("unassigned",), ("reserved",)),
    Change(ChangeKind.REMOVED, 50, 50, TCP, ("old",), ("unassigned",)),
    Change(ChangeKind.ADDED, 40, 40, TCP, ("unassigned",), ("new", "newer")),
    Change(ChangeKind.RENAMED, 30, 30, TCP, ("was",), ("is",)),
)
UPDATE = Update("2026-11-21T06:00:00+00:00", "2026-09-17", "2026-11-20", CHANGES)


def test_each_change_is_a_sentence_and_new_ones_come_first() -> None:
    (told,) = changes_told.told([UPDATE])
    assert told.heading == "2026-11-21: the registry of 2026-11-20 replaced that of 2026-09-17"
    assert told.lines == (
        "New: 40/tcp is assigned to new and newer.",
        "Gone: 50/tcp is no longer assigned to old.",
        "Renamed: 30/tcp is assigned to is, and was to was.",
        "60-69/udp is reserved, and was unassigned.",
    )


def test_many_changes_are_counted() -> None:
    (told,) = changes_told.told([UPDATE], most_changes=1)
    assert told.lines[1:] == ("3 more changes.",)
    (told,) = changes_told.told([UPDATE], most_changes=3)
    assert told.lines[3:] == ("1 more change.",)


def test_only_the_last_updates_are_told() -> None:
    quiet = Update("2026-11-22T06:00:00+00:00", "", "2026-11-22", ())
    told = list(changes_told.told([quiet] * 9))
    assert len(told) == changes_told.MOST_UPDATES
    assert told[0].lines == ("No port has changed.",)
    assert told[0].heading.endswith("replaced that of unknown date")


def test_a_fresh_installation_says_so() -> None:
    assert changes_told.now("2026-09-17", ()) == (
        "I answer from IANA's registry of 2026-09-17."
        " There has been no update since I was installed."
    )
    assert (
        changes_told.now("2026-11-20", [UPDATE]) == "I answer from IANA's registry of 2026-11-20."
    )
    assert changes_told.now("", [UPDATE]).startswith("I do not know the date")


def test_twenty_updates_are_kept(tmp_path: Path) -> None:
    for day in range(1, 26):
        changes.remember(tmp_path, Update(f"2026-11-{day:02}", "", "", CHANGES))
    kept = changes.history(tmp_path)
    assert [update.at for update in kept] == [f"2026-11-{day:02}" for day in range(25, 5, -1)]
    assert kept[0].changes == CHANGES
