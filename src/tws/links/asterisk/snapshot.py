"""What SnapshotDevice answers: the connections of a device as they are now."""

from tws.links.asterisk.calls import Projected, Projector
from tws.telephony.model import DeviceId, Direction, SnapshotConnection, ThreadId


def snapshot(projector: Projector, device: DeviceId) -> tuple[SnapshotConnection, ...]:
    return tuple(_connection(call, device) for call in projector.of(device))


def _connection(call: Projected, device: DeviceId) -> SnapshotConnection:
    own = call.parts[device]
    return SnapshotConnection(
        connection=call.connection(device),
        state=own.state,
        others=tuple(
            (other, part.state, part.party)
            for other, part in call.parts.items()
            if other != device
        ),
        calling=call.calling,
        called=call.called,
        direction=Direction.OUTGOING if own.calls else Direction.INCOMING,
        thread=ThreadId(call.id),
    )
