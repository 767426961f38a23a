"""Gateways that are asked by SOAP: an operation and its arguments are those of a WSDL (9.1.9).

The library only reads the WSDL and writes the messages; what is fetched, and from where, is seen
to here: nothing comes from another place than the WSDL, and no document defines entities.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

import zeep
import zeep.exceptions
from lxml import etree

from tws.connectors.http.client import origin
from tws.connectors.http.settings import TlsSettings, check_address
from tws.connectors.sms import templates
from tws.connectors.sms.outbound import Answer, Outbound
from tws.errors import Invalid
from tws.forms import About, WrongValue
from tws.messaging.sms.provider import OutcomeUnknown, Outgoing, SmsRefused, Surroundings
from tws.numbering.expressions import Expression
from tws.sources.errors import ConnectorError, Misconfigured, Unreachable

MOST_DOCUMENTS = 10
"A WSDL and what it imports."
LARGEST = 1024 * 1024
"Bytes of one of them."
OPERATION = "sendSMS"
ARGUMENTS = "key: {key}\nto: {number}\nmessage: {text}\nfrom: {from}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoapSettings(TlsSettings):
    wsdl: str = field(
        metadata=About(where=True, kind="url", help="Address of the description of the service.")
    )
    key: str = field(default="", metadata=About(secret=True, help="Given by the provider: {key}."))
    user: str = field(default="", metadata=About(help="Where the service wants one: {user}."))
    operation: str = field(
        default="",
        metadata=About(help="That sends a message; empty: the only one, or sendSMS."),
    )
    arguments: str = field(
        default=ARGUMENTS,
        metadata=About(
            kind="lines",
            help="One a line, such as to: {number}. {to}, {number}, {text}, {from}, {id}, {user} "
            "and {key} stand for what is sent.",
        ),
    )
    endpoint: str = field(
        default="",
        metadata=About(
            where=True,
            expert=True,
            help="Address that is asked, where it is not at the host of the description.",
        ),
    )
    success: str = field(
        default="",
        metadata=About(
            expert=True,
            help="Expression that what comes back has if the message was taken; empty: whatever "
            "is no fault.",
        ),
    )

    def __post_init__(self) -> None:
        check_address("wsdl", self.wsdl)
        if self.endpoint:
            check_address("endpoint", self.endpoint)
        sent = templates.names_in(self.arguments)
        if "text" not in sent or not sent & {"to", "number"}:
            raise WrongValue(
                "arguments",
                "the places of the text and of the number stand here: {places}",
                places="{text}, {number}",
            )
        for line in self.arguments.splitlines():
            if line.strip() and not _argument(line)[0]:
                raise WrongValue(
                    "arguments", "lines such as {line} are expected", line="to: {number}"
                )
        try:
            Expression(self.success)
        except Invalid as error:
            raise WrongValue("success", error.said) from error


class _Needed(Exception):
    """A document that was not fetched yet."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class _Question(Exception):
    """What is to be posted."""

    def __init__(self, address: str, content: bytes, headers: Mapping[str, str]) -> None:
        super().__init__(address)
        self.address, self.content, self.headers = address, content, dict(headers)


