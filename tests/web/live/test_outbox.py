"""The queue of one client: bounded by keys, numbered without gaps, and able to repeat itself."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from tws.web.live.frames import Change, moment
from tws.web.live.outbox import KEPT, KEPT_TICKS, MOMENTS, Outbox
from tws.web.live.wire import text_frame


class Client:
    """What a page makes of the frames it gets."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        self.state = dict(state)
        self.moments: list[Any] = []
        self.n = 0

    def take(self, frame: bytes) -> None:
        message = json.loads(frame)
        assert message["n"] == self.n + 1, "a gap"
        self.n = message["n"]
        if message["type"] == "moment":
            self.moments.append(message["moment"])
            return
        assert not set(message["set"]) & set(message["gone"])
        self.state |= message["set"]
        for key in message["gone"]:
            self.state.pop(key, None)


def drain(outbox: Outbox, client: Client) -> None:
    while outbox.waiting:
        client.take(outbox.take())


def test_fifty_changes_of_one_key_are_one_frame() -> None:
    outbox = Outbox()
    for n in range(50):
        outbox.change(Change({"call/1": b"%d" % n}))
    assert json.loads(outbox.take())["set"] == {"call/1": 49}
    assert not outbox.waiting


def test_what_came_and_went_meanwhile_is_only_gone() -> None:
    outbox = Outbox()
    outbox.change(Change({"call/1": b"1"}))
    outbox.change(Change({"call/1": None}))
    frame = outbox.take()
    assert frame is not None
    assert json.loads(frame) == {"type": "change", "n": 1, "set": {}, "gone": ["call/1"]}


def test_what_is_told_to_several_is_numbered_and_waits_for_each() -> None:
    one, two = Outbox(), Outbox()
    one.change(Change({"a": b"1"}))
    one.take()
    told, happened = Change({"k": b'{"n":0}', "l": None}), moment(b'{"n":0}')
    for outbox in (one, two):
        outbox.change(told)
        outbox.moment(happened)
    two.change(Change({"k": b"3"}))
    frames = [outbox.take() for outbox in (one, one, two, two)]
    assert [json.loads(frame or b"") for frame in frames] == [
        {"type": "change", "n": 2, "set": {"k": {"n": 0}}, "gone": ["l"]},
        {"type": "moment", "n": 3, "moment": {"n": 0}},
        {"type": "change", "n": 1, "set": {"k": 3}, "gone": ["l"]},
        {"type": "moment", "n": 2, "moment": {"n": 0}},
    ]


def test_moments_have_a_limit() -> None:
    outbox = Outbox()
    for n in range(MOMENTS):
        outbox.moment(moment(b"%d" % n))
    assert not outbox.full
    outbox.moment(moment(b"100"))
    assert outbox.full


def test_only_so_many_frames_can_be_repeated() -> None:
    outbox = Outbox()
    for n in range(KEPT + 10):
        outbox.change(Change({"k": b"%d" % n}))
        outbox.take()
    assert outbox.missed(9) is None
    missed = outbox.missed(10)
    assert missed is not None
    assert [json.loads(frame)["n"] for frame in missed] == list(range(11, KEPT + 11))
    assert outbox.missed(outbox.n) == []
    assert outbox.missed(outbox.n + 1) is None


def test_few_large_frames_are_kept() -> None:
    outbox = Outbox()
    for n in range(10):
        outbox.change(Change({"k": b'"' + b"x" * 100_000 + b'%d"' % n}))
        outbox.take()
    assert outbox.missed(5) is None
    assert len(outbox.missed(9) or []) == 1


def test_what_was_sent_some_ticks_ago_is_kept_no_more() -> None:
    outbox = Outbox()
    for n in range(10):
        outbox.change(Change({"k": b"%d" % n}))
        outbox.take()
    for _ in range(KEPT_TICKS):
        outbox.tick()
        assert len(outbox.missed(0) or []) == 10
    outbox.change(Change({"k": b"10"}))
    outbox.take()
    outbox.tick()
    assert outbox.missed(9) is None
    assert [json.loads(frame)["n"] for frame in outbox.missed(10) or []] == [11]


def test_of_a_frame_that_was_sent_no_more_is_kept_than_the_frame() -> None:
    value = b"%d" % 10**20
    before = sys.getrefcount(value)
    outboxes = [Outbox() for _ in range(3)]
    change = Change({"k": value})
    for outbox in outboxes:
        outbox.change(change)
        outbox.take()
    frames = [outbox.missed(0) for outbox in outboxes]
    assert frames[0] and json.loads(frames[0][0])["set"] == {"k": 10**20}
    del change
    assert sys.getrefcount(value) == before


steps = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.sampled_from("abcd"), st.integers(0, 99)),
        st.tuples(st.just("gone"), st.sampled_from("abcd"), st.just(0)),
        st.tuples(st.just("moment"), st.just(""), st.integers(0, 99)),
        st.tuples(st.just("read"), st.just(""), st.just(0)),
        st.tuples(st.just("tick"), st.just(""), st.just(0)),
        st.tuples(st.just("drop"), st.just(""), st.integers(0, 5)),
    ),
    max_size=60,
)


@given(steps)
def test_client_ends_with_the_state_whatever_it_missed(script: list[tuple[str, str, int]]) -> None:
    """Frames may be taken and lost with a connection: those after the last one seen come again."""
    outbox, client = Outbox(), Client({})
    truth: dict[str, int] = {}
    moments: list[int] = []
    for what, key, value in script:
        match what:
            case "set":
                truth[key] = value
                outbox.change(Change({key: b"%d" % value}))
            case "gone":
                truth.pop(key, None)
                outbox.change(Change({key: None}))
            case "moment":
                moments.append(value)
                outbox.moment(moment(b"%d" % value))
            case "read":
                drain(outbox, client)
            case "tick":
                outbox.tick()
            case "drop":
                for _ in range(value):
                    if outbox.waiting:
                        outbox.take()
                missed = outbox.missed(client.n)
                assert missed is not None
                for frame in missed:
                    client.take(frame)
    drain(outbox, client)
    assert client.state == truth
    assert client.moments == moments


@given(st.one_of(st.binary(max_size=300), st.integers(65_530, 65_540).map(bytes)))
def test_a_text_frame_is_what_the_library_writes(text: bytes) -> None:
    connection = ServerProtocol(state=OPEN)
    connection.send_text(text)
    assert text_frame(text) == b"".join(connection.data_to_send())
