"""Dialling: refusals in words, back-off and its reset, TLS that fails, addresses that change."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.far_ends import CERTIFICATE, TRUSTING, Switch, free_port
from tests.net.listening import Notes
from tws.net.carrier import Tls
from tws.net.failures import why, why_not
from tws.net.stream import LONGEST_DELAY, Stream, backoff


class Delays:
    """A back-off that takes no time and says what it was asked."""

    def __init__(self, failures_allowed: int = 10_000) -> None:
        self.asked: list[int] = []
        self._allowed = failures_allowed

    def __call__(self, failures: int) -> float:
        self.asked.append(failures)
        return 0.0 if len(self.asked) < self._allowed else 3600.0


@pytest.fixture
async def switch() -> AsyncIterator[Switch]:
    switch = Switch()
    yield switch
    await switch.stop()


@pytest.fixture
async def streams() -> AsyncIterator[list[Stream]]:
    started: list[Stream] = []
    yield started
    for stream in started:
        await stream.stop()


def test_the_delay_doubles_from_one_second_to_a_minute_with_jitter() -> None:
    for failures, middle in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (5000, 60)]:
        delays = [backoff(failures) for _ in range(200)]
        assert min(delays) >= middle * 0.75
        assert max(delays) <= middle * 1.25
        assert len(set(delays)) > 100
    assert LONGEST_DELAY == 60


async def test_a_refusal_is_told_in_words_and_dialled_again(streams: list[Stream]) -> None:
    notes, delays = Notes(), Delays(failures_allowed=4)
    stream = Stream(notes, backoff=delays)
    streams.append(stream)
    port = free_port()
    stream.open("pbx", "127.0.0.1", port, None)
    await notes.until(lambda: len(notes.whys()) == 4)
    assert delays.asked == [1, 2, 3, 4]
    words = f"127.0.0.1:{port}: connection refused: nothing listens there, or a firewall says no"
    assert set(notes.whys()) == {words}
    assert notes.count("connected") == 0
    assert stream.counters["attempts_failed"] == 4


async def test_it_connects_once_the_peer_is_there(switch: Switch, streams: list[Stream]) -> None:
    notes, port = Notes(), free_port()
    stream = Stream(notes, backoff=lambda failures: 0.0)
    streams.append(stream)
    stream.open("pbx", "127.0.0.1", port, None)
    await notes.until(lambda: len(notes.whys()) >= 2)
    await switch.start(port=port)
    await notes.until(lambda: notes.count("connected") == 1)


@pytest.mark.parametrize(("lived", "asked"), [(0.0, [1, 1, 1]), (3600.0, [1, 2, 3])])
async def test_only_a_connection_that_lived_resets_the_delay(
    switch: Switch, streams: list[Stream], lived: float, asked: list[int]
) -> None:
    await switch.start()
    notes, delays = Notes(), Delays()
    stream = Stream(notes, backoff=delays, lived=lived)
    streams.append(stream)
    stream.open("pbx", "127.0.0.1", switch.port, None)
    for _ in range(3):
        (await switch.line()).reset()
    await notes.until(lambda: len(notes.whys()) >= 3)
    assert delays.asked[:3] == asked


async def test_after_close_with_stop_it_is_not_dialled_again(
    switch: Switch, streams: list[Stream]
) -> None:
    await switch.start()
    notes, delays = Notes(), Delays()
    stream = Stream(notes, backoff=delays)
    streams.append(stream)
    stream.open("pbx", "127.0.0.1", switch.port, None)
    line = await switch.line()
    await notes.until(lambda: notes.count("connected") == 1)
    stream.close("pbx", "first pause", stop=False)
    assert await line.hear_end() == b""
    line = await switch.line()
    await notes.until(lambda: notes.count("connected") == 2)
    stream.close("pbx", "link removed", stop=True)
    assert await line.hear_end() == b""
    await notes.until(lambda: notes.whys() == ["first pause", "link removed"])
    assert delays.asked == [1]


async def test_closing_while_it_dials_is_one_failed_attempt(streams: list[Stream]) -> None:
    notes, delays = Notes(), Delays()
    stream = Stream(notes, backoff=delays)
    streams.append(stream)
    stream.open("pbx", "127.0.0.1", free_port(), None)
    stream.close("pbx", "changed my mind", stop=True)
    await notes.until(lambda: notes.whys() == ["changed my mind"])
    assert delays.asked == []


async def test_an_address_that_changes_is_dialled_instead(
    switch: Switch, streams: list[Stream]
) -> None:
    other = Switch()
    await switch.start()
    await other.start()
    notes = Notes()
    stream = Stream(notes)
    streams.append(stream)
    stream.open("pbx", "127.0.0.1", switch.port, None)
    old = await switch.line()
    await notes.until(lambda: notes.count("connected") == 1)
    stream.open("pbx", "127.0.0.1", switch.port, None)
    stream.open("pbx", "127.0.0.1", other.port, None)
    assert await old.hear_end() == b""
    new = await other.line()
    await notes.until(lambda: notes.count("connected") == 2)
    stream.send("pbx", b"hello")
    assert await new.hear(5) == b"hello"
    assert notes.whys() == ["its address was changed"]
    await other.stop()


async def test_a_peer_that_never_answers_is_given_up(streams: list[Stream]) -> None:
    with socket.socket() as deaf:  # its queue is full: nobody accepts
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            notes = Notes()
            stream = Stream(notes, backoff=Delays(2), connect_timeout=0.2)
            streams.append(stream)
            stream.open("pbx", "127.0.0.1", port, None)
            await notes.until(lambda: bool(notes.whys()))
            assert notes.whys()[0] == f"127.0.0.1:{port}: no answer within 0.2 s"


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [
        ("no-such-host.invalid", 3211, "host name not found"),
        ("a" * 300, 3211, "host name"),
        ("127.0.0.1", 70_000, "not a port number"),
    ],
)
async def test_addresses_that_cannot_be(
    streams: list[Stream], host: str, port: int, words: str
) -> None:
    notes = Notes()
    stream = Stream(notes, backoff=Delays(1))
    streams.append(stream)
    stream.open("pbx", host, port, None)
    await notes.until(lambda: bool(notes.whys()))
    assert words in notes.whys()[0]


async def attempt(streams: list[Stream], port: int, tls: Tls, patience: float = 10.0) -> str:
    """Why the first attempt failed, or `connected`."""
    notes = Notes()
    stream = Stream(notes, backoff=Delays(1), connect_timeout=patience)
    streams.append(stream)
    stream.open("pbx", "127.0.0.1", port, tls)
    await notes.until(lambda: bool(notes.heard))
    return notes.whys()[0] if notes.whys() else "connected"


@pytest.mark.parametrize(
    ("tls", "words"),
    [
        (TRUSTING, "connected"),
        (Tls(ca_file=CERTIFICATE), "connected"),
        (Tls(verify=False), "connected"),
        (Tls(), "certificate is not accepted: self-signed certificate"),
        (Tls("pbx.example", CERTIFICATE), "certificate is not accepted: Hostname mismatch"),
        (
            Tls(ca_file="/no/such/file.pem"),
            "/no/such/file.pem: no certificate in PEM form is read there",
        ),
    ],
)
async def test_tls_is_checked_as_asked(
    switch: Switch, streams: list[Stream], tls: Tls, words: str
) -> None:
    await switch.start(tls=True)
    assert words in await attempt(streams, switch.port, tls)


async def test_a_ca_file_that_is_none_says_so(
    switch: Switch, streams: list[Stream], tmp_path: Path
) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate")
    await switch.start(tls=True)
    words = await attempt(streams, switch.port, Tls(ca_file=str(tmp_path / "ca.pem")))
    assert "no certificate in PEM form" in words


async def test_a_peer_without_tls_is_told(switch: Switch, streams: list[Stream]) -> None:
    await switch.start()
    asking = asyncio.ensure_future(attempt(streams, switch.port, TRUSTING))
    line = await switch.line()
    await line.say(b"Asterisk Call Manager/9.0.0\r\n")
    assert "TLS: wrong version number (does the peer speak TLS on this port?)" in await asking


async def test_a_handshake_that_never_ends_is_given_up(
    switch: Switch, streams: list[Stream]
) -> None:
    await switch.start()
    assert "no answer within 0.3 s" in await attempt(streams, switch.port, TRUSTING, 0.3)


@pytest.mark.parametrize("how", ["reset", "close"])
async def test_a_peer_that_leaves_during_the_handshake(
    switch: Switch, streams: list[Stream], how: str
) -> None:
    await switch.start()
    asking = asyncio.ensure_future(attempt(streams, switch.port, TRUSTING))
    line = await switch.line()
    if how == "reset":
        line.reset()
    else:
        await line.close()
    words = await asking
    assert "the connection" in words
    assert words.endswith("(does the peer speak TLS on this port?)")


async def test_stop_during_attempts_and_delays_tells_nothing(streams: list[Stream]) -> None:
    notes = Notes()
    stream = Stream(notes)
    streams.append(stream)
    stream.open("pbx", "127.0.0.1", free_port(), None)
    stream.open("other", "no-such-host.invalid", 1, None)
    await stream.stop()
    stream.open("late", "127.0.0.1", 1, None)
    assert notes.heard == []


def test_words_say_what_to_do() -> None:
    several = OSError(
        "Multiple exceptions: [Errno 111] Connect call failed ('::1', 1, 0, 0), "
        "[Errno 111] Connect call failed ('127.0.0.1', 1)"
    )
    assert str(why_not(several, "localhost", 1)).startswith("localhost:1: connection refused")
    assert (
        str(why_not(OSError(113, "No route to host"), "::1", 1))
        == "[::1]:1: no route to this host"
    )
    assert str(why(None)) == "the peer closed the connection"
    assert str(why(ConnectionResetError())) == "the peer reset the connection"
    assert str(why(OSError(28, "No space left on device"))) == "No space left on device"
    assert str(why(ssl.SSLError(1, "odd"))) == "TLS: odd"
