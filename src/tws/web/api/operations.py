"""What the telephone's operations have in common: bodies, results, and their description."""

from typing import Annotated

import msgspec
from pydantic import Field

from tws.organisation.actor import DeviceRowId
from tws.telephony.model import LegId
from tws.web.answers import Described, answers
from tws.web.shapes import Body, Id
from tws.web.shown.connections import ConnectionValue
from tws.web.shown.values import Value


class ConnectionResult(Value):
    """The PBX did it, and this is the connection."""

    result: ConnectionValue | None


class DialledResult(Value):
    """The PBX did it, and this is the connection."""

    result: ConnectionValue | None
    too_long: Annotated[
        bool,
        msgspec.Meta(
            description="What was dialled has more digits than any number in the world: it may "
            "be a mistake."
        ),
    ]


class NothingResult(Value):
    """The PBX did it."""

    result: None


def described(kind: type[Value], example: object = None) -> Described:
    return answers(
        kind,
        "badRequest",
        "notSignedIn",
        "notAllowed",
        "notFound",
        "refused",
        "invalid",
        "idempotencyKeyReused",
        "tooMany",
        "linkDown",
        "outcomeUnknown",
        "noAnswer",
        description="The PBX did it.",
        example=example,
    )


_MADE = {
    "result": {
        "callId": "103",
        "deviceId": "4001",
        "connection": "0199a7a0-6a52-7f3e-9b1c-3c6a1f0c7d11",
    }
}
CONNECTION = described(ConnectionResult, _MADE)
DIALLED = described(DialledResult, {**_MADE, "tooLong": False})
NOTHING = described(NothingResult, {"result": None})


class OnDevice(Body):
    device: Id = Field(
        description="Id of one of your devices, as `listDevices` gives it.",
        examples=["0199a79e-0c1d-7a44-8d7e-5b1f6d2c9a10"],
    )

    @property
    def row(self) -> DeviceRowId:
        return DeviceRowId(self.device)


class OnConnection(OnDevice):
    connection: Id = Field(
        description="The leg of a call of that device.",
        examples=["0199a7a0-6a52-7f3e-9b1c-3c6a1f0c7d11"],
    )

    @property
    def leg(self) -> LegId:
        return LegId(self.connection)


class OnTwo(OnDevice):
    held: Id = Field(examples=["0199a7a0-6a52-7f3e-9b1c-3c6a1f0c7d11"])
    active: Id = Field(examples=["0199a7a1-11c4-7d09-a2ad-90ce2a7b5e02"])
