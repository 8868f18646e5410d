"""Keeps a running bot's knowledge current: the daily registry, and what else changes the file."""

import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.base import FILE_NAME, KnowledgeBase, KnowledgeBaseError

log = logging.getLogger(__name__)

DAY_SECONDS = 24 * 60 * 60.0
LOOK_SECONDS = 60.0  # between two looks at the file
FIRST_SECONDS = 60.0
UPDATE = (sys.executable, "-m", "bot", "update")

Signature = tuple[int, int, int]


class Watch:
    """Tells when another knowledge base has taken the place of the one in use."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen = self._signature()

    def changed(self) -> KnowledgeBase | None:
        """Return the new knowledge base, opened; None if nothing has changed, or it is damaged."""
        signature = self._signature()
        if signature is None or signature == self._seen:
            return None
        self._seen = signature
        try:
            return KnowledgeBase.open(self._file)
        except KnowledgeBaseError as error:
            log.warning("knowledge base not taken up: %s", error.reason)
            return None

    def _signature(self) -> Signature | None:
        try:
            status = self._file.stat()
        except OSError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns


async def follow(
    directory: Path,
    take_up: Callable[[KnowledgeBase], None],
    *,
    look_seconds: float = LOOK_SECONDS,
) -> None:
    """Look at the installation's file for ever, and hand on each new knowledge base.

    So a running bot answers from what `portolan update` or `portolan import` has brought.
    """
    watch = Watch(directory / FILE_NAME)
    while True:
        await asyncio.sleep(look_seconds)
        if (base := watch.changed()) is not None:
            take_up(base)
            log.info("knowledge base taken up registry=%s", base.meta.get("registry_date", "?"))


async def refresh(
    update: Sequence[str] = UPDATE,
    *,
    first_seconds: float = FIRST_SECONDS,
    every_seconds: float = DAY_SECONDS,
) -> None:
    """Fetch the current registry once a day, in a process of its own, for ever.

    A process, because building takes seconds of computing and memory that the bot would keep.
    Where it fails, it is logged why, and we go on with what we have.

    Args:
        update: the command that does it; its last line on standard error says what went wrong.
        first_seconds: before the first time, so that a bot that starts again and again does not
            ask for the registry each time.
        every_seconds: before each further time.
    """
    await asyncio.sleep(first_seconds)
    while True:
        process = await asyncio.create_subprocess_exec(
            *update,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            _, complaint = await process.communicate()
        except asyncio.CancelledError:
            process.terminate()
            await process.communicate()
            raise
        if process.returncode:
            reason = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]
            log.warning("registry not refreshed: %s", reason.removeprefix("Error: "))
        await asyncio.sleep(every_seconds)
