"""The command line as a process of its own, which ends by itself."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
KEPT = ("PATH", "HOME", "LANG", "SYSTEMROOT")


def portolan(
    home: Path, *arguments: str, status: int = 0, cwd: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a command with `home` for its data directory, and without any other setting.

    Raises:
        AssertionError: it ends with another status.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    done = subprocess.run(
        (sys.executable, "-m", "bot", *arguments),
        env=kept | {"PYTHONPATH": str(ROOT), "PORTOLAN_DATA": str(home)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=cwd or ROOT / "tests",  # where no .env is
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done
