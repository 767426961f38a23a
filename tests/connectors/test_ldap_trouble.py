"""LDAP servers that are away, stall, stop half-way, or speak something else."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.connectors.people import opened
from tests.connectors.wire import cut_wire
from tests.contracts.connector import check_words
from tests.peers.slapd import PASSWORD, Slapd
from tws.connectors.ldap import session
from tws.protocols.ldap import ber, requests
from tws.sources.errors import Misconfigured, Unreachable


def read(slapd: Slapd, **settings: Any) -> Any:
    return lambda: list(opened(slapd, **settings).entries())


def unreachable(slapd: Slapd, *words: str, **settings: Any) -> None:
    check_words(Unreachable, read(slapd, **settings), *words, secret=PASSWORD)


@contextmanager
def answering(*answers: bytes) -> Iterator[int]:
    """A server that gives these answers, one for each block that comes, and closes."""

    def serve() -> None:
        client, _ = door.accept()
        with client:
            for answer in answers:
                client.recv(65536)
                client.sendall(answer)
            client.recv(65536)

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield door.getsockname()[1]
        finally:
            thread.join()


def empty_page(number: int) -> bytes:
    """searchResDone, and there is more (RFC 2696)."""
    result = ber.integer(0, ber.ENUMERATED) + ber.octets("") + ber.octets("")
    value = ber.element(ber.SEQUENCE, ber.integer(0), ber.octets("more"))
    control = ber.element(ber.SEQUENCE, ber.octets(requests.PAGED_RESULTS), ber.octets(value))
    return ber.element(
        ber.SEQUENCE,
        ber.integer(number),
        ber.element(requests.SEARCH_DONE, result),
        ber.element(0xA0, control),
    )


BOUND = bytes.fromhex("300c02010161070a010004000400")
"bindResponse 1: success."


def test_nobody_is_there(slapd: Slapd) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        port = taken.getsockname()[1]
        unreachable(slapd, "Nothing answers", str(port), port=port)
        unreachable(slapd, "Nothing answers", host="127.0.0.1", port=port)


def test_a_host_that_does_not_exist(slapd: Slapd) -> None:
    unreachable(slapd, "no machine named", "nowhere.invalid", host="nowhere.invalid")
    unreachable(slapd, "no machine named", host="x" * 70)


@pytest.mark.parametrize("tls", ["none", "starttls", "ldaps"])
def test_it_never_answers(slapd: Slapd, tls: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        unreachable(slapd, "within 1 seconds", tls=tls, port=port, timeout=1)


@pytest.mark.parametrize("after", [10, 100, 5_000, 500_000])
def test_it_stalls_half_way(slapd: Slapd, after: int) -> None:
    with cut_wire(slapd.port, after, "stall") as port:
        unreachable(slapd, "within 1 seconds", tls="none", port=port, timeout=1)


@pytest.mark.parametrize("tls", ["none", "starttls"])
@pytest.mark.parametrize("after", [10, 5_000, 500_000])
def test_it_stops_half_way(slapd: Slapd, after: int, tls: str) -> None:
    with cut_wire(slapd.port, after, "close") as port:
        unreachable(slapd, "closed the connection", tls=tls, port=port)


def test_not_tls_where_it_is_expected_and_the_other_way_round(slapd: Slapd) -> None:
    unreachable(slapd, "closed the connection", tls="none", port=slapd.tls_port)
    check_words(Misconfigured, read(slapd, tls="ldaps"), "does not speak TLS")


def test_something_else_answers(slapd: Slapd) -> None:
    with answering(BOUND, b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        unreachable(slapd, "does not answer as LDAP does", tls="none", port=port)


@pytest.mark.parametrize(
    "banner", [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 400 No\r\n\r\n", b"0\0"]
)
def test_something_else_answers_at_once(slapd: Slapd, banner: bytes) -> None:
    for tls in ("none", "starttls"):
        with answering(banner) as port:
            unreachable(slapd, "does not answer as LDAP does", tls=tls, port=port)


def test_one_byte_after_the_other(slapd: Slapd, monkeypatch: pytest.MonkeyPatch) -> None:
    """However slowly: a message has a time within which it must end."""
    monkeypatch.setattr(session, "PATIENCE", 0)
    with answering(BOUND[:5]) as port:
        unreachable(slapd, "does not answer within", tls="none", port=port, timeout=600)


def test_pages_without_an_end(slapd: Slapd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "MOST_EMPTY_PAGES", 2)
    pages = [empty_page(number) for number in (2, 3, 4)]
    with answering(BOUND, *pages) as port:
        unreachable(slapd, "empty pages", tls="none", port=port)


def test_an_answer_without_an_end(slapd: Slapd) -> None:
    with answering(BOUND, bytes.fromhex("3084ffffffff")) as port:
        unreachable(slapd, "does not answer as LDAP does", tls="none", port=port)


def test_it_says_good_bye(slapd: Slapd) -> None:
    """The notice of disconnection (RFC 4511, 4.4.1); it repeats the password."""
    name = b"1.3.6.1.4.1.1466.20036"
    result = b"\x0a\x01\x34\x04\x00\x04" + bytes([len(PASSWORD)]) + PASSWORD.encode()
    body = result + b"\x8a" + bytes([len(name)]) + name
    notice = b"\x02\x01\x00\x78" + bytes([len(body)]) + body
    with answering(BOUND, b"\x30" + bytes([len(notice)]) + notice) as port:
        unreachable(slapd, "ends the connection", "***", tls="none", port=port)
