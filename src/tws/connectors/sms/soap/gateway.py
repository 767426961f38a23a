"""Gateways that are asked by SOAP: an operation and its arguments are those of a WSDL (9.1.9)."""

from typing import ClassVar
from urllib.parse import urlsplit

import zeep
import zeep.exceptions

from tws.connectors.sms import templates
from tws.connectors.sms.outbound import Answer, Outbound
from tws.connectors.sms.soap.description import UNREADABLE, Description, Question, Reply
from tws.connectors.sms.soap.settings import SoapSettings, argument_of
from tws.messaging.sms.provider import OutcomeUnknown, Outgoing, SmsRefused, Surroundings
from tws.numbering.expressions import Expression
from tws.sources.errors import Misconfigured


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
        self._description = Description(settings, self._out)

    async def send(self, message: Outgoing) -> tuple[str, ...]:
        client, transport = await self._description.client()
        question = self._question(client, message)
        answer = await self._out.ask(
            "POST",
            question.address,
            headers=question.headers,
            content=question.content,
            expected=(500,),  # of a fault (SOAP 1.1, 6.2)
        )
        transport.reply = Reply(answer.status, answer.headers, answer.content)
        self._understand(client, message, answer)
        return ()

    async def keep(self) -> bool:
        return False

    async def check(self) -> bool:
        """Reads the WSDL, and sees whether it has the operation with these arguments."""
        self._description.forget()
        client, _ = await self._description.client()
        self._question(client, Outgoing(id="0", to="+33600000000", sender="", text="x"))
        return True

    async def close(self) -> None:
        await self._out.close()

    def _question(self, client: zeep.Client, message: Outgoing) -> Question:
        operation = self._description.operation(client)
        try:
            self._call(client, operation, message)
        except Question as question:
            question.address = self._settings.endpoint or question.address
            if not self._settings.endpoint and not self._description.is_at_home(question.address):
                raise Misconfigured(
                    "The description sends us to {host}, where our key is not sent: enter that"
                    " address if it is right.",
                    host=urlsplit(question.address).netloc,
                ) from None
            return question
        except UNREADABLE as error:
            raise Misconfigured(
                "The operation {operation} has other arguments: {said}.",
                operation=operation,
                said=self._out.complaint(error),
            ) from None
        raise Misconfigured("The operation {operation} sends nothing.", operation=operation)

    def _call(self, client: zeep.Client, operation: str, message: Outgoing) -> None:
        """Raises Question, unless the transport has a reply."""
        values = {
            "to": message.to,
            "number": message.to.removeprefix("+"),
            "text": message.text,
            "from": message.sender,
            "id": message.id,
            "user": self._settings.user,
            "key": self._settings.key,
        }
        lines = (argument_of(line) for line in self._settings.arguments.splitlines())
        arguments = {
            name: templates.filled(value, values, templates.as_it_is)
            for name, value in lines
            if name
        }
        client.service[operation](**arguments)

    def _understand(self, client: zeep.Client, message: Outgoing, answer: Answer) -> None:
        said = self._out.said(answer)
        try:
            self._call(client, self._description.operation(client), message)
        except zeep.exceptions.Fault as fault:
            raise SmsRefused(
                "{host} does not take the message: {said}",
                host=answer.host,
                said=self._out.complaint(fault),
            ) from None
        except UNREADABLE:
            raise OutcomeUnknown(
                "What {host} answers is not understood: {said}", host=answer.host, said=said
            ) from None
        if self._settings.success and not Expression(self._settings.success).is_in(answer.text):
            raise SmsRefused(
                "{host} does not take the message: {said}", host=answer.host, said=said
            )
