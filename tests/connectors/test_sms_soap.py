"""Gateways over SOAP: a real WSDL, read and asked by what the form says; and WSDLs that are not
taken."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.connectors.http_server import Reply, Request, serving
from tws.connectors.sms import outbound
from tws.connectors.sms.register import WINDOWS
from tws.connectors.sms.soap.description import LARGEST
from tws.connectors.sms.soap.gateway import Soap
from tws.errors import Invalid
from tws.messaging.sms.provider import OutcomeUnknown, Outgoing, SmsRefused, Surroundings
from tws.sources.errors import Misconfigured, Unreachable

KEY = "key given by the provider"
NAMESPACE = "urn:sms"
TYPES = """<xsd:schema targetNamespace="urn:sms" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
  elementFormDefault="qualified">{inside}
  <xsd:element name="sendSMS"><xsd:complexType><xsd:sequence>
    <xsd:element name="key" type="xsd:string"/><xsd:element name="to" type="xsd:string"/>
    <xsd:element name="message" type="xsd:string"/>
    <xsd:element name="from" type="xsd:string" minOccurs="0"/>
  </xsd:sequence></xsd:complexType></xsd:element>
  <xsd:element name="sendSMSResponse"><xsd:complexType><xsd:sequence>
    <xsd:element name="result" type="xsd:string"/>
  </xsd:sequence></xsd:complexType></xsd:element>
</xsd:schema>"""
WSDL = """<?xml version="1.0" encoding="utf-8"?>{before}
<definitions name="Sms" targetNamespace="urn:sms" xmlns:tns="urn:sms"
  xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
  <types>{types}</types>
  <message name="In"><part name="parameters" element="tns:sendSMS"/></message>
  <message name="Out"><part name="parameters" element="tns:sendSMSResponse"/></message>
  <portType name="Port"><operation name="sendSMS">
    <input message="tns:In"/><output message="tns:Out"/></operation></portType>
  <binding name="Binding" type="tns:Port">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="sendSMS"><soap:operation soapAction="urn:sms#send"/>
      <input><soap:body use="literal"/></input><output><soap:body use="literal"/></output>
    </operation></binding>
  <service name="Sms"><port name="Port" binding="tns:Binding">
    <soap:address location="{address}"/></port></service>
