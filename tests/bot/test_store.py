"""The store in the bot: never in the way, and there again after a restart."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot import store as module
from bot.store import FILE_NAME, Store
from knowledge.model import System
from knowledge.team.model import StoreError, Tally, TeamSettings, Vote

ROOT = Path(__file__).parents[2]
GUILD, CHANNEL, ADA = 900000000000000001, 700000000000000001, 100000000000000001
LEAN = """
import asyncio, sys
from pathlib import Path
import bot.client
from bot.store import Store
from knowledge.team.model import Vote

async def main():
    store = Store.at(None, Path(sys.argv[1]))
    store.open()
    await store.tried()
    print("sqlalchemy" in sys.modules, store.is_watched(700000000000000001), store.chosen(1))
    await store.vote(1, None, "none", Vote.YES, "en")
    print("sqlalchemy" in sys.modules, "alembic" in sys.modules)
    await store.close()

asyncio.run(main())
"""


async def opened(folder: Path) -> Store:
    store = Store.at(None, folder)
    store.open()
    await store.tried()
    return store


async def test_watched_channels_are_known_after_a_restart(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    assert await store.watch(GUILD, CHANNEL + 1)
    assert await store.watch(GUILD, CHANNEL)
    assert not await store.watch(GUILD, CHANNEL)
    assert await store.unwatch(GUILD, CHANNEL + 1)
    assert not await store.unwatch(GUILD, CHANNEL + 1)
    await store.close()
    again = await opened(tmp_path)
    assert again.is_watched(CHANNEL)
    assert not again.is_watched(CHANNEL + 1)
    assert list(again.of(GUILD)) == [CHANNEL]
    assert list(again.of(GUILD + 1)) == []
    await again.close()


async def test_nobody_unwatches_the_channel_of_another_server(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    await store.watch(GUILD, CHANNEL)
    assert not await store.unwatch(GUILD + 1, CHANNEL)
    assert store.is_watched(CHANNEL)
    await store.close()


async def test_settings_and_votes_are_kept_after_a_restart(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    await store.set_settings(GUILD, TeamSettings(system=System.MACOS))
    await store.vote(ADA, GUILD, "port:22", Vote.PARTLY, "de")
    await store.close()
    again = await opened(tmp_path)
    assert again.chosen(GUILD) == TeamSettings(system=System.MACOS)
    assert again.chosen(GUILD + 1) == again.chosen(None) == TeamSettings()
    assert await again.settings(GUILD) == TeamSettings(system=System.MACOS)
    assert (await again.summary(GUILD, 1)).total == Tally(partly=1)
    assert (await again.forget_person(ADA)).votes == 1
    assert (await again.forget_guild(GUILD)).settings
    assert again.chosen(GUILD) == TeamSettings()
    await again.close()


def test_a_bot_on_which_nobody_votes_does_without_the_database_library(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAN, tmp_path],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "False False TeamSettings(language=None, system=None)\nTrue False\n"


async def test_a_store_in_memory_needs_no_opening() -> None:
    store = Store()
    store.open()
    await store.vote(ADA, GUILD, "port:22", Vote.YES, "de")
    assert await store.watch(GUILD, CHANNEL)
    assert (await store.kept_of(GUILD)).votes == 1
    await store.close()
    await store.close()


async def test_a_store_that_could_not_be_opened_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = await opened(tmp_path)
    await before.watch(GUILD, CHANNEL)
    await before.close()
    file = tmp_path / FILE_NAME
    whole = file.read_bytes()
    file.write_bytes(b"damaged" * 1000)
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.0)
    store = await opened(tmp_path)
    assert not store.is_watched(CHANNEL)
    with pytest.raises(StoreError, match="is damaged: restore it from a backup"):
        await store.vote(ADA, GUILD, "port:22", Vote.YES, "en")
    file.write_bytes(whole)
    await store.opened()
    assert store.is_watched(CHANNEL)
    await store.vote(ADA, GUILD, "port:22", Vote.YES, "en")
    assert any(line.startswith("store not open: The teams' store") for line in caplog.messages)
    await store.close()


async def test_an_address_without_its_driver_is_told_in_one_sentence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store.at("postgresql+pg8000://ada:secret@localhost/ports", tmp_path)
    store.open()
    await store.tried()
    (line,) = caplog.messages
    assert "needs the Python package pg8000" in line
    assert "secret" not in line
    await store.close()
