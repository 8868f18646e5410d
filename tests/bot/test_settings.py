import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from bot.settings import Settings, SettingsError, load

ROOT = Path(__file__).parents[2]
TOKEN = "MTIzNDU2.abc.def-ghi"  # noqa: S105 (no token of anybody)


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment without any of our settings, in a directory without .env."""
    for name in aliases():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def aliases() -> list[str]:
    return [str(field.validation_alias) for field in Settings.model_fields.values()]


def test_the_example_file_names_every_setting_once_and_no_other() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)) == sorted(aliases())


def test_a_copy_of_the_example_file_is_the_same_as_no_settings(bare: Path) -> None:
    without = load()
    (bare / ".env").write_text((ROOT / ".env.example").read_text(encoding="utf-8"), "utf-8")
    assert load() == without


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_without_settings_there_is_no_token_and_a_data_directory() -> None:
    settings = load()
    assert settings.discord_token is None
    assert settings.data.name == "portolan"
    assert settings.refresh


def test_the_environment_wins_over_the_file(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bare / ".env").write_text("SHARD_COUNT=3\nDATABASE_URL=sqlite:///a.db\n", "utf-8")
    monkeypatch.setenv("SHARD_COUNT", "4")
    assert (load().shard_count, load().database_url) == (4, "sqlite:///a.db")


def test_the_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    settings = load()
    assert TOKEN not in repr(settings) + str(settings)
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == TOKEN


def test_the_password_of_the_database_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://portolan:hush@db.example/portolan")
    settings = load()
    assert "hush" not in repr(settings) + str(settings)


@pytest.mark.parametrize("text", [f" {TOKEN} ", f"Bot {TOKEN}", f"{TOKEN}\n"])
def test_a_token_is_taken_as_people_paste_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", text)
    token = load().discord_token
    assert token is not None
    assert token.get_secret_value() == TOKEN


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load().refresh = False


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v10"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/api/v10"),
        ("https://proxy.example/api/v10/", "https://proxy.example/api/v10"),
        ("https://proxy.example/discord/api", "https://proxy.example/discord/api"),
    ],
)
def test_the_api_address_is_a_base_for_routes(
    text: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_API_URL", text)
    assert load().discord_api_url == address


@pytest.mark.parametrize(
    ("text", "ids"), [("0", (0,)), ("0,1,2", (0, 1, 2)), ("4-6, 1", (1, 4, 5, 6))]
)
def test_shards_are_listed_or_spanned(
    text: str, ids: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHARD_IDS", text)
    monkeypatch.setenv("SHARD_COUNT", "8")
    assert load().shard_ids == ids


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DISCORD_TOKEN", "two words"),
        ("DISCORD_TOKEN", "t\u00f6ken"),
        ("DISCORD_API_URL", "discord.com"),
        ("DISCORD_API_URL", "ftp://discord.com"),
        ("DISCORD_API_URL", "http://[::1"),
        ("DISCORD_GATEWAY_URL", "https://gateway.discord.gg"),
        ("DATABASE_URL", "mysql://localhost/portolan"),
        ("PORTOLAN_REFRESH", "sometimes"),
        ("PORTOLAN_METRICS", "9090"),
        ("PORTOLAN_METRICS", "localhost:99999"),
        ("SHARD_COUNT", "0"),
        ("SHARD_COUNT", "many"),
        ("SHARD_IDS", "0"),
        ("SHARD_IDS", "first"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(
    name: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(SettingsError) as caught:
        load()
    message = caught.value.format_message()
    assert name in message
    assert "\n" not in message
    assert message.endswith(".")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("PORTOLAN_REFRESH", "sometimes", "The setting PORTOLAN_REFRESH must be true or false."),
        ("SHARD_COUNT", "many", "SHARD_COUNT must be a whole number, from 1 to 100,000."),
        ("SHARD_COUNT", "0", "SHARD_COUNT must be a whole number, from 1 to 100,000."),
    ],
)
def test_a_wrong_setting_is_told_what_it_must_be(
    name: str, text: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(SettingsError) as caught:
        load()
    assert caught.value.format_message().endswith(told)


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "PORTOLAN_DATA", "SHARD_COUNT"])
def test_a_setting_of_spaces_counts_as_absent(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name, raising=False)
    without = load()
    monkeypatch.setenv(name, "  ")
    assert load() == without


def test_a_wrong_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", f"{TOKEN} {TOKEN}")
    with pytest.raises(SettingsError) as caught:
        load()
    assert TOKEN not in caught.value.format_message()


def test_a_shard_beyond_the_count_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHARD_IDS", "0-8")
    monkeypatch.setenv("SHARD_COUNT", "8")
    with pytest.raises(SettingsError, match=r"SHARD_IDS must lie between 0 and 7"):
        load()


def test_a_data_directory_that_is_a_file_is_refused(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / "file").touch()
    monkeypatch.setenv("PORTOLAN_DATA", str(bare / "file"))
    with pytest.raises(SettingsError, match="PORTOLAN_DATA is a file"):
        load()


def test_an_unreadable_file_of_settings_is_named(bare: Path) -> None:
    (bare / ".env").write_bytes(b"DISCORD_TOKEN=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env"):
        load()


def test_a_wrong_setting_ends_a_command_with_status_2(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def command() -> None:
        load()

    monkeypatch.setenv("SHARD_COUNT", "0")
    result = CliRunner().invoke(command)
    assert result.exit_code == 2
    assert "SHARD_COUNT" in result.stderr
