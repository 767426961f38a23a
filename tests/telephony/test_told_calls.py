"""Whatever happens to the calls of a link, who is told of it knows what its owner knows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.telephony.test_calls_properties import DEVICES, WATCHED, events, snapshots
from tests.telephony.words import Table
from tws.telephony.event_reports import CallEvent
from tws.telephony.events import CallChanged
from tws.telephony.told_calls import ToldCalls


def assert_same(told: ToldCalls, table: Table) -> None:
    """By every question that can be asked."""
    own = table.table
    assert told.calls == own.calls
    for device in DEVICES:
        assert {call.id for call in told.of(device)} == {call.id for call in own.of(device)}
        assert {x.id for x in told.handed_on(device)} == {x.id for x in own.handed_on(device)}
    for call in own.calls.values():
        for connection in call.connections.values():
            assert told.leg(connection.leg) == own.leg(connection.leg)


@settings(max_examples=300, deadline=None)
@given(st.lists(events, max_size=40), st.integers(0, 40), st.data())
def test_a_snapshot_and_what_follows_it_are_what_the_owner_has(
    sequence: list[CallEvent], late: int, data: st.DataObject
) -> None:
    """Whoever comes late, and whatever a gap of the owner's own link changes."""
    table = Table(*WATCHED)
    told = ToldCalls(table.table.link)

    def take(changes: list[CallChanged]) -> None:
        for change in changes:
            told.take(change)

    told.begin(WATCHED, ())
    for number, one in enumerate(sequence):
        if number == late:
            told.begin(table.table.watched, tuple(table.table.calls.values()))
        take(table.table.apply(one, table.now))
        assert_same(told, table)
    gone = data.draw(st.sampled_from(WATCHED))
    shown = data.draw(snapshots(gone))
    take(table.table.resync(gone, shown, table.now, {}))
    assert_same(told, table)
    take(table.table.unwatch(gone, table.now))
    told.unwatch(gone)
    assert_same(told, table)
