"""Sending to a syslog collector: a real rsyslogd over each transport, and those that misbehave."""

import contextlib
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.peers import require_peer
from tests.peers.answering import CERTIFICATE
from tests.peers.rsyslogd import Rsyslogd, running_rsyslogd
from tws.net import syslog
from tws.net.syslog import Collector, Sender, Transport, framed, try_out
from tws.protocols.syslog import Facility, line

DEADLINE = 20.0
AT = datetime(2026, 11, 29, 9, 12, 4, 123456, tzinfo=UTC)


def text(words: str, **fields: object) -> bytes:
    return line(
        at=AT,
        host="tws.company.example",
        pid=7,
        facility=Facility.AUDIT,
        level="warning",
        kind="audit",
        fields=fields,
        words=words,
    )


def missing(count: int) -> bytes:
    return text(f"{count} lines are missing")


def until(ready: Callable[[], Any]) -> Any:
    """Another thread or program does it: it is asked until it has."""
    end, never = time.monotonic() + DEADLINE, threading.Event()
    while not (found := ready()):
        assert time.monotonic() < end
        never.wait(0.01)
    return found


@pytest.fixture(scope="module")
def rsyslogd() -> Iterator[Rsyslogd]:
    require_peer("rsyslogd")
    with running_rsyslogd() as server:
        yield server


def collectors(server: Rsyslogd) -> list[Collector]:
    return [
        Collector(transport=Transport.UDP, host="127.0.0.1", port=server.udp),
        Collector(transport=Transport.TCP, host="127.0.0.1", port=server.tcp),
        Collector(
            transport=Transport.TLS, host="localhost", port=server.tls, ca_file=str(CERTIFICATE)
        ),
    ]


def test_a_real_collector_takes_lines_over_each_transport(rsyslogd: Rsyslogd) -> None:
    for collector in collectors(rsyslogd):
        words = f"héllo by {collector.transport}"
        assert try_out(collector, text(f"test of {collector.transport}")) is None
        sender = Sender(collector, missing)
        sender.start()
        sender.put(text(words, actor='a "b" \\ ]', company=None, number=3))
        sender.put(text("two\nlines\x00", **{"bad name=": "x" * 2000}))
        sender.stop()
        assert (sender.sent, sender.dropped) == (2, 0)

        def taken(words: str = words) -> list[dict[str, Any]]:
            return [one for one in rsyslogd.lines() if one["msg"] == f"\ufeff{words}"]

        [one] = until(taken)
        assert one["pri"] == str(13 * 8 + 4) and one["msgid"] == "audit"
        assert (one["hostname"], one["app-name"], one["procid"]) == (
            *("tws.company.example", "tws", "7"),
        )
        assert one["structured-data"] == r'[tws@32473 actor="a \"b\" \\ \]" number="3"]'
        assert one["timereported"] == "2026-11-29T09:12:04.123456Z"
    found = until(lambda: [one for one in rsyslogd.lines() if one["msg"] == "two lines "])
    assert found[-1]["structured-data"] == f'[tws@32473 bad_name_="{"x" * 512}"]'


def test_what_is_wrong_is_said(rsyslogd: Rsyslogd) -> None:
    udp, tcp, tls = collectors(rsyslogd)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    for wrong, words in (
        (Collector(transport=Transport.TCP, host="127.0.0.1", port=closed), "connection refused"),
        (Collector(transport=Transport.UDP, host="127.0.0.1", port=closed), "connection refused"),
        (
            Collector(transport=Transport.TCP, host="no.such.invalid", port=1),
            "host name not found",
        ),
        (
            Collector(transport=Transport.TLS, host="localhost", port=tls.port),
            "certificate is not accepted",
        ),
        (
            Collector(
                transport=Transport.TLS, host="127.0.0.2", port=tcp.port, ca_file=tls.ca_file
            ),
            "",
        ),
    ):
        why = try_out(wrong, text("x"))
        assert why is not None and words in str(why)
    unchecked = Collector(transport=Transport.TLS, host="127.0.0.1", port=tls.port, verify=False)
    assert try_out(unchecked, text("unchecked")) is None
    assert try_out(udp, text("all right")) is None


def test_long_lines_are_cut_between_characters() -> None:
    udp = Collector(transport=Transport.UDP, host="x", port=1)
    cut = framed(udp, text("é" * 5000))
    assert 2040 < len(cut) <= 2048 and cut.decode().endswith("é")
    tcp = Collector(transport=Transport.TCP, host="x", port=1)
    length, _, rest = framed(tcp, text("é" * 50)).partition(b" ")
    assert int(length) == len(rest)


@contextlib.contextmanager
def listening(port: int = 0) -> Iterator[socket.socket]:
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", port))
        server.listen()
        yield server


def read_all(server: socket.socket, enough: Callable[[bytes], bool]) -> bytes:
    got = b""
    server.settimeout(DEADLINE)
    connection, _ = server.accept()
    with connection:
        while not enough(got) and select.select([connection], [], [], DEADLINE)[0]:
            if not (data := connection.recv(65536)):
                break
            got += data
    return got


def test_a_collector_that_stops_reading_makes_nobody_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(syslog, "PATIENCE", 0.3)
    monkeypatch.setattr(syslog, "FIRST", 0.05)
    monkeypatch.setattr(syslog, "MOST_WAITING", 2000)
    with listening() as server:
        port = server.getsockname()[1]
        collector = Collector(transport=Transport.TCP, host="127.0.0.1", port=port)
        sender = Sender(collector, missing)
        sender.start()
        stalled, _ = server.accept()
        slowest = 0.0
        big = text("x" * 8000)
        for _ in range(6000):
            began = time.perf_counter()
            sender.put(big)
            slowest = max(slowest, time.perf_counter() - began)
        assert sender.waiting == 2000 and sender.dropped > 0
        assert slowest < 0.25  # the work of another thread in between, never the network
        assert "stopped answering" in str(until(lambda: sender.why))
        stalled.close()
    # Another takes its place, and hears how many lines are missing.
    with listening(port) as server:
        got = read_all(server, lambda got: b"lines are missing" in got)
        assert f"{sender.dropped} lines are missing".encode() in got
        sender.stop()


def test_a_collector_that_went_away_is_dialled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syslog, "FIRST", 0.05)
    with listening() as server:
        port = server.getsockname()[1]
        sender = Sender(Collector(transport=Transport.TCP, host="127.0.0.1", port=port), missing)
        sender.start()
        sender.put(text("first"))
        assert b"first" in read_all(server, lambda got: b"first" in got)

    def lost() -> bool:
        sender.put(text("again"))
        return not sender.up

    until(lost)
    until(lambda: "refused" in str(sender.why))
    with listening(port) as server:
        sender.put(text("second"))
        assert b"second" in read_all(server, lambda got: b"second" in got)
        sender.stop()
    assert sender.dropped == 0


def test_a_stop_does_not_wait_for_a_collector_that_is_away() -> None:
    with listening() as server:
        port = server.getsockname()[1]
    sender = Sender(Collector(transport=Transport.TCP, host="127.0.0.1", port=port), missing)
    sender.start()
    sender.put(text("x"))
    until(lambda: sender.why)
    began = time.monotonic()
    sender.stop()
    assert time.monotonic() - began < 3
