"""What the server and its reader process tell each other: one JSON message a line."""

import msgspec
from msgspec import Struct

from tws.directory.runs import Remarks
from tws.directory.sync.mailboxes import Mailbox
from tws.directory.sync.sampling import Sample
from tws.numbering import DialPlan
from tws.sources.failing import Failed


class Read(Struct, frozen=True, kw_only=True):
    """The question, on standard input: settings hold secrets, so no command line shows them."""

    connector: str
    settings: dict[str, object]
    files: str
    "The folder of the company's files."
    sent: str | None = None
    "In it what a user sent is read, instead of a source."
    staging: str
    mapping: dict[str, str]
    plan: DialPlan | None
    mailboxes: list[Mailbox] | None = None
    local_photos: bool = False
    "Photos may lie on this machine's own addresses."
    memory: int
    "MiB that it may take."
    sample: int | None = None
    "Only so many entries are read, and shown instead of staged."


class Progress(Struct, frozen=True, tag="progress"):
    read: int


class Ended(Struct, frozen=True, tag="ended"):
    """The whole source lies in the staging file; or a sample of it here."""

    remarks: Remarks
    sample: list[Sample] = []


Told = Progress | Ended | Failed
encode = msgspec.json.Encoder().encode
read_question = msgspec.json.Decoder(Read).decode
read_answer = msgspec.json.Decoder(Told).decode
