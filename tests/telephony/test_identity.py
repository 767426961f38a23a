"""Which call one is: a PBX that was restarted gives the ids of calls that are gone to others."""

import pytest
from msgspec.structs import replace

from tests.telephony.words import OUTSIDE, START, A, B, C, Table, conn, party
from tws.telephony import identity
from tws.telephony.event_reports import (
    CallEvent,
    Delivered,
    Diverted,
    Established,
    Held,
    NetworkReached,
    Originated,
    ServiceInitiated,
)
from tws.telephony.identity import Verdict
from tws.telephony.model import (
    Call,
    CallId,
    Connection,
    ConnectionState,
    DeviceId,
    Direction,
    LegId,
    LinkId,
    Party,
    SnapshotConnection,
    ThreadId,
)

S = ConnectionState
E = DeviceId("4005")


def known(
    call: tuple[DeviceId, DeviceId],
    states: tuple[ConnectionState, ConnectionState] = (S.CONNECTED, S.CONNECTED),
    *,
    talked: bool = True,
) -> Call:
    """A call of the first with the second."""
    at = START if talked else None

    def one(n: int) -> Connection:
        return Connection(
            id=conn("1", call[n]),
            leg=LegId(f"leg {n}"),
            state=states[n],
            party=party(call[n]),
            direction=(Direction.OUTGOING, Direction.INCOMING)[n],
            created=START,
            since=START,
            answered=at,
        )

    return Call(
        link=LinkId("pbx"),
        id=CallId("1"),
        thread=ThreadId("thread"),
        connections={call[0]: one(0), call[1]: one(1)},
        calling=party(call[0]),
        called=party(call[1]),
    )


def seen(
    device: DeviceId,
    state: ConnectionState,
    *others: tuple[DeviceId, ConnectionState],
    calling: DeviceId | None = None,
    called: DeviceId | None = None,
) -> SnapshotConnection:
    return SnapshotConnection(
        conn("1", device),
        state,
        others=tuple((other, far, party(other)) for other, far in others),
        calling=party(calling) if calling else None,
        called=party(called) if called else None,
    )


def outside(number: str, trunk: str = "T1") -> tuple[Call, SnapshotConnection]:
    """A call to the outside, and a snapshot that writes the number as `number`."""
    call, line = known((A, DeviceId("T1"))), DeviceId(trunk)
    far = replace(call.connections[DeviceId("T1")], party=Party("0612345678"))
    call = replace(call, connections={**call.connections, far.id.device: far}, called=far.party)
    others = ((line, S.CONNECTED, Party(number)),)
    return call, SnapshotConnection(conn("1", A), S.CONNECTED, others=others)


SHOWN: dict[str, tuple[Call, SnapshotConnection, Verdict]] = {
    "as it was": (known((A, B)), seen(A, S.CONNECTED, (B, S.CONNECTED)), Verdict.SAME),
    "held meanwhile": (known((A, B)), seen(A, S.HOLD, (B, S.CONNECTED)), Verdict.SAME),
    "a recall of who was on hold": (
        known((A, B), (S.HOLD, S.CONNECTED)),
        seen(A, S.ALERTING, (B, S.CONNECTED)),
        Verdict.SAME,
    ),
    "answered meanwhile": (
        known((A, B), (S.CONNECTED, S.ALERTING), talked=False),
        seen(B, S.CONNECTED, (A, S.CONNECTED)),
        Verdict.SAME,
    ),
    "a third joined": (
        known((A, B)),
        seen(C, S.CONNECTED, (A, S.CONNECTED), (B, S.CONNECTED)),
        Verdict.SAME,
    ),
    "forwarded meanwhile, of who was dialled": (
        known((A, B), (S.CONNECTED, S.ALERTING), talked=False),
        seen(C, S.ALERTING, (A, S.CONNECTED), calling=A, called=B),
        Verdict.SAME,
    ),
    "the network was reached, and it rings there": (
        known((A, OUTSIDE), talked=False),
        seen(A, S.CONNECTED, (OUTSIDE, S.ALERTING)),
        Verdict.SAME,
    ),
    "outside, written otherwise": (*outside("+33612345678"), Verdict.SAME),
    "outside, on another line": (*outside("0033 6 12 34 56 78", "T2"), Verdict.SAME),
    "outside, another one": (*outside("+33612345679"), Verdict.ANOTHER),
    "nobody is shown": (known((A, B)), seen(A, S.CONNECTED), Verdict.UNTOLD),
    "another other": (known((A, B)), seen(A, S.CONNECTED, (C, S.CONNECTED)), Verdict.ANOTHER),
    "another other, told of them": (
        known((A, B)),
        seen(C, S.CONNECTED, (A, S.CONNECTED)),
        Verdict.ANOTHER,
    ),
    "another caller in the same queue": (
        replace(known((A, B)), called=party(E)),
        seen(B, S.CONNECTED, (C, S.CONNECTED), calling=C, called=E),
        Verdict.ANOTHER,
    ),
    "called back": (
        known((A, B)),
        seen(A, S.CONNECTED, (B, S.CONNECTED), calling=B, called=A),
        Verdict.ANOTHER,
    ),
    "who talked rings": (
        known((A, B)),
        seen(B, S.ALERTING, (A, S.CONNECTED)),
        Verdict.ANOTHER,
    ),
    "who talked has the other ringing": (
        known((A, B)),
        seen(A, S.CONNECTED, (B, S.ALERTING)),
        Verdict.ANOTHER,
    ),
    "who talked dials": (known((A, B)), seen(A, S.INITIATED), Verdict.ANOTHER),
}


