import asyncio
import csv
import gzip
import io
import json
import logging
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from knowledge import changes
from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED, ensure
from knowledge.changes import Change, ChangeKind
from knowledge.download import Version, download
from knowledge.model import Assigned, Protocol, status_word
from knowledge.sources import registry
from knowledge.sources.registry import Row, Standing
from knowledge.update import Outcome, UpdateError, UpdateReport, is_address, update

NOW = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
TCP, UDP, SCTP, DCCP = Protocol
ETAG = '"123-abc"'
LAST_MODIFIED = "Mon, 17 Aug 2026 10:00:00 GMT"


def in_ianas_form(rows: Iterable[Row], **changed: str) -> str:
    """The rows as IANA's CSV, Contact and all; `changed` replaces whole fields of named rows."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    columns = list(registry.IANA_COLUMNS)
    columns.insert(5, "Contact")
    writer.writerow(columns)
    for row in rows:
        ports = "" if row.first is None else f"{row.first}"
        if row.first != row.last:
            ports = f"{row.first}-{row.last}"
        word = "" if row.standing is Standing.RESERVED and row.reason else row.standing.value
        state = f"{word.capitalize()} {row.reason}".strip()
        writer.writerow(
            (
                changed.get(row.name, row.name),
                ports,
                row.protocol or "",
                row.description if row.name else state,
                *(
                    "[Somebody]",
                    "[somebody@example.com]",
                    "2001-06",
                    "2026-08-17",
                    "[RFC0]",
                    "",
                    "",
                ),
                "a note,\nof two lines",
            )
        )
    return lines.getvalue()


@pytest.fixture(scope="module")
def snapshot(small_data: Path) -> tuple[Row, ...]:
    return registry.read(small_data / "registry.csv")


@pytest.fixture(scope="module")
def current(snapshot: tuple[Row, ...]) -> str:
    """A registry in which one service is new, one is gone and one has another name."""
    rows = [row for row in snapshot if row.name != "ipcd"]
    rows += [
        Row(576, 576, TCP, Standing.RESERVED),
        Row(576, 576, UDP, Standing.RESERVED),
        Row(756, 756, TCP, Standing.ASSIGNED, name="portolan", description="Charts"),
    ]
    return in_ianas_form(rows, rndc="rndc-new")


@dataclass
class Iana:
    """A web server on loopback that plays IANA."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(dict(request.headers))
        if request.headers.get("If-None-Match") == self.headers.get("ETag", "none"):
            return web.Response(status=304)
        if self.cut_after is not None:
            response = web.StreamResponse(headers={"Content-Length": str(len(self.body))})
            await response.prepare(request)
            await response.write(self.body[: self.cut_after])
            assert request.transport is not None
            request.transport.close()
            return response
        return web.Response(body=self.body, status=self.status, headers=self.headers)


