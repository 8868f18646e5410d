"""What teams leave is kept, counted, changed and deleted, in a real file."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Answer, Intent, Question, System
from knowledge.team.model import (
    Ballot,
    Kept,
    Summary,
    Tally,
    TeamSettings,
    Vote,
    WatchedChannel,
    answer_key,
)
from knowledge.team.store import TeamStore

TODAY = date(2026, 11, 21)
OURS, THEIRS = "discord:900000000000000001", "discord:900000000000000002"
ADA, BEN = "discord:100000000000000001", "discord:100000000000000002"


def ballot(
    vote: Vote = Vote.YES,
    *,
    person: str = ADA,
    team: str | None = OURS,
    answer: str = "port:576",
    day: date = TODAY,
) -> Ballot:
    return Ballot(person, team, answer, vote, "en", day)


def files(folder: Path) -> bytes:
    """Return all that stands in a folder's files."""
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


# ---------------------------------------------------------------- votes


def test_votes_are_counted_by_answer(store: TeamStore) -> None:
    store.vote(ballot(Vote.YES))
    store.vote(ballot(Vote.NO, person=BEN))
    store.vote(ballot(Vote.PARTLY, answer="faq:time-wait"))
    assert store.summary(OURS, TODAY) == Summary(
        Tally(no=1, partly=1, yes=1),
        (("port:576", Tally(no=1, yes=1)), ("faq:time-wait", Tally(partly=1))),
    )


def test_a_second_vote_of_a_person_takes_the_place_of_the_first(store: TeamStore) -> None:
    store.vote(ballot(Vote.NO, day=TODAY - timedelta(days=3)))
    store.vote(ballot(Vote.YES))
    assert store.summary(OURS, TODAY - timedelta(days=30)).total == Tally(yes=1)
    assert store.summary(OURS, TODAY).total == Tally(yes=1)


def test_a_team_sees_no_votes_of_another_one(store: TeamStore) -> None:
    store.vote(ballot(team=THEIRS))
    store.vote(ballot(person=BEN, team=None))
    assert store.summary(OURS, TODAY) == Summary(Tally())


def test_a_summary_begins_with_its_day(store: TeamStore) -> None:
    store.vote(ballot(day=TODAY - timedelta(days=31)))
    store.vote(ballot(person=BEN, day=TODAY - timedelta(days=30)))
    assert store.summary(OURS, TODAY - timedelta(days=30)).total == Tally(yes=1)


def test_old_votes_are_forgotten(store: TeamStore) -> None:
    store.vote(ballot(day=TODAY - timedelta(days=366)))
    store.vote(ballot(person=BEN))
    assert store.forget_votes_before(TODAY - timedelta(days=365)) == 1
    assert store.summary(OURS, date.min).total == Tally(yes=1)


def test_the_mean_lies_between_no_and_yes() -> None:
    assert Tally(no=1, yes=1).mean == 2.0
    assert Tally(yes=4).mean == 3.0
    assert Tally().mean == 0.0


@given(st.lists(st.tuples(st.sampled_from([ADA, BEN]), st.sampled_from(Vote)), max_size=8))
def test_only_the_last_vote_of_each_person_counts(votes: list[tuple[str, Vote]]) -> None:
    store = TeamStore.open("sqlite://", None)
    for person, vote in votes:
        store.vote(ballot(vote, person=person))
    last = list(dict(votes).values())
    assert store.summary(OURS, TODAY).total == Tally(*(last.count(vote) for vote in Vote))
    store.close()


# ---------------------------------------------------------------- channels and settings


def test_watched_channels_are_kept(store: TeamStore, address: str, tmp_path: Path) -> None:
    store.watch(WatchedChannel(OURS, "discord:1", TODAY))
    store.watch(WatchedChannel(THEIRS, "discord:2", TODAY))
    store.close()
    again = TeamStore.open(address, tmp_path)
    assert again.watched(OURS) == (WatchedChannel(OURS, "discord:1", TODAY),)
    assert len(again.watched()) == 2
    again.close()


def test_a_channel_stays_watched_since_it_was(store: TeamStore) -> None:
    store.watch(WatchedChannel(OURS, "discord:1", TODAY - timedelta(days=9)))
    store.watch(WatchedChannel(OURS, "discord:1", TODAY))
    (watched,) = store.watched()
    assert watched.since == TODAY - timedelta(days=9)


