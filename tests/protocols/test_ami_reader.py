"""AMI bytes -> messages: any pieces, any garbage, limits."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tws.protocols.ami.message import Message
from tws.protocols.ami.reader import MAX_FIELDS, MAX_LINE, Reader

BANNER = b"Asterisk Call Manager/11.0.0\r\n"
keys = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,20}", fullmatch=True)
values = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\0", exclude_categories=["Cs"]),
    max_size=40,
)
fields = st.lists(st.tuples(keys, values), min_size=1, max_size=8)


def written(messages: list[list[tuple[str, str]]]) -> bytes:
    text = "".join(
        "".join(f"{key}: {value}\r\n" for key, value in message) + "\r\n" for message in messages
    )
    return BANNER + text.encode()


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[a:b] for a, b in pairwise(places)]


@given(st.lists(fields, max_size=6), st.lists(st.integers(0, 10_000), max_size=12))
def test_messages_come_whole_whatever_the_pieces(
    messages: list[list[tuple[str, str]]], cuts: list[int]
) -> None:
    reader = Reader()
    found = [m for piece in pieces(written(messages), cuts) for m in reader.feed(piece)]
    assert [list(message.fields) for message in found] == messages
    assert reader.banner == "Asterisk Call Manager/11.0.0"
    assert not reader.counters


@given(st.lists(st.binary(max_size=200), max_size=20))
def test_garbage_never_raises_and_is_outlived(chunks: list[bytes]) -> None:
    reader = Reader()
    for chunk in chunks:
        reader.feed(chunk)
    reader.feed(b"\r\n\r\n\r\n")
    after = reader.feed(b"Event: Alive\r\nX: 1\r\n\r\n")
    assert [m.event for m in after] == ["Alive"]


@given(st.integers(1, 3 * MAX_LINE), st.lists(st.integers(0, 4 * MAX_LINE), max_size=4))
def test_a_line_without_end_costs_one_message_and_no_memory(size: int, cuts: list[int]) -> None:
    reader = Reader()
    line = b"Event: Big\r\nName: " + b"x" * size + b"\r\nMore: y\r\n\r\n"
    data = BANNER + line + b"Event: Next\r\n\r\n"
    found = [m.event for piece in pieces(data, cuts) for m in reader.feed(piece)]
    if size + len("Name: ") > MAX_LINE:
        assert found == ["Next"]
        assert reader.counters["line too long"] == 1
    else:
        assert found == ["Big", "Next"]


def test_a_message_without_end_is_dropped() -> None:
    reader = Reader()
    reader.feed(BANNER + b"A: b\r\n" * (MAX_FIELDS + 10))
    assert reader.counters["message too long"] == 1
    assert [m.event for m in reader.feed(b"\r\nEvent: Next\r\n\r\n")] == ["Next"]


def test_bytes_that_are_no_text_are_replaced() -> None:
    (message,) = Reader().feed(BANNER + b"Event: A\r\nName: \xff\xfe\r\n\r\n")
    assert message["Name"] == "\ufffd\ufffd"


def test_keys_are_compared_case_blind_and_may_repeat() -> None:
    message = Message(
        (
            ("UniqueID", "1"),
            ("ChanVariable", "A=1"),
            ("ChanVariable", "B=x=y"),
            ("ChanVariable", "broken"),
        )
    )
    assert message["Uniqueid"] == "1"
    assert "uniqueid" in message
    assert message["absent"] == ""
    assert message.variables("ChanVariable") == {"A": "1", "B": "x=y"}


def test_output_of_a_command_has_many_lines() -> None:
    (message,) = Reader().feed(
        BANNER + b"Response: Success\r\nOutput: one\r\nOutput: two: three\r\n\r\n"
    )
    assert list(message.all("Output")) == ["one", "two: three"]
