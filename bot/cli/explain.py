"""`portolan explain`: every port in command output or configuration, and what stands out."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click

from bot.cli.opening import open_base
from bot.languages import catalogue
from bot.settings import load
from knowledge.explain import Explained, Explanation, explain, names_of
from knowledge.paste import LONGEST, TooLongError
from knowledge.paste import read as read_paste
from knowledge.pasted.model import Paste, ServicePorts
from knowledge.phrasebook import ENGLISH

EXPLAINED, NOTHING_FOUND, BAD_INPUT = 0, 1, 2
_MOST_BYTES = 4 * LONGEST + 4  # a character has at most four
_STANDARD_INPUT = "-"
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))
_FILE = click.Path(exists=True, dir_okay=False, readable=True, allow_dash=True)


class BadInput(click.ClickException):
    """What is to be explained cannot be read. Exit status 2."""

    exit_code = BAD_INPUT


@click.command("explain")
@click.argument("files", nargs=-1, type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each file.")
@click.option(
    "--lang", metavar="TAG", help="Your language, such as de; what programs read is English."
)
def explain_command(files: tuple[str, ...], *, as_json: bool, lang: str | None) -> None:
    """Explain every port in the output of ss, netstat, lsof, nmap, docker ps, in firewall rules
    and logs, and in configuration: what it is, what it does there, what deserves attention.

    Reads FILES, or standard input without any: ss -tulpn | portolan explain

    The exit status is 0 for an explanation, 1 where there is no port, 2 for bad usage or input.
    """  # noqa: D205 (click shows it as one paragraph)
    if not files and sys.stdin.isatty():
        raise click.UsageError("Give it files, or pipe something in: ss -tulpn | portolan explain")
    texts = [(name, _text(name)) for name in files or (_STANDARD_INPUT,)]
    base = open_base(load().data)
    names = names_of(base)
    found = 0
    for index, (name, text) in enumerate(texts):
        paste = _read(name, text, names)
        if paste is None:
            click.echo(f"No ports in {_called(name)} that I can make out.", err=True)
            continue
        found += 1
        explanation = explain(paste, base, ENGLISH if as_json or lang is None else catalogue(lang))
        if as_json:
            _write_json(explanation, name if files else None)
            continue
        if len(texts) > 1:
            click.echo(("\n" if index else "") + f"{name}:")
        _show(explanation)
    base.close()
    sys.exit(EXPLAINED if found else NOTHING_FOUND)


def _called(name: str) -> str:
    return "standard input" if name == _STANDARD_INPUT else name


def _text(name: str) -> str:
    """Return what stands in a file, whichever of the usual encodings it has.

    Raises:
        BadInput: it cannot be read, or is longer than is read at once.
    """
    try:
        if name == _STANDARD_INPUT:
            data = sys.stdin.buffer.read(_MOST_BYTES)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_MOST_BYTES)
    except OSError as error:
        raise BadInput(f"{_called(name)} cannot be read ({error.strerror}).") from error
    # PowerShell writes UTF-16 where its output is redirected.
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.removeprefix(mark).decode(encoding, "replace")
    return data.decode("utf-8", "replace")


def _read(name: str, text: str, names: ServicePorts) -> Paste | None:
    try:
        return read_paste(text, names)
    except TooLongError as error:
        raise BadInput(f"{_called(name)} is too long. {error}") from error


def _write_json(explanation: Explanation, name: str | None) -> None:
    body: dict[str, object] = {} if name is None else {"file": name}
    body |= {
        "kind": explanation.kind.value,
        "summary": explanation.summary,
        "ports": [_as_json(port) for port in explanation.ports],
    }
    alone = name is None and sys.stdout.isatty()
    line = json.dumps(body, ensure_ascii=False, indent=2 if alone else None)
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def _as_json(port: Explained) -> dict[str, object]:
    return {
        "port": port.number,
        "last": port.last,
        "protocol": port.protocol.value if port.protocol else None,
        "what": port.what,
        "role": port.role,
        "attention": list(port.attention),
        "process": port.process or None,
        "places": [
            {
                "line": place.line,
                "role": place.role.value,
                "address": place.address or None,
                "state": place.state or None,
            }
            for place in port.places
        ],
    }


def _show(explanation: Explanation) -> None:
    if hasattr(sys.stdout, "reconfigure"):  # a terminal that lacks a letter shows "?" for it
        sys.stdout.reconfigure(errors="replace")
    if sys.stdout.isatty():
        _show_table(explanation)
    else:
        for line in plain(explanation):
            click.echo(line)


def plain(explanation: Explanation) -> Iterator[str]:
    """Yield an explanation as lines of text, a port a line; what deserves attention below it."""
    width = max(len(port.label) for port in explanation.ports)
    for port in explanation.ports:
        yield f"{port.label:<{width}}  {port.what} — {port.role}"
        for sentence in port.attention:
            yield f"{'':<{width}}  ! {sentence}"
    yield ""
    yield explanation.summary


def _show_table(explanation: Explanation, out: TextIO | None = None) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 (a program that reads JSON need not wait)
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Port", style="bold", no_wrap=True)
    for heading in ("What it is", "Here", "Worth attention"):
        table.add_column(heading, overflow="fold")
    for port in explanation.ports:
        table.add_row(
            port.label,
            Text(port.what),
            Text(port.role),
            Text(" ".join(port.attention), style="yellow"),
        )
    console = Console(highlight=False, file=out)
    console.print(table)
    console.print(Text(explanation.summary))
