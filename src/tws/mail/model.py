"""E-mails and the servers by which they go, as immutable values."""

from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from tws.organisation.actor import CompanyId, UserId
from tws.sentences import Sentence

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
"Until a mail that could not be sent is tried again: each time twice as long."
GIVEN_UP = timedelta(days=3)
"After its making."


class Security(StrEnum):
    """How mails are protected on the way to the server (`SmtSecurity`)."""

    AUTO = "auto"
    "STARTTLS where the server offers it; a password goes nowhere without."
    STARTTLS = "starttls"
    SMTPS = "smtps"
    NONE = "none"


class MailServer(Struct, frozen=True, kw_only=True):
    """By which a company's mails go (9.1.5)."""

    host: str
    port: int
    security: Security
    username: str
    password: str
    sender: str
    "The address that mails come from."
    ca_file: Path | None = None


class Letter(Struct, frozen=True, kw_only=True):
    """What is said, to whom; it goes by the server of `company`."""

    company: CompanyId
    to: str
    subject: str
    text: str
    user: UserId | None = None
    "The user to whom it is written: it goes with them."
    html: str = ""
    "The same as a page, for whoever reads it so; empty = there is none."
    allowed_by: str = ""
    "The parameter that has to say Yes for the user when it goes; empty = none."


class Waiting(Struct, frozen=True, kw_only=True):
    """A letter in the queue."""

    id: str
    letter: Letter
    created: datetime
    tries: int
    due: datetime


def later(tries: int) -> timedelta:
    """How long after so many tries the next one comes."""
    doublings = max(0, min(tries - 1, 20))
    return min(FIRST * (1 << doublings), LONGEST)


class Trial(Struct, frozen=True):
    """What became of a test mail."""

    sent: bool
    said: Sentence
