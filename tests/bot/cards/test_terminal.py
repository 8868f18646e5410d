import io
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.cards.terminal import print_answer
from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Alternative, Answer, Command, Point, PointKind, System


def printed(answer: Answer, *, terminal: bool, width: int = 80, full: bool = False) -> str:
    file = io.StringIO()
    console = Console(file=file, force_terminal=terminal, width=width, highlight=False)
    print_answer(answer, console, full=full)
    return file.getvalue()


def plain(answer: Answer, *, full: bool = False) -> str:
    return printed(answer, terminal=False, full=full)


def test_all_that_a_card_tells_is_told(about: Callable[..., Answer]) -> None:
    text = plain(
        about(
            576,
            points=(
                Point(PointKind.PRACTICE, "It is met with Foo."),
                Point(PointKind.DISPUTED, "It is not Redox OS."),
            ),
            alternatives=(Alternative("Port 5760", (5760,), 0.2, "port 5760"),),
            confidence=0.5,
        )
    )
    assert text.splitlines()[:2] == [
        "Port 576: ipcd (assigned)",
        "assigned for TCP and UDP · System Ports",
    ]
    for part in (
        "In practice\n  - It is met with Foo.",
        "Often said, but not so\n  - It is not Redox OS.",
        "Commands on Linux\n  # What listens\n  show 576 on linux\n",
        "Did you mean\n  - Port 5760 (ask: port 5760)",
        "Sources\n  - IANA https://www.iana.org/assignments",
    ):
        assert part in text


def test_where_only_offers_are_made_they_come_first(base: KnowledgeBase) -> None:
    lines = plain(ask("foobar server port?", base)).splitlines()
    assert lines[0] == "Did you mean"
    assert lines[2].startswith("  - ")
    assert lines[-1].startswith("I answer questions about network ports")
    assert "No answer" not in lines


def test_into_a_pipe_there_is_no_colour_and_a_paragraph_is_a_line(
    about: Callable[..., Answer],
) -> None:
    text = plain(about(summary="word " * 60))
    assert "\x1b" not in text
    assert any(len(line) > 250 for line in text.splitlines())


def test_on_a_terminal_lines_are_wrapped_but_commands_are_whole(
    about: Callable[..., Answer],
) -> None:
    command = "sudo " + "very-long-option " * 10 + "end"
    answer = about(
        summary="ポート番号 " * 30, commands={System.LINUX: (Command(command, "What listens"),)}
    )
    text = printed(answer, terminal=True, width=60)
    clean = Console(file=io.StringIO()).render_str(text, markup=False).plain
    lines = [line for line in clean.replace("\x1b", "").splitlines() if "option" not in line]
    assert all(cell_len(line) <= 70 for line in lines)
    assert command in text


def test_the_readers_own_system_is_shown_unless_another_is_asked_for(
    about: Callable[..., Answer],
) -> None:
    def shown(answer: Answer) -> str:
        file = io.StringIO()
        print_answer(answer, Console(file=file), System.WINDOWS)
        return file.getvalue()

    assert "show 576 on windows" in shown(about(576))
    assert "show 576 on macos" in shown(about(576, system=System.MACOS))


def test_the_whole_entry_is_told_only_when_wanted(base: KnowledgeBase) -> None:
    answer = ask("what is TIME_WAIT?", base)
    assert answer.entry is not None
    details = answer.entry.details.strip().splitlines()[-1]
    assert details not in plain(answer)
    assert details in plain(answer, full=True)


@pytest.mark.parametrize("number", [0, 80, 576, 756, 60156])
def test_real_answers_are_readable_at_80_columns(number: int, base: KnowledgeBase) -> None:
    answer = ask(f"port {number}", base)
    text = printed(answer, terminal=True)
    assert str(number) in text
