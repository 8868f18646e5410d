"""What the command line says when it cannot go on: one line, whatever is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonsense"], "Error: No such command 'nonsense'. See: portolan --help"),
        (["ask", "--bogus"], "Error: No such option '--bogus'. See: portolan ask --help"),
        (["import"], "Error: Missing argument 'PATH...'. See: portolan import --help"),
        (["ask", "--system", "dos", "port 22"], "'dos' is not one of 'linux', 'macos'"),
        (["ask", "--jsonl", "port 22"], "stands alone. See: portolan ask --help"),
    ],
)
def test_bad_usage_is_one_line_and_status_2(arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(main, arguments, prog_name="portolan")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert told in result.stderr


def test_without_a_command_the_commands_are_listed() -> None:
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 2
    assert "Commands:" in result.stderr


def run(home: Path, redirection: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    line = f'"$0" -m bot "$@" {redirection}'
    return subprocess.run(
        ("sh", "-c", line, sys.executable, *arguments),
        env={**os.environ, "PORTOLAN_DATA": str(home)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "arguments", [("ask", "port 22"), ("ask", "--json", "port 22"), ("changes",), ("--help",)]
)
def test_output_that_cannot_be_written_is_one_line(
    arguments: tuple[str, ...], base_path: Path
) -> None:
    done = run(base_path.parent, ">/dev/full", *arguments)
    assert done.returncode == 1
    assert done.stderr == "Error: The output cannot be written (No space left on device).\n"


@pytest.mark.parametrize("arguments", [("ask", "port 22"), ("ask", "--json", "port 22")])
def test_a_closed_output_is_no_fault(arguments: tuple[str, ...], base_path: Path) -> None:
    done = run(base_path.parent, ">&-", *arguments)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_closed_input_holds_no_question(base_path: Path) -> None:
    done = run(base_path.parent, "<&-", "ask")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: Standard input holds no question.")


def test_who_reads_no_further_hears_nothing(base_path: Path) -> None:
    done = run(base_path.parent, "| true", "ask", "port 22")
    assert done.stderr == ""
