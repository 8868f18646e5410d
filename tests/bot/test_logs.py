import io
import logging
from collections.abc import Iterator

import pytest

from bot.logs import log_to


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root, discords = logging.getLogger(), logging.getLogger("discord")
    before = (root.handlers[:], root.level, discords.level)
    stream = io.StringIO()
    log_to(stream)
    yield stream
    root.handlers[:], root.level = before[0], before[1]
    discords.setLevel(before[2])


def fail(name: str, error: Exception) -> None:
    try:
        raise error
    except type(error):
        logging.getLogger(name).exception("Failed to connect for shard_id: %s. Retrying...", 0)


def test_an_event_is_one_line(log: io.StringIO) -> None:
    logging.getLogger("bot.client").info("question kind=%s", "port")
    assert log.getvalue().endswith("INFO bot.client: question kind=port\n")
    assert log.getvalue().count("\n") == 1


def test_network_trouble_is_one_line(log: io.StringIO) -> None:
    fail("discord.shard", ConnectionResetError("gone"))
    assert log.getvalue().count("\n") == 1
    assert "shard_id: 0. Retrying... (ConnectionResetError)" in log.getvalue()


def test_our_own_faults_keep_their_traceback(log: io.StringIO) -> None:
    fail("bot.failures", ConnectionResetError("ours"))
    fail("discord.client", KeyError("theirs"))
    assert log.getvalue().count("Traceback") == 2


def test_what_is_left_out_on_purpose_is_no_news(log: io.StringIO) -> None:
    discords = logging.getLogger("discord.state")
    discords.warning("Guilds intent seems to be disabled. This may cause state related issues.")
    discords.info("logging in using static token")
    assert log.getvalue() == ""
