import asyncio
import os
import shutil
import sys
from pathlib import Path

import pytest

from bot.refreshing import UPDATE, Watch, follow, refresh
from knowledge.base import FILE_NAME, KnowledgeBase
from tests.bot.until import until


@pytest.fixture
def file(tmp_path: Path, base_path: Path) -> Path:
    return Path(shutil.copy(base_path, tmp_path / FILE_NAME))


def replace(file: Path, content: bytes) -> None:
    """Put another file in its place, as a build does."""
    beside = file.with_name("beside")
    beside.write_bytes(content)
    os.replace(beside, file)  # noqa: PTH105 (as a build does)


def test_the_file_in_use_is_no_news(file: Path) -> None:
    assert Watch(file).changed() is None


def test_another_file_is_taken_up_once(file: Path) -> None:
    watch = Watch(file)
    replace(file, file.read_bytes())
    base = watch.changed()
    assert base is not None
    base.close()
    assert watch.changed() is None


def test_a_damaged_or_missing_file_is_not_taken_up(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watch = Watch(file)
    replace(file, b"no knowledge")
    assert watch.changed() is None
    assert "not taken up" in caplog.text
    file.unlink()
    assert watch.changed() is None


async def test_each_new_file_is_handed_on(file: Path, base_path: Path) -> None:
    taken: asyncio.Queue[KnowledgeBase] = asyncio.Queue()
    following = asyncio.ensure_future(follow(file.parent, taken.put_nowait, look_seconds=0))
    content = base_path.read_bytes()
    for _ in range(2):
        await asyncio.sleep(0)
        replace(file, content)
        (await taken.get()).close()
    following.cancel()


async def logged(text: str, caplog: pytest.LogCaptureFixture) -> None:
    await until(lambda: text in caplog.text)


async def test_a_failed_refresh_is_logged_with_its_reason_and_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    code = "import sys; sys.exit('a warning\\nError: IANA cannot be reached.')"
    refreshing = asyncio.ensure_future(
        refresh((sys.executable, "-c", code), first_seconds=0, every_seconds=0)
    )
    await logged("registry not refreshed: IANA cannot be reached.", caplog)
    caplog.clear()
    await logged("registry not refreshed", caplog)
    refreshing.cancel()
    await asyncio.gather(refreshing, return_exceptions=True)


async def test_a_refresh_under_way_ends_with_the_bot(tmp_path: Path) -> None:
    marker = tmp_path / "began"
    code = f"import pathlib, time; pathlib.Path({str(marker)!r}).touch(); time.sleep(600)"
    refreshing = asyncio.ensure_future(refresh((sys.executable, "-c", code), first_seconds=0))
    await until(marker.exists)
    refreshing.cancel()
    async with asyncio.timeout(20):
        await asyncio.gather(refreshing, return_exceptions=True)


async def test_what_an_update_brings_is_taken_up(
    installed: Path, tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy2(installed / FILE_NAME, tmp_path / FILE_NAME)
    monkeypatch.setenv("PORTOLAN_DATA", str(tmp_path))
    registry = shared / "data" / "iana-service-names-port-numbers.csv"
    taken: asyncio.Queue[KnowledgeBase] = asyncio.Queue()
    tasks = [
        asyncio.ensure_future(follow(tmp_path, taken.put_nowait, look_seconds=0.01)),
        asyncio.ensure_future(refresh((*UPDATE, "--from", str(registry)), first_seconds=0)),
    ]
    async with asyncio.timeout(60):
        base = await taken.get()
    assert base.assignments_of("https")[0].assignee
    base.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
