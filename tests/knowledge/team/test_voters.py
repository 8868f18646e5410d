"""Nobody can tell from the store who voted."""

import stat
from datetime import date
from pathlib import Path

import pytest

from knowledge.team.model import Ballot, StoreError, Vote
from knowledge.team.store import TeamStore
from knowledge.team.voters import FILE_NAME, secret_in, voter

TODAY = date(2026, 11, 21)
PEOPLE = [f"discord:{100000000000000000 + number}" for number in range(1000)]


def test_without_the_secret_no_id_leads_to_a_vote(store: TeamStore, tmp_path: Path) -> None:
    for person in PEOPLE[:20]:
        store.vote(Ballot(person, None, "port:22", Vote.YES, "en", TODAY))
    store.close()
    kept = (tmp_path / "teams.sqlite").read_bytes()
    secret = secret_in(tmp_path)
    assert secret not in kept
    guesses = (bytes(32), b"", PEOPLE[0].encode(), secret[::-1])
    for guess in guesses:
        assert not any(voter(guess, person, "port:22").encode() in kept for person in PEOPLE)
    known = [person for person in PEOPLE if voter(secret, person, "port:22").encode() in kept]
    assert known == PEOPLE[:20]  # as whoever holds both can find out


def test_the_votes_of_one_person_bear_no_common_mark() -> None:
    assert voter(bytes(32), PEOPLE[0], "port:22") != voter(bytes(32), PEOPLE[0], "port:23")


def test_a_person_and_an_answer_are_told_apart() -> None:
    assert voter(bytes(32), "a", "bc") != voter(bytes(32), "ab", "c")


def test_the_secret_stays_the_same_and_is_its_owners_only(tmp_path: Path) -> None:
    secret = secret_in(tmp_path / "new")
    assert secret_in(tmp_path / "new") == secret
    assert secret_in(tmp_path) != secret
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "new").iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("content", [b"", b"short", bytes(33)])
def test_a_damaged_secret_is_told_in_one_sentence(
    content: bytes, address: str, tmp_path: Path
) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(StoreError, match=r"^The key of the votes in .* cannot be used") as told:
        TeamStore.open(address, tmp_path)
    assert "\n" not in str(told.value)


def test_where_the_secret_is_lost_old_votes_are_nobodys(address: str, tmp_path: Path) -> None:
    store = TeamStore.open(address, tmp_path)
    store.vote(Ballot(PEOPLE[0], "discord:9", "port:22", Vote.YES, "en", TODAY))
    store.close()
    (tmp_path / FILE_NAME).unlink()
    store = TeamStore.open(address, tmp_path)
    assert not store.forget_person(PEOPLE[0])
    assert store.summary("discord:9", TODAY).total.yes == 1
    store.close()
