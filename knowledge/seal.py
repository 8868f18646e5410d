"""A checksum of the knowledge base file inside its own header, so that damage is seen at once.

SQLite gives four bytes of its header to applications (`application_id`); they hold the CRC-32 of
all other bytes. A file that was cut, overwritten or changed in place no longer fits it, and one
pass over a few megabytes tells, where SQLite's own check takes many times as long and sees no
change inside a text.
"""

import os
import struct
import zlib
from pathlib import Path

from knowledge import schema

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100  # bytes; https://www.sqlite.org/fileformat.html section 1.3
_USER_VERSION = 60
_APPLICATION_ID = 68
_CHUNK = 1 << 20


def seal(path: Path) -> None:
    """Write the checksum into a file that nobody changes any more, and everything to the disk."""
    checksum = _checksum(path)
    with path.open("r+b") as file:
        file.seek(_APPLICATION_ID)
        file.write(struct.pack(">I", checksum))
        file.flush()
        os.fsync(file.fileno())


def broken(path: Path) -> str | None:
    """Return what is wrong with a knowledge base file ("is truncated ..."), or None.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        return "is no SQLite file"
    (version,) = struct.unpack_from(">I", header, _USER_VERSION)
    if version != schema.VERSION:
        return f"is of schema version {version}, not {schema.VERSION}"
    (checksum,) = struct.unpack_from(">I", header, _APPLICATION_ID)
    if checksum != _checksum(path):
        return "is truncated or damaged"
    return None


def _checksum(path: Path) -> int:
    """Return the CRC-32 of all bytes but those that hold it."""
    checksum = 0
    with path.open("rb") as file:
        begin = file.read(_APPLICATION_ID)
        file.read(4)
        checksum = zlib.crc32(begin)
        while chunk := file.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
