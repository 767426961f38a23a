"""What the server and the process that reads users tell each other: one JSON message a line."""

import msgspec
from msgspec import Struct

from tws.imports.model import Person
from tws.sources.failing import Failed


class ReadUsers(Struct, frozen=True, kw_only=True):
    """The question, on standard input: settings hold secrets."""

    connector: str
    settings: dict[str, object]
    files: str
    "The folder of the company's files."
    fields: dict[str, str]
    "Internal field -> the source's, with options."
    memory: int
    "MiB that it may take."


class Found(Struct, frozen=True, tag="found"):
    people: list[Person]


class Ended(Struct, frozen=True, tag="ended"):
    """The source was read to its end."""


Told = Found | Ended | Failed
encode = msgspec.json.Encoder().encode
read_question = msgspec.json.Decoder(ReadUsers).decode
read_answer = msgspec.json.Decoder(Told).decode
