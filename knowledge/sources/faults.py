"""What a reader of a source says when it cannot make sense of a file."""

from pathlib import Path


class SourceError(ValueError):
    """A file of facts is not as it should be.

    Attributes:
        path: the file.
        reason: a sentence without its full stop, for the person who edits the file.
        line: counted from 1; None where it is about the whole file.
    """

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        super().__init__(path, reason, line)
        self.path = path
        self.reason = reason
        self.line = line

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.reason}"
