"""Every setting of the server: its name, its default, and where its value comes from.

Strongest first: options of the command line, `PRESENCE_*` variables, `server.toml` in the data folder, the defaults
below. Decides which values make sense; what they do is decided where they are used. docs/hosting.md tells each one.
Durations are in seconds unless the name says otherwise.
"""

import os
import tomllib
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from presence_desktop.protocol import limits

FILE = "server.toml"
PREFIX = "PRESENCE_"

Seconds = Annotated[float, Field(gt=0, le=10**9)]
Count = Annotated[int, Field(ge=1, le=2**31 - 1)]
Size = Annotated[int, Field(ge=1, le=2**53)]
Words = Annotated[tuple[str, ...], NoDecode]
"""A list; in a variable, words with commas between them."""


class ConfigError(Exception):
    """A setting that makes no sense; the text names it, never its value."""


def default_data_dir() -> Path:
    """Where the server keeps its data when nobody says."""
    return platformdirs.user_data_path("presence-desktop", appauthor=False) / "server"


def data_dir(given: Path | None) -> Path:
    """The data folder of this run: the one given on the command line, or the variable's, or the default."""
    return Path(given or os.environ.get(f"{PREFIX}DATA_DIR") or default_data_dir())


class Config(BaseSettings):
    """The settings of one run of the server."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    # where
    data_dir: Path = Field(default_factory=default_data_dir)
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 3001
    cors_origins: Words = ()
    trusted_proxies: Words = ()

    # encryption
    tls_cert: Path | None = None
    tls_key: Path | None = None
    plain_http: bool | None = None

    # what it stands on
    database_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    redis_prefix: Annotated[str, Field(pattern=r"^[\w.-]{1,64}$")] = "presence"
    key_file: Path | None = None
    realtime: Literal["fast", "stock"] = "fast"

    # the log
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    # metrics
    metrics: bool = False
    metrics_token: SecretStr | None = None

    # accounts
    registration: Literal["open", "invite", "closed"] = "invite"
    access_token_seconds: Seconds = 12 * 3600
    refresh_token_seconds: Seconds = 30 * 86400
    refresh_replay_seconds: Seconds = 60
    invite_seconds: Seconds = 7 * 86400
    invite_uses: Count = 10
    sign_in_tries_per_account: Count = 10
    sign_in_tries_per_address: Count = 60
    sign_in_window_seconds: Seconds = 60
    password_workers: Annotated[int, Field(ge=1, le=64)] = 2
    accounts_poll_seconds: Seconds = 1

    # the live link
    ping_interval_seconds: Seconds = 20
    ping_timeout_seconds: Seconds = 15
    payload_bytes: Count = limits.PAYLOAD_BYTES
    backlog_bytes: Count = 1_000_000
    sockets_per_user: Count = 20
    status_changes: Count = 10
    status_window_seconds: Seconds = 10
    messages: Count = 60
    message_window_seconds: Seconds = 10

    # presence
    idle_seconds: Seconds = 300
    grace_seconds: Seconds = 5
    polling_lease_seconds: Seconds = 75
    entry_life_seconds: Seconds = 30 * 60
    cleanup_seconds: Seconds = 5 * 60
    write_seconds: Seconds = 0.25
    heartbeat_row_seconds: Seconds = 60

    # files
    files_dir: Path | None = None
    file_bytes: Size = limits.FILE_BYTES
    file_quota_bytes: Size = 2_000_000_000
    uploads_waiting: Count = 200
    upload_seconds: Seconds = 86400
    file_sweep_seconds: Seconds = 60

    # backups
    backup_hours: Annotated[float, Field(ge=0, le=10**6)] = 24
    backup_keep: Annotated[int, Field(ge=1, le=10_000)] = 7

    # several servers
    node_lease_seconds: Seconds = 70
    node_beat_seconds: Seconds = 5

    # the end
    shutdown_seconds: Annotated[float, Field(gt=0, le=60)] = 4

    @field_validator("cors_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(word.strip() for word in value.split(",") if word.strip())
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            ip_network(word, strict=False)
        return value

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("tls_cert and tls_key belong together")
        if self.plain_http and self.tls_cert is not None:
            raise ValueError("plain_http and tls_cert contradict each other")
        return self

    def encrypts(self, *, on_loopback: bool) -> bool:
        """Whether the server speaks TLS: everywhere but on this machine alone, unless a setting says otherwise."""
        if self.plain_http is not None:
            return not self.plain_http
        return self.tls_cert is not None or not on_loopback

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options, then variables, then the file in the data folder that those two name."""
        file = TomlConfigSettingsSource(settings_cls, data_dir(init_settings().get("data_dir")) / FILE)
        return init_settings, env_settings, file

    @property
    def key_path(self) -> Path:
        """The file with the key that signs tokens."""
        return self.key_file or self.data_dir / "secret.key"

    @property
    def files_path(self) -> Path:
        """The folder of uploads and avatars."""
        return self.files_dir or self.data_dir / "files"

    @property
    def backups_path(self) -> Path:
        """The folder of the server's own backups."""
        return self.data_dir / "backups"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database, password included: for the engine only."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{(self.data_dir / 'presence.db').absolute()}"


def load(**options: Any) -> Config:
    """The settings of this run; options that are None do not count. Raises ConfigError."""
    try:
        return Config(**{name: value for name, value in options.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = ".".join(str(part) for part in first["loc"]) or "settings"
        raise ConfigError(f"{name}: {first['msg']}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{FILE}: {error}") from None
    except OSError as error:
        raise ConfigError(f"{FILE}: {error.strerror}") from None
