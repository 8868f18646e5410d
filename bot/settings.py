"""Every setting of Portolan: read once, from the environment and from .env, and handed on."""

import re
from pathlib import Path
from typing import Annotated, Any, Self

import click
from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from typing_extensions import override
from yarl import URL

API_PATH = "/api/v10"  # the version that discord.py 2.7 speaks
_HOST_AND_PORT = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^\s:\[\]/]+):(?P<port>\d{1,5})")
_SHARD_SPAN = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


class SettingsError(click.ClickException):
    """A setting is wrong; the message is one sentence that names it. Exit status 2."""

    exit_code = 2


class Settings(BaseSettings):
    """The settings of one process.

    A setting that is present but empty counts as absent, so that a copied `.env.example` works.
    """

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
    )

    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias="DISCORD_TOKEN",
        description="The bot's token, from the Developer Portal. Without it, the playground runs.",
    )
    discord_api_url: str | None = Field(
        default=None,
        validation_alias="DISCORD_API_URL",
        description="REST base; Discord's own by default. For a REST proxy, or a playground.",
    )
    discord_gateway_url: str | None = Field(
        default=None,
        validation_alias="DISCORD_GATEWAY_URL",
        description="The gateway; by default the one that the REST API names.",
    )
    data: Path = Field(
        default_factory=lambda: user_data_path("portolan", appauthor=False),
        validation_alias="PORTOLAN_DATA",
        description="Where the knowledge base and what belongs to this installation is kept.",
    )
    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        repr=False,  # it may hold a password
        description="The teams' store: SQLite in the data directory, or postgresql://...",
    )
    message_content: bool = Field(
        default=False,
        validation_alias="PORTOLAN_MESSAGE_CONTENT",
        description="Whether to ask for the message content intent, for watched channels.",
    )
    cooldowns: bool = Field(
        default=True,
        validation_alias="PORTOLAN_COOLDOWNS",
        description="Whether people and channels are asked to slow down.",
    )
    refresh: bool = Field(
        default=True,
        validation_alias="PORTOLAN_REFRESH",
        description="Whether the running bot fetches IANA's current registry once a day.",
    )
    metrics: str | None = Field(
        default=None,
        validation_alias="PORTOLAN_METRICS",
        description="host:port where /live, /ready and /metrics are served; off by default.",
    )
    shard_ids: Annotated[tuple[int, ...] | None, NoDecode] = Field(
        default=None,
        validation_alias="SHARD_IDS",
        description="Which shards this process runs, such as 0,1,2 or 0-7. Needs SHARD_COUNT.",
    )
    shard_count: int | None = Field(
        default=None,
        validation_alias="SHARD_COUNT",
        ge=1,
        le=100_000,
        description="How many shards there are in all; Discord's advice by default.",
    )

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Take what is nothing but spaces for empty, which counts as absent."""
        return {
            name: value
            for name, value in values.items()
            if not isinstance(value, str) or value.strip()
        }

    @field_validator("discord_token")
    @classmethod
    def _token(cls, token: SecretStr | None) -> SecretStr | None:
        """Refuse what cannot travel in an HTTP header; a wrong token is Discord's to refuse."""
        if token is None or not (text := token.get_secret_value().strip()):
            return None
        text = text.removeprefix("Bot ").strip()
        if not text.isascii() or not text.isprintable() or " " in text:
            raise ValueError("has a space or a character that no token has: copy it again")
        return SecretStr(text)

    @field_validator("discord_api_url")
    @classmethod
    def _api(cls, text: str | None) -> str | None:
        """Return the base without a final slash, with the API's path if it has none."""
        if text is None:
            return None
        url = _url(text, schemes=("http", "https"), like="https://discord.com/api/v10")
        return str(url.with_path(API_PATH) if url.path in {"", "/"} else url).rstrip("/")

    @field_validator("discord_gateway_url")
    @classmethod
    def _gateway(cls, text: str | None) -> str | None:
        if text is None:
            return None
        return str(_url(text, schemes=("ws", "wss"), like="wss://gateway.discord.gg"))

    @field_validator("data")
    @classmethod
    def _data(cls, path: Path) -> Path:
        try:
            path = path.expanduser()
        except RuntimeError as error:
            raise ValueError("begins with ~, but there is no home directory") from error
        if path.exists() and not path.is_dir():
            raise ValueError("is a file; name a directory")
        return path

    @field_validator("database_url")
    @classmethod
    def _database(cls, text: str | None) -> str | None:
        if text is not None and not re.match(r"(sqlite|postgresql)(\+\w+)?://", text):
            raise ValueError("must begin with sqlite:// or postgresql://")
        return text

    @field_validator("metrics")
    @classmethod
    def _metrics(cls, text: str | None) -> str | None:
        if text is None:
            return None
        match = _HOST_AND_PORT.fullmatch(text)
        if not match or int(match["port"]) > 65535:  # noqa: PLR2004 (the last port)
            raise ValueError("must be host:port, such as 127.0.0.1:9090")
        return text

    @field_validator("shard_ids", mode="before")
    @classmethod
    def _shard_ids(cls, value: Any) -> Any:  # noqa: ANN401 (whatever was set)
        """Return the ids of a list such as "0,1,2" or "0-7", ascending."""
        if not isinstance(value, str):
            return value
        ids: set[int] = set()
        for part in value.replace(" ", "").split(","):
            match = _SHARD_SPAN.fullmatch(part)
            if not match:
                raise ValueError("must be shard numbers, such as 0,1,2 or 0-7")
            first, last = int(match[1]), int(match[2] or match[1])
            ids.update(range(first, last + 1))
        return tuple(sorted(ids))

    @model_validator(mode="after")
    def _shards(self) -> Self:
        if self.shard_ids is None:
            return self
        if self.shard_count is None:
            raise ValueError("SHARD_IDS needs SHARD_COUNT, the number of all shards")
        if not self.shard_ids or self.shard_ids[-1] >= self.shard_count:
            raise ValueError(
                f"SHARD_IDS must lie between 0 and {self.shard_count - 1}, "
                "one less than SHARD_COUNT"
            )
        return self

    @override
    def __str__(self) -> str:
        return repr(self)


def load() -> Settings:
    """Return the settings of this process.

    Raises:
        SettingsError: one is wrong, or the .env file cannot be read.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            "The .env file in this directory cannot be read as UTF-8 text; mend or remove it."
        ) from error


def _url(text: str, *, schemes: tuple[str, ...], like: str) -> URL:
    """Return `text` as an address with one of the schemes and a host.

    Raises:
        ValueError: it is none.
    """
    try:
        url = URL(text.strip())
        valid = url.scheme in schemes and bool(url.host)
    except ValueError:
        valid = False
    if not valid:
        raise ValueError(f"must be an address such as {like}")
    return url


def _sentence(error: ValidationError) -> str:
    """Say the first of the faults in one sentence, without the value: it may be a secret."""
    fault = error.errors(include_url=False, include_input=False)[0]
    reason = fault["msg"].removeprefix("Value error, ")
    if not fault["loc"]:
        return f"Wrong setting: {reason}."
    match fault["type"]:
        case "value_error":
            pass
        case "bool_parsing":
            reason = "must be true or false"
        case "int_parsing" | "greater_than_equal" | "less_than_equal":
            reason = "must be a whole number, from 1 to 100,000"  # as of SHARD_COUNT, the only one
        case _:
            reason = "is wrong: " + reason[:1].lower() + reason[1:]
    return f"The setting {fault['loc'][0]} {reason}."
