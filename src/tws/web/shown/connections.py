"""Connections as a PBX names them: what commands made, and what it reports when it is asked."""

from typing import Annotated

import msgspec

from tws.telephony.model import (
    ConnectionState,
)
from tws.web.shown.values import Value


class ConnectionValue(Value):
    """The connection that a command made or left."""

    call_id: str
    device_id: str
    connection: Annotated[
        str | None,
        msgspec.Meta(description="Its leg, where it is one of your device's own."),
    ]


class OtherValue(Value):
    """Another party of a call in a snapshot, as the PBX names them."""

    device_id: str
    state: ConnectionState
    number: str | None
    name: str | None


class SnapshotValue(Value):
    """One call of a device as the PBX itself reports it now."""

    call_id: str
    device_id: str
    connection: Annotated[str | None, msgspec.Meta(description="Its leg, where known.")]
    state: ConnectionState
    others: list[OtherValue]
