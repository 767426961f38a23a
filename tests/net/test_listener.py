"""Being called: caps, silence, handshakes that fail, ports that can't be had."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.far_ends import CERTIFICATE, KEY, SERVER_TLS, Line, call
from tests.net.listening import Notes
from tws.net.carrier import ServerTls
from tws.net.listener import DIALS_NOT, Listener


@pytest.fixture
async def lines() -> AsyncIterator[list[Line]]:
    """Callers, closed at the end."""
    called: list[Line] = []
    yield called
    for line in called:
        await line.close()


async def listening(notes: Notes, **options: object) -> Listener:
    listener = Listener(notes, "127.0.0.1", 0, **options)  # type: ignore[arg-type]
    await listener.start()
    return listener


async def test_each_caller_is_a_peer_of_its_own(lines: list[Line]) -> None:
    notes = Notes()
    listener = await listening(notes)
    for n in range(5):
        line = await call(listener.port)
        lines.append(line)
        await line.say(b"phone %d" % n)
    await notes.until(lambda: notes.count("received") == 5)
    peers = {who for what, who, _ in notes.heard if what == "received"}
    assert len(peers) == 5
    for peer in sorted(peers):
        listener.send(peer, peer.encode())
    for line in lines:
        own = line.writer.get_extra_info("sockname")
        name = f"{own[0]}:{own[1]}".encode()
        assert await line.hear(len(name)) == name
    await listener.stop()


@pytest.mark.parametrize("tls", [False, True])
async def test_a_flood_of_callers_takes_no_place_of_those_who_are_there(
    lines: list[Line], tls: bool
) -> None:
    notes = Notes()
    options = {"tls": SERVER_TLS} if tls else {}
    listener = await listening(notes, max_connections=3, **options)
    for _ in range(3):
        line = await call(listener.port, tls)
        lines.append(line)
        await line.say(b"here")
    await notes.until(lambda: notes.count("received") == 3)
    refused = 0
    for _ in range(20):
        try:
            line = await call(listener.port, tls)
            lines.append(line)
            assert await line.hear_end() == b""
        except OSError:
            pass  # closed during its handshake
        refused += 1
    await lines[0].say(b"again")
    await notes.until(lambda: notes.count("received") == 4)
    assert notes.count("connected") == 3
    assert listener.counters["refused_full"] == refused == 20
    await lines[1].close()
    await notes.until(lambda: notes.count("disconnected") == 1)
    lines.append(await call(listener.port, tls))
    await notes.until(lambda: notes.count("connected") == 4)
    await listener.stop()


async def test_a_caller_that_says_nothing_is_closed(lines: list[Line]) -> None:
    notes = Notes()
    listener = await listening(notes, first_byte=0.2)
    silent, talking = await call(listener.port), await call(listener.port)
    lines += [silent, talking]
    await talking.say(b"hello")
    assert await silent.hear_end() == b""
    await notes.until(lambda: bool(notes.whys()))
    assert notes.whys() == ["said nothing for 0.2 s"]
    await talking.say(b"still here")
    await notes.until(lambda: notes.count("received") == 2)
    await listener.stop()


async def test_a_handshake_that_never_ends_gives_its_place_back(lines: list[Line]) -> None:
    notes = Notes()
    listener = await listening(notes, tls=SERVER_TLS, first_byte=0.2, max_connections=1)
    mute = await call(listener.port)
    lines.append(mute)
    await mute.hear_end()
    assert notes.heard == []
    assert listener.counters["handshakes_failed"] == 1
    lines.append(await call(listener.port, tls=True))
    await notes.until(lambda: notes.count("connected") == 1)
    await listener.stop()


async def test_plain_text_on_a_tls_port_is_counted(lines: list[Line]) -> None:
    notes = Notes()
    listener = await listening(notes, tls=SERVER_TLS)
    plain = await call(listener.port)
    lines.append(plain)
    await plain.say(b"REGISTER sip:4001 SIP/2.0\r\n\r\n")
    await plain.hear_end()
    assert notes.heard == []
    assert listener.counters["handshakes_failed"] == 1
    await listener.stop()


async def test_a_port_in_use_says_so() -> None:
    listener = await listening(Notes())
    other = Listener(Notes(), "127.0.0.1", listener.port)
    with pytest.raises(OSError, match=f"127.0.0.1:{listener.port}: the address is already in use"):
        await other.start()
    await other.stop()
    await listener.stop()


@pytest.mark.parametrize(
    ("tls", "words"),
    [
        (ServerTls("/no/such.pem", KEY), "No such file"),
        (ServerTls(KEY, KEY), "do not fit"),
    ],
)
async def test_a_certificate_that_cannot_be_used_says_so(tls: ServerTls, words: str) -> None:
    listener = Listener(Notes(), "127.0.0.1", 0, tls=tls)
    with pytest.raises(OSError, match=words):
        await listener.start()


async def test_a_key_that_is_not_the_certificate_s(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    listener = Listener(Notes(), "127.0.0.1", 0, tls=ServerTls(CERTIFICATE, str(tmp_path / "key")))
    with pytest.raises(OSError, match="do not fit"):
        await listener.start()


async def test_it_does_not_dial() -> None:
    notes = Notes()
    listener = await listening(notes)
    listener.open("pbx", "127.0.0.1", 1, None)
    await notes.until(lambda: notes.whys() == [DIALS_NOT])
    await listener.stop()


async def test_stop_during_handshakes_leaves_nothing(lines: list[Line]) -> None:
    notes = Notes()
    listener = await listening(notes, tls=SERVER_TLS)
    callers = [await call(listener.port) for _ in range(5)]
    lines += callers
    await listener.stop()
    for caller in callers:
        assert await caller.hear_end() == b""
    assert notes.heard == []
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", listener.port)
