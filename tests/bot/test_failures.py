import logging
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from bot.failures import StartFailure, explain, explain_start, is_unanswerable, sentence


class Response:
    """What discord.py wants to see of an HTTP response."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.reason = "because"


def http(status: int, code: int = 0) -> discord.HTTPException:
    response: Any = Response(status)
    return discord.HTTPException(response, {"code": code, "message": "secret detail"})


@pytest.mark.parametrize(
    "error",
    [
        app_commands.NoPrivateMessage(),
        app_commands.MissingPermissions(["manage_guild"]),
        app_commands.BotMissingPermissions(["send_messages"]),
        app_commands.CheckFailure(),
        app_commands.CommandOnCooldown(app_commands.Cooldown(1, 5), 3.0),
        app_commands.CommandNotFound("port", []),
    ],
)
def test_what_a_user_can_mend_is_one_sentence(error: Exception) -> None:
    text = explain(error)
    assert text is not None
    assert text.endswith(".")
    assert sentence(error, where="test") == text


def test_our_own_faults_have_a_reference_that_is_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    text = sentence(RuntimeError("secret detail"), where="command:port")
    assert text is not None
    assert "secret detail" not in text
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert text.split("`")[1] in record.getMessage()
    assert "secret detail" in caplog.text


@pytest.mark.parametrize(
    "error",
    [http(404, 10062), http(400, 40060), http(403, 50013), http(404, 10008), http(403, 50001)],
)
def test_where_nobody_can_be_told_it_is_a_warning(
    error: discord.HTTPException, caplog: pytest.LogCaptureFixture
) -> None:
    assert is_unanswerable(error)
    assert sentence(error, where="test") is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "secret detail" not in caplog.text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StartFailure("Do this."), "Do this."),
        (discord.LoginFailure("x"), "DISCORD_TOKEN"),
        (discord.PrivilegedIntentsRequired(None), "Privileged Gateway Intents"),
        (discord.GatewayNotFound(), "DISCORD_API_URL"),  # type: ignore[no-untyped-call]
        (TimeoutError(), "does not answer"),
        (aiohttp.ServerTimeoutError(), "does not answer"),
        (ConnectionResetError(), "check the network"),
        (aiohttp.ServerDisconnectedError(), "check the network"),
        (http(503), "status 503"),
    ],
)
def test_every_failure_to_start_says_what_to_do_in_one_line(error: Exception, words: str) -> None:
    text = explain_start(error)
    assert text is not None
    assert words in text
    assert "\n" not in text


def test_other_errors_are_not_explained_away() -> None:
    assert explain(KeyError("x")) is None
    assert explain_start(KeyError("x")) is None
