"""Does work in a process of its own, so that what it takes of memory is given back."""

import os
import pickle
import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """Return what `work` returns, from a child process where the system can fork.

    A process that runs for months would keep what the work has imported and used. Where the
    child fails, the work is done here, and says itself what is wrong.

    Args:
        work: returns what can be pickled; may be done twice.

    Raises:
        Exception: what `work` raises.
    """
    if not hasattr(os, "fork"):
        return work()
    sys.stdout.flush()
    sys.stderr.flush()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reader)
            with open(writer, "wb") as pipe:  # noqa: PTH123 (it has no path)
                pipe.write(pickle.dumps(work()))
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with open(reader, "rb") as pipe:  # noqa: PTH123
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if status != 0:
        return work()
    found: T = pickle.loads(told)  # noqa: S301 (our own child wrote it)
    return found
