"""Frames cut out of a byte stream, however it is split."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.protocols.csta import EVENT, Frame, J2Framer, NulFramer, frame

FRAMES = st.lists(st.tuples(st.integers(0, EVENT), st.binary(max_size=300)), max_size=8)


def cuts(data: bytes, places: list[int]) -> list[bytes]:
    ends = [*sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@given(FRAMES, st.lists(st.integers(min_value=0), max_size=20))
def test_frames_come_out_whole_however_the_stream_is_split(
    frames: list[tuple[int, bytes]], places: list[int]
) -> None:
    stream = b"".join(frame(invoke_id, body) for invoke_id, body in frames)
    framer = J2Framer()
    received = [one for part in cuts(stream, places) for one in framer.receive(part)]
    assert received == [Frame(*one) for one in frames]
    assert framer.failure is None


def test_the_header_is_that_of_annex_j2() -> None:
    assert frame(7, b"<a/>") == b"\x00\x00\x00\x0c0007<a/>"
    assert J2Framer().receive(b"\x00\x00\x00\x0c9999<a/>") == [Frame(9999, b"<a/>")]


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (b"\x00\x01\x00\x0c0007", "00 01"),
        (b"\x01\x00\x00\x0c0007", "01 00"),
        (b"GET / HT", "47 45"),
        (b"\x00\x00\x00\x070007", "length 7"),
        (b"\x00\x00\x00\x000007", "length 0"),
        (b"\x00\x00\x00\x0c 7  ", "invoke id"),
        (b"\x00\x00\x00\x0c00x7", "invoke id"),
        (b"\x00\x00\x00\x0c\xb2\xb2\xb2\xb2", "invoke id"),
    ],
)
def test_a_bad_header_ends_the_stream_after_what_was_good(header: bytes, why: str) -> None:
    framer = J2Framer()
    good = frame(1, b"<a/>")
    assert framer.receive(good + header + b"<b/>") == [Frame(1, b"<a/>")]
    assert framer.failure is not None
    assert why in str(framer.failure)
    assert framer.receive(good) == []


def test_a_frame_larger_than_allowed_ends_the_stream() -> None:
    framer = J2Framer(largest=100)
    assert len(framer.receive(struct.pack(">HH", 0, 100) + b"0001" + b"x" * 92)) == 1
    assert framer.receive(struct.pack(">HH", 0, 101) + b"0001") == []
    assert str(framer.failure) == "CSTA message of 101 bytes: at most 100 are accepted"


def test_what_does_not_fit_is_not_framed() -> None:
    assert len(frame(1, b"x" * (0xFFFF - 8))) == 0xFFFF
    with pytest.raises(ValueError, match="at most 65535"):
        frame(1, b"x" * (0xFFFF - 7))
    with pytest.raises(ValueError, match="invoke id"):
        frame(10_000, b"")
    with pytest.raises(ValueError, match="at most"):
        NulFramer().frame(1, b"x" * 70_000)


@given(st.binary(max_size=400), st.lists(st.integers(min_value=0), max_size=10))
def test_garbage_never_raises(garbage: bytes, places: list[int]) -> None:
    for framer in (J2Framer(), NulFramer()):
        for part in cuts(garbage, places):
            for one in framer.receive(part):
                assert len(one.body) <= len(garbage)


XML = st.lists(st.binary(min_size=1, max_size=60).map(lambda b: b"<" + b.replace(b"\0", b"x")))


@given(XML, st.lists(st.integers(min_value=0), max_size=20))
def test_documents_ended_by_nul_come_out_whole(bodies: list[bytes], places: list[int]) -> None:
    framer = NulFramer()
    stream = b"".join(framer.frame(1, body) for body in bodies)
    received = [one for part in cuts(stream, places) for one in framer.receive(part)]
    assert received == [Frame(None, body) for body in bodies]


def test_a_document_that_never_ends_ends_the_stream() -> None:
    framer = NulFramer(largest=10)
    assert framer.receive(b"<a/>\0\0\r\n\0<b") == [Frame(None, b"<a/>")]
    assert framer.receive(b"x" * 9) == []
    assert framer.failure is not None
    assert framer.receive(b"\0<a/>\0") == []
