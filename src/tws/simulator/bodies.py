"""Bodies of the control requests: strict, unknown fields are errors."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from tws.simulator.misbehaviour import Garbage
from tws.simulator.model import Origin, When

Number = Annotated[str, StringConstraints(pattern=r"^\+?[0-9A-DT*#]{1,64}$")]
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9A-Da-d*#]{1,64}$")]
Name = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00-\x1f<>;\x7f]*$")]


class Body(BaseModel):
    model_config = ConfigDict(
        extra="forbid", alias_generator=to_camel, populate_by_name=True, frozen=True
    )


class Dial(Body):
    number: Number


class To(Body):
    to: Number


class MaybeTo(Body):
    to: Number | None = None


class At(Body):
    at: Number | None = None
    "Where it rings; none = in the phone's pickup group."


class Place(Body):
    place: Number | None = None


class SendDigits(Body):
    digits: Digits


class On(Body):
    on: bool


class ForwardSetting(Body):
    when: When = When.IMMEDIATE
    origin: Origin = Origin.ALL
    active: bool
    destination: Number | None = None
    seconds: float | None = Field(default=None, gt=0, le=300)


class AgentSetting(Body):
    logged_on: bool
    ready: bool = True


class OutsideCall(Body):
    number: Number = "0155171889"
    name: Name = ""
    restricted: bool = False
    called: Number


class Rate(Body):
    calls_per_second: float = Field(ge=0, le=1000)


class Habits(Body):
    """Those given are set; the others stay."""

    drop_events: int | None = None
    answer_delay: float | None = Field(default=None, ge=0, le=600)
    swallow_answers: bool | None = None
    frozen: bool | None = None
    events_before_answers: bool | None = None
    refuse_monitors: str | None = None
    refuse: dict[str, str] | None = None


class Limit(Body):
    monitors: int = Field(ge=0)


class Rubbish(Body):
    kind: Garbage


class Status(Body):
    status: str = Field(pattern=r"^[a-zA-Z]{1,40}$")
