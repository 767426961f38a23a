"""What a backup says of itself: immutable values that are its JSON too (docs/admin/backup.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tws.errors import Invalid

FORMAT = 1
"Of the files that this TWS writes, and the last one that it reads."


class BackupRefused(Invalid):
    """A file that cannot be restored here, with words. Nothing was changed."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


class Why(StrEnum):
    SCHEDULED = "scheduled"
    ASKED = "asked"
    UPGRADE = "upgrade"
    "Made before the tables were changed by a newer TWS."


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """At the beginning of a backup, readable without a passphrase."""

    format: int
    tws: str
    schema: str
    "The last migration that ran."
    database: str
    "`sqlite` or `postgresql`: where it was made; it can be restored on either."
    taken: datetime
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    columns: tuple[tuple[str, str], ...]
    "Names and kinds: `tws.storage.copying.portable`."
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """At the end of a backup: all that must be there."""

    about: About
    tables: Mapping[str, Rows]
    sequences: Mapping[str, int]
    key: str | None
    "Which key the secrets of the database are sealed with, by its fingerprint; None = no secret."
    key_inside: bool
    older_keys: tuple[str, ...] = ()
    "Fingerprints of those that some secrets may still be sealed with, too."
    members: Mapping[str, Member] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Of a backup that is being made."""

    done: int
    total: int
    "Rows."


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFile:
    """One that is there."""

    name: str
    size: int
    "Bytes."
    about: About | None
    "None: it cannot be read."
    encrypted: bool
