"""Whatever people and programs do, in any order: the PBX stays consistent, each request is
answered once, and the events of each monitor say what its snapshot says.
"""

import itertools
import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulator.following import Followed
from tws.protocols.csta import EVENT, J2Framer, frame, read, write
from tws.protocols.csta import messages as m
from tws.protocols.csta.message import Event, Request, Response
from tws.protocols.csta.monitoring import MonitorObject
from tws.protocols.csta.values import ConnectionID, DeviceID, connection
from tws.sentences import Words
from tws.simulator.config import from_mapping
from tws.simulator.control import hands
from tws.simulator.link import snapshots
from tws.simulator.link.client import LinkClient
from tws.simulator.link.exchange import Exchange
from tws.simulator.switching import features
from tws.simulator.switching.model import Forward, Kind, Origin, Party, Refusal, State, When

PHONES = [str(n) for n in range(10, 16)]
TRUNKS = ["T01", "T02"]
OTHERS = ["70", "80", "91", "92"]
DEVICES = [*PHONES, *TRUNKS, *OTHERS]
NUMBERS = [*PHONES, *OTHERS, "00155", "0098", "0097", "0095", "0094", "55", "0"]


class Bench:
    """A PBX, one client that monitors every device, and what its events say."""

    def __init__(self, **link: object) -> None:
        self.now = 0.0
        self.exchange = Exchange(
            from_mapping(
                {
                    "phones": [{"from": 10, "count": 6, "lines": 2, "pickup_group": "5"}],
                    "queues": [
                        {"number": "70", "agents": ["14", "15"], "overflow": "10",
                         "max_wait": 40, "max_length": 2},
                    ],
                    "trunks": 2, "mailbox": "80", "park_places": ["91", "92"],
                    "conference_size": 4, "link": {**link, "heartbeat": 0},
                }
            ),
            lambda: self.now,
        )  # fmt: skip
        self.client = LinkClient(self.exchange, self, 1, 0.0)
        self.exchange.clients[self.client] = None
        self.framer = J2Framer()
        self.answers: dict[int, int] = {}
        self.xrefs: dict[str, Followed] = {}
        self.last: Response | None = None
        self.ids = itertools.count(1)
        for device in DEVICES:
            self._monitor(device)

    def _monitor(self, device: str) -> None:
        self.ask(m.MonitorStart(monitor_object=MonitorObject(device_object=DeviceID(device))))
        started = self.last
        assert isinstance(started, m.MonitorStartResponse), device
        self.xrefs[started.monitor_cross_ref_id] = Followed(device)

    def write(self, data: bytes) -> None:
        for one in self.framer.receive(data):
            message = read(one.body)
            assert not message.notes, message.notes
            if isinstance(message, Event):
                assert one.invoke_id == EVENT
                self.xrefs[message.monitor_cross_ref_id].take(message)
            else:
                assert isinstance(message, Response)
                assert one.invoke_id is not None
                self.answers[one.invoke_id] += 1
                self.last = message

    def close(self, why: Words, *, abort: bool = False, half: bool = False) -> None:
        raise AssertionError(f"closed: {why}")

    def ask(self, request: Request) -> None:
        invoke_id = next(self.ids)
        self.answers[invoke_id] = 0
        data = frame(invoke_id, write(request, self.exchange.settings.link.edition))
        self.client.receive_data(data, self.now)

    def pass_time(self, seconds: float) -> None:
        end = self.now + seconds
        while (due := self.exchange.timer()) is not None and due <= end:
            self.now = max(self.now, due)
            self.exchange.handle_timer(self.now)
        self.now = end

    # ------------------------------------------------------------ what must always hold

    def check(self) -> None:
        pbx = self.exchange.pbx
        assert all(count == 1 for count in self.answers.values()), self.answers
        for call in pbx.calls.values():
            assert pbx.calls[call.id] is call
            assert call.legs
            lone = len(call.legs) == 1
            states = {leg.state for leg in call.legs.values()}
            assert not lone or call.failure is not None or states == {State.INITIATED}, call
            assert State.NULL not in states
            for device, leg in call.legs.items():
                assert leg.call is call
                assert leg.device == device
                assert leg in pbx.legs(device)
        for device in DEVICES:
            for leg in pbx.legs(device):
                assert pbx.calls.get(leg.number) is leg.call
        for number in PHONES:
            legs = pbx.legs(number)
            assert len(legs) <= pbx.phones[number].settings.lines
            ears = [leg for leg in legs if leg.state in (State.CONNECTED, State.INITIATED)]
            assert len(ears) <= 1, ears
        for number in (*TRUNKS, "91", "92"):
            assert len(pbx.legs(number)) <= 1
        for queue in pbx.queues.values():
            assert set(queue.waiting) == set(pbx.legs(queue.settings.number))
        assert not pbx.facts
        assert not pbx.left
        self.check_followed()

    def check_followed(self) -> None:
        pbx = self.exchange.pbx
        for followed in self.xrefs.values():
            legs = {leg.number: leg for leg in pbx.legs(followed.device)}
            assert set(followed.calls) == set(legs), followed.device
            for number, leg in legs.items():
                told = dict(followed.calls[number])
                assert told.pop(followed.device) == snapshots.local_state(pbx, leg).value
                actual = {d: state.value for d, state in snapshots.others_in(pbx, leg)}
                assert told.items() <= actual.items(), (followed.device, told, actual)


