"""Whatever a PBX sends, in whatever order: no leg ends twice, and a snapshot leaves no ghost."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.telephony.words import Table, conn, party
from tws.telephony.event_reports import (
    CallCleared,
    CallEvent,
    CallInformation,
    Conferenced,
    ConnectionCleared,
    Delivered,
    Diverted,
    Established,
    Failed,
    Held,
    Moved,
    NetworkReached,
    Offered,
    Originated,
    Queued,
    Retrieved,
    ServiceInitiated,
    Transferred,
)
from tws.telephony.model import (
    CallId,
    ConnectionId,
    ConnectionState,
    DeviceId,
    LegId,
    SnapshotConnection,
)

WATCHED = [DeviceId("4001"), DeviceId("4002"), DeviceId("4003")]
DEVICES = [*WATCHED, DeviceId("T1"), DeviceId("0612345678")]
CAUSES = ["normal", "newCall", "transfer", "callForwardBusy", "consultation", "made up"]

devices = st.sampled_from(DEVICES)
calls = st.sampled_from(["1", "2", "3"]).map(CallId)
connections = st.builds(ConnectionId, calls, devices)
parties = st.none() | devices.map(party)
local = st.none() | st.sampled_from(list(ConnectionState))
common = {
    "cause": st.sampled_from(CAUSES),
    "calling": parties,
    "called": parties,
    "last_redirection": parties,
    "monitored": st.none() | st.sampled_from(WATCHED),
    "local": local,
}
moved = st.lists(st.builds(Moved, connections, st.none() | connections, parties), max_size=4)


def event(
    kind: Callable[..., CallEvent], **fields: st.SearchStrategy[object]
) -> st.SearchStrategy[CallEvent]:
    return st.builds(kind, **common, **fields)


simple = [
    event(kind, connection=connections)
    for kind in (
        ServiceInitiated,
        Originated,
        Offered,
        Delivered,
        NetworkReached,
        Established,
        Held,
        Retrieved,
        Queued,
        Failed,
        Diverted,
        ConnectionCleared,
        CallInformation,
    )
]
merging = [
    event(
        Transferred,
        primary=connections,
        secondary=st.none() | connections,
        transferring=devices.map(party),
        transferred_to=parties,
        connections=moved.map(tuple),
    ),
    event(
        Conferenced,
        primary=connections,
        secondary=st.none() | connections,
        conferencing=devices.map(party),
        added=parties,
        connections=moved.map(tuple),
    ),
]
events = st.one_of(*simple, *merging, event(CallCleared, call=calls))


@st.composite
def snapshots(draw: st.DrawFn, device: DeviceId) -> tuple[SnapshotConnection, ...]:
    ids = draw(st.lists(calls, unique=True, max_size=2))
    states = st.sampled_from([s for s in ConnectionState if s is not ConnectionState.NULL])
    others = st.lists(
        st.tuples(st.sampled_from(DEVICES), states, devices.map(party)), max_size=2
    ).map(tuple)
    return tuple(
        SnapshotConnection(conn(call, device), draw(states), others=draw(others)) for call in ids
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(events, max_size=40), st.data())
def test_no_ghost_after_a_snapshot(sequence: list[CallEvent], data: st.DataObject) -> None:
    table = Table(*WATCHED)
    table.take(*sequence)  # `Told` fails on a leg that ends twice, vanishes or comes back
    open_now = {
        c.leg
        for call in table.table.calls.values()
        for d, c in call.connections.items()
        if d in WATCHED
    }
    assert set(table.told.open) == open_now
    for device in WATCHED:
        shown = data.draw(snapshots(device))
        for change in table.table.resync(device, shown, table.now, {}):
            table.told.take(change, table.table.watched)
        wanted = {s.connection.call: s.state for s in shown}
        assert table.states(device) == wanted
    for device in WATCHED:
        for change in table.table.resync(device, (), table.now, {}):
            table.told.take(change, table.table.watched)
    assert table.table.calls == {}
    assert table.told.open == {}


@settings(max_examples=200, deadline=None)
@given(st.lists(events, max_size=30), st.integers(0, 30))
def test_a_leg_is_always_found_where_its_call_is(sequence: list[CallEvent], late: int) -> None:
    """Also one of a device that becomes ours while it is in a call."""
    table = Table(*WATCHED[:2])
    seen: set[LegId] = set()
    for number, one in enumerate(sequence):
        if number == late:
            table.table.watch(WATCHED[2])
        table.table.apply(one, table.now)
        seen |= in_their_places(table)
    table.table.watch(WATCHED[2])
    there = in_their_places(table)
    assert {leg for leg in seen | there if table.table.leg(leg)} == there


def in_their_places(table: Table) -> set[LegId]:
    """The legs of watched devices, each found by itself and by its device."""
    legs = set()
    of_device: dict[DeviceId, set[CallId]] = {device: set() for device in DEVICES}
    for call in table.table.calls.values():
        assert not table.table.watched.isdisjoint(call.connections)
        for device, connection in call.connections.items():
            assert connection.id == ConnectionId(call.id, device)
            if device in table.table.watched:
                assert table.table.leg(connection.leg) == (call, connection)
                of_device[device].add(call.id)
                legs.add(connection.leg)
    for device, ids in of_device.items():
        assert {call.id for call in table.table.of(device)} == ids
    return legs
