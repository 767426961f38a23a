"""The AMI session: greeting, login, answers with lists, time, and what may be written."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.protocols.ami.message import Message, Unwritable, encode
from tws.protocols.ami.reader import Reader
from tws.protocols.ami.session import Answer, Happened, LoggedIn, LoginRefused, Session

BANNER = b"Asterisk Call Manager/11.0.0\r\n"
text = st.text(max_size=60)


def session(now: float = 0.0) -> Session:
    return Session("tws", "secret", 5.0, now)


def logged_in() -> Session:
    made = session()
    made.receive_data(BANNER, 0.0)
    made.receive_data(b"Response: Success\r\nActionID: tws-1\r\nChallenge: 42\r\n\r\n", 0.0)
    made.receive_data(b"Response: Success\r\nActionID: tws-2\r\nMessage: Hello\r\n\r\n", 0.0)
    assert made.outcomes() == [LoggedIn("Asterisk Call Manager/11.0.0")]
    made.data_to_send()
    return made


def read(data: list[bytes]) -> list[Message]:
    return Reader().feed(BANNER + b"".join(data))


# -------------------------------------------------------------------- writing


@given(st.text(min_size=1, max_size=12), text)
def test_nothing_typed_by_a_user_adds_a_line(key: str, value: str) -> None:
    try:
        data = encode("Setvar", [(key, value)])
    except Unwritable:
        return
    (message,) = read([data])
    assert message.fields == (("Action", "Setvar"), (key, value))
    assert data.count(b"\r\n") == 3


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Exten", "1002\r\nAction: Command"),
        ("Exten", "1002\n"),
        ("Exten", "\r"),
        ("Exten", "a\0b"),
        ("Exten", "x" * 1000),
        ("Exten", "\ud800"),
        ("Ex ten", "1"),
        ("Exten:", "1"),
        ("", "1"),
    ],
)
def test_what_would_not_arrive_as_meant_is_refused(key: str, value: str) -> None:
    with pytest.raises(Unwritable):
        encode("Redirect", [(key, value)])


def test_a_refused_action_sends_nothing() -> None:
    made = logged_in()
    with pytest.raises(Unwritable):
        made.request("Redirect", [("Exten", "1\r\n")], 0.0)
    assert made.data_to_send() == []
    assert made.timer() is None


# -------------------------------------------------------------------- login


def test_the_secret_is_not_sent() -> None:
    made = session()
    made.receive_data(BANNER, 0.0)
    made.receive_data(b"Response: Success\r\nActionID: tws-1\r\nChallenge: 42\r\n\r\n", 0.0)
    sent = made.data_to_send()
    challenge, login = read(sent)
    assert challenge["Action"] == "Challenge"
    assert login["Username"] == "tws"
    assert login["Key"] == hashlib.md5(b"42secret").hexdigest()  # noqa: S324
    assert b"secret" not in b"".join(sent)


def test_a_refused_login_is_misconfigured() -> None:
    made = session()
    made.receive_data(BANNER, 0.0)
    made.receive_data(
        b"Response: Error\r\nActionID: tws-1\r\nMessage: Authentication failed\r\n\r\n", 0.0
    )
    (refused,) = made.outcomes()
    assert isinstance(refused, LoginRefused) and refused.wrong
    words = "Asterisk refuses this manager user or its secret: Authentication failed"
    assert str(refused.why) == words


def test_another_protocol_is_told_apart() -> None:
    made = session()
    made.receive_data(b"220 smtp.example ESMTP\r\n", 0.0)
    (refused,) = made.outcomes()
    assert isinstance(refused, LoginRefused)
    assert refused.wrong
    assert "220 smtp.example" in str(refused.why)


def test_silence_ends_the_login() -> None:
    made = session(now=10.0)
    assert made.timer() == 15.0
    made.handle_timer(15.0)
    (refused,) = made.outcomes()
    assert isinstance(refused, LoginRefused) and not refused.wrong
    assert str(refused.why) == "no answer to the login"


# -------------------------------------------------------------------- answers


def test_an_answer_is_complete_with_its_list() -> None:
    made = logged_in()
    action = made.request("Status", (), 0.0)
    head = f"ActionID: {action}\r\n".encode()
    made.receive_data(b"Response: Success\r\n" + head + b"EventList: start\r\n\r\n", 0.0)
    made.receive_data(b"Event: Status\r\n" + head + b"Channel: PJSIP/1\r\n\r\n", 0.0)
    made.receive_data(b"Event: Hangup\r\nUniqueid: 9\r\n\r\n", 0.0)
    made.receive_data(b"Event: Status\r\n" + head + b"Channel: PJSIP/2\r\n\r\n", 0.0)
    (between,) = made.outcomes()
    assert isinstance(between, Happened)
    made.receive_data(b"Event: StatusComplete\r\n" + head + b"EventList: Complete\r\n\r\n", 0.0)
    (answer,) = made.outcomes()
    assert isinstance(answer, Answer)
    assert answer.ok
    assert [item["Channel"] for item in answer.items] == ["PJSIP/1", "PJSIP/2"]


def test_an_error_needs_no_list() -> None:
    made = logged_in()
    action = made.request("DBGet", [("Family", "DND")], 0.0)
    made.receive_data(
        f"Response: Error\r\nActionID: {action}\r\nMessage: not found\r\n\r\n".encode(), 0.0
    )
    (answer,) = made.outcomes()
    assert isinstance(answer, Answer)
    assert (answer.ok, answer.why) == (False, "not found")


def test_an_originate_response_is_an_event_of_its_action() -> None:
    """It has `Response` and `Event`, long after the action was answered."""
    made = logged_in()
    action = made.request("Originate", (), 0.0)
    made.receive_data(f"Response: Success\r\nActionID: {action}\r\n\r\n".encode(), 0.0)
    made.receive_data(
        f"Event: OriginateResponse\r\nActionID: {action}\r\nResponse: Failure\r\n\r\n".encode(),
        0.0,
    )
    first, second = made.outcomes()
    assert isinstance(first, Answer)
    assert isinstance(second, Happened)
    assert second.action == action


def test_no_answer_in_time() -> None:
    made = logged_in()
    action = made.request("Ping", (), 100.0)
    assert made.timer() == 105.0
    made.handle_timer(104.9)
    assert made.outcomes() == []
    made.handle_timer(105.0)
    assert made.outcomes() == [Answer(action, None)]
    made.receive_data(f"Response: Success\r\nActionID: {action}\r\n\r\n".encode(), 106.0)
    assert made.outcomes() == []
    assert made.counters["response to nothing"] == 1


@given(st.lists(st.binary(max_size=120), max_size=15))
def test_no_bytes_make_it_raise(chunks: list[bytes]) -> None:
    made = logged_in()
    made.request("Ping", (), 0.0)
    for chunk in chunks:
        made.receive_data(chunk, 0.0)
        made.outcomes()
    made.handle_timer(1_000.0)
    assert made.timer() is None
