"""What must be known before the database opens: paths, addresses, files. From the environment,
`TWS_*`.

Nothing here is about a company: that is in the database.
"""

import base64
import binascii
import os
import re
import socket
import zoneinfo
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, FilePath, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

Names = Annotated[tuple[str, ...], NoDecode]
"In the environment: names between commas."
KEY_BYTES = 32


def key_from(text: str) -> bytes:
    """The key written in base64, as `openssl rand -base64 32` makes one. ValueError with words."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key is {KEY_BYTES} bytes in base64: openssl rand -base64 {KEY_BYTES}")
    return key


def keys_from(text: str) -> tuple[bytes, ...]:
    """One or more keys, the newest first, with commas or line breaks between. ValueError with
    words."""
    return tuple(key_from(one) for one in re.split(r"[,\s]+", text.strip()))


def _xdg(variable: str, default: str) -> Path:
    """A folder of the XDG base directory specification; a relative one is to be ignored."""
    given = Path(os.environ.get(variable, ""))
    return given if given.is_absolute() else Path.home() / default


def demonstration_folder() -> Path:
    """Where the demonstration keeps its data, unless told: beside those of a server."""
    return _xdg("XDG_DATA_HOME", ".local/share") / "tws-demo"


def machine_zone() -> str:
    """The IANA name of this machine's time zone; that of Paris where it has none of a name."""
    named = os.environ.get("TZ", "").removeprefix(":")
    at = str(Path("/etc/localtime").resolve())
    for name in (named, at.partition("/zoneinfo/")[2]):
        if name in zoneinfo.available_timezones():
            return name
    return "Europe/Paris"


PUBLIC_KEY_BYTES = 32
LOOPBACK = ("127.0.0.1", "::1", "localhost")
"By what names a server is asked that listens on this machine only."


