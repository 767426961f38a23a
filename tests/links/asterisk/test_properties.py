"""The driver against any order of commands, AMI messages, answers, timers and disconnections.

No Asterisk here: what it might say is made up, sense and nonsense alike. Whatever comes, nothing
raises, each command ends exactly once, and what is read again after a gap is all there is.
"""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.links.asterisk.bench import DEVICES, NAMES, Bench
from tws.links.asterisk.operations import PROCEDURES
from tws.telephony import commands as c
from tws.telephony.model import DeviceId

places = st.sampled_from(["hold", "wait", "call-1003", "room-x", "s", "1002"])
uids = st.sampled_from(sorted(NAMES))
fields = st.fixed_dictionaries(
    {
        "Uniqueid": uids,
        "DestUniqueid": uids,
        "BridgeUniqueid": st.sampled_from(["b1", "b2"]),
        "ChannelStateDesc": st.sampled_from(["Down", "Ring", "Ringing", "Up", "Busy"]),
        "DestChannelStateDesc": st.sampled_from(["Down", "Ringing", "Up"]),
        "DialStatus": st.sampled_from(["ANSWER", "BUSY", "NOANSWER", "CANCEL", "x"]),
        "Context": st.sampled_from(["cti", "internal"]),
        "Extension": places,
        "Exten": places,
        "Priority": st.sampled_from(["1", "2", "3"]),
        "CallerIDNum": st.sampled_from(["1001", "1002", "0144000000", "anonymous", ""]),
        "ChanVariable": st.sampled_from(
            ["TWS_CALL=", "TWS_CALL=m1", "TWS_CALL=m1~u1~1001", "TWS_CALL=m2!<", "x"]
        ),
        "ParkeeUniqueid": uids,
        "TargetUniqueid": uids,
        "TransfererUniqueid": uids,
        "SpyerUniqueid": uids,
        "SpyeeUniqueid": uids,
        "BridgeTechnology": st.sampled_from(["simple_bridge", "softmix", "holding_bridge"]),
        "Cause": st.sampled_from(["16", "17", "26", "0", "", "no number"]),
        "Queue": st.just("support"),
        "UserEvent": st.sampled_from(["TwsForwarded", "TwsChanged", "other"]),
        "Device": st.sampled_from(["1002", "PJSIP/1002", "Custom:DND1002", ""]),
        "State": st.sampled_from(["UNAVAILABLE", "NOT_INUSE", "BUSY"]),
        "Why": st.sampled_from(["cfu", "dnd", "?"]),
        "What": st.sampled_from(["DND", "CFU", "?"]),
        "To": st.sampled_from(["1003", ""]),
        "Mailbox": st.sampled_from(["1002@default", "1002", "@"]),
    }
)
names = st.sampled_from(
    "BridgeEnter BridgeLeave DialBegin DialEnd DialState Hangup Hold Newchannel Newexten "
    "NewCallerid Newstate ParkedCall UnParkedCall Pickup QueueCallerJoin QueueCallerLeave Rename "
    "Unhold UserEvent BlindTransfer ChanSpyStart ChanSpyStop OriginateResponse "
    "DeviceStateChange MessageWaiting Shutdown Unknown".split()
)
messages = st.tuples(st.just("message"), names, fields)
kinds = sorted(PROCEDURES, key=lambda kind: kind.__name__)
wishes = st.tuples(
    st.just("command"),
    st.sampled_from([*kinds, c.SnapshotDevice, c.MonitorStart, c.MonitorStop]),
    st.sampled_from(DEVICES),
    st.integers(0, 5),
    st.integers(0, 5),
)
steps = st.lists(
    st.one_of(
        messages,
        messages,
        messages,
        wishes,
        st.tuples(st.just("answer"), st.booleans()),
        st.tuples(st.just("time"), st.floats(0.01, 12)),
        st.tuples(st.just("again"), st.integers(0, 20)),
        st.tuples(st.just("bytes"), st.binary(max_size=30)),
        st.just(("drop",)),
        st.just(("connect",)),
    ),
    max_size=60,
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_each_command_ends_exactly_once(taken: list[Any]) -> None:
    bench = Bench()
    bench.connect()
    for step in taken:
        bench.do(step)
    bench.drop()
    assert {command.id: bench.ended[command.id] for command in bench.sent} == {
        command.id: 1 for command in bench.sent
    }
    assert bench.driver.watch.calls == {}
    assert bench.stopped == bench.started


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_no_call_outlives_a_gap(taken: list[Any]) -> None:
    """After anything at all: what Asterisk lists is what there is, and no more."""
    bench = Bench()
    bench.connect()
    for step in taken:
        bench.do(step)
    bench.drop()
    bench.connect(
        "Event: Status\nACTIONChannel: PJSIP/1001-00000001\nUniqueid: u1\nChannelStateDesc: Up\n"
        "BridgeID: b1\nApplication: Dial\nLinkedid: u1\n\n"
        "Event: Status\nACTIONChannel: PJSIP/1002-00000002\nUniqueid: u2\nChannelStateDesc: Up\n"
        "BridgeID: b1\nApplication: AppDial\nLinkedid: u1\n\n"
    )
    bench.feed(f"Event: Hangup\nChannel: {NAMES['u1']}\nUniqueid: u1\nCause: 16\n\n")
    bench.feed(f"Event: Hangup\nChannel: {NAMES['u2']}\nUniqueid: u2\nCause: 16\n\n")
    bench.do(("time", 1.0))
    for device in DEVICES:
        assert bench.driver.snapshot(DeviceId(device)) == ()
    assert not [call for d in DEVICES for call in bench.mirror.table.of(DeviceId(d))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(messages, max_size=60))
def test_events_say_the_same_as_snapshots(taken: list[Any]) -> None:
    """Whatever Asterisk may say: the call table, told by events, is where the driver is."""
    bench = Bench()
    bench.connect()
    for step in taken:
        bench.do(step)
        bench.do(("time", 0.1))
    assert not bench.mirror.wrong, bench.mirror.wrong[0]
