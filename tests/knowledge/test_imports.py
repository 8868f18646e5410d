"""The store of imported pages: whole batches or nothing, whatever happens in between."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED, Sources, build
from knowledge.claims.findings import Verdict
from knowledge.importing import BATCH, Outcome, Skipped, import_all, preview
from knowledge.model import Article, QuestionAndAnswer, Section, Source
from knowledge.sources import imports
from knowledge.sources.faults import SourceError
from knowledge.sources.imports import ImportedPage
from knowledge.sources.page_files import LARGEST, Refusal, find_pages

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ARTICLE = Article(
    ports=(4711, 4712),
    title="Port 4711",
    summary="Port 4711 is ours.",
    sections=(Section("What it is", "Text – with\n\n- marks"),),
    faqs=(QuestionAndAnswer("Is it?", "It is."),),
    commands=("ss -tlnp",),
    sources=(Source("4711.txt"),),
    origin="4711.txt",
)

# Writes a first batch, then begins one that is larger than SQLite keeps in memory, and waits.
WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.knowledge.test_imports import imported
from knowledge.sources import imports

store = Path(sys.argv[1])
imports.write(store, [imported("first.txt")])

def pages():
    for number in range(3000):
        yield imported(f"{number}.txt", words="x" * 4000)
    print("in the middle", flush=True)
    sys.stdin.read()

imports.write(store, pages())
"""
# Imports a folder, and waits when as many outcomes are known as its last argument says.
IMPORTER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from knowledge.base import KnowledgeBase
from knowledge.importing import import_all
from knowledge.sources.page_files import find_pages

base, folder, store, count = sys.argv[1:]
found = list(find_pages([Path(folder)]))
outcomes = import_all(found, KnowledgeBase.open(Path(base)), Path(store), now=datetime.now(UTC))
for number, outcome in enumerate(outcomes, start=1):
    if number == int(count):
        print("in the middle", flush=True)
        sys.stdin.read()
