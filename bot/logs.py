"""What the running bot logs, and how: one line an event, on standard output."""

import logging
import sys
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


def log_to(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Log to the stream, by default standard output; who runs us keeps and rotates it."""
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(logging.Formatter(_FORMAT))
    handler.addFilter(Brief())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("discord").setLevel(max(level, logging.WARNING))
