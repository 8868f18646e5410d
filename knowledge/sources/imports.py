"""The pages that were imported into an installation: imports.sqlite in its data directory.

A batch is one transaction, so that an interruption leaves whole pages only, and a second run goes
on where the first one ended: pages whose file has not changed are not read again.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knowledge import stored
from knowledge.claims.findings import Finding, Verdict
from knowledge.model import Article, Source
from knowledge.sources.faults import SourceError

VERSION = 1
WAIT_SECONDS = 30.0  # for another import to finish its batch

_CREATE = """
CREATE TABLE page(
    key TEXT NOT NULL PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, read_by TEXT NOT NULL,
    imported TEXT NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL, origin TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;
CREATE INDEX page_path ON page(path);
CREATE TABLE finding(
    page TEXT NOT NULL REFERENCES page(key) ON DELETE CASCADE, line INTEGER NOT NULL,
    words TEXT NOT NULL, verdict TEXT NOT NULL, fact TEXT NOT NULL, source_title TEXT NOT NULL,
    source_url TEXT NOT NULL
) STRICT;
CREATE INDEX finding_page ON finding(page);
"""
_KNOWN = "SELECT path, sha256, read_by FROM page"
_ARTICLES = "SELECT title, summary, origin, content FROM page ORDER BY path, key"
_PAGES = (
    "SELECT key, path, sha256, read_by, imported, title, summary, origin, content FROM page"
    " ORDER BY path, key"
)
_FINDINGS = (
    "SELECT line, words, verdict, fact, source_title, source_url FROM finding WHERE page = ?"
    " ORDER BY rowid"
)
_FORGET = "DELETE FROM page WHERE key = :key OR path = :path"
_INSERT_PAGE = "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_FINDING = "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A page as it was imported.

    Attributes:
        path: the file, absolute.
        sha256: of the file, hexadecimal.
        read_by: what it was read and checked with; another, and it is read again.
        findings: what the fact check said of it; what contradicts is not in the article.
    """

    path: str
    sha256: str
    read_by: str
    imported: datetime
    article: Article
    findings: tuple[Finding, ...] = ()

    @property
    def key(self) -> str:
        """What tells that two files are the same page: its own address and port, or its path."""
        origin = self.article.origin
        if "://" in origin:
            return f"{origin} {self.article.ports[0]}"
        return self.path


def read(path: Path) -> Iterator[Article]:
    """Yield the imported pages, by path.

    Raises:
        SourceError: the file is damaged, or of a newer release.
    """
    with _opened(path) as connection:
        for row in connection.execute(_ARTICLES):
            yield stored.article(*row)


def pages(path: Path) -> Iterator[ImportedPage]:
    """Yield the imported pages with what the fact check said of each, by path.

    Raises:
        SourceError: the file is damaged, or of a newer release.
    """
    with _opened(path) as connection:
        for key, file, sha256, read_by, imported, *article in connection.execute(_PAGES):
            findings = tuple(
                Finding(file, line, words, Verdict(verdict), fact, Source(title, url))
                for line, words, verdict, fact, title, url in connection.execute(_FINDINGS, (key,))
            )
            when = datetime.fromisoformat(imported)
            yield ImportedPage(file, sha256, read_by, when, stored.article(*article), findings)


def known(path: Path) -> Mapping[str, tuple[str, str]]:
    """Return (sha256, read_by) of what is imported already, by path; none without a file.

    Raises:
        SourceError: the file is damaged, or of a newer release.
    """
    if not path.exists():
        return {}
    with _opened(path) as connection:
        return {file: (sha256, by) for file, sha256, by in connection.execute(_KNOWN)}


def write(path: Path, batch: Iterable[ImportedPage]) -> None:
    """Store pages, all or none of them; a page that is there already is replaced.

    Raises:
        SourceError: the file is damaged, or of a newer release, or the disk is full.
        OSError: the folder cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path, create=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            for page in batch:
                _store(connection, page)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _store(connection: sqlite3.Connection, page: ImportedPage) -> None:
    article = page.article
    connection.execute(_FORGET, {"key": page.key, "path": page.path})
    connection.execute(
        _INSERT_PAGE,
        (
            page.key,
            page.path,
            page.sha256,
            page.read_by,
            page.imported.isoformat(timespec="seconds"),
            article.title,
            article.summary,
            article.origin,
            stored.article_content(article),
        ),
    )
    connection.executemany(
        _INSERT_FINDING,
        (
            (page.key, f.line, f.words, f.verdict, f.fact, f.source.title, f.source.url)
            for f in page.findings
            if f.verdict is not Verdict.SUPPORTED
        ),
    )


@contextmanager
def _opened(path: Path, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the file, its tables made and its version checked; every fault is a SourceError."""
    try:
        with closing(_connect(path, create=create)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            _check_version(connection, path, create=create)
            yield connection
    except (sqlite3.Error, ValueError, KeyError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(
            path, f"the imported pages cannot be read or written ({error})"
        ) from error


def _connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open for writing even to read: only so does SQLite undo what a killed import left behind."""
    uri = path.absolute().as_uri()
    modes = ("rwc",) if create else ("rw", "ro")
    for mode in modes:
        try:
            return sqlite3.connect(
                f"{uri}?mode={mode}", uri=True, timeout=WAIT_SECONDS, isolation_level=None
            )
        except sqlite3.OperationalError:
            if mode == modes[-1]:
                raise
    raise AssertionError("unreachable")  # pragma: no cover


def _check_version(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0 and create:
        connection.executescript(
            f"BEGIN IMMEDIATE; {_CREATE} PRAGMA user_version = {VERSION}; COMMIT"
        )
    elif version > VERSION:
        raise SourceError(
            path, "the imported pages were written by a newer Portolan: update this one"
        )
    elif version != VERSION:
        raise SourceError(path, "it holds no imported pages")