def test_a_team_of_which_nothing_is_left_is_forgotten(store: TeamStore, tmp_path: Path) -> None:
    store.watch(WatchedChannel(OURS, "discord:1", TODAY))
    assert store.unwatch(OURS, "discord:1")
    assert not store.unwatch(OURS, "discord:1")
    assert store.kept_of(OURS) == Kept()
    store.close()
    assert OURS.encode() not in files(tmp_path)


def test_settings_are_kept_and_cleared(store: TeamStore) -> None:
    chosen = TeamSettings(language="pt-BR", system=System.FREEBSD)
    assert store.settings(OURS) == TeamSettings()
    store.set_settings(OURS, chosen)
    assert store.settings(OURS) == chosen
    assert store.settings(THEIRS) == TeamSettings()
    assert store.kept_of(OURS).settings
    store.set_settings(OURS, TeamSettings())
    assert store.settings(OURS) == TeamSettings()
    assert store.kept_of(OURS) == Kept()


def test_the_settings_of_all_teams_are_those_that_some_chose(store: TeamStore) -> None:
    store.watch(WatchedChannel(THEIRS, "discord:1", TODAY))
    store.set_settings(OURS, TeamSettings(system=System.MACOS))
    assert store.all_settings() == {OURS: TeamSettings(system=System.MACOS)}
    store.set_settings(THEIRS, TeamSettings(language="ja"))
    assert store.all_settings()[THEIRS] == TeamSettings(language="ja")
    store.forget_team(OURS)
    assert set(store.all_settings()) == {THEIRS}


def test_settings_leave_watched_channels_alone(store: TeamStore) -> None:
    store.watch(WatchedChannel(OURS, "discord:1", TODAY))
    store.set_settings(OURS, TeamSettings(language="de"))
    store.set_settings(OURS, TeamSettings())
    assert store.watched(OURS) == (WatchedChannel(OURS, "discord:1", TODAY),)


def test_small_state_is_kept(store: TeamStore) -> None:
    assert store.state("commands") is None
    store.set_state("commands", "a")
    store.set_state("commands", "b")
    assert store.state("commands") == "b"


# ---------------------------------------------------------------- deletion


def test_all_of_a_team_is_deleted_and_nothing_of_others(store: TeamStore, tmp_path: Path) -> None:
    for team in (OURS, THEIRS):
        store.watch(WatchedChannel(team, f"{team}7", TODAY))
        store.set_settings(team, TeamSettings(language="de"))
    store.vote(ballot(team=OURS))
    store.vote(ballot(team=OURS, answer="none"))
    store.vote(ballot(team=THEIRS, answer="none", person=BEN))
    assert OURS.encode() in files(tmp_path)
    expected = Kept(votes=2, channels=1, settings=True)
    assert store.kept_of(OURS) == expected
    assert store.forget_team(OURS) == expected
    assert store.kept_of(OURS) == Kept()
    assert not store.forget_team(OURS)
    assert OURS.encode() not in files(tmp_path)
    assert store.kept_of(THEIRS) == Kept(votes=1, channels=1, settings=True)


def test_all_votes_of_a_person_are_deleted_and_no_others(store: TeamStore, tmp_path: Path) -> None:
    for number in range(1200):
        store.vote(ballot(answer=f"port:{number}", team=(OURS, THEIRS, None)[number % 3]))
    store.vote(ballot(person=BEN, answer="port:7"))
    before = files(tmp_path)
    assert ADA.encode() not in before
    assert b"port:1199" in before
    assert store.forget_person(ADA) == Kept(votes=1200)
    assert store.forget_person(ADA) == Kept()
    assert b"port:1199" not in files(tmp_path)
    assert store.summary(OURS, TODAY).total == Tally(yes=1)


# ---------------------------------------------------------------- the key of an answer


def found(**parts: object) -> Answer:
    given = {"intent": Intent.ABOUT, "confidence": 1.0, "title": "", "summary": ""} | parts
    return Answer(Question("is my secret at 10.0.0.1 safe?"), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (found(ports=(576,)), "port:576"),
        (found(ports=(576,), intent=Intent.CHECK), "port:576"),
        (found(ports=(22, 80), intent=Intent.COMPARE), "ports:22,80"),
        (found(ports=tuple(range(25))), "ports:0,1,2,3,4"),
        (found(ports=(6000,), span=(6000, 6063)), "range:6000-6063"),
        (found(faq="time-wait", ports=(80,), intent=Intent.FAQ), "faq:time-wait"),
        (found(intent=Intent.NONE), "none"),
        (found(intent=Intent.SUGGEST), "suggest"),
    ],
)
def test_an_answers_key_tells_what_it_is_about(answer: Answer, key: str) -> None:
    assert answer_key(answer) == key
