"""TWS_TLS=strict: nothing is said in clear text, on real sockets.

0.0.0.0 is dialled, which leads to this machine as its own addresses do, and is none of them.
"""

import asyncio
import dataclasses
import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.mail.certificates import made
from tests.mail.server import post_office
from tests.net.listening import Notes
from tests.running import Problem, running_tws
from tests.test_rotation import DOMAIN
from tws import connectors, links
from tws.app.encrypting import encryption_of, server_ways
from tws.app.office import open_office
from tws.cluster.board import Unreachable
from tws.cluster.nats import connected
from tws.config import Settings
from tws.connectors import smtp
from tws.connectors.databases.sql import Sql, SqlSettings
from tws.connectors.http.client import Http
from tws.connectors.http.pinned import Goal
from tws.connectors.ldap.session import Session
from tws.connectors.ldap.settings import LdapSettings
from tws.connectors.sms import register as text_messages
from tws.errors import Invalid
from tws.mail.model import MailServer, Security
from tws.net.carrier import Tls
from tws.net.datagram import Datagram
from tws.net.encryption import EXCEPT, TLS, in_environment, ways
from tws.net.listener import Listener
from tws.net.stream import Stream
from tws.net.syslog import Collector, Transport, try_out
from tws.sources.errors import Misconfigured
from tws.storage import StorageUnavailable
from tws.storage.database import backend_for

ELSEWHERE = "0.0.0.0"  # noqa: S104
CLEAR, UNKNOWN = "in clear text", "without its certificate"
SSL_REQUEST = (8).to_bytes(4) + (80877103).to_bytes(4)
"PostgreSQL, 55.7: what a client says first that wants TLS."


class Far:
    """A server of nothing: who came, and the first words."""

    def __init__(self) -> None:
        self.port, self.came, self.first = 0, 0, b""

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.came += 1
        self.first = await reader.read(64)
        writer.write(b"N")
        writer.close()


@pytest.fixture
async def far() -> AsyncIterator[Far]:
    far = Far()
    server = await asyncio.start_server(far.take, "127.0.0.1", 0)
    far.port = server.sockets[0].getsockname()[1]
    yield far
    server.close()
    await server.wait_closed()


@pytest.fixture
def strict() -> Iterator[None]:
    with in_environment({TLS: "strict", EXCEPT: None}):
        yield


@pytest.mark.usefixtures("strict")
async def test_a_link_is_dialled_encrypted_or_not_at_all(far: Far) -> None:
    notes = Notes()
    stream = Stream(notes, backoff=lambda _: 3600.0)
    try:
        stream.open("clear", ELSEWHERE, far.port, None)
        stream.open("unknown", ELSEWHERE, far.port, Tls(verify=False))
        await notes.until(lambda: len(notes.whys()) == 2)
        assert CLEAR in notes.whys("clear")[0] and UNKNOWN in notes.whys("unknown")[0]
        assert far.came == 0
        with in_environment({EXCEPT: f"other.example, {ELSEWHERE}:{far.port}"}):
            stream.open("excepted", ELSEWHERE, far.port, None)
            await notes.until(lambda: notes.count("connected") == 1)
        stream.open("own", "127.0.0.1", far.port, None)
        await notes.until(lambda: notes.count("connected") == 2)
    finally:
        await stream.stop()


@pytest.mark.usefixtures("strict")
async def test_nobody_is_listened_to_in_clear_text() -> None:
    for carrier in (Listener(Notes(), ELSEWHERE, 0), Datagram(Notes(), ELSEWHERE, 0)):
        with pytest.raises(OSError, match=CLEAR):
            await carrier.start()


@pytest.mark.usefixtures("strict")
async def test_products_are_not_asked_in_clear_text(far: Far) -> None:
    def ldap() -> None:
        Session(LdapSettings(host=ELSEWHERE, port=far.port, tls="none", base="o=x"), Path())

    def sql(tls: str) -> None:
        url = f"postgresql://{ELSEWHERE}:{far.port}/x"
        list(Sql(SqlSettings(url=url, table="people", tls=tls), Path()).entries())  # type: ignore[arg-type]

    address = f"http://{ELSEWHERE}:{far.port}/"
    for ask in (ldap, lambda: sql("preferred"), lambda: Http(address), lambda: Goal.of(address)):
        with pytest.raises(Misconfigured, match=CLEAR):
            await asyncio.to_thread(ask)
    with pytest.raises(Misconfigured, match=UNKNOWN):
        sql("required")
    for transport in (Transport.UDP, Transport.TCP):
        said = try_out(Collector(transport=transport, host=ELSEWHERE, port=far.port), b"x")
        assert CLEAR in str(said)
    with pytest.raises(Invalid, match=CLEAR):
        links.validate("asterisk", {"host": "pbx.example", "password": "x"})
    links.validate("asterisk", {"host": "pbx.example", "password": "x", "tls": True})
    assert far.came == 0


@pytest.mark.usefixtures("strict")
async def test_no_mail_is_given_to_a_server_that_does_not_encrypt() -> None:
    async with post_office() as post:
        for security in (Security.AUTO, Security.NONE):
            server = MailServer(
                host=ELSEWHERE,
                port=post.port,
                security=security,
                username="",
                password="",
                sender="tws@ssdei.example",
                ca_file=None,
            )
            with pytest.raises(Misconfigured, match=CLEAR):
                await smtp.send(server, "alice@ssdei.example", b"Subject: x\r\n\r\nx")
        assert not post.mails