@dataclass(frozen=True, slots=True)
class _Reply:
    """An answer as the library reads it."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    encoding: str = "utf-8"


class _OnPaper:
    """What the library takes for a transport. It asks nobody: it gives documents that were
    fetched, and the answer that came."""

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        self._documents = documents
        self.reply: _Reply | None = None

    def load(self, url: str) -> bytes:
        if url not in self._documents:
            raise _Needed(url)
        return self._documents[url]

    def post_xml(self, address: str, envelope: Any, headers: Mapping[str, str]) -> _Reply:
        if self.reply is None:
            content = etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
            raise _Question(address, content, headers)
        return self.reply


class Soap:
    title: ClassVar[str] = "SOAP"
    Settings: ClassVar[type[SoapSettings]] = SoapSettings

    def __init__(self, settings: SoapSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._out = Outbound(
            local=surroundings.local,
            tls=lambda: settings.context(surroundings.files),
            secrets=(settings.key,),
        )
        self._documents: dict[str, bytes] = {}

    async def send(self, message: Outgoing) -> tuple[str, ...]:
        client, transport = await self._client()
        question = self._question(client, message)
        answer = await self._out.ask(
            "POST",
            question.address,
            headers=question.headers,
            content=question.content,
            expected=(500,),  # of a fault (SOAP 1.1, 6.2)
        )
        transport.reply = _Reply(answer.status, answer.headers, answer.content)
        self._understand(client, message, answer)
        return ()

    async def keep(self) -> bool:
        return False

    async def check(self) -> bool:
        """Reads the WSDL, and sees whether it has the operation with these arguments."""
        self._documents = {}
        client, _ = await self._client()
        self._question(client, Outgoing(id="0", to="+33600000000", sender="", text="x"))
        return True

    async def close(self) -> None:
        await self._out.close()

    # ------------------------------------------------------------ the description

    async def _client(self) -> tuple[zeep.Client, _OnPaper]:
        """Of the WSDL, which is fetched when it is first needed. ConnectorError."""
        url = self._settings.wsdl
        while True:
            transport = _OnPaper(self._documents)
            try:
                client = await asyncio.to_thread(self._read, transport)
                return client, transport
            except _Needed as needed:
                await self._fetch(needed.url)
            except ConnectorError:
                raise
            except (zeep.exceptions.Error, etree.LxmlError, LookupError, ValueError) as error:
                self._documents = {}
                raise Misconfigured(
                    "What {host} describes cannot be used: {said}.",
                    host=urlsplit(url).netloc,
                    said=self._words(error),
                ) from error

    def _read(self, transport: _OnPaper) -> zeep.Client:
        # What is imported is fetched by us, from the host of the WSDL alone.
        guarded = zeep.Settings(forbid_dtd=True, forbid_entities=True, forbid_external=False)
        client = zeep.Client(  # type: ignore[no-untyped-call]
            self._settings.wsdl, transport=transport, settings=guarded
        )
        _ = client.service  # ValueError where there is none
        return client

    async def _fetch(self, url: str) -> None:
        if not self._at_home(url):
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

    # ------------------------------------------------------------ a message

    def _question(self, client: zeep.Client, message: Outgoing) -> _Question:
        operation = self._operation(client)
        try:
            self._call(client, operation, message)
        except _Question as question:
            question.address = self._settings.endpoint or question.address
            if not self._settings.endpoint and not self._at_home(question.address):
                raise Misconfigured(
                    "The description sends us to {host}, where our key is not sent: enter that"
                    " address if it is right.",
                    host=urlsplit(question.address).netloc,
                ) from None
            return question
        except (zeep.exceptions.Error, TypeError, ValueError) as error:
            raise Misconfigured(
                "The operation {operation} has other arguments: {said}.",
                operation=operation,
                said=self._words(error),
            ) from None
        raise Misconfigured("The operation {operation} sends nothing.", operation=operation)

    def _operation(self, client: zeep.Client) -> str:
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

    def _call(self, client: zeep.Client, operation: str, message: Outgoing) -> None:
        """Raises _Question, unless the transport has a reply."""
        values = {
            "to": message.to,
            "number": message.to.removeprefix("+"),
            "text": message.text,
            "from": message.sender,
            "id": message.id,
            "user": self._settings.user,
            "key": self._settings.key,
        }
        lines = (_argument(line) for line in self._settings.arguments.splitlines())
        arguments = {
            name: templates.filled(value, values, templates.as_it_is)
            for name, value in lines
            if name
        }
        client.service[operation](**arguments)

    def _understand(self, client: zeep.Client, message: Outgoing, answer: Answer) -> None:
        said = self._out.said(answer)
        try:
            self._call(client, self._operation(client), message)
        except zeep.exceptions.Fault as fault:
            raise SmsRefused(
                "{host} does not take the message: {said}",
                host=answer.host,
                said=self._words(fault),
            ) from None
        except (zeep.exceptions.Error, etree.LxmlError, LookupError, TypeError, ValueError):
            raise OutcomeUnknown(
                "What {host} answers is not understood: {said}", host=answer.host, said=said
            ) from None
        if self._settings.success and not Expression(self._settings.success).is_in(answer.text):
            raise SmsRefused(
                "{host} does not take the message: {said}", host=answer.host, said=said
            )

    def _words(self, error: Exception) -> str:
        return self._out.words(str(error)).rstrip(". ")

    def _at_home(self, url: str) -> bool:
        """Whether it is where the description is."""
        try:
            return origin(url) == origin(self._settings.wsdl)
        except ValueError:
            return False


def _argument(line: str) -> tuple[str, str]:
    """The name is empty where the line is none."""
    name, colon, value = line.partition(":")
    return (name.strip(), value.strip()) if colon and name.strip().isidentifier() else ("", "")
