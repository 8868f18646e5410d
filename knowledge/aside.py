"""Writes a file aside, so that whoever reads the one in its place never sees half of it."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_ABANDONED_SECONDS = 3600.0  # a build takes seconds, or a minute with very many imported pages


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """Give a new file beside the target, to be renamed into its place; removed if nobody does.

    The folder is made where it is missing, and what killed processes have left there removed.

    Raises:
        OSError: the folder cannot be written to.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear_up(target)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    os.close(handle)
    path = Path(name)
    try:
        path.chmod(0o644)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _clear_up(target: Path) -> None:
    for left in target.parent.glob(f".{target.name}.*.new"):
        with suppress(FileNotFoundError):  # another process has just renamed or removed it
            if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                left.unlink()
