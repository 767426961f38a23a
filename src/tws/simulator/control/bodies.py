"""Bodies of the control requests: strict, unknown fields are errors."""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from tws.simulator.link.misbehaviour import Garbage
from tws.simulator.switching.model import Origin, When

Number = Annotated[str, Meta(pattern=r"^\+?[0-9A-DT*#]{1,64}$")]
Digits = Annotated[str, Meta(pattern=r"^[0-9A-Da-d*#]{1,64}$")]
Name = Annotated[str, Meta(max_length=64, pattern=r"^[^\x00-\x1f<>;\x7f\ufffe\uffff]*$")]
Word = Annotated[str, Meta(pattern=r"^[a-zA-Z]{1,40}$")]


class Body(Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    pass


class Nothing(Body, frozen=True):
    pass


class Dial(Body, frozen=True):
    number: Number


class To(Body, frozen=True):
    to: Number


class MaybeTo(Body, frozen=True):
    to: Number | None = None


class At(Body, frozen=True):
    at: Number | None = None
    "Where it rings; none = in the phone's pickup group."


class Place(Body, frozen=True):
    place: Number | None = None


class SendDigits(Body, frozen=True):
    digits: Digits


class On(Body, frozen=True):
    on: bool


class ForwardSetting(Body, frozen=True):
    active: bool
    when: When = When.IMMEDIATE
    origin: Origin = Origin.ALL
    destination: Number | None = None
    seconds: Annotated[float, Meta(gt=0, le=300)] | None = None


class AgentSetting(Body, frozen=True):
    logged_on: bool
    ready: bool = True


class OutsideCall(Body, frozen=True):
    called: Number
    number: Number
    name: Name = ""
    restricted: bool = False


class Rate(Body, frozen=True):
    calls_per_second: Annotated[float, Meta(ge=0, le=1000)]


class Habits(Body, frozen=True):
    """Those given are set; the others stay."""

    drop_events: int | None = None
    answer_delay: Annotated[float, Meta(ge=0, le=600)] | None = None
    swallow_answers: bool | None = None
    frozen: bool | None = None
    events_before_answers: bool | None = None
    refuse_monitors: str | None = None
    refuse: dict[str, str] | None = None


class Limit(Body, frozen=True):
    monitors: Annotated[int, Meta(ge=0)]


class Rubbish(Body, frozen=True):
    kind: Garbage


class Status(Body, frozen=True):
    status: Word


def decode(data: bytes, kind: type[msgspec.Struct]) -> object:
    """`data` as one of the bodies above; ValueError says what is wrong with it, and where."""
    return msgspec.json.decode(data or b"{}", type=kind)
