"""What the server and the process that reads calendars tell each other: one JSON message a
line."""

from datetime import datetime

import msgspec
from msgspec import Struct

from tws.presence.calendars.calendar import Event
from tws.sources.failing import Failed


class Part(Struct, frozen=True):
    """Mailboxes that are read with the same settings: those of the common account, or of one
    person's own."""

    settings: dict[str, object]
    mailboxes: list[str]


class ReadCalendars(Struct, frozen=True, kw_only=True):
    """The question, on standard input: settings hold secrets, so no command line shows them."""

    connector: str
    files: str
    "The folder of the company's files."
    parts: list[Part]
    since: datetime
    until: datetime
    zone: str
    "IANA name."
    memory: int
    "MiB that it may take."


class Found(Struct, frozen=True, tag="found"):
    """One mailbox's events, or why they cannot be had."""

    part: int
    mailbox: str
    events: list[Event] = []
    failed: Failed | None = None


class PartFailed(Struct, frozen=True, tag="part"):
    """What is left of this part cannot be read."""

    part: int
    failed: Failed


class Ended(Struct, frozen=True, tag="ended"):
    """Everything was asked for."""


Told = Found | PartFailed | Ended | Failed
encode = msgspec.json.Encoder().encode
read_question = msgspec.json.Decoder(ReadCalendars).decode
read_answer = msgspec.json.Decoder(Told).decode
