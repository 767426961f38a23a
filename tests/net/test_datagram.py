"""UDP: peers by address, silence, floods, addresses that we open."""

import random
import socket

import pytest

from tests.contracts.far_ends import TRUSTING, udp_phone
from tests.net.listening import Notes
from tws.net.datagram import NO_TLS, Datagram


async def carrier(notes: Notes, **options: object) -> Datagram:
    datagram = Datagram(notes, "127.0.0.1", 0, **options)  # type: ignore[arg-type]
    await datagram.start()
    return datagram


async def test_silence_ends_a_peer_and_its_next_word_begins_it_again() -> None:
    notes = Notes()
    datagram = await carrier(notes, idle=0.2)
    async with udp_phone(datagram.port) as (_, transport):
        transport.sendto(b"one")
        await notes.until(lambda: bool(notes.whys()))
        assert notes.whys() == ["nothing heard for 0.2 s"]
        transport.sendto(b"two")
        await notes.until(lambda: notes.count("connected") == 2)
    assert datagram.counters["silent_forgotten"] >= 1
    await datagram.stop()


async def test_a_peer_that_talks_outlives_one_that_does_not() -> None:
    notes = Notes()
    datagram = await carrier(notes, idle=0.3)
    async with udp_phone(datagram.port) as (quiet, to_quiet), udp_phone(datagram.port) as (_, to):
        to.sendto(b"first")
        await notes.until(lambda: notes.count("connected") == 1)
        to_quiet.sendto(b"second")
        await notes.until(lambda: notes.count("connected") == 2)
        quiet_peer = notes.heard[-1][1]
        while not notes.whys():
            to.sendto(b"again")
            before = len(notes.heard)
            await notes.until(lambda before=before: len(notes.heard) > before)  # type: ignore[misc]
    assert [who for what, who, _ in notes.heard if what == "disconnected"] == [quiet_peer]
    assert quiet.heard.empty()
    await datagram.stop()


async def test_a_flood_of_addresses_takes_no_place_of_those_who_are_there() -> None:
    notes = Notes()
    datagram = await carrier(notes, max_peers=2)
    async with udp_phone(datagram.port) as (_, one), udp_phone(datagram.port) as (_, two):
        one.sendto(b"one")
        two.sendto(b"two")
        await notes.until(lambda: notes.count("connected") == 2)
        for _ in range(10):
            async with udp_phone(datagram.port) as (_, stranger):
                stranger.sendto(b"let me in")
        one.sendto(b"still here")
        await notes.until(lambda: notes.count("received") == 3)
    assert notes.count("connected") == 2
    assert datagram.counters["dropped_full"] == 10
    await datagram.stop()


async def test_an_opened_peer_is_there_before_it_speaks_and_keeps_its_name() -> None:
    notes = Notes()
    datagram = await carrier(notes, idle=0.1)
    async with udp_phone() as (phone, transport):
        address = transport.get_extra_info("sockname")
        datagram.open("pbx", "localhost", address[1], None)
        datagram.open("pbx", "localhost", address[1], None)
        await notes.until(lambda: notes.heard == [("connected", "pbx", "")])
        datagram.send("pbx", b"hello")
        assert await phone.hear() == b"hello"
        transport.sendto(b"hello back", ("127.0.0.1", datagram.port))
        await notes.until(lambda: notes.heard[-1] == ("received", "pbx", "hello back"))
        datagram.close("pbx", "no longer", stop=True)
        datagram.send("pbx", b"too late")
        await notes.until(lambda: notes.whys() == ["no longer"])
        assert phone.heard.empty()
    await datagram.stop()


async def test_an_address_that_called_before_it_is_opened_is_one_peer() -> None:
    notes = Notes()
    datagram = await carrier(notes)
    async with udp_phone() as (phone, transport):
        address = transport.get_extra_info("sockname")
        transport.sendto(b"first", ("127.0.0.1", datagram.port))
        await notes.until(lambda: notes.count("received") == 1)
        datagram.open("pbx", "127.0.0.1", address[1], None)
        await notes.until(lambda: notes.count("connected") == 2)
        transport.sendto(b"second", ("127.0.0.1", datagram.port))
        await notes.until(lambda: notes.heard[-1] == ("received", "pbx", "second"))
        assert notes.whys() == ["now called pbx"]
        assert phone.heard.empty()
    await datagram.stop()