def _leg_id(bench: Bench, a: int, b: int) -> ConnectionID:
    """Some connection: usually one that exists."""
    legs = [leg for call in bench.exchange.pbx.calls.values() for leg in call.legs.values()]
    if not legs or a == 0:
        return connection(str(b), DEVICES[a % len(DEVICES)])
    leg = legs[(a * 7 + b) % len(legs)]
    return connection(leg.number, leg.device)


def _own_leg(bench: Bench, a: int, state: State) -> ConnectionID:
    """A phone's connection in this state, where there is one."""
    legs = [
        leg
        for call in bench.exchange.pbx.calls.values()
        for leg in call.legs.values()
        if leg.kind is Kind.PHONE and leg.state is state
    ]
    return connection(legs[a % len(legs)].number, legs[a % len(legs)].device) if legs else (
        connection("0", "10")
    )  # fmt: skip


def _pair(bench: Bench, a: int) -> tuple[ConnectionID, ConnectionID]:
    """The held and the active connection of a phone that has both, where one has."""
    found = []
    for number in PHONES:
        legs = bench.exchange.pbx.legs(number)
        held = [leg for leg in legs if leg.state is State.HOLD]
        active = [leg for leg in legs if leg.state is State.CONNECTED]
        found += [(h, c) for h in held for c in active]
    if not found:
        return connection("1", "10"), connection("2", "10")
    held_leg, active_leg = found[a % len(found)]
    return (
        connection(held_leg.number, held_leg.device),
        connection(active_leg.number, active_leg.device),
    )


def _number(n: int) -> str:
    return NUMBERS[n % len(NUMBERS)]


def _phone(n: int) -> str:
    return PHONES[n % len(PHONES)]


def _device(n: int) -> DeviceID:
    return DeviceID(_number(n))


Asked = Callable[[Bench, int, int], Request]
Done = Callable[[Bench, int, int], object]


def _setting(a: int, b: int) -> Forward:
    when = list(When)[a % 3]
    return Forward(when, list(Origin)[b % 3], bool((a + b) % 3), _number(b))


REQUESTS: list[Asked] = [
    lambda x, a, b: m.MakeCall(
        calling_device=DeviceID(_phone(a)), called_directory_number=_device(b),
        auto_originate="doNotPrompt",
    ),
    lambda x, a, b: m.MakeCall(
        calling_device=DeviceID(_phone(a)), called_directory_number=_device(b)
    ),
    lambda x, a, b: m.AnswerCall(call_to_be_answered=_own_leg(x, a, State.ALERTING)),
    lambda x, a, b: m.AnswerCall(call_to_be_answered=_own_leg(x, a, State.ALERTING)),
    lambda x, a, b: m.ClearConnection(connection_to_be_cleared=_leg_id(x, a, b)),
    lambda x, a, b: m.ClearCall(call_to_be_cleared=_leg_id(x, a, b)),
    lambda x, a, b: m.HoldCall(call_to_be_held=_own_leg(x, a, State.CONNECTED)),
    lambda x, a, b: m.RetrieveCall(call_to_be_retrieved=_own_leg(x, a, State.HOLD)),
    lambda x, a, b: m.ConsultationCall(
        existing_call=_own_leg(x, a, State.CONNECTED), consulted_device=_device(b)
    ),
    lambda x, a, b: m.ConsultationCall(
        existing_call=_own_leg(x, a, State.CONNECTED), consulted_device=_device(b)
    ),
    lambda x, a, b: m.AlternateCall(held_call=_pair(x, a)[0], active_call=_pair(x, a)[1]),
    lambda x, a, b: m.ReconnectCall(held_call=_pair(x, a)[0], active_call=_pair(x, a)[1]),
    lambda x, a, b: m.TransferCall(held_call=_pair(x, a)[0], active_call=_pair(x, a)[1]),
    lambda x, a, b: m.TransferCall(held_call=_pair(x, a)[0], active_call=_pair(x, a)[1]),
    lambda x, a, b: m.ConferenceCall(held_call=_pair(x, a)[0], active_call=_pair(x, a)[1]),
    lambda x, a, b: m.ConferenceCall(held_call=_pair(x, a)[0], active_call=_pair(x, a)[1]),
    lambda x, a, b: m.SingleStepTransferCall(
        active_call=_own_leg(x, a, State.CONNECTED), transferred_to=_device(b)
    ),
    lambda x, a, b: m.SingleStepConferenceCall(
        active_call=_own_leg(x, a, State.CONNECTED), device_to_join=_device(b)
    ),
    lambda x, a, b: m.DeflectCall(
        call_to_be_diverted=_own_leg(x, a, State.ALERTING), new_destination=(_device(b),)
    ),
    lambda x, a, b: m.DeflectCall(
        call_to_be_diverted=_leg_id(x, a, b), new_destination=(_device(b),)
    ),
    lambda x, a, b: m.DirectedPickupCall(
        call_to_be_picked_up=_leg_id(x, a, b), requesting_device=DeviceID(_phone(b))
    ),
    lambda x, a, b: m.GroupPickupCall(new_destination=DeviceID(_phone(a))),
    lambda x, a, b: m.ParkCall(parking=_own_leg(x, a, State.CONNECTED)),
    lambda x, a, b: m.GenerateDigits(
        connection_to_send_digits=_leg_id(x, a, b), characters_to_send="12"
    ),
    lambda x, a, b: m.SnapshotDevice(snapshot_object=_device(a)),
    lambda x, a, b: m.SnapshotCall(snapshot_object=_leg_id(x, a, b)),
    lambda x, a, b: m.CallBackNonCallRelated(
        originating_device=_device(a), target_device=_device(b)
    ),
]  # fmt: skip