"""


def imported(path: str, words: str = "", by: str = "1") -> ImportedPage:
    article = replace(ARTICLE, summary=f"{ARTICLE.summary} {words}", origin=path)
    sha256 = hashlib.sha256(f"{path} {words}".encode()).hexdigest()
    return ImportedPage(path, sha256, by, NOW, article)


def page_text(number: int) -> str:
    return (
        f"Port {number} is unassigned.\nWhat it is\nPort {number} has no official service.\n"
        "On Linux:\n"
        f"ss -tlnp 'sport = :{number}'\nPort 752: Reserved\nWas this page helpful?\n"
    )


def write_pages(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.txt" for number in range(50000, 50000 + count)]
    for path in paths:
        path.write_text(page_text(int(path.stem)), encoding="utf-8")
    return paths


def run(
    paths: list[Path], base: KnowledgeBase, store: Path, *, now: datetime = NOW
) -> list[Outcome]:
    return list(import_all(find_pages(paths), base, store, now=now))


def kill_in_the_middle(script: str, *arguments: str) -> None:
    """Run a script until it says that it is in the middle, then kill it."""
    root = Path(__file__).parent.parent.parent
    with subprocess.Popen(
        (sys.executable, "-c", script, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=root,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in the middle\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    store = tmp_path / "below" / "imports.sqlite"
    imports.write(store, [imported("a.txt"), imported("b.txt")])

    assert list(imports.read(store)) == [
        replace(ARTICLE, summary="Port 4711 is ours. ", origin=path) for path in ("a.txt", "b.txt")
    ]
    assert imports.known(store) == {
        path: (imported(path).sha256, "1") for path in ("a.txt", "b.txt")
    }


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert imports.known(tmp_path / "imports.sqlite") == {}
    assert not (tmp_path / "imports.sqlite").exists()


def test_a_page_that_is_imported_again_replaces_itself(tmp_path: Path) -> None:
    store = tmp_path / "imports.sqlite"
    imports.write(store, [imported("a.txt", "old"), imported("b.txt")])
    imports.write(store, [imported("a.txt", "new")])

    assert [article.summary for article in imports.read(store)] == [
        "Port 4711 is ours. new",
        "Port 4711 is ours. ",
    ]


def test_a_page_with_an_address_is_the_same_wherever_its_file_lies(tmp_path: Path) -> None:
    store = tmp_path / "imports.sqlite"
    here, there = (
        replace(imported(path), article=replace(ARTICLE, origin="https://ports.example/4711"))
        for path in ("here.html", "there.html")
    )
    imports.write(store, [here])
    imports.write(store, [there])

    assert [page.path for page in imports.pages(store)] == ["there.html"]


def test_a_batch_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = tmp_path / "imports.sqlite"
    imports.write(store, [imported("a.txt")])

    def failing() -> Iterator[ImportedPage]:
        yield imported("b.txt")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imports.write(store, failing())
    assert list(imports.known(store)) == ["a.txt"]


def test_a_kill_in_the_middle_of_a_batch_leaves_only_whole_ones(tmp_path: Path) -> None:
    store = tmp_path / "imports.sqlite"
    kill_in_the_middle(WRITER, str(store))

    assert (tmp_path / "imports.sqlite-journal").stat().st_size > 0
    assert [article.origin for article in imports.read(store)] == ["first.txt"]
    imports.write(store, [imported("second.txt")])
    assert list(imports.known(store)) == ["first.txt", "second.txt"]


def test_after_a_kill_a_second_run_goes_on_where_the_first_ended(
    tmp_path: Path, base: KnowledgeBase, base_path: Path
) -> None:
    paths = write_pages(tmp_path / "pages", 2 * BATCH + 10)
    store = tmp_path / "imports.sqlite"
    kill_in_the_middle(
        IMPORTER, str(base_path), str(tmp_path / "pages"), str(store), str(BATCH + 1)
    )

    done = len(imports.known(store))
    outcomes = run([tmp_path / "pages"], base, store)

    assert done == 2 * BATCH
    assert sum(isinstance(outcome, Skipped) for outcome in outcomes) == done
    assert sum(isinstance(outcome, ImportedPage) for outcome in outcomes) == len(paths) - done
    assert len(list(imports.read(store))) == len(paths)


def test_unchanged_pages_are_passed_over_and_changed_ones_read(
    tmp_path: Path, base: KnowledgeBase
) -> None:
    first, second, _ = write_pages(tmp_path / "pages", 3)
    store = tmp_path / "imports.sqlite"
    run([tmp_path / "pages"], base, store)
    second.write_text(page_text(50001).replace("unassigned", "free"), encoding="utf-8")

    outcomes = run([tmp_path / "pages"], base, store)

    assert [type(outcome) for outcome in outcomes] == [Skipped, ImportedPage, Skipped]
    assert isinstance(outcomes[0], Skipped)
    assert outcomes[0].same_as == str(first)


def test_pages_are_read_again_when_they_were_checked_against_another_registry(
    tmp_path: Path, base: KnowledgeBase
) -> None:
    (path,) = write_pages(tmp_path / "pages", 1)
    store = tmp_path / "imports.sqlite"
    content = path.read_bytes()
    older = ImportedPage(
        str(path), hashlib.sha256(content).hexdigest(), "1 0.1 2020-01-01", NOW, ARTICLE
    )
    imports.write(store, [older])

    (outcome,) = run([path], base, store)

    assert isinstance(outcome, ImportedPage)
    assert [article.ports for article in imports.read(store)] == [(50000,)]


def test_a_copy_of_a_page_is_imported_once(tmp_path: Path, base: KnowledgeBase) -> None:
    (path,) = write_pages(tmp_path / "pages", 1)
    copy = tmp_path / "copy.txt"
    copy.write_bytes(path.read_bytes())
    store = tmp_path / "imports.sqlite"

    outcomes = run([path, copy], base, store)

    assert [type(outcome) for outcome in outcomes] == [ImportedPage, Skipped]
    assert len(list(imports.read(store))) == 1


def test_findings_are_kept_and_contradicted_claims_are_not(
    tmp_path: Path, base: KnowledgeBase
) -> None:
    (path,) = write_pages(tmp_path / "pages", 1)
    store = tmp_path / "imports.sqlite"
    run([path], base, store)

    (page,) = imports.pages(store)

    assert "752" not in "".join(section.text for section in page.article.sections)
    assert [(one.line, one.words, one.verdict) for one in page.findings] == [
        (6, "Port 752: Reserved", Verdict.CONTRADICTED)
    ]
    assert page.imported == NOW
    assert page.article.commands == ("ss -tlnp 'sport = :50000'",)


def test_the_knowledge_base_answers_from_imported_pages(
    tmp_path: Path, base: KnowledgeBase
) -> None:
    store = tmp_path / "imports.sqlite"
    run(write_pages(tmp_path / "pages", 3), base, store)
    target = tmp_path / "knowledge.sqlite"
    build(target, Sources(SHIPPED, imports=store), now=NOW)
    with_pages = KnowledgeBase.open(target)
    article = with_pages.article(50001)
    with_pages.close()

    assert article is not None
    assert article.summary == "Port 50001 is unassigned."


def test_a_preview_stores_nothing(tmp_path: Path, base: KnowledgeBase) -> None:
    paths = write_pages(tmp_path / "pages", 2)

    outcomes = list(preview(find_pages(paths), base, now=NOW))

    assert [type(outcome) for outcome in outcomes] == [ImportedPage, ImportedPage]
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no database at all, but long enough to be one" * 40, "cannot be read or written"),
        (b"", "holds no imported pages"),
    ],
)
def test_a_file_that_is_no_store_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    store = tmp_path / "imports.sqlite"
    store.write_bytes(content)

    with pytest.raises(SourceError, match=reason) as error:
        list(imports.read(store))
    assert error.value.path == store


def test_a_store_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    store = tmp_path / "imports.sqlite"
    imports.write(store, [imported("a.txt")])
    connection = sqlite3.connect(store)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(SourceError, match="newer"):
        imports.write(store, [imported("b.txt")])


# ---------------------------------------------------------------- files and folders


def test_pages_are_found_in_folders_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/1.md", "a.txt", "c.HTM", "skip.png", ".hidden.txt", ".git/x.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")

    found = list(find_pages([tmp_path, tmp_path / "a.txt"]))

    assert found == [tmp_path / name for name in ("a.txt", "b/1.md", "b/2.html", "c.HTM")]


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    (tmp_path / "pages" / "inner").mkdir(parents=True)
    (tmp_path / "pages" / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "pages" / "inner" / "up").symlink_to(tmp_path / "pages")
    (tmp_path / "pages" / "self.txt").symlink_to("self.txt")
    (tmp_path / "pages" / "gone.md").symlink_to("nowhere.md")
    (tmp_path / "elsewhere").symlink_to(tmp_path / "pages")

    found = list(find_pages([tmp_path / "elsewhere"]))

    assert found[0] == tmp_path / "elsewhere" / "a.txt"
    refused = {
        refusal.path.name: refusal.reason for refusal in found if isinstance(refusal, Refusal)
    }
    assert refused["up"] == "it is a link back to a folder that it lies in"
    assert refused["gone.md"] == "there is no such file"
    assert "too many levels of symbolic links" in refused["self.txt"]
    assert len(found) == 4


def test_each_path_that_gives_no_page_is_named_with_one_reason(
    tmp_path: Path, base: KnowledgeBase
) -> None:
    (tmp_path / "good.txt").write_text("Port 22 is for SSH.", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF\x00\x01\x02")
    (tmp_path / "portless.md").write_text("Nothing here.", encoding="utf-8")
    (tmp_path / "encoding.txt").write_bytes(b"Port 22 \x81\x8d\x8f\x90")
    (tmp_path / "other.pdf").write_bytes(b"Port 22")
    (tmp_path / "folder").mkdir()
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(50 * 2**20)
    names = (
        "empty.txt", "binary.txt", "portless.md", "encoding.txt", "other.pdf", "folder",
        "huge.txt", "missing.txt", "good.txt",
    )  # fmt: skip

    outcomes = run([tmp_path / name for name in names], base, tmp_path / "imports.sqlite")

    assert {
        outcome.path.name: outcome.reason for outcome in outcomes if isinstance(outcome, Refusal)
    } == {
        "empty.txt": "it is empty",
        "binary.txt": "it is binary, not text",
        "portless.md": "it names no port number",
        "encoding.txt": "its encoding cannot be told: save it as UTF-8",
        "other.pdf": "it is no .txt, .md or .html file",
        "folder": "it is a folder without .txt, .md or .html files",
        "huge.txt": f"it is too large: 50.0 MiB, {LARGEST // 2**20} MiB are allowed",
        "missing.txt": "there is no such file",
    }
    assert isinstance(outcomes[-1], ImportedPage)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, base: KnowledgeBase) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    (outcome,) = run([tmp_path], base, tmp_path / "imports.sqlite")

    assert isinstance(outcome, Refusal)
    assert outcome.reason == "it is no regular file"


def test_a_name_that_is_no_text_is_shown_all_the_same(tmp_path: Path, base: KnowledgeBase) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/p\xff.txt"))
    path.write_text("Port 22 is for SSH.", encoding="utf-8")
    store = tmp_path / "imports.sqlite"

    (outcome,) = run([path], base, store)

    assert isinstance(outcome, ImportedPage)
    assert [article.origin for article in imports.read(store)] == ["p\\xff.txt"]
