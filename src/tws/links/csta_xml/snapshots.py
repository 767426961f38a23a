"""SnapshotDevice: the calls of a device, and with whom, from several messages of the switch.

SnapshotDevice tells only the device's own part in each call; SnapshotCall tells the others. Events
that come in between would make the whole untrue, so then it is asked again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tws.links.csta_xml.identifiers import Identifiers, number_of, party
from tws.links.csta_xml.reports import STATES
from tws.links.csta_xml.wire import Refusal, Wire
from tws.protocols.csta import Response
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import ExtendedDeviceID
from tws.telephony.event_reports import LINK_DOWN, NO_ANSWER, NOT_SUPPORTED
from tws.telephony.model import (
    CallId,
    ConnectionId,
    ConnectionState,
    DeviceId,
    Direction,
    Party,
    SnapshotConnection,
)

TRIES = 4
"Times a snapshot is asked for when calls keep changing; the last one goes without SnapshotCall."
MOST_CONNECTIONS = 1000
"Of one device, in a snapshot that comes in parts."

Result = tuple[SnapshotConnection, ...] | Refusal
Done = Callable[[Result], None]

# What a simple state says of the device's own connection (ECMA-269 clause 6.1.4).
_SIMPLE = {
    "callPending": ConnectionState.INITIATED,
    "callOriginated": ConnectionState.CONNECTED,
    "callDelivered": ConnectionState.CONNECTED,
    "callDeliveredHeld": ConnectionState.HOLD,
    "callReceived": ConnectionState.ALERTING,
    "callReceivedOnHold": ConnectionState.ALERTING,
    "callEstablished": ConnectionState.CONNECTED,
    "callEstablishedHeld": ConnectionState.HOLD,
    "callEstablishedOnHold": ConnectionState.CONNECTED,
    "callQueued": ConnectionState.CONNECTED,
    "callQueuedHeld": ConnectionState.HOLD,
    "callFailed": ConnectionState.CONNECTED,
    "callFailedHeld": ConnectionState.HOLD,
    "callBlocked": ConnectionState.FAIL,
}


@dataclass(slots=True)
class _Gathering:
    """One SnapshotDevice command under way."""

    device: DeviceId
    done: Done
    tries: int = 1
    changed: bool = False
    "An event about this device came since the switch said which calls it has."
    own: list[m.SnapshotDeviceResponseInfo] = field(default_factory=list)
    found: dict[CallId, SnapshotConnection] = field(default_factory=dict)
    asking: int = 0


class Snapshots:
    """Of one link, while its connection lasts."""

    def __init__(self, wire: Wire, identifiers: Identifiers) -> None:
        self._wire, self._ids = wire, identifiers
        self._under_way: dict[DeviceId, list[_Gathering]] = {}
        self._parts: dict[str, tuple[_Gathering, float]] = {}
        self._calls_told = True
        "Until the switch says that it has no SnapshotCall."

    def clear(self) -> None:
        """The connection is gone."""
        self._calls_told = True
        self._parts.clear()
        for gathering in [g for group in self._under_way.values() for g in group]:
            self._end(gathering, Refusal(LINK_DOWN))

    def take(self, device: DeviceId, done: Done) -> None:
        gathering = _Gathering(device, done)
        self._under_way.setdefault(device, []).append(gathering)
        self._ask(gathering)

    def happened(self, device: DeviceId) -> None:
        """A call event of the monitor of `device`."""
        for gathering in self._under_way.get(device, ()):
            gathering.changed = True

    # ------------------------------------------------------------ which calls

    def _ask(self, gathering: _Gathering) -> None:
        gathering.own, gathering.found, gathering.asking = [], {}, 0
        request = m.SnapshotDevice(snapshot_object=self._ids.wire(gathering.device))

        def answered(answer: Response | Refusal) -> None:
            if isinstance(answer, m.SnapshotDeviceResponse):
                self._device_answered(gathering, answer)
            elif isinstance(answer, Refusal):
                self._end(gathering, answer)

        self._wire.request(request, (m.SnapshotDeviceResponse,), answered)

    def _device_answered(self, gathering: _Gathering, answer: m.SnapshotDeviceResponse) -> None:
        result = answer.result
        if result is not None and result.service_cross_ref_id is not None:
            deadline = self._wire.now + self._wire.timeout
            self._parts[result.service_cross_ref_id] = (gathering, deadline)
            return
        gathering.own.extend((result.snapshot_data or ()) if result is not None else ())
        self._device_known(gathering)

    def part(self, data: m.SnapshotDeviceData) -> bool:
        """A later part of a snapshot; False if nobody waits for it."""
        waiting = self._parts.get(data.service_cross_ref_id)
        if waiting is None:
            return False
        gathering, _ = waiting
        room = MOST_CONNECTIONS - len(gathering.own)
        gathering.own.extend(data.snapshot_data[:room])
        if data.last_segment:
            del self._parts[data.service_cross_ref_id]
            self._device_known(gathering)
        return True

    def deadline(self) -> float | None:
        if not self._parts:
            return None
        return min(deadline for _, deadline in self._parts.values())

    def expire(self) -> None:
        late = [k for k, (_, deadline) in self._parts.items() if deadline <= self._wire.now]
        for key in late:
            gathering, _ = self._parts.pop(key)
            self._end(gathering, Refusal(NO_ANSWER, "the rest of the snapshot did not come"))

    def _device_known(self, gathering: _Gathering) -> None:
        """From here on an event about the device makes the snapshot untrue."""
        gathering.changed = False
        for info in gathering.own:
            found = self._own(gathering.device, info)
            if found is not None:
                gathering.found[found.connection.call] = found
        if not gathering.found or not self._calls_told or gathering.tries >= TRIES:
            self._end(gathering, tuple(gathering.found.values()))
            return
        gathering.asking = len(gathering.found)
        for found in tuple(gathering.found.values()):
            self._ask_call(gathering, found.connection)

    def _own(
        self, device: DeviceId, info: m.SnapshotDeviceResponseInfo
    ) -> SnapshotConnection | None:
        connection = self._ids.connection(info.connection_identifier, device)
        state = _own_state(info.local_call_state)
        if connection is None or state is ConnectionState.NULL:
            return None
        others: tuple[tuple[DeviceId, ConnectionState, Party], ...] = ()
        there = number_of(info.endpoint_device)
        states = info.local_call_state.compound_call_state if info.local_call_state else None
        if there is not None and states is not None and len(states) == 2:
            far = STATES.get(states[1], ConnectionState.CONNECTED)
            others = ((DeviceId(there), far, party(info.endpoint_device) or Party(there)),)
        return SnapshotConnection(
            # The switch may use an identifier of its own; it is this device's by definition.
            connection=ConnectionId(connection.call, device),
            state=state,
            others=others,
            direction=_direction_of_state(state),
        )

    # ------------------------------------------------------------ with whom

    def _ask_call(self, gathering: _Gathering, connection: ConnectionId) -> None:
        request = m.SnapshotCall(snapshot_object=self._ids.written(connection))

        def answered(answer: Response | Refusal) -> None:
            if isinstance(answer, m.SnapshotCallResponse):
                known = gathering.found[connection.call]
                gathering.found[connection.call] = self._with_others(known, answer)
            elif isinstance(answer, Refusal) and answer.cause == NOT_SUPPORTED:
                self._calls_told = False
            gathering.asking -= 1
            if gathering.asking == 0:
                self._all_known(gathering)

        self._wire.request(request, (m.SnapshotCallResponse,), answered)

    def _with_others(
        self, known: SnapshotConnection, answer: m.SnapshotCallResponse
    ) -> SnapshotConnection:
        own = known.connection.device
        others: dict[DeviceId, tuple[DeviceId, ConnectionState, Party]] = {}
        infos = answer.result.snapshot_data if answer.result is not None else None
        for info in infos or ():
            seen = self._ids.connection(info.call_identifier, number_of(info.device_on_call))
            state = STATES.get(info.local_connection_info or "", ConnectionState.CONNECTED)
            if seen is None or seen.device == own or state is ConnectionState.NULL:
                continue
            who = party(info.device_on_call) or Party(number=seen.device)
            others[seen.device] = (seen.device, state, who)
        calling, called = party(answer.calling_device), party(answer.called_device)
        return SnapshotConnection(
            connection=known.connection,
            state=known.state,
            others=tuple(others.values()) or known.others,
            calling=calling,
            called=called,
            direction=_direction(own, answer.calling_device, answer.called_device)
            or known.direction,
        )

    def _all_known(self, gathering: _Gathering) -> None:
        if gathering not in self._under_way.get(gathering.device, ()):
            return  # it ended with the connection
        if not gathering.changed:
            self._end(gathering, tuple(gathering.found.values()))
            return
        self._wire.count("snapshotRepeated")
        gathering.tries += 1
        self._ask(gathering)

    def _end(self, gathering: _Gathering, result: Result) -> None:
        under_way = self._under_way.get(gathering.device, [])
        if gathering in under_way:
            under_way.remove(gathering)
            if not under_way:
                del self._under_way[gathering.device]
            gathering.done(result)


def _own_state(state: m.LocalCallState | None) -> ConnectionState:
    """Connected where the switch does not say: the call is there."""
    if state is not None and state.compound_call_state:
        return STATES.get(state.compound_call_state[0], ConnectionState.CONNECTED)
    if state is not None and state.simple_call_state == "callNull":
        return ConnectionState.NULL
    if state is not None and state.simple_call_state is not None:
        return _SIMPLE.get(state.simple_call_state, ConnectionState.CONNECTED)
    return ConnectionState.CONNECTED


def _direction_of_state(state: ConnectionState) -> Direction | None:
    if state is ConnectionState.ALERTING:
        return Direction.INCOMING
    return Direction.OUTGOING if state is ConnectionState.INITIATED else None


def _direction(
    own: DeviceId, calling: ExtendedDeviceID | None, called: ExtendedDeviceID | None
) -> Direction | None:
    if number_of(calling) == own:
        return Direction.OUTGOING
    return Direction.INCOMING if number_of(called) == own else None