HANDS: list[Done] = [
    lambda x, a, b: x.exchange.do(hands.lift, _phone(a)),
    lambda x, a, b: x.exchange.do(hands.dial, _phone(a), _number(b)),
    lambda x, a, b: x.exchange.do(hands.hang_up, _phone(a)),
    lambda x, a, b: x.exchange.do(hands.hang_up, _phone(a)),
    lambda x, a, b: x.exchange.do(hands.retrieve, _phone(a)),
    lambda x, a, b: x.exchange.do(
        features.unplug if b % 2 else features.plug, _phone(a)
    ),
    lambda x, a, b: x.exchange.do(features.plug, _phone(a)),
    lambda x, a, b: x.exchange.do(features.set_do_not_disturb, _phone(a), b % 4 == 0),
    lambda x, a, b: x.exchange.do(features.set_forward, _phone(a), _setting(a + b, b)),
    lambda x, a, b: x.exchange.do(hands.call_in, Party(f"0155{a}{b}"), _number(b)),
    lambda x, a, b: x.exchange.do(hands.call_in, Party(f"0155{a}{b}"), "70"),
    lambda x, a, b: x.exchange.do(hands.outside_hangs_up, TRUNKS[a % 2]),
    lambda x, a, b: x.exchange.do(hands.outside_answers, TRUNKS[a % 2]),
    lambda x, a, b: x.exchange.do(hands.break_line, TRUNKS[a % 2], b % 4 == 0),
    lambda x, a, b: x.pass_time((a * 17 + b) % 13),
    lambda x, a, b: x.pass_time((a * 17 + b) % 70),
]  # fmt: skip


def act(bench: Bench, step: tuple[int, int, int]) -> None:
    which, a, b = step
    if which < len(REQUESTS):
        bench.ask(REQUESTS[which](bench, a, b))
        return
    try:
        HANDS[which - len(REQUESTS)](bench, a, b)
    except Refusal:
        return


steps = st.lists(
    st.tuples(
        st.integers(0, len(REQUESTS) + len(HANDS) - 1), st.integers(0, 20), st.integers(0, 20)
    ),
    max_size=60,
)
links = st.fixed_dictionaries(
    {
        "edition": st.integers(3, 6),
        "joined_call": st.sampled_from(["secondary", "primary", "new"]),
        "failing_caller": st.sampled_from(["connected", "fail"]),
        "offered": st.booleans(),
        "digits_dialed": st.booleans(),
        "names": st.sampled_from(["none", "outside", "all"]),
        "call_ids": st.sampled_from([30, 1_000_000]),
    }
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(links, steps)
def test_events_and_snapshots_agree(
    link: dict[str, object], done: list[tuple[int, int, int]]
) -> None:
    bench = Bench(**link)
    for step in done:
        act(bench, step)
        bench.check()
    bench.exchange.do(hands.everybody_out)
    bench.check()
    assert not bench.exchange.pbx.calls
    bench.pass_time(1000)
    assert bench.exchange.timer() is None


@pytest.mark.parametrize("seed", range(6))
def test_a_long_day(seed: int) -> None:
    """Many steps on one PBX: states that short examples seldom reach."""
    source = random.Random(seed)
    habit = ("secondary", "primary", "new")[seed % 3]
    bench = Bench(edition=3 + seed % 4, joined_call=habit, call_ids=(30, 1_000_000)[seed % 2])
    for _ in range(300):
        which = source.randrange(len(REQUESTS) + len(HANDS))
        act(bench, (which, source.randint(0, 20), source.randint(0, 20)))
        bench.check()
