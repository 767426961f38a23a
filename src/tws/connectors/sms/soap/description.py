"""The WSDL of a SOAP service: fetched by us, from its own host alone, and read by the library.

The library only reads the WSDL and writes the messages; what is fetched, and from where, is seen
to here: nothing comes from another place than the WSDL, and no document defines entities.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import zeep
import zeep.exceptions
from lxml import etree

from tws.connectors.http.client import origin
from tws.connectors.sms.outbound import Outbound
from tws.connectors.sms.soap.settings import SoapSettings
from tws.messaging.sms.provider import OutcomeUnknown, SmsRefused
from tws.sources.errors import ConnectorError, Misconfigured, Unreachable

MOST_DOCUMENTS = 10
"A WSDL and what it imports."
LARGEST = 1024 * 1024
"Bytes of one of them."
OPERATION = "sendSMS"
UNREADABLE = (
    *(zeep.exceptions.Error, etree.LxmlError, LookupError, TypeError, ValueError),
    *(AttributeError, AssertionError, ArithmeticError, NotImplementedError, RecursionError),
)
"What the library raises of documents that may be anything."


class Needed(Exception):
    """A document that was not fetched yet."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Question(Exception):
    """What is to be posted."""

    def __init__(self, address: str, content: bytes, headers: Mapping[str, str]) -> None:
        super().__init__(address)
        self.address, self.content, self.headers = address, content, dict(headers)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as the library reads it."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    encoding: str = "utf-8"


class OnPaper:
    """What the library takes for a transport. It asks nobody: it gives documents that were
    fetched, and the answer that came."""

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        self._documents = documents
        self.reply: Reply | None = None

    def load(self, url: str) -> bytes:
        if url not in self._documents:
            raise Needed(url)
        return self._documents[url]

    def post_xml(self, address: str, envelope: Any, headers: Mapping[str, str]) -> Reply:
        if self.reply is None:
            content = etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
            raise Question(address, content, headers)
        return self.reply


class Description:
    def __init__(self, settings: SoapSettings, out: Outbound) -> None:
        self._settings, self._out = settings, out
        self._documents: dict[str, bytes] = {}

    def forget(self) -> None:
        """It is fetched again when it is needed."""
        self._documents = {}

    async def client(self) -> tuple[zeep.Client, OnPaper]:
        """Of the WSDL, which is fetched when it is first needed. ConnectorError."""
        url = self._settings.wsdl
        while True:
            transport = OnPaper(self._documents)
            try:
                client = await asyncio.to_thread(self._read, transport)
                return client, transport
            except Needed as needed:
                await self._fetch(needed.url)
            except ConnectorError:
                raise
            except UNREADABLE as error:
                self._documents = {}
                raise Misconfigured(
                    "What {host} describes cannot be used: {said}.",
                    host=urlsplit(url).netloc,
                    said=self._out.complaint(error),
                ) from error

    def _read(self, transport: OnPaper) -> zeep.Client:
        # What is imported is fetched by us, from the host of the WSDL alone.
        guarded = zeep.Settings(forbid_dtd=True, forbid_entities=True, forbid_external=False)
        client = zeep.Client(  # type: ignore[no-untyped-call]
            self._settings.wsdl, transport=transport, settings=guarded
        )
        _ = client.service  # ValueError where there is none
        return client

    async def _fetch(self, url: str) -> None:
        if not self.is_at_home(url):
            raise Misconfigured(
                "The description imports {url}, which is not at its own host: it is not read.",
                url=url[:200],
            )
        if len(self._documents) >= MOST_DOCUMENTS:
            raise Misconfigured(
                "The description imports more than {most} documents.", most=MOST_DOCUMENTS
            )
        try:
            answer = await self._out.ask("GET", url, largest=LARGEST)
        except (OutcomeUnknown, SmsRefused) as error:
            # Nothing was sent: this was a question.
            raise Unreachable(error.said) from error
        self._documents[url] = answer.content

    def operation(self, client: zeep.Client) -> str:
        offered = sorted(name for name in dir(client.service) if not name.startswith("_"))
        wanted = self._settings.operation
        if not wanted and len(offered) == 1:
            return offered[0]
        found = [name for name in offered if name.lower() == (wanted or OPERATION).lower()]
        if not found:
            raise Misconfigured(
                "The description has no operation {operation}: it has {offered}.",
                operation=wanted or OPERATION,
                offered=", ".join(offered[:20]),
            )
        return found[0]

    def is_at_home(self, url: str) -> bool:
        """Whether it is where the description is."""
        try:
            return origin(url) == origin(self._settings.wsdl)
        except ValueError:
            return False
