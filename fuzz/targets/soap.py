"""Gateways of text messages that are asked by SOAP: what they describe, and what they answer."""

import asyncio
import ssl
from pathlib import Path

from fuzz.mutation import ByTokens
from fuzz.seeds import XML
from fuzz.target import Target, holds
from tws.connectors.sms.outbound import Answer, Outbound
from tws.connectors.sms.soap.gateway import Soap
from tws.connectors.sms.soap.settings import SoapSettings
from tws.messaging.sms.provider import Outgoing, SmsRefused, Surroundings
from tws.sources.errors import ConnectorError

WSDL_URL = "https://gateway.example.org/sms.wsdl"
TYPES = b"""<xsd:schema targetNamespace="urn:sms" elementFormDefault="qualified"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:element name="sendSMS"><xsd:complexType>
<xsd:sequence><xsd:element name="to" type="xsd:string"/><xsd:element name="when" minOccurs="0"
 type="xsd:dateTime"/></xsd:sequence></xsd:complexType></xsd:element>
<xsd:element name="said"><xsd:simpleType><xsd:restriction base="xsd:int"/></xsd:simpleType>
</xsd:element></xsd:schema>"""
WSDL = (
    b"""<definitions targetNamespace="urn:sms" xmlns:tns="urn:sms"
 xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
<types>"""
    + TYPES
    + b"""</types><message name="In"><part name="parameters" element="tns:sendSMS"/></message>
<message name="Out"><part name="parameters" element="tns:said"/></message>
<portType name="Port"><operation name="sendSMS"><input message="tns:In"/>
<output message="tns:Out"/></operation></portType><binding name="Binding" type="tns:Port">
<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
<operation name="sendSMS"><soap:operation soapAction="urn:sms#send"/><input>
<soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation></binding>
<service name="Sms"><port name="Port" binding="tns:Binding">
<soap:address location="https://gateway.example.org/sms"/></port></service></definitions>"""
)


REPLY = b"""<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>
<said xmlns="urn:sms">0</said></e:Body></e:Envelope>"""
FAULT = REPLY.replace(
    b'<said xmlns="urn:sms">0</said>',
    b"<e:Fault><faultcode>e:Client</faultcode><faultstring>no</faultstring><detail/></e:Fault>",
)


class _Giving(Outbound):
    """It asks nobody: a description and an answer are given."""

    def __init__(self) -> None:
        super().__init__(local=False, tls=ssl.create_default_context)
        self.given: dict[str, bytes] = {}

    async def ask(self, method: str, url: str, **_: object) -> Answer:
        holds(url.startswith("https://gateway.example.org"), "it asks another host")
        return Answer(url, 200, {}, self.given[method])


LOOP, GIVING = asyncio.new_event_loop(), _Giving()
GATEWAY = Soap(
    SoapSettings(wsdl=WSDL_URL), Surroundings(files=Path(), local=False, hear=lambda _: None)
)
GATEWAY._out = GATEWAY._description._out = GIVING
MESSAGE = Outgoing(id="1", to="+33612345678", sender="SSDEI", text="été")


def _soap(data: bytes) -> None:
    for description, answer in ((data, REPLY), (WSDL, data)):
        GATEWAY._description.forget()
        GIVING.given = {"GET": description, "POST": answer}
        try:
            LOOP.run_until_complete(GATEWAY.send(MESSAGE))
        except (ConnectorError, SmsRefused) as error:
            holds(bool(str(error)), "no words")


SOAP_SERVICE = Target(
    feed=_soap,
    seeds=(WSDL, TYPES, WSDL.replace(b"document", b"rpc"), b"<definitions/>", REPLY, FAULT),
    words=(
        *(b"<xsd:import schemaLocation='x.xsd'/>", b"<import location='y.wsdl'/>", b"xsd:anyType"),
        *(b"ref='tns:sendSMS'", b"type='tns:loop'", b"<xsd:group/>", b"<xsd:extension base=''/>"),
        *(b"maxOccurs='-1'", b"<!DOCTYPE d [<!ENTITY a 'b'>]>", b"https://elsewhere.example.org/"),
    ),
    mutate=ByTokens(XML, (WSDL, TYPES, FAULT), ()),
    longest=6000,
)