@pytest.fixture
async def iana(current: str) -> AsyncIterator[Iana]:
    server = Iana(body=current.encode())
    application = web.Application()
    application.router.add_get("/ports.csv", server.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/ports.csv"
    yield server
    await runner.cleanup()


@pytest.fixture(scope="module")
def updated(
    tmp_path_factory: pytest.TempPathFactory, current: str, small_data: Path
) -> tuple[Path, UpdateReport]:
    """A data directory into which the current registry has come from a file."""
    folder = tmp_path_factory.mktemp("updated")
    path = folder / "ports.csv"
    path.write_text(current, encoding="utf-8-sig")
    home = folder / "home"
    return home, asyncio.run(update(home, str(path), now=NOW, data=small_data))


def came_from(home: Path, url: str, copy: Path) -> Path:
    """A copy of a data directory that says of its registry that it came from an address."""
    shutil.copytree(home, copy)
    notes = json.loads((copy / "registry.json").read_text(encoding="utf-8"))
    notes |= {"source": url, "etag": ETAG, "last_modified": LAST_MODIFIED}
    (copy / "registry.json").write_text(json.dumps(notes), encoding="utf-8")
    return copy


def test_the_current_registry_comes_with_all_its_columns(
    updated: tuple[Path, UpdateReport],
) -> None:
    home, report = updated
    assert report.outcome is Outcome.UPDATED
    assert (report.date_before, report.date_after) == ("2026-09-17", "2026-08-17")
    assert report.rows > 1_000
    base = KnowledgeBase.open(home / "knowledge.sqlite")
    (portolan,) = base.assignments_of("portolan")
    assert (portolan.first, portolan.protocol, portolan.description) == (756, TCP, "Charts")
    assert (portolan.assignee, portolan.registered) == ("[Somebody]", "2001-06")
    assert (portolan.modified, portolan.reference) == ("2026-08-17", "[RFC0]")
    assert portolan.notes == "a note, of two lines"
    assert base.meta["registry"] == "iana"
    base.close()


def test_people_s_addresses_are_not_kept(updated: tuple[Path, UpdateReport]) -> None:
    kept = (updated[0] / "registry.csv").read_text(encoding="utf-8")
    assert "[Somebody]" in kept
    assert "example.com" not in kept
    assert "Contact" not in kept.split("\n", 1)[0]


def test_what_changed_is_told_and_remembered(updated: tuple[Path, UpdateReport]) -> None:
    home, report = updated
    assert report.changes == (
        Change(ChangeKind.REMOVED, 576, 576, TCP, ("ipcd",), ("reserved",)),
        Change(ChangeKind.REMOVED, 576, 576, UDP, ("ipcd",), ("reserved",)),
        Change(ChangeKind.ADDED, 756, 756, TCP, ("unassigned",), ("portolan",)),
        Change(ChangeKind.RENAMED, 953, 953, TCP, ("rndc",), ("rndc-new",)),
    )
    (record,) = changes.history(home)
    assert record.changes == report.changes
    assert (record.at, record.date_after) == ("2026-11-21T12:30:00+00:00", "2026-08-17")


def test_the_articles_about_what_changed_are_named(updated: tuple[Path, UpdateReport]) -> None:
    first, second = updated[1].articles
    assert "576" in first
    assert "756" in second


def test_an_updated_base_is_up_to_date(
    updated: tuple[Path, UpdateReport], caplog: pytest.LogCaptureFixture, small_data: Path
) -> None:
    caplog.set_level(logging.INFO)
    base = ensure(updated[0], now=NOW, data=small_data)
    assert isinstance(base.facts(756).states[TCP], Assigned)
    base.close()
    assert not [r for r in caplog.records if r.name.startswith("knowledge")]


async def test_the_same_file_is_no_update(
    updated: tuple[Path, UpdateReport], tmp_path: Path, iana: Iana, small_data: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(updated[0], home)
    iana.body = b"\xef\xbb\xbf" + iana.body  # as the file was
    report = await update(home, iana.url, now=NOW, data=small_data)
    assert report.outcome is Outcome.UNCHANGED
    assert (report.date_after, report.rows) == ("2026-08-17", updated[1].rows)
    assert (home / "registry.csv").read_bytes() == (updated[0] / "registry.csv").read_bytes()


async def test_nothing_is_fetched_twice(tmp_path: Path, iana: Iana, small_data: Path) -> None:
    iana.headers = {"ETag": ETAG, "Last-Modified": LAST_MODIFIED}
    turns = 0
    work = asyncio.create_task(update(tmp_path, iana.url, now=NOW, data=small_data))
    while not work.done():
        turns += 1
        await asyncio.sleep(0)
    assert (await work).outcome is Outcome.UPDATED
    assert turns > 100  # the loop went on while the base was built

    before = contents(tmp_path)
    report = await update(tmp_path, iana.url, now=NOW, data=small_data)
    assert report.outcome is Outcome.UNCHANGED
    assert (report.date_after, report.changes) == ("2026-08-17", ())
    assert "If-None-Match" not in iana.asked[0]
    assert iana.asked[1]["If-None-Match"] == ETAG
    assert iana.asked[1]["If-Modified-Since"] == LAST_MODIFIED
    assert contents(tmp_path) == before


async def test_a_damaged_registry_is_fetched_anew(
    updated: tuple[Path, UpdateReport], tmp_path: Path, iana: Iana, small_data: Path
) -> None:
    home = came_from(updated[0], iana.url, tmp_path / "home")
    (home / "registry.csv").write_text("oops", encoding="utf-8")
    iana.headers, iana.status = {"ETag": ETAG}, 503
    with pytest.raises(UpdateError, match="the server answers 503 Service Unavailable"):
        await update(home, iana.url, now=NOW, data=small_data)
    assert "If-None-Match" not in iana.asked[0]


async def test_another_address_is_asked_without_conditions(
    updated: tuple[Path, UpdateReport], tmp_path: Path, iana: Iana, small_data: Path
) -> None:
    home = came_from(updated[0], "http://elsewhere.example/", tmp_path / "home")
    iana.headers = {"ETag": ETAG}
    iana.body = b"\xef\xbb\xbf" + iana.body
    assert (await update(home, iana.url, now=NOW, data=small_data)).outcome is Outcome.UNCHANGED
    assert "If-None-Match" not in iana.asked[0]


async def test_a_compressed_answer_is_read_and_progress_is_told(
    tmp_path: Path, iana: Iana
) -> None:
    plain = iana.body
    told: list[tuple[int, int | None]] = []

    def progress(done: int, total: int | None) -> None:
        told.append((done, total))

    await download(iana.url, tmp_path / "plain", Version(), progress)
    assert (tmp_path / "plain").read_bytes() == plain
    assert told[-1] == (len(plain), len(plain))
    assert len(told) > 1
    assert [done for done, _ in told] == sorted(done for done, _ in told)

    iana.body, iana.headers = gzip.compress(plain), {"Content-Encoding": "gzip"}
    await download(iana.url, tmp_path / "gzip", Version(), progress)
    assert (tmp_path / "gzip").read_bytes() == plain
    assert told.pop() == (len(plain), None)


def html(_: str) -> str:
    return "<!DOCTYPE html><html><body>Please log in</body></html>"


def half(text: str) -> str:
    return text[: text.index("\r\n", len(text) // 2) + 2]


def cut_in_a_quoted_field(text: str) -> str:
    return text[: text.rindex("of two lines")]


def cut_in_the_last_line(text: str) -> str:
    return text[:-2]


def without_the_portless(text: str) -> str:
    return "\r\n".join(line for line in text.split("\r\n") if line.split(",")[1:2] != [""])


def twice(text: str) -> str:
    return text + text.partition("\r\n")[2]


def with_other_names(text: str) -> str:
    return re.sub(r"\r\n[a-z]", "\r\nx", text)


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (html, "web page (HTML), not CSV"),
        (lambda _: "", "is empty"),
        (half, "it is not the whole"),
        (cut_in_a_quoted_field, "cut off or damaged"),
        (cut_in_the_last_line, "cut off in its last line"),
        (without_the_portless, "names without a port"),
        (lambda text: text.replace("Assignee", "Owner", 1), "lacks the column Assignee"),
        (lambda text: text.replace(",953,", ",95300,"), "is no range of ports"),
        (lambda text: text.replace(",953,tcp,", ",953,ipx,"), "'ipx' is none of tcp, udp, sc"),
        (lambda text: f"\r\n  {html(text)}", "web page (HTML), not CSV"),
        (lambda _: '{"error": 404}\r\n', "is not IANA's CSV: it begins with '{\"error\": 404}'"),
        (lambda text: text.replace("Assignee,Contact,", "", 1), "lacks the column Assignee."),
        (lambda text: text.replace(",953,", ",0-65535,"), "of the Dynamic Ports"),
        (lambda text: text.replace(",953,", ",50000,"), "of the Dynamic Ports"),
        (lambda text: text.replace("rndc-new", "<b>rndc</b>"), "'<b>rndc</b>' is no service name"),
        (lambda text: text.replace("rndc-new", "r" * 400), "port 953: 'rrrrrrrrrrrrrrrrrrrrrrr"),
        (lambda text: text.replace("2001-06", "2001-13", 1), "'2001-13' is no date"),
        (lambda text: text.replace("Charts", "Ch\x1barts"), "port 756: it holds control char"),
        (twice, "tcp 2 times"),
        (with_other_names, "assignments that are known: it is not IANA's"),
        (lambda _: (SHIPPED / "registry.csv").read_text("utf-8"), "snapshot of Portolan's own"),
    ],
)
async def test_what_is_not_the_whole_registry_leaves_the_old_one(
    tmp_path: Path,
    iana: Iana,
    harm: Callable[[str], str],
    reason: str,
    small_data: Path,
) -> None:
    (tmp_path / "knowledge.sqlite").write_bytes(b"the old knowledge")
    before = contents(tmp_path)
    iana.body = harm(iana.body.decode()).encode()
    with pytest.raises(UpdateError) as caught:
        await update(tmp_path, iana.url, now=NOW, data=small_data)
    assert reason in str(caught.value)
    assert str(caught.value).endswith(".")
    assert contents(tmp_path) == before


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


async def test_a_download_cut_off_by_the_server_is_noticed(
    tmp_path: Path, iana: Iana, small_data: Path
) -> None:
    iana.cut_after = len(iana.body) // 2
    with pytest.raises(UpdateError, match="was cut off before its end"):
        await update(tmp_path, iana.url, now=NOW, data=small_data)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    ("status", "headers", "told"),
    [
        (302, {"Location": "/ports.csv"}, "the server redirects without end"),
        (302, {"Location": "ftp://example.org/x"}, "it redirects to ftp://example.org/x"),
        (200, {"Content-Encoding": "br"}, "the server's answer makes no sense (Can not decode"),
    ],
)
async def test_what_a_server_does_wrong_is_told_in_one_line(
    tmp_path: Path, iana: Iana, status: int, headers: dict[str, str], told: str
) -> None:
    iana.status, iana.headers = status, headers
    with pytest.raises(UpdateError) as caught:
        await update(tmp_path, iana.url, now=NOW)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_address_is_known_by_its_scheme_in_any_case() -> None:
    assert is_address("HTTPS://www.iana.org/")
    assert not is_address("https")


async def test_being_offline_is_told(
    tmp_path: Path, unused_tcp_port: int, small_data: Path
) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/ports.csv"
    with pytest.raises(UpdateError, match=r"no connection to 127\.0\.0\.1 \(Connection refused\)"):
        await update(tmp_path, url, now=NOW, data=small_data)


async def test_a_missing_file_is_named(tmp_path: Path, small_data: Path) -> None:
    with pytest.raises(UpdateError, match=r"none\.csv cannot be read \(No such file"):
        await update(tmp_path, str(tmp_path / "none.csv"), now=NOW, data=small_data)


async def test_a_folder_that_cannot_be_written_to_is_named(
    tmp_path: Path, iana: Iana, small_data: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(UpdateError, match="cannot be stored in"):
        await update(blocked / "home", iana.url, now=NOW, data=small_data)


async def test_ianas_own_file_makes_every_state_its_own(tmp_path: Path, shared: Path) -> None:
    path = shared / "data" / "iana-service-names-port-numbers.csv"
    report = await update(tmp_path, str(path), now=NOW)
    assert report.rows == 14_533
    assert [(c.first, c.protocol, c.before, c.after) for c in report.changes] == [
        (5543, TCP, ("qftest-lic-mcp",), ("qftest-licserve",)),
    ]
    base = KnowledgeBase.open(tmp_path / "knowledge.sqlite")
    assert base.meta["registry_date"] == "2026-08-17"
    assert status_word(base.facts(21801).states[UDP]) == "unassigned"
    base.close()


def test_runs_of_ports_that_changed_alike_are_one_change() -> None:
    old = [Row(10, 20, None, Standing.UNASSIGNED)]
    new = [
        Row(10, 12, None, Standing.RESERVED),
        Row(13, 14, TCP, Standing.ASSIGNED, name="a"),
        Row(15, 20, None, Standing.UNASSIGNED),
    ]
    assert changes.difference(old, new) == (
        Change(ChangeKind.STATUS, 10, 12, TCP, ("unassigned",), ("reserved",)),
        Change(ChangeKind.STATUS, 10, 12, UDP, ("unassigned",), ("reserved",)),
        Change(ChangeKind.ADDED, 13, 14, TCP, ("unassigned",), ("a",)),
    )
    assert changes.difference(new, new) == ()


def test_the_record_lists_the_newest_first_and_survives_a_bad_line(tmp_path: Path) -> None:
    assert changes.history(tmp_path) == ()
    for day in ("01", "02", "03"):
        changes.remember(tmp_path, changes.Update(f"2026-11-{day}", "", "", ()))
    record = tmp_path / changes.RECORD_NAME
    lines = record.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["at"][-2:] for line in lines] == ["01", "02", "03"]
    record.write_text("\n".join((lines[0], '{"at": 1', lines[2])), encoding="utf-8")
    assert [one.at[-2:] for one in changes.history(tmp_path)] == ["03", "01"]
