"""Who is in a call, and in which connection, whatever names the switch gives them."""

from tests.links.csta_switch import ALICE, BOB, monitored, ours, theirs
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import (
    RESTRICTED,
    ConnectionListItem,
    DeviceID,
    Endpoint,
    device,
)
from tws.telephony import commands as c
from tws.telephony import event_reports as e
from tws.telephony.model import (
    ConnectionState,
    Party,
)


def test_a_transfer_carries_connections_from_old_calls_to_the_new_one() -> None:
    switch = monitored("4001")
    (report,) = switch.say(
        m.TransferedEvent(
            monitor_cross_ref_id="x1",
            primary_old_call=theirs("1", "4001"),
            secondary_old_call=theirs("2", "4001"),
            transferring_device=device("N<4001>Alice"),
            transferred_to_device=device("4003"),
            connections=(
                ConnectionListItem(
                    theirs("9", "N<0612345678>;uid=1"),
                    theirs("1", "0612345678"),
                    Endpoint(DeviceID("N<0612345678>Zoé;uid=1")),
                ),
                ConnectionListItem(theirs("9", "4003"), theirs("2", "4003")),
                ConnectionListItem(None, theirs("2", "4009")),
            ),
            local_connection_info="null",
        )
    )
    assert report == e.Transferred(
        primary=ours("1", "4001"),
        secondary=ours("2", "4001"),
        transferring=Party("4001", "Alice"),
        transferred_to=Party("4003"),
        connections=(
            e.Moved(ours("9", "0612345678"), ours("1", "0612345678"), Party("0612345678", "Zoé")),
            e.Moved(ours("9", "4003"), ours("2", "4003")),
        ),
        cause="transfer",
        monitored=ALICE,
        local=ConnectionState.NULL,
    )
    # Later requests name the connection as the switch does.
    switch.send(c.ClearConnection, connection=ours("9", "0612345678"))
    (clear,) = switch.asked(m.ClearConnection)
    assert clear.connection_to_be_cleared == theirs("9", "N<0612345678>;uid=1")


def test_a_conference_lists_all_that_are_in_it() -> None:
    switch = monitored("4002")
    (report,) = switch.say(
        m.ConferencedEvent(
            monitor_cross_ref_id="x1",
            primary_old_call=theirs("1", "4001"),
            conferencing_device=device("4001"),
            added_party=device("4003"),
            connections=tuple(
                ConnectionListItem(theirs("9", n), theirs("1", n), Endpoint(DeviceID(n)))
                for n in ("4001", "4002")
            ),
            local_connection_info="connected",
        )
    )
    assert isinstance(report, e.Conferenced)
    assert [moved.new for moved in report.connections] == [ours("9", "4001"), ours("9", "4002")]
    assert (report.added, report.monitored, report.secondary) == (Party("4003"), BOB, None)


def test_dynamic_identifiers_are_the_devices_they_stand_for() -> None:
    switch = monitored("4001", device_id="sip:{n}@pbx.example")
    (rings,) = switch.say(
        m.DeliveredEvent(
            monitor_cross_ref_id="x1",
            connection=theirs("1", "dyn-17"),
            device=device("sip:4001@pbx.example"),
            calling_device=device("sip:4002@pbx.example"),
            cause="newCall",
        )
    )
    assert isinstance(rings, e.Delivered)
    assert rings.connection == ours("1", "4001")
    switch.send(c.AnswerCall, connection=ours("1", "4001"))
    assert switch.asked(m.AnswerCall)[0].call_to_be_answered == theirs("1", "dyn-17")
    (cleared,) = switch.say(
        m.ConnectionClearedEvent(
            monitor_cross_ref_id="x1", connection=theirs("1", "dyn-17"), device=device("4002")
        )
    )
    assert isinstance(cleared, e.ConnectionCleared)
    assert cleared.connection == ours("1", "4001")
    switch.send(c.AnswerCall, connection=ours("1", "4001"))
    again = switch.asked(m.AnswerCall)[1].call_to_be_answered
    assert again == theirs("1", "sip:4001@pbx.example")


def test_a_trunk_stays_the_same_device_when_its_number_is_learnt() -> None:
    switch = monitored("4001")
    reached, answered = switch.say(
        m.NetworkReachedEvent(
            monitor_cross_ref_id="x1", connection=theirs("1", "T17"), device=device("T17")
        ),
        m.EstablishedEvent(
            monitor_cross_ref_id="x1",
            connection=theirs("1", "T17"),
            device=device("0612345678"),
            cause="newCall",
        ),
    )
    assert isinstance(reached, e.NetworkReached)
    assert isinstance(answered, e.Established)
    assert reached.connection == answered.connection == ours("1", "T17")
    assert answered.party == Party("0612345678")


def test_two_parties_with_one_number_stay_two() -> None:
    switch = monitored("4001")
    events = switch.say(
        *(
            m.EstablishedEvent(
                monitor_cross_ref_id="x1",
                connection=theirs("1", f"N<anonymous>;uid={uid}"),
                device=RESTRICTED,
                cause="newCall",
            )
            for uid in (1, 2)
        )
    )
    found = {event.connection for event in events if isinstance(event, e.Established)}
    assert len(found) == 2


def test_a_monitored_device_keeps_its_number_whatever_the_switch_calls_the_party() -> None:
    switch = monitored("4001")
    (rings,) = switch.say(
        m.DeliveredEvent(
            monitor_cross_ref_id="x1",
            connection=theirs("1", "4001"),
            device=device("N<+33140004001>Alice"),
            cause="newCall",
        )
    )
    assert isinstance(rings, e.Delivered)
    assert (rings.connection, rings.party) == (ours("1", "4001"), Party("+33140004001", "Alice"))


def test_a_party_that_becomes_one_of_ours_is_known_by_our_number() -> None:
    switch = monitored("4001")
    rings = m.DeliveredEvent(
        monitor_cross_ref_id="x1",
        connection=theirs("1", "4002"),
        device=device("+33140004002"),
        cause="newCall",
    )
    (before,) = switch.say(rings)
    switch.send(c.MonitorStart, "4002")
    (after,) = switch.say(rings)
    assert isinstance(before, e.Delivered)
    assert isinstance(after, e.Delivered)
    assert (before.connection, after.connection) == (
        ours("1", "+33140004002"),
        ours("1", "4002"),
    )
