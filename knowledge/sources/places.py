"""Where the sources of a knowledge base lie."""

from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where facts come from.

    Attributes:
        data: the folder described in knowledge/data/README.md.
        registry: IANA's registry, if it was fetched; else the snapshot in `data` is read.
        imports: the imported pages, if there are any.
    """

    data: Path = SHIPPED
    registry: Path | None = None
    imports: Path | None = None
