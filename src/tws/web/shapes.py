"""Shapes of what clients send: strict, and known to the last member.

What is answered is a `Value`: see `tws.web.shown.values`.
"""

import base64
import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic import StringConstraints as Str
from pydantic.alias_generators import to_camel


class Body(BaseModel):
    """Types are not guessed: "1" is no number, and 1 is no boolean."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, alias_generator=to_camel)

    def given(self, *without: str) -> dict[str, Any]:
        """The members that were sent, by their names here."""
        sent = self.model_fields_set.difference(without)
        return {name: getattr(self, name) for name in type(self).model_fields if name in sent}


def _one_line(text: str) -> str:
    if any(ord(c) < 32 or ord(c) == 127 for c in text):
        raise ValueError("control characters are not allowed")
    return text


def _lines(text: str) -> str:
    _one_line(re.sub(r"[\r\n\t]", "", text))
    return text


def _from_base64(value: object) -> bytes:
    if not isinstance(value, str):
        raise ValueError("the content of a file is text in base64")
    try:
        return base64.b64decode(value, validate=True)
    except ValueError:
        raise ValueError("this is no base64") from None


def _text_of_instant(value: object) -> object:
    # In an address all is text, and the framework reads seconds of some epoch from a number.
    if not isinstance(value, str) or value[4:5] != "-":
        raise ValueError("a time is text, as in 2026-11-23T09:12:04Z")
    return value


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time needs its offset, as in 2026-11-23T09:12:04Z")
    return value.astimezone(UTC)


Text = Annotated[str, Str(max_length=1000), AfterValidator(_one_line)]
"One line."
Lines = Annotated[str, Str(max_length=5000), AfterValidator(_lines)]
"Of a text area."
Name = Annotated[
    str, Str(min_length=1, max_length=100, strip_whitespace=True), AfterValidator(_one_line)
]
Secret = Annotated[
    str, Str(min_length=1, max_length=1000), Field(examples=["correct horse battery staple"])
]
FileContent = Annotated[
    bytes,
    BeforeValidator(_from_base64),
    Field(
        strict=False,
        json_schema_extra={"type": "string", "contentEncoding": "base64", "format": "byte"},
        examples=["cHJpb3JpdHkscGF0dGVybix2YWx1ZQo="],
    ),
]
"The content of a file, in base64."
Id = Annotated[
    str,
    Str(min_length=1, max_length=64),
    Field(examples=["0199a79d-77c0-7d6c-93a7-2f50e0a1b3c4"]),
]
"A row id or a leg: opaque."
Version = Annotated[int, Field(ge=0, description="The version that you changed.")]
Number = Annotated[str, Str(max_length=300), AfterValidator(_one_line)]
"A telephone number as people write it."
Instant = Annotated[
    datetime, BeforeValidator(_text_of_instant), AfterValidator(_aware), Field(strict=False)
]
"RFC 3339 with its offset."
