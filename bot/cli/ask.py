"""`portolan ask`: one question on the command line, or a stream of them."""

import json
import platform
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from bot.cards.as_json import to_line
from bot.cli.opening import open_base
from bot.settings import load
from knowledge.ask import Context
from knowledge.ask import ask as answer_to
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Intent, System

ANSWERED, NO_ANSWER, BAD_INPUT = 0, 1, 2
LONGEST_INPUT = (
    1_000_000  # bytes read of a question on standard input; far more than is understood
)
_LIKE = '{"id": "1", "q": "what is port 576?"}'
_SYSTEMS = {
    "Linux": System.LINUX,
    "Darwin": System.MACOS,
    "Windows": System.WINDOWS,
    "FreeBSD": System.FREEBSD,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a stream of questions."""

    id: str | int
    text: str
    language: str | None = None


class BadLine(click.ClickException):
    """A line of the input is no question. Exit status 2."""

    exit_code = BAD_INPUT


class _NoQuestion(Exception):  # noqa: N818 (caught here, and told as a BadLine)
    """A line holds no question; the message goes on from "Line 3 of the input"."""


@click.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--jsonl",
    is_flag=True,
    help='A stream: {"id", "q", "lang"?} a line in, one JSON object a line out, in order.',
)
@click.option("--full", is_flag=True, help="The whole article or FAQ entry as well.")
@click.option(
    "--system",
    type=click.Choice([system.value for system in System]),
    help="Whose commands to show where the question names no system; yours by default.",
)
@click.option("--lang", metavar="TAG", help="The question's language, where it does not show.")
def ask(  # noqa: PLR0913 (one for each option)
    question: tuple[str, ...],
    *,
    as_json: bool,
    jsonl: bool,
    full: bool,
    system: str | None,
    lang: str | None,
) -> None:
    """Answer a QUESTION about network ports, such as "what is port 576?".

    Without one, what stands on standard input is the question: ss -tulpn | portolan ask

    The exit status is 0 for an answer, 1 for none, 2 for bad usage or bad input.
    """
    if jsonl and (question or as_json or full):
        raise click.UsageError(
            "--jsonl reads its questions from standard input, and stands alone."
        )
    if jsonl:
        _stream(sys.stdin.buffer, open_base(load().data))
        return
    text = " ".join(question) if question else _read_question()
    # What programs read stays English, whatever the question's language is.
    context = Context(language=lang) if as_json else _for_a_reader(lang)
    answer = answer_to(text, open_base(load().data), context)
    if as_json:
        _write(to_line(answer, indent=2 if sys.stdout.isatty() else None, full=full))
    else:
        shown = System(system) if system else _SYSTEMS.get(platform.system())
        _show(answer, shown, lang, full=full)
    sys.exit(NO_ANSWER if answer.intent is Intent.NONE else ANSWERED)


def _read_question() -> str:
    """Return what stands on standard input.

    Raises:
        click.UsageError: that is a terminal, or empty.
    """
    if sys.stdin.isatty():
        raise click.UsageError('Ask something: portolan ask "what is port 576?"')
    text = sys.stdin.buffer.read(LONGEST_INPUT).decode("utf-8", "replace")
    if not text.strip():
        raise click.UsageError("Standard input holds no question.")
    return text


def _for_a_reader(language: str | None) -> Context:
    """Return the context of a question whose answer is told in its own language."""
    from bot.languages import phrasebook  # noqa: PLC0415 (a program that reads JSON need not wait)

    return Context(language=language, phrasebook=phrasebook(language))


def _show(answer: Answer, system: System | None, language: str | None, *, full: bool) -> None:
    from rich.console import Console  # noqa: PLC0415 (a program that reads JSON need not wait)

    from bot.cards.terminal import print_answer  # noqa: PLC0415
    from bot.languages import catalogue, told_in  # noqa: PLC0415

    if hasattr(sys.stdout, "reconfigure"):  # a terminal that lacks a letter shows "?" for it
        sys.stdout.reconfigure(errors="replace")
    phrases = catalogue(told_in(answer.question.language, language))
    print_answer(answer, Console(highlight=False), system, phrases=phrases, full=full)


def _stream(lines: Iterable[bytes], base: KnowledgeBase) -> None:
    """Answer a stream of questions, each as soon as it has been read."""
    for asked in read_questions(lines):
        answer = answer_to(asked.text, base, Context(language=asked.language))
        _write(to_line(answer, asked.id))


def read_questions(lines: Iterable[bytes]) -> Iterator[Asked]:
    """Yield the questions of a stream; empty lines are passed over.

    Raises:
        BadLine: a line is no question; says which, and why.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _read_line(line)
        except _NoQuestion as error:
            raise BadLine(f"Line {number} of the input {error}.") from error


def _read_line(line: bytes) -> Asked:
    """Return the question of one line.

    Raises:
        _NoQuestion: there is none.
    """
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _NoQuestion("is not UTF-8") from None
    except (ValueError, RecursionError):
        raise _NoQuestion(f"is not JSON; expected {_LIKE}") from None
    if not isinstance(row, dict):
        raise _NoQuestion(f"is not a JSON object; expected {_LIKE}")
    identity, text, language = row.get("id"), row.get("q"), row.get("lang")
    if not isinstance(identity, str | int) or isinstance(identity, bool):
        raise _NoQuestion('has no "id" that is a text or a whole number')
    if not isinstance(text, str):
        raise _NoQuestion('has no "q" that is a text')
    if not isinstance(language, str | None):
        raise _NoQuestion('has a "lang" that is no text')
    return Asked(identity, text, language)


def _write(line: str) -> None:
    """Write a line of UTF-8 at once, whatever the terminal's encoding is."""
    sys.stdout.buffer.write(line.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()
