"""The lines that are typed, as they come."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from contextlib import suppress

Lines = AsyncIterator[str]


async def paragraph(lines: Lines, stop: asyncio.Event) -> Lines:
    """Yield the next lines up to an empty one."""
    while (line := await next_line(lines, stop)) is not None and line.strip():
        yield line


async def next_line(lines: Lines, stop: asyncio.Event) -> str | None:
    """Return the next line; None at their end, or as soon as `stop` is set."""
    line = asyncio.ensure_future(anext(lines, None))
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({line, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return line.result() if line.done() else None
    finally:
        for task in (line, stopped):
            task.cancel()


async def read_lines(descriptor: int) -> Lines:
    """Yield the lines of a file descriptor, such as standard input's, as they come.

    They are read in a thread, which Python would wait for at its end if it were no daemon, and
    without Python's buffers, whose lock such a thread would hold at the end.
    """
    loop = asyncio.get_running_loop()
    chunks: asyncio.Queue[bytes] = asyncio.Queue()

    def read() -> None:
        with suppress(RuntimeError):  # the loop has ended before the input
            while chunk := _read(descriptor):
                loop.call_soon_threadsafe(chunks.put_nowait, chunk)
            loop.call_soon_threadsafe(chunks.put_nowait, b"")

    threading.Thread(target=read, name="lines", daemon=True).start()
    rest = b""
    while chunk := await chunks.get():
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.decode("utf-8", "replace")
    if rest:
        yield rest.decode("utf-8", "replace")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the terminal is gone
        return b""
