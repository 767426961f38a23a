"""What a monitor's events alone say about its device's calls: what snapshots must say too."""

from tws.protocols.csta import messages as m
from tws.protocols.csta.message import Event
from tws.protocols.csta.values import ConnectionID, Connections

_SUBJECT_STATE: dict[type[Event], str] = {
    m.ServiceInitiatedEvent: "initiated",
    m.OriginatedEvent: "connected",
    m.DeliveredEvent: "alerting",
    m.NetworkReachedEvent: "connected",
    m.EstablishedEvent: "connected",
    m.HeldEvent: "hold",
    m.RetrievedEvent: "connected",
    m.QueuedEvent: "queued",
    m.FailedEvent: "fail",
}
_GONE = (m.DivertedEvent, m.ConnectionClearedEvent)


class Followed:
    """Calls of one device by call id: the states of those devices that events told of."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.calls: dict[str, dict[str, str]] = {}

    def take(self, event: Event) -> None:
        if isinstance(event, m.TransferedEvent | m.ConferencedEvent):
            self._joined(
                event.primary_old_call,
                event.secondary_old_call,
                event.connections,
                event.local_connection_info,
            )
        elif isinstance(event, (*_SUBJECT_STATE, *_GONE)):
            connection = getattr(event, "connection", None)
            assert isinstance(connection, ConnectionID)
            local = getattr(event, "local_connection_info", None)
            self._single(event, connection, str(local))

    def _single(self, event: Event, connection: ConnectionID, local: str) -> None:
        call, subject = _parts(connection)
        states = self.calls.setdefault(call, {})
        if isinstance(event, _GONE):
            states.pop(subject, None)
        elif not isinstance(event, m.FailedEvent) or subject != self.device:
            states[subject] = _SUBJECT_STATE[type(event)]
        self._own(call, local)

    def _joined(
        self,
        primary: ConnectionID,
        secondary: ConnectionID | None,
        connections: Connections,
        local: str | None,
    ) -> None:
        before: dict[tuple[str, str], str] = {}
        for old in (primary, secondary):
            if old is not None:
                call = _parts(old)[0]
                for device, state in self.calls.pop(call, {}).items():
                    before[call, device] = state
        for item in connections:
            assert item.new_connection is not None
            call, device = _parts(item.new_connection)
            states = self.calls.setdefault(call, {})
            old_state = before.get(_parts(item.old_connection)) if item.old_connection else None
            if old_state is not None:
                states[device] = old_state
        for item in connections[:1]:
            assert item.new_connection is not None
            self._own(_parts(item.new_connection)[0], str(local))

    def _own(self, call: str, local: str) -> None:
        if local == "null":
            self.calls.pop(call, None)
        else:
            self.calls.setdefault(call, {})[self.device] = local


def _parts(connection: ConnectionID) -> tuple[str, str]:
    assert connection.call_id is not None
    assert connection.device_id is not None
    return connection.call_id, connection.device_id.text