@pytest.mark.usefixtures("strict")
async def test_nats_hears_nothing_of_us_where_it_offers_no_tls() -> None:
    """The library would tell it our password: it encrypts where it is asked to."""
    heard = bytearray()

    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'INFO {"server_id":"a","version":"2.10.0","max_payload":1048576}\r\n')
        while data := await reader.read(4096):
            heard.extend(data)
        writer.close()

    server = await asyncio.start_server(answers, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(Unreachable):
            async with connected([f"tls://tws:secret@127.0.0.1:{port}"], "a"):
                pass
    assert not heard


async def test_the_database_hears_nothing_before_tls(far: Far) -> None:
    url = f"postgresql://tws:secret@{ELSEWHERE}:{far.port}/tws"
    backend = backend_for(url)
    with pytest.raises(StorageUnavailable), backend.translated():
        await backend.connect(writing=False)
    await backend.dispose()
    assert far.first == SSL_REQUEST and far.came == 1


@pytest.mark.usefixtures("strict")
async def test_nodes_hear_of_each_other_encrypted_or_not_at_all(far: Far, tmp_path: Path) -> None:
    """By NATS, which carries the cookies of requests that are handed on."""
    clear = f"nats://tws:secret@{ELSEWHERE}:{far.port}"
    with pytest.raises(Unreachable, match=CLEAR) as refused:
        async with connected([f"tls://localhost:{far.port}", clear], "a"):
            pass
    assert far.came == 0 and "secret" not in str(refused.value)
    settings = Settings(
        data_dir=tmp_path,
        database="postgresql://localhost/tws",
        nats=f"{clear},nats://127.0.0.1,tls://nats3",  # type: ignore[arg-type]
    )
    ways = [way for name, way in server_ways(settings) if name == "NATS"]
    assert [way.where for way in ways if not way.safe] == [f"{ELSEWHERE}:{far.port}"]
    # Whose host cannot be told from its scheme would pass for this machine.
    with pytest.raises(ValidationError, match="nats://HOST"):
        Settings(data_dir=tmp_path, database="postgresql://x/y", nats=("nats1:4222",))


async def test_authorities_of_the_company_are_trusted(tmp_path: Path) -> None:
    certificate, key = made(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    address = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"

    def ask() -> bytes:
        with Http(address) as http:
            return http.get().content

    with pytest.raises(Misconfigured, match="not trusted"):
        await asyncio.to_thread(ask)
    settings = Settings(data_dir=tmp_path / "data", ca_file=certificate)
    with encryption_of(settings):
        assert await asyncio.to_thread(ask) == b"OK"
        # Those of the machine are still believed.
        assert len(ssl.create_default_context().get_ca_certs()) > 2
    server.close()


def test_a_server_that_would_be_spoken_to_in_clear_text_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="tls=strict needs tls_certificate"):
        Settings(data_dir=tmp_path, tls="strict", host=ELSEWHERE)
    with pytest.raises(ValidationError, match="public_url of https"):
        Settings(data_dir=tmp_path, tls="strict", public_url="http://tws.example")
    with pytest.raises(ValidationError, match="needs tls_certificate"):
        Settings(data_dir=tmp_path, redirect_port=80)


KNOWN = {"url", "wsdl", "connection_string", "host"}
TLS_ALONE = {"google", "office365"}
FILES = {"access", "csv", "excel", "vcard", "outlook"}


@pytest.mark.parametrize(
    "windows",
    [links.WINDOWS, connectors.WINDOWS, connectors.CALENDAR_WINDOWS, text_messages.WINDOWS],
)
def test_each_form_says_how_its_product_is_spoken_to(windows: object) -> None:
    """As `tws.net.encryption.ways` reads it."""
    for name, window in windows.listing().items():  # type: ignore[attr-defined]
        fields = {field.name for field in dataclasses.fields(window.Settings)}
        if name in TLS_ALONE | FILES:
            assert not fields & KNOWN
        else:
            assert fields & KNOWN, name
            assert "host" not in fields or "tls" in fields, name
            assert (
                not (fields & {"url", "wsdl"})
                or "verify" in fields
                or "tls" in fields
                or (name == "exchange_webdav")
            ), name
    assert not list(ways(object()))


async def test_a_server_under_strict_takes_no_link_in_clear_text(tmp_path: Path) -> None:
    """A real one; the doctor names what is allowed all the same."""
    settings = Settings(data_dir=tmp_path, state_dir=tmp_path / "state")
    async with open_office(settings) as office:
        await office.access.first_start.initialise(
            username="admin", password="a long password", company="SSDEI", domain=DOMAIN
        )
    async with running_tws(tmp_path, TWS_TLS="strict", TWS_TLS_EXCEPT="old-pbx.example") as server:
        api = await server.client().sign_in_as_administrator()
        (domain,) = await api.get("/admin/domains")
        link = {"domain": domain["id"], "dialect": "csta_xml", "enabled": False}
        plain = {"host": "pbx.example", "port": 1}
        with pytest.raises(Problem) as refused:
            await api.post("/admin/links", name="PBX", settings=plain, **link)
        assert refused.value.status == 422 and CLEAR in refused.value.content["detail"]
        old = {"host": "old-pbx.example", "port": 1}
        await api.post("/admin/links", name="Old", settings=old, **link)
        new = {"host": "pbx.example", "port": 1, "tls": True}
        await api.post("/admin/links", name="New", settings=new, **link)
        found = (await api.get("/admin/doctor"))["findings"]
        (told,) = [one for one in found if one["check"] == "encryption"]
        assert "Old (old-pbx.example" in told["said"]["words"]
        assert "New" not in told["said"]["words"] and "https" not in told["said"]["words"]
