"""When backups are made, how many are kept, and where else: what the environment says, which is
fixed, and what super users choose of the rest.

What they choose stands in a file of this machine, not in the database: servers that share one have
a plan each, and the backup before an upgrade is made while its tables cannot be read.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

import msgspec

from tws.sentences import Sentence, sentence
from tws.storage.secrets import SecretLost, Secrets
from tws.storage.whole_file import write_whole
from tws.undecodable import UNDECODABLE

OFF = "off"
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
SHORTEST, LONGEST = 12, 1000
"Characters of a passphrase."
MOST = 10_000
"Backups that are kept."
OF, SECRET = "backups", "passphrase"
"What the passphrase is sealed for."


class Item(StrEnum):
    AT = "at"
    KEEP = "keep"
    COPY_TO = "copyTo"
    PASSPHRASE = "passphrase"  # noqa: S105 - a word


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    at: str
    "`HH:MM` on this machine's clock, or `off`."
    keep: int
    copy_to: Path | None
    passphrase: str | None = field(repr=False)
    fixed: Collection[Item] = frozenset()
    "What the environment says."
    lost: Sentence | None = None
    "Why what was chosen cannot be read: no backup is made then, rather than an open one."
    version: int = 0
    "How often it was chosen."


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """As it is stored."""

    at: str
    keep: int
    copy_to: str | None
    passphrase: str | None
    "Sealed."
    version: int


class Choices:
    """`given`: by the environment, or else by default."""

    def __init__(self, file: Path, given: Plan, secrets: Secrets) -> None:
        self._file, self._given, self._secrets = file, given, secrets

    def plan(self) -> Plan:
        given = self._given
        try:
            chosen = msgspec.json.decode(self._file.read_bytes(), type=Choice)
        except FileNotFoundError:
            return given
        except (OSError, *UNDECODABLE) as error:
            why = sentence(
                "The settings of the backups cannot be read ({why}): set them again.",
                why=(isinstance(error, OSError) and error.strerror) or str(error),
            )
            return replace(given, lost=why)
        passphrase, lost = given.passphrase, None
        if Item.PASSPHRASE not in given.fixed and chosen.passphrase is not None:
            try:
                passphrase = self._secrets.open(chosen.passphrase, OF, SECRET)
            except SecretLost as error:
                lost = error.said
        place = None if chosen.copy_to is None else Path(chosen.copy_to)
        return Plan(
            at=given.at if Item.AT in given.fixed else chosen.at,
            keep=given.keep if Item.KEEP in given.fixed else chosen.keep,
            copy_to=given.copy_to if Item.COPY_TO in given.fixed else place,
            passphrase=passphrase,
            fixed=given.fixed,
            lost=lost,
            version=chosen.version,
        )

    def seal_anew(self) -> None:
        """The passphrase, with the newest key; what cannot be opened stays. As `write`."""
        plan = self.plan()
        if plan.version and plan.lost is None:
            self.write(plan)

    def write(self, plan: Plan) -> None:
        """OSError; what cannot be sealed: StorageUnavailable, SecretLost."""
        own = None if Item.PASSPHRASE in plan.fixed else plan.passphrase
        sealed = None if own is None else self._secrets.seal(own, OF, SECRET)
        choice = Choice(
            at=plan.at,
            keep=plan.keep,
            copy_to=None if plan.copy_to is None else str(plan.copy_to),
            passphrase=sealed,
            version=plan.version,
        )
        write_whole(self._file, msgspec.json.encode(choice), lasting=True)
