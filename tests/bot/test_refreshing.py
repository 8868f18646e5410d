import asyncio
import os
import shutil
from pathlib import Path

import pytest

from bot.refreshing import Watch, follow
from knowledge.base import KnowledgeBase
from knowledge.build import FILE_NAME


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
    content = base_path.read_bytes()  # noqa: ASYNC240 (nobody waits)
    for _ in range(2):
        await asyncio.sleep(0)
        replace(file, content)
        (await taken.get()).close()
    following.cancel()
