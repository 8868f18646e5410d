"""What is published is whole, and works by itself: away from the checkout."""

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bot.languages import TRANSLATED

ROOT = Path(__file__).parents[1]
WHERE = "import bot, knowledge; print(bot.__file__, knowledge.__file__)"
IF_WANTED = {"jsonschema"}  # the playground judges by Discord's description where it is installed


def built(kind: str, folder: Path) -> Path:
    """Return the archive of a kind, "wheel" or "sdist"."""
    subprocess.run(
        [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", folder, ROOT],
        check=True, capture_output=True,
    )  # fmt: skip
    (found,) = folder.iterdir()
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    return built("wheel", tmp_path_factory.mktemp("wheel"))


def tracked(*folders: str) -> set[str]:
    """Return the files that belong to the project, by their place in the checkout."""
    told = subprocess.run(
        ["git", "ls-files", *folders], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return set(told.stdout.splitlines()) or {
        path.relative_to(ROOT).as_posix()
        for folder in folders or ("bot", "knowledge", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


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
    shipped = tracked("knowledge/data")
    assert len(shipped) > 400
    assert shipped <= set(zipfile.ZipFile(wheel).namelist())


def test_type_checkers_believe_the_types_inside(wheel: Path) -> None:
    assert {"bot/py.typed", "knowledge/py.typed"} <= set(zipfile.ZipFile(wheel).namelist())


def test_the_source_archive_holds_the_whole_project(tmp_path: Path) -> None:
    archive = built("sdist", tmp_path)
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert tracked() <= names


def test_every_library_that_is_imported_is_declared() -> None:
    imported = {
        name.partition(".")[0]
        for folder in ("bot", "knowledge")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
    }
    ours = set(sys.stdlib_module_names) | {"bot", "knowledge"} | IF_WANTED
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {_normal(re.split("[<>=]", text)[0]) for text in project["dependencies"]}
    found = packages_distributions()
    missing = {
        name for name in imported - ours if declared.isdisjoint(map(_normal, found.get(name, ())))
    }
    assert missing == set()


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom(module=str() as module):
            return [module]
        case _:
            return []


def _normal(name: str) -> str:
    """Return a distribution's name in its normal form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


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