@pytest.mark.parametrize("case", SHOWN)
def test_what_a_snapshot_says(case: str) -> None:
    call, found, verdict = SHOWN[case]
    assert identity.shown(call, found.connection.device, found) is verdict


def of(event: CallEvent, calling: str, called: str) -> CallEvent:
    """The event in a call of the one to the other."""
    return replace(event, calling=party(calling), called=party(called))


RINGING = known((A, B), (S.CONNECTED, S.ALERTING), talked=False)
DIALLING = replace(
    RINGING,
    connections={A: replace(RINGING.connections[A], state=S.INITIATED)},
    called=Party(),
)
OTHER = DeviceId("0699999999")
TOLD: dict[str, tuple[Call, CallEvent, Verdict]] = {
    "answered": (RINGING, of(Established(connection=conn("1", B)), A, B), Verdict.SAME),
    "dialled": (DIALLING, of(Originated(connection=conn("1", A)), A, B), Verdict.UNTOLD),
    "held": (known((A, B)), Held(connection=conn("1", A)), Verdict.UNTOLD),
    "rings at a third, who was dialled is said": (
        RINGING,
        of(Delivered(connection=conn("1", C)), A, B),
        Verdict.SAME,
    ),
    "rings at a third, who redirected is said": (
        RINGING,
        of(Delivered(connection=conn("1", C), last_redirection=party(B)), A, C),
        Verdict.SAME,
    ),
    "rings after the network was reached": (
        known((A, OUTSIDE), talked=False),
        of(Delivered(connection=conn("1", OUTSIDE)), A, OUTSIDE),
        Verdict.SAME,
    ),
    "leaves for another": (
        RINGING,
        of(Diverted(connection=conn("1", B), destination=party(C)), A, B),
        Verdict.SAME,
    ),
    "bears our mark": (
        RINGING,
        of(Delivered(connection=conn("1", C), thread=RINGING.thread), A, C),
        Verdict.SAME,
    ),
    "off hook": (DIALLING, ServiceInitiated(connection=conn("1", A)), Verdict.ANOTHER),
    "somebody dials": (
        known((A, B)),
        of(Originated(connection=conn("1", A)), A, B),
        Verdict.ANOTHER,
    ),
    "rings at who talked": (
        known((A, B)),
        of(Delivered(connection=conn("1", B)), A, B),
        Verdict.ANOTHER,
    ),
    "rings, of another caller": (
        RINGING,
        of(Delivered(connection=conn("1", B)), C, B),
        Verdict.ANOTHER,
    ),
    "reaches the network with another": (
        known((A, OUTSIDE), talked=False),
        of(NetworkReached(connection=conn("1", OTHER)), B, OTHER),
        Verdict.ANOTHER,
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_what_an_event_says(case: str) -> None:
    call, event, verdict = TOLD[case]
    assert identity.told(call, event) is verdict


def test_a_trunk_that_names_itself_is_who_was_known_to_be_there() -> None:
    call = known((A, OUTSIDE))
    trunk, number = DeviceId("T01"), party(OUTSIDE)
    far = replace(call.connections[OUTSIDE], id=conn("1", trunk), party=number)
    call = replace(call, connections={A: call.connections[A], trunk: far})
    assert identity.shown(call, A, seen(A, S.CONNECTED, (trunk, S.CONNECTED))) is Verdict.SAME


@pytest.mark.parametrize(("caller", "same"), [(OUTSIDE, True), ("0699999999", False)])
def test_a_call_that_was_sent_on_is_not_the_later_one_that_has_its_id(
    caller: str, same: bool
) -> None:
    """It left the telephones that are listened to; one of them is called by that id again."""
    table = Table(A, B)
    table.take(Delivered(connection=conn("5", A), calling=party(OUTSIDE), called=party(A)))
    thread = table.table.of(A)[0].thread
    table.take(Diverted(connection=conn("5", A), destination=party(E), cause="callForward"))
    assert table.table.calls == {}
    forwarded = Delivered(
        connection=conn("5", B),
        calling=party(caller),
        called=party(E),
        last_redirection=party(E),
        cause="callForward",
    )
    table.take(forwarded)
    assert (table.table.of(B)[0].thread == thread) is same
