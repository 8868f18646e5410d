"""Opens the knowledge base for a command, building it first where that is needed."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.apart import apart
from knowledge.base import FILE_NAME, KnowledgeBase, KnowledgeBaseError


def open_base(directory: Path) -> KnowledgeBase:
    """Return the installation's knowledge base; the first time it is built, with a word on it.

    Raises:
        click.ClickException: it cannot be built; exit status 1.
    """
    from knowledge.build import ensure  # noqa: PLC0415 (a bot that only reads does without)

    if not (directory / FILE_NAME).exists() and sys.stderr.isatty():
        click.echo("Building the knowledge base, this once ...", err=True)
    try:
        return ensure(directory, now=datetime.now(UTC))
    except KnowledgeBaseError as error:
        raise click.ClickException(error.reason) from error


def open_base_lean(directory: Path) -> KnowledgeBase:
    """Return the same, having built it in a process of its own where the system can fork.

    Building takes tens of megabytes, which a process that runs for months would keep.

    Raises:
        click.ClickException: it cannot be built; exit status 1.
    """
    apart(lambda: open_base(directory).close())
    try:
        return KnowledgeBase.open(directory / FILE_NAME)
    except KnowledgeBaseError:
        return open_base(directory)  # which says what is wrong
