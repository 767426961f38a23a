"""What the helper keeps on its computer: where its server is, its key, and which programs whoever
sits there has said yes to. Only its user can read it."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
NAME = "tws-helper"


class Failed(Exception):
    """It cannot go on; in words."""


def folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Of its files: XDG Base Directory Specification, or what Windows and macOS have instead."""
    if platform == "win32":
        return Path(environment.get("APPDATA") or Path.home() / "AppData/Roaming") / NAME
    if platform == "darwin":
        return Path.home() / "Library/Application Support" / NAME
    return Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    server: str
    "Such as https://tws.company.example."
    key: str
    device: str | None = None
    "Number of the telephone that calls; None: the chosen profile's, else the first that works."
    ca_file: str | None = None
    "PEM file of who vouches for the server, where the system does not know it."

    def __post_init__(self) -> None:
        """What is started and called is said by the server: nobody else may be able to say it."""
        parts = urlsplit(self.server)
        if parts.scheme == "http" and parts.hostname in LOOPBACK:
            return
        if parts.scheme != "https" or not parts.hostname:
            raise Failed(f"{self.server} is no address such as https://tws.company.example.")


def read(place: Path) -> Settings:
    """Raises Failed."""
    file = place / "settings.json"
    try:
        return Settings(**json.loads(file.read_text("utf-8")))
    except FileNotFoundError as error:
        raise Failed("It is not connected yet: tws helper connect SERVER.") from error
    except (OSError, ValueError, TypeError) as error:
        raise Failed(f"{file} cannot be read: {error}") from error


def write(place: Path, settings: Settings) -> None:
    put(place / "settings.json", asdict(settings))


def put(file: Path, content: object) -> None:
    """Whole or not at all, and for its user alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        json.dump(content, opened, indent=1)
    new.replace(file)
