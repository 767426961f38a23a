"""Each event of ECMA-323, in the words of the house."""

import pytest

from tests.links.csta_switch import ALICE, held, monitored, ours, theirs
from tws.protocols.csta import frame
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import (
    RESTRICTED,
    ConnectionID,
    DeviceID,
    ExtendedDeviceID,
    RedirectionDeviceID,
    device,
)
from tws.telephony import event_reports as e
from tws.telephony.model import (
    CallId,
    ConnectionState,
    Party,
)

X = "x1"
EVENTS: list[tuple[m.CallEvent, e.CallEvent]] = [
    (
        m.ServiceInitiatedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("N<4001>Alice"),
            local_connection_info="initiated",
            cause="makeCall",
        ),
        e.ServiceInitiated(
            connection=ours("1", "4001"),
            calling=Party("4001", "Alice"),
            local=ConnectionState.INITIATED,
            monitored=ALICE,
            cause="makeCall",
        ),
    ),
    (
        m.OriginatedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("4001"),
            called_device=device("N<4002>Bob"),
            cause="newCall",
        ),
        e.Originated(
            connection=ours("1", "4001"),
            calling=Party("4001"),
            called=Party("4002", "Bob"),
            monitored=ALICE,
            cause="newCall",
        ),
    ),
    (
        m.DeliveredEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("4001"),
            calling_device=device("T17"),
            called_device=device("4003"),
            last_redirection_device=RedirectionDeviceID(DeviceID("N<4003>Carol")),
            network_calling_device=device("+33612345678"),
            local_connection_info="alerting",
            cause="callForwardBusy",
        ),
        e.Delivered(
            connection=ours("1", "4001"),
            party=Party("4001"),
            calling=Party("+33612345678"),
            called=Party("4003"),
            last_redirection=Party("4003", "Carol"),
            local=ConnectionState.ALERTING,
            monitored=ALICE,
            cause="callForwardBusy",
        ),
    ),
    (
        m.DeliveredEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("4001"),
            calling_device=RESTRICTED,
            called_device=ExtendedDeviceID(
                DeviceID("N<4001>Alice", private_number=True, private_name=True)
            ),
            local_connection_info="dreaming",
            cause="somethingNew",
        ),
        e.Delivered(
            connection=ours("1", "4001"),
            party=Party("4001"),
            calling=Party(restricted=True),
            called=Party("4001", restricted=True),
            monitored=ALICE,
            cause="somethingNew",
        ),
    ),
    (
        m.OfferedEvent(monitor_cross_ref_id=X, connection=theirs("1", "4001"), cause="newCall"),
        e.Offered(connection=ours("1", "4001"), monitored=ALICE, cause="newCall"),
    ),
    (
        m.NetworkReachedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "T17"),
            device=device("T17"),
            calling_device=device("4001"),
            called_device=device("0612345678"),
            local_connection_info="connected",
        ),
        e.NetworkReached(
            connection=ours("1", "T17"),
            party=Party("T17"),
            calling=Party("4001"),
            called=Party("0612345678"),
            local=ConnectionState.CONNECTED,
            monitored=ALICE,
        ),
    ),
    (
        m.EstablishedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4002"),
            device=device("4002"),
            calling_device=device("4001"),
            called_device=device("4002"),
            local_connection_info="connected",
            cause="newCall",
        ),
        e.Established(
            connection=ours("1", "4002"),
            party=Party("4002"),
            calling=Party("4001"),
            called=Party("4002"),
            local=ConnectionState.CONNECTED,
            monitored=ALICE,
            cause="newCall",
        ),
    ),
    (
        m.FailedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "tel:4002"),
            device=device("tel:4002"),
            calling_device=device("tel:4001;device=00"),
            local_connection_info="fail",
            cause="busy",
        ),
        e.Failed(
            connection=ours("1", "4002"),
            party=Party("4002"),
            calling=Party("4001"),
            local=ConnectionState.FAIL,
            monitored=ALICE,
            cause="busy",
        ),
    ),
    (
        held(X),
        e.Held(connection=ours("1", "4001"), local=ConnectionState.HOLD, monitored=ALICE),
    ),
    (
        m.RetrievedEvent(monitor_cross_ref_id=X, connection=theirs("1", "4001")),
        e.Retrieved(connection=ours("1", "4001"), monitored=ALICE),
    ),
    (
        m.QueuedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "7000"),
            device=device("N<7000>Sales"),
            calling_device=device("4001"),
            number_queued=3,
            calls_in_front=2,
            cause="noAvailableAgents",
        ),
        e.Queued(
            connection=ours("1", "7000"),
            party=Party("7000", "Sales"),
            calling=Party("4001"),
            number_queued=3,
            calls_in_front=2,
            monitored=ALICE,
            cause="noAvailableAgents",
        ),
    ),
    (
        m.DivertedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("4001"),
            new_destination=device("4003"),
            local_connection_info="null",
            cause="callPickup",
        ),
        e.Diverted(
            connection=ours("1", "4001"),
            destination=Party("4003"),
            local=ConnectionState.NULL,
            monitored=ALICE,
            cause="callPickup",
        ),
    ),
    (
        m.ConnectionClearedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("4002"),
            local_connection_info="null",
        ),
        e.ConnectionCleared(
            connection=ours("1", "4001"),
            local=ConnectionState.NULL,
            monitored=ALICE,
            cause="normalClearing",
        ),
    ),
    (
        m.CallClearedEvent(monitor_cross_ref_id=X, connection=ConnectionID("1")),
        e.CallCleared(call=CallId("1"), cause="normalClearing", monitored=ALICE),
    ),
    (
        m.CallInformationEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("N<4001>Alice B."),
            calling_device=device("4002"),
        ),
        e.CallInformation(
            connection=ours("1", "4001"),
            party=Party("4001", "Alice B."),
            calling=Party("4002"),
            monitored=ALICE,
        ),
    ),
]


@pytest.mark.parametrize(
    ("said", "reported"), EVENTS, ids=[f"{type(s).__name__}{n}" for n, (s, _) in enumerate(EVENTS)]
)
def test_an_event_is_reported_in_the_words_of_the_house(
    said: m.CallEvent, reported: e.CallEvent
) -> None:
    switch = monitored("4001")
    assert switch.say(said) == [reported]


def test_events_that_say_too_little_are_counted() -> None:
    switch = monitored("4001")
    text = (
        "<HeldEvent><monitorCrossRefID>x1</monitorCrossRefID>"
        "<heldConnection>{}</heldConnection></HeldEvent>"
    )
    switch.bytes(frame(9999, text.format("<deviceID>4001</deviceID>").encode()))
    switch.bytes(frame(9999, text.format("<callID>1</callID>").encode()))
    switch.pump()
    assert switch.events == []
    assert switch.driver.counters["incompleteEvent HeldEvent"] == 2
