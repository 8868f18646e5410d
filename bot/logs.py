"""What the running bot logs, and how: one line an event."""

import logging
import time
from typing import TextIO

import aiohttp
import discord
from typing_extensions import override

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# discord.py tells these with a traceback, and tries again by itself.
_EXPECTED = (
    OSError,
    aiohttp.ClientError,
    discord.ConnectionClosed,
    discord.GatewayNotFound,
    discord.HTTPException,
)
_INTENDED = ("Guilds intent seems to be disabled", "voice will NOT be supported")


class Brief(logging.Filter):
    """Makes discord.py's words about the network brief, and drops those that are no news."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("discord"):
            return True
        if any(words in str(record.msg) for words in _INTENDED):
            return False
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, _EXPECTED):
            record.msg = f"{record.getMessage()} ({type(error).__name__})"
            record.args, record.exc_info, record.exc_text = None, None, None
        return True


class Line(logging.Formatter):
    """Tells the time to the second, put together once for all lines of a second."""

    def __init__(self) -> None:
        super().__init__(_FORMAT)
        self._second = 0
        self._text = ""

    @override
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        second = int(record.created)
        if second != self._second:
            self._second = second
            self._text = time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(second))
        return self._text


def log_to(stream: TextIO, level: int = logging.INFO) -> None:
    """Log to a stream, one line an event; who runs us keeps and rotates it."""
    # What our lines do not tell need not be gathered for each (logging HOWTO, "Optimization").
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None  # noqa: SLF001
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Line())
    handler.addFilter(Brief())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("discord").setLevel(max(level, logging.WARNING))
