"""The wheel works by itself: installed into an empty environment, away from the checkout."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from bot.languages import TRANSLATED

ROOT = Path(__file__).parents[1]
WHERE = "import bot, knowledge; print(bot.__file__, knowledge.__file__)"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True, capture_output=True,
    )  # fmt: skip
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel.

    Its dependencies are those that are here already; the checkout is not on its path.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    told = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    packages = Path(told.stdout.strip())
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps",
         "--no-index", wheel],
        check=True, capture_output=True,
    )  # fmt: skip
    return programs


def test_the_data_is_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = ROOT / "knowledge" / "data"
    shipped = subprocess.run(
        ["git", "ls-files", "knowledge/data"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines() or [
        path.relative_to(ROOT).as_posix() for path in data.rglob("*") if path.is_file()
    ]
    assert len(shipped) > 400
    assert set(shipped) <= names


def test_the_steps_of_the_teams_store_are_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    steps = (ROOT / "knowledge" / "team" / "migrations").rglob("*.py")
    shipped = {path.relative_to(ROOT).as_posix() for path in steps}
    assert "knowledge/team/migrations/env.py" in shipped
    assert shipped <= names


def test_every_language_is_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"bot/locales/{locale}/LC_MESSAGES/portolan.po" for locale in TRANSLATED}
    assert wanted <= names


def test_it_answers_outside_the_source_tree(installed: Path, tmp_path: Path) -> None:
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("PYTHON")
    } | {"PORTOLAN_DATA": str(tmp_path / "data")}
    where = subprocess.run(
        [installed / "python", "-c", WHERE],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(ROOT) not in where.stdout.replace(str(installed.parent), "")
    done = subprocess.run(
        [installed / "portolan", "ask", "what is port 576?"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "ipcd" in done.stdout
