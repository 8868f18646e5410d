"""A program of its own that brings a teams' store up to date, and says what a bot needs at once.

SQLAlchemy and Alembic take 25 MiB. A bot whose people never vote can do without: it runs this
program at its start, and opens the store itself when there is something to write.

One JSON object comes on standard input, with the keys `address` or `file`, `directory` (of the
secret) and `votes_from` (votes of before this day are deleted); one goes to standard output, with
`watched`, a list of [team, channel], and `settings`, a list of [team, language, system], or with
`error`, a sentence.
"""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.team.model import StoreError
from knowledge.team.store import TeamStore


def prepare(wanted: dict[str, Any]) -> dict[str, Any]:
    """Return what to write to standard output."""
    address = Path(wanted["file"]) if "file" in wanted else str(wanted["address"])
    try:
        store = TeamStore.open(address, Path(wanted["directory"]))
        try:
            store.forget_votes_before(date.fromisoformat(wanted["votes_from"]))
            return {
                "watched": [[each.team, each.channel] for each in store.watched()],
                "settings": [
                    [team, chosen.language, chosen.system]
                    for team, chosen in store.all_settings().items()
                ],
            }
        finally:
            store.close()
    except StoreError as error:
        return {"error": str(error)}


if __name__ == "__main__":
    json.dump(prepare(json.load(sys.stdin)), sys.stdout)