</definitions>"""
ENVELOPE = """<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>{}</e:Body>
</e:Envelope>"""
TAKEN = '<sendSMSResponse xmlns="urn:sms"><result>{}</result></sendSMSResponse>'
FAULT = "<e:Fault><faultcode>e:Client</faultcode><faultstring>{}</faultstring></e:Fault>"
XML = {"Content-Type": "text/xml; charset=utf-8"}
ENTITIES = '<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


class Gateway:
    """`wsdl` is made for the address at which it is; `say` is what comes of a message."""

    def __init__(self) -> None:
        self.url = ""
        self.wsdl: Callable[[str], str] = lambda url: WSDL.format(
            before="", types=TYPES.format(inside=""), address=f"{url}/service"
        )
        self.say = Reply(200, ENVELOPE.format(TAKEN.format("OK")).encode(), XML)
        self.more: dict[str, str] = {}

    def answer(self, request: Request) -> Reply:
        if request.path in self.more:
            return Reply(200, self.more[request.path].encode(), XML)
        if request.method == "GET":
            return Reply(200, self.wsdl(self.url).encode(), XML)
        return self.say


@asynccontextmanager
async def provider(tmp_path: Path, url: str, **settings: Any) -> AsyncIterator[Soap]:
    around = Surroundings(files=tmp_path, local=True, hear=lambda receipt: None)
    given = {"wsdl": f"{url}/sms.wsdl", "key": KEY, **settings}
    made = Soap(WINDOWS.settings("soap", given), around)
    try:
        yield made
    finally:
        await made.close()


def outgoing() -> Outgoing:
    return Outgoing(id="1", to="+33612345678", sender="SSDEI", text="Été <à> & midi €")


@pytest.fixture
def gateway() -> Any:
    gateway = Gateway()
    with serving(gateway.answer) as service:
        gateway.url = service.url
        gateway.requests = service.requests  # type: ignore[attr-defined]
        yield gateway


async def test_a_message_is_taken(gateway: Any, tmp_path: Path) -> None:
    async with provider(tmp_path, gateway.url) as soap:
        await soap.check()
        assert await soap.send(outgoing()) == ()
        await soap.send(outgoing())
    asked = [request for request in gateway.requests if request.method == "POST"]
    assert [request.path for request in asked] == ["/service", "/service"]
    # The WSDL is fetched once for both messages.
    assert len(gateway.requests) == 3
    found = {
        etree.QName(each).localname: each.text
        for each in etree.fromstring(asked[0].body).iter()
        if isinstance(each.tag, str) and each.text and each.text.strip()
    }
    assert found == {
        "key": KEY,
        "to": "33612345678",
        "message": "Été <à> & midi €",
        "from": "SSDEI",
    }
    assert asked[0].headers["soapaction"].strip('"') == "urn:sms#send"


async def test_what_it_answers(gateway: Any, tmp_path: Path) -> None:
    fault = ENVELOPE.format(FAULT.format(f"wrong key {KEY}")).encode()
    for reply, error in (
        (Reply(500, fault, XML), SmsRefused),
        (Reply(200, ENVELOPE.format(TAKEN.format("ERR 3")).encode(), XML), SmsRefused),
        (Reply(200, b"<html>", XML), OutcomeUnknown),
        (Reply(500, b"", XML), OutcomeUnknown),
        (Reply(200, (ENTITIES + ENVELOPE.format("")).encode(), XML), OutcomeUnknown),
        (Reply(200, b"<" + b"x" * outbound.LARGEST, XML), OutcomeUnknown),
        (Reply(503), Unreachable),
    ):
        gateway.say = reply
        async with provider(tmp_path, gateway.url, success="result>OK<") as soap:
            with pytest.raises(error) as raised:
                await soap.send(outgoing())
        assert type(raised.value) is error and KEY not in str(raised.value)


async def test_what_the_form_must_say(gateway: Any, tmp_path: Path) -> None:
    async with provider(tmp_path, gateway.url, operation="envoyer") as soap:
        with pytest.raises(Misconfigured, match="it has sendSMS"):
            await soap.check()
    wrong = "cle: {key}\ndest: {number}\ntexte: {text}"
    async with provider(tmp_path, gateway.url, arguments=wrong) as soap:
        with pytest.raises(Misconfigured, match="has other arguments") as raised:
            await soap.check()
        assert KEY not in str(raised.value)
    for arguments in ("to: {number}", "message: {text}", "{text} {to}"):
        with pytest.raises(Invalid):
            WINDOWS.settings("soap", {"wsdl": "http://x.example/", "arguments": arguments})


async def test_a_schema_of_its_own_host_is_imported(gateway: Any, tmp_path: Path) -> None:
    include = '<xsd:include schemaLocation="more.xsd"/>'
    gateway.wsdl = lambda url: WSDL.format(
        before="", types=TYPES.format(inside=include), address=f"{url}/service"
    )
    gateway.more["/more.xsd"] = (
        '<xsd:schema targetNamespace="urn:sms" xmlns:xsd="http://www.w3.org/2001/XMLSchema"/>'
    )
    async with provider(tmp_path, gateway.url) as soap:
        await soap.check()
    assert [request.path for request in gateway.requests] == ["/sms.wsdl", "/more.xsd"]


@pytest.mark.parametrize(
    "imported", ["http://127.0.0.1:1/x.xsd", "file:///etc/passwd", "ftp://a.example/x.xsd"]
)
async def test_nothing_else_is_imported(gateway: Any, tmp_path: Path, imported: str) -> None:
    include = f'<xsd:include schemaLocation="{imported}"/>'
    gateway.wsdl = lambda url: WSDL.format(
        before="", types=TYPES.format(inside=include), address=f"{url}/service"
    )
    async with provider(tmp_path, gateway.url) as soap:
        with pytest.raises(Misconfigured, match="not at its own host"):
            await soap.check()
    assert len(gateway.requests) == 1


async def test_wsdls_that_are_not_taken(gateway: Any, tmp_path: Path) -> None:
    types = TYPES.format(inside="")
    for wsdl, said in (
        (WSDL.format(before=ENTITIES, types=types, address="{}/s"), "cannot be used"),
        (
            WSDL.format(
                before='<!DOCTYPE d SYSTEM "file:///etc/passwd">', types=types, address="{}/s"
            ),
            "cannot be used",
        ),
        ("<html/>", "cannot be used"),
        ("no XML", "cannot be used"),
    ):
        gateway.wsdl = lambda url, wsdl=wsdl: wsdl.replace("{}", url)
        async with provider(tmp_path, gateway.url) as soap:
            with pytest.raises(Misconfigured, match=said):
                await soap.check()
    gateway.wsdl = lambda url: " " * (LARGEST + 1)
    async with provider(tmp_path, gateway.url) as soap:
        with pytest.raises(Unreachable, match="more than"):
            await soap.check()
    # Another host is told the key only where an administrator names it.
    gateway.wsdl = lambda url: WSDL.format(
        before="", types=types, address="http://elsewhere.example/service"
    )
    async with provider(tmp_path, gateway.url) as soap:
        with pytest.raises(Misconfigured, match=r"elsewhere\.example"):
            await soap.check()
    async with provider(tmp_path, gateway.url, endpoint=f"{gateway.url}/here") as soap:
        await soap.send(outgoing())
    assert gateway.requests[-1].path == "/here"