class Settings(BaseSettings):
    """Each field is set by the variable `TWS_` and its name; pydantic's ValidationError says
    which can't be."""

    model_config = SettingsConfigDict(
        env_prefix="TWS_", env_ignore_empty=True, extra="forbid", hide_input_in_errors=True
    )

    data_dir: Path = Field(
        default_factory=lambda: _xdg("XDG_DATA_HOME", ".local/share") / "tws",
        description="Folder of the embedded database.",
    )
    state_dir: Path = Field(
        default_factory=lambda: _xdg("XDG_STATE_HOME", ".local/state") / "tws",
        description="Folder of what is kept while the database is away.",
    )
    database: str = Field(
        default="",
        repr=False,
        description="postgresql://USER:PASSWORD@HOST/NAME (HOST1,HOST2 with a replica); without it"
        " an SQLite file in data_dir.",
    )
    nats: Names = Field(
        default=(),
        repr=False,
        description="Servers of NATS, nats://HOST: be one of several nodes with one PostgreSQL.",
    )
    node: str = Field(
        default_factory=socket.gethostname,
        pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*$",
        max_length=64,
        description="What this node is called, where there are several; without it its machine.",
    )
    secret_key: Annotated[tuple[bytes, ...], NoDecode] = Field(
        default=(),
        repr=False,
        description="Keys of the database's secrets, in base64, the newest first; without one a"
        " file in data_dir.",
    )
    host: str = Field(
        default="127.0.0.1", description="Address to listen on; 0.0.0.0 and :: for all."
    )
    port: int = Field(
        default=8080, ge=0, le=65535, description="Port to listen on, 0 for a free one."
    )
    tls_certificate: FilePath | None = Field(default=None, description="PEM file: serve https.")
    tls_key: FilePath | None = Field(
        default=None, description="PEM file of the certificate's key."
    )
    tls: Literal["allowed", "strict"] = Field(
        default="allowed",
        description="strict: nothing leaves this machine or comes to it in clear text.",
    )
    tls_except: Names = Field(
        default=(),
        description="Hosts, or hosts with a port, spoken to in clear text under strict all the"
        " same; odbc for drivers of ODBC.",
    )
    ca_file: FilePath | None = Field(
        default=None,
        description="PEM file of the company's authorities, trusted besides those of the machine.",
    )
    redirect_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Port on which http is answered by where https is, and nothing else.",
    )
    public_url: str | None = Field(
        default=None, description="How people reach this server, where a proxy stands before it."
    )
    hosts: Names = Field(
        default=(),
        description="Host names that this server answers to; public_url's too. None = any; "
        "on an address of this machine only: its own names.",
    )
    proxies: Names = Field(
        default=(), description="Addresses of proxies whose X-Forwarded-* headers are believed."
    )
    keytab: Path | None = Field(
        default=None,
        description="Keytab of HTTP/host, for users who come with a ticket of Windows.",
    )
    administrators_realm: str = Field(
        default="",
        description="Windows domain whose accounts are the administrators of the same names.",
    )
    ntlm_auth: Path | None = Field(
        default=None,
        description="Samba's ntlm_auth, where this machine has joined the domain: NTLM is taken.",
    )
    licence_issuers: Names = Field(
        default=(),
        description="Public keys (Ed25519, base64) of those whose licence files are good here.",
    )
    backup_dir: Path | None = Field(
        default=None, description="Folder of the backups; without it `backups` in data_dir."
    )
    backup_at: str = Field(
        default="02:00",
        description="When a backup is made each day, on this machine's clock; off.",
    )
    backup_keep: int = Field(
        default=14, ge=1, le=10_000, description="How many of those made each day are kept."
    )
    backup_copy_to: Path | None = Field(
        default=None, description="Folder to which each backup is copied, such as a mounted share."
    )
    backup_passphrase: str | None = Field(
        default=None, repr=False, min_length=12, description="Encrypt the backups with it."
    )
    backup_before_upgrade: bool = Field(
        default=True, description="Make a backup before a newer TWS changes the tables."
    )
    metrics_token: str | None = Field(
        default=None,
        repr=False,
        min_length=20,
        description="What Prometheus shows as its bearer token to read /metrics from elsewhere.",
    )
    local_photos: bool = Field(
        default=False,
        description="Read photos of contacts at addresses of this machine and its wire too.",
    )
    local_push: bool = Field(
        default=False,
        description="Push messages to browsers by services of this machine and its network too.",
    )
    local_sms: bool = Field(
        default=False,
        description="Ask gateways of text messages at addresses of this machine and its wire too.",
    )
    otel: bool = Field(
        default=False,
        description="Trace what is done with OpenTelemetry: where to, the variables OTEL_... say.",
    )
    log_format: Literal["auto", "console", "json"] = Field(
        default="auto", description="auto: for people on a terminal, JSON elsewhere."
    )
    log_calls: bool = Field(
        default=True, description="A line in the log for each step of each call, by its id."
    )
    log_personal: bool = Field(
        default=False,
        description="Write numbers and names of people into the log; else asterisks instead.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then credentials (systemd.exec(5), LoadCredential=): files of the
        settings' names, which no other process sees."""
        folder = os.environ.get("CREDENTIALS_DIRECTORY") or None
        credentials = SecretsSettingsSource(settings_cls, secrets_dir=folder)
        return init_settings, env_settings, credentials

    @field_validator("hosts", "proxies", "licence_issuers", "nats", "tls_except", mode="before")
    @classmethod
    def _between_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(name.strip() for name in value.split(",") if name.strip())
        return value

    @field_validator("nats")
    @classmethod
    def _are_servers_of_nats(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for server in value:
            parts = urlsplit(server)
            if parts.scheme not in ("nats", "tls") or not parts.hostname:
                raise ValueError("each looks like nats://HOST, or tls://HOST where it encrypts")
        return value

    @field_validator("licence_issuers")
    @classmethod
    def _are_public_keys(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for key in value:
            if len(base64.b64decode(key, validate=True)) != PUBLIC_KEY_BYTES:
                raise ValueError("a public key has 32 bytes, written in base64")
        return value

    @field_validator("secret_key", mode="before")
    @classmethod
    def _from_base64(cls, value: object) -> object:
        return keys_from(value) if isinstance(value, str) else value

    @field_validator(
        "data_dir", "state_dir", "backup_dir", "backup_copy_to", "keytab", "ntlm_auth"
    )
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().absolute()

    @field_validator("backup_at")
    @classmethod
    def _is_a_time_of_day(cls, value: str) -> str:
        if value != "off" and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            raise ValueError("this is HH:MM, or off")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("this looks like https://tws.company.example")
        if parts.query or parts.fragment or parts.path not in ("", "/"):
            raise ValueError("TWS is served at the root of its host: no path")
        return value.rstrip("/")

    @field_validator("database")
    @classmethod
    def _is_a_known_database(cls, value: str) -> str:
        kind = value.partition(":")[0].partition("+")[0]
        if value and kind not in ("postgresql", "sqlite"):
            raise ValueError("this begins with postgresql:// or sqlite:///")
        return value

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if (self.tls_certificate is None) != (self.tls_key is None):
            raise ValueError("tls_certificate and tls_key go together")
        if self.redirect_port is not None and self.tls_certificate is None:
            raise ValueError("redirect_port leads to https: it needs tls_certificate")
        if self.tls == "strict" and self.tls_certificate is None and self.host not in LOOPBACK:
            raise ValueError(
                "tls=strict needs tls_certificate and tls_key, or a proxy on this machine alone"
                " (host=127.0.0.1)"
            )
        if self.tls == "strict" and (self.public_url or "").startswith("http:"):
            raise ValueError("tls=strict needs a public_url of https")
        if not self.database:
            self.database = f"sqlite:///{self.data_dir / 'tws.db'}"
        if self.nats and not self.database.startswith("postgresql"):
            raise ValueError("several nodes (nats) share a PostgreSQL database")
        if self.host in LOOPBACK and not (self.hosts or self.public_url or self.proxies):
            # A page of another site, whose name is made to point here, is not answered.
            self.hosts = LOOPBACK
        if self.hosts and self.public_url:
            name = urlsplit(self.public_url).hostname
            if name and name not in self.hosts:
                self.hosts = (*self.hosts, name)
        return self

    @property
    def backups(self) -> Path:
        return self.backup_dir or self.data_dir / "backups"

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where the data are: `data_dir`, and the folder of an SQLite file that is elsewhere."""
        kind, _, path = self.database.partition(":///")
        if not kind.startswith("sqlite") or not path:
            return (self.data_dir,)
        return tuple(dict.fromkeys((self.data_dir, Path(path).absolute().parent)))
