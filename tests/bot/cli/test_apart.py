import os
import sys

import pytest

from bot.cli.apart import apart

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="work is done in the process")


def test_what_the_work_returns_comes_back_from_another_process() -> None:
    here = os.getpid()
    there, texts = apart(lambda: (os.getpid(), ("ä" * 100_000, None)))
    assert there != here
    assert texts == ("ä" * 100_000, None)


def test_what_the_work_imports_is_not_kept() -> None:
    def imported() -> bool:
        import this  # noqa: F401, PLC0415 (nobody else imports it)

        return "this" in sys.modules

    assert apart(imported)
    assert "this" not in sys.modules


def test_work_that_fails_there_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            raise ValueError("in the child")
        return os.getpid()

    assert apart(work) == here


def test_work_that_fails_says_why(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        raise ValueError("no such setting")

    with pytest.raises(ValueError, match="no such setting"):
        apart(work)
    assert capfd.readouterr() == ("", "")


def test_what_cannot_be_sent_back_is_made_here() -> None:
    def work() -> object:
        return lambda: 576

    made = apart(work)
    assert callable(made)
    assert made() == 576
