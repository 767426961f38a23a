"""Messages by SMPP, on real sockets: taken, parted, throttled, broken off, and told of later."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.smsc import ACCOUNT, PASSWORD, Centre, other_centre, running_centre
from tws.connectors.sms.smpp import link
from tws.connectors.sms.smpp.gateway import Smpp
from tws.connectors.sms.smpp.settings import SmppSettings
from tws.messaging.sms.provider import (
    OutcomeUnknown,
    Outgoing,
    Receipt,
    SmsRefused,
    Surroundings,
)
from tws.protocols.sms.alphabet import Alphabet, decoded
from tws.sources.errors import Misconfigured, SignInRefused, Unreachable

LONG = "Réunion à midi, salle Été €. " * 10


class Heard:
    def __init__(self) -> None:
        self.receipts: asyncio.Queue[Receipt] = asyncio.Queue()
        self.waits: list[float] = []

    async def wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def next(self) -> Receipt:
        async with asyncio.timeout(20):
            return await self.receipts.get()


@asynccontextmanager
async def provider(
    port: int, tmp_path: Path, *, local: bool = True, **settings: Any
) -> AsyncIterator[tuple[Smpp, Heard]]:
    heard = Heard()
    around = Surroundings(files=tmp_path, local=local, hear=heard.receipts.put_nowait)
    given = {"system_id": ACCOUNT, "password": PASSWORD, **settings}
    made = Smpp(SmppSettings(host="127.0.0.1", port=port, **given), around, heard.wait)
    try:
        yield made, heard
    finally:
        await made.close()


def outgoing(text: str = "Hello", sender: str = "SSDEI") -> Outgoing:
    return Outgoing(id="1", to="+33612345678", sender=sender, text=text)


@pytest.fixture
async def centre() -> AsyncIterator[Centre]:
    async with running_centre() as centre:
        yield centre


async def test_a_message_is_taken_and_told_of(centre: Centre, tmp_path: Path) -> None:
    async with provider(centre.port, tmp_path) as (smpp, heard):
        assert await smpp.send(outgoing("à midi €")) == ("m1",)
        (sent,) = centre.submitted
        assert (decoded(sent.text, Alphabet.GSM7), sent.data_coding) == ("à midi €", 0)
        assert (sent.destination.text, sent.destination.ton, sent.destination.npi) == (
            "33612345678",
            1,
            1,
        )
        assert (sent.source.text, sent.source.ton, sent.registered_delivery) == ("SSDEI", 5, 1)
        centre.receipt("m1", "DELIVRD")
        assert await heard.next() == Receipt(reference="m1", state="delivered")
        centre.receipt("m1", "ACCEPTD")  # says nothing that counts
        centre.receipt("m1", "UNDELIV", "027")
        failed = await heard.next()
        assert failed.state == "failed" and "UNDELIV 027" in str(failed.reason)
        assert centre.binds == 1


async def test_a_long_message_is_parted_with_headers(centre: Centre, tmp_path: Path) -> None:
    async with provider(centre.port, tmp_path) as (smpp, _):
        ids = await smpp.send(outgoing("Midi, salle n° 3. " * 20))
        assert len(ids) == len(centre.submitted) > 1
        heads = [sent.text[:6] for sent in centre.submitted]
        assert [head[:3] for head in heads] == [b"\x05\x00\x03"] * len(ids)
        assert [(head[4], head[5]) for head in heads] == [
            (len(ids), at + 1) for at in range(len(ids))
        ]
        assert len({head[3] for head in heads}) == 1
        assert {sent.esm_class for sent in centre.submitted} == {0x40}
        whole = b"".join(sent.text[6:] for sent in centre.submitted)
        alphabet = Alphabet.UCS2 if centre.submitted[0].data_coding == 8 else Alphabet.GSM7
        assert decoded(whole, alphabet) == "Midi, salle n° 3. " * 20


async def test_the_centre_parts_where_it_wants_to(centre: Centre, tmp_path: Path) -> None:
    async with provider(centre.port, tmp_path, long_messages="payload", alphabet="ucs2") as (
        smpp,
        _,
    ):
        assert await smpp.send(outgoing(LONG)) == ("m1",)
        (sent,) = centre.submitted
        assert (sent.text, sent.data_coding, sent.esm_class) == (b"", 8, 0)
        assert sent.options[0x0424].decode("utf-16-be") == LONG


async def test_a_centre_that_throttles_is_asked_again(centre: Centre, tmp_path: Path) -> None:
    async with provider(centre.port, tmp_path) as (smpp, heard):
        centre.answers = [0x58, 0x14, 0]
        assert await smpp.send(outgoing()) == ("m1",)
        assert heard.waits == [0.5, 1.0] and len(centre.submitted) == 1


async def test_a_break_while_it_is_asked_is_of_unknown_outcome(
    centre: Centre, tmp_path: Path
) -> None:
    async with provider(centre.port, tmp_path) as (smpp, _):
        centre.answers = ["hang up"]
        with pytest.raises(OutcomeUnknown):
            await smpp.send(outgoing())
        # The next one goes by a new session.
        assert await smpp.send(outgoing()) == ("m1",)
        assert centre.binds == 2


async def test_no_answer_is_of_unknown_outcome(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "ANSWER", 0.05)
    async with provider(centre.port, tmp_path) as (smpp, _):
        centre.answers = ["silence"]
        with pytest.raises(OutcomeUnknown):
            await smpp.send(outgoing())


async def test_a_session_that_ended_is_begun_again(centre: Centre, tmp_path: Path) -> None:
    async with provider(centre.port, tmp_path) as (smpp, _):
        assert await smpp.keep() is True
        centre.hang_up()
        with pytest.raises(Unreachable):
            await smpp.keep()
        await smpp.keep()
        assert (centre.binds, centre.enquired) == (2, 2)


async def test_what_is_refused_is_refused_for_good(centre: Centre, tmp_path: Path) -> None:
    async with provider(centre.port, tmp_path) as (smpp, _):
        centre.answers = [0x0B]
        with pytest.raises(SmsRefused, match="0xb"):
            await smpp.send(outgoing())
        centre.answers = [0, 0x0B]
        with pytest.raises(SmsRefused, match=r"Of \d parts 1 were taken"):
            await smpp.send(outgoing(LONG))


async def test_who_is_not_let_in_is_told_why(centre: Centre, tmp_path: Path) -> None:
    async with provider(centre.port, tmp_path, password="wrong") as (smpp, _):
        with pytest.raises(SignInRefused, match="company"):
            await smpp.check()
    async with provider(centre.port, tmp_path) as (smpp, _):
        centre.bind_status = 0x58
        with pytest.raises(Unreachable):
            await smpp.check()


async def test_addresses_of_this_machine_are_not_asked(centre: Centre, tmp_path: Path) -> None:
    async with provider(centre.port, tmp_path, local=False) as (smpp, _):
        with pytest.raises(Misconfigured, match="of this machine"):
            await smpp.send(outgoing())
    assert centre.binds == 0


async def test_what_speaks_something_else_is_away(tmp_path: Path) -> None:
    async def speaks_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(16)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(speaks_http, "127.0.0.1", 0)
    async with server, provider(server.sockets[0].getsockname()[1], tmp_path) as (smpp, _):
        with pytest.raises(Unreachable):
            await smpp.check()


async def test_with_the_centre_of_another_library(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with (
        other_centre(port) as next_taken,
        provider(port, tmp_path, password="any") as (smpp, heard),
    ):
        assert await smpp.send(outgoing("Salut {€}")) == ("other-1",)
        taken = await next_taken()
        assert (taken["to"], taken["from"], taken["coding"]) == ("33612345678", "SSDEI", 0)
        assert decoded(bytes.fromhex(taken["text"]), Alphabet.GSM7) == "Salut {€}"
        assert await heard.next() == Receipt(reference="other-1", state="delivered")
        await smpp.keep()