async def test_a_name_that_is_not_found_is_looked_up_again() -> None:
    notes, asked = Notes(), []

    def delay(failures: int) -> float:
        asked.append(failures)
        return 0.0 if failures < 3 else 3600.0

    datagram = await carrier(notes, backoff=delay)
    datagram.open("pbx", "no-such-host.invalid", 5060, None)
    await notes.until(lambda: len(notes.whys("pbx")) == 3)
    assert asked == [1, 2, 3]
    assert "host name not found" in notes.whys()[0]
    await datagram.stop()


async def test_tls_over_udp_is_refused_in_words() -> None:
    notes = Notes()
    datagram = await carrier(notes)
    datagram.open("pbx", "127.0.0.1", 5061, TRUSTING)
    await notes.until(lambda: notes.whys() == [NO_TLS])
    await datagram.stop()


async def test_a_port_in_use_says_so() -> None:
    datagram = await carrier(Notes())
    other = Datagram(Notes(), "127.0.0.1", datagram.port)
    with pytest.raises(OSError, match="the address is already in use"):
        await other.start()
    await other.stop()
    await datagram.stop()


async def test_a_mistake_of_the_user_forgets_that_peer_only() -> None:
    class Careless(Notes):
        def received(self, peer: str, data: bytes) -> None:
            if data == b"bad":
                raise ValueError("a mistake of ours")
            super().received(peer, data)

    notes = Careless()
    datagram = await carrier(notes)
    async with udp_phone(datagram.port) as (_, one), udp_phone(datagram.port) as (_, two):
        one.sendto(b"bad")
        two.sendto(b"good")
        await notes.until(lambda: notes.count("received") == 1 and bool(notes.whys()))
    assert "internal error" in notes.whys()[0]
    assert datagram.counters["user_errors"] == 1
    await datagram.stop()


async def test_garbage_and_empty_datagrams_are_carried() -> None:
    notes, noise = Notes(), random.Random(7)
    datagram = await carrier(notes)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        phone.connect(("127.0.0.1", datagram.port))
        phone.send(b"")
        for _ in range(50):
            phone.send(noise.randbytes(1400))
        await notes.until(lambda: notes.count("received") == 51)
    assert notes.count("connected") == 1
    await datagram.stop()


async def test_a_peer_that_answered_is_opened_again_after_the_shortest_delay() -> None:
    notes, asked = Notes(), []

    def delay(failures: int) -> float:
        asked.append(failures)
        return 0.0

    datagram = await carrier(notes, backoff=delay)
    async with udp_phone() as (_, transport):
        datagram.open("pbx", "127.0.0.1", transport.get_extra_info("sockname")[1], None)
        for opened in range(1, 4):
            await notes.until(lambda opened=opened: notes.count("connected") == opened)  # type: ignore[misc]
            datagram.close("pbx", "silent", stop=False)
        await notes.until(lambda: notes.count("connected") == 4)
        transport.sendto(b"here I am", ("127.0.0.1", datagram.port))
        await notes.until(lambda: notes.count("received") == 1)
        datagram.close("pbx", "we do not like it", stop=False)
        await notes.until(lambda: notes.count("connected") == 5)
    assert asked == [1, 2, 3, 1]
    await datagram.stop()


async def test_one_that_waits_to_be_opened_again_can_be_given_up() -> None:
    notes = Notes()
    datagram = await carrier(notes, backoff=lambda failures: 3600.0)
    async with udp_phone() as (_, transport):
        port = transport.get_extra_info("sockname")[1]
        datagram.open("pbx", "127.0.0.1", port, None)
        await notes.until(lambda: notes.count("connected") == 1)
        datagram.close("pbx", "silent", stop=False)
        datagram.close("pbx", "no longer", stop=True)
        datagram.open("pbx", "127.0.0.1", port, None)
        await notes.until(lambda: notes.count("connected") == 2)
    assert notes.whys() == ["silent"]
    await datagram.stop()


async def test_a_mistake_of_the_user_opens_again_what_was_opened() -> None:
    class Careless(Notes):
        def received(self, peer: str, data: bytes) -> None:
            raise ValueError("a mistake of ours")

    notes = Careless()
    datagram = await carrier(notes, backoff=lambda failures: 0.0)
    async with udp_phone() as (_, transport):
        datagram.open("pbx", "127.0.0.1", transport.get_extra_info("sockname")[1], None)
        await notes.until(lambda: notes.count("connected") == 1)
        transport.sendto(b"bad", ("127.0.0.1", datagram.port))
        await notes.until(lambda: notes.count("connected") == 2)
    assert [who for what, who, _ in notes.heard if what == "connected"] == ["pbx", "pbx"]
    assert datagram.counters["user_errors"] == 1
    await datagram.stop()
