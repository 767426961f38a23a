"""Any gateway that takes text messages over HTTP: an address, perhaps a body, and how its answers
are understood."""

import base64
import hmac
from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec

from tws.connectors.http.json_fields import fields as json_fields
from tws.connectors.sms import templates
from tws.connectors.sms.http.settings import HttpSettings, header_of
from tws.connectors.sms.outbound import Answer, Outbound
from tws.messaging.sms.provider import (
    Outgoing,
    Receipt,
    SmsRefused,
    Surroundings,
    printable,
)
from tws.numbering.expressions import Expression
from tws.sentences import sentence
from tws.sources.errors import Misconfigured, Refused
from tws.undecodable import UNDECODABLE

ESCAPES = {
    "json": templates.in_json,
    "form": templates.in_address,
    "xml": templates.in_xml,
    "text": templates.as_it_is,
}
TYPES = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "xml": "text/xml; charset=utf-8",
    "text": "text/plain; charset=utf-8",
}
LONGEST_STATE = 100


class Http:
    title: ClassVar[str] = "HTTP"
    Settings: ClassVar[type[HttpSettings]] = HttpSettings

    def __init__(self, settings: HttpSettings, surroundings: Surroundings) -> None:
        self._settings, self._surroundings = settings, surroundings
        self._out = Outbound(
            local=surroundings.local,
            tls=lambda: settings.context(surroundings.files),
            secrets=(settings.key, settings.report_key),
        )

    async def send(self, message: Outgoing) -> tuple[str, ...]:
        given, values = self._settings, self._values(message)
        body = templates.filled(given.body, values, ESCAPES[given.content]).encode()
        answer = await self._out.ask(
            given.method,
            templates.filled(given.url, values, templates.in_address),
            headers=self._headers(values, bool(body)),
            content=b"" if given.method == "GET" else body,
        )
        if given.success and not Expression(given.success).is_in(answer.text):
            raise SmsRefused(
                "{host} does not take the message: {said}",
                host=answer.host,
                said=self._out.said(answer),
            )
        id = self._id(answer)
        # Told by our id where there is none of the gateway's.
        return (id,) if id else (message.id,) if given.report_key else ()

    async def keep(self) -> bool:
        return False

    async def check(self) -> bool:
        """A gateway of any kind can be asked nothing but to send."""
        return False

    async def close(self) -> None:
        await self._out.close()

    def told(self, key: str, fields: Mapping[str, str]) -> Receipt | None:
        given = self._settings
        # As bytes: texts that are not ASCII are not compared.
        if not given.report_key or not hmac.compare_digest(
            given.report_key.encode(), key.encode(errors="replace")
        ):
            raise Refused("This is not the key.")
        reference = printable(fields.get(given.report_id, ""))
        state = printable(fields.get(given.report_status, ""), LONGEST_STATE)
        if not reference:
            raise Misconfigured("There is no {name} in what is told.", name=given.report_id)
        if Expression(given.report_failed).is_in(state):
            why = sentence("The gateway says: {said}", said=state)
            return Receipt(reference=reference, state="failed", reason=why)
        if Expression(given.report_delivered).is_in(state):
            return Receipt(reference=reference, state="delivered")
        return None

    def _values(self, message: Outgoing) -> dict[str, str]:
        given, report = self._settings, self._surroundings.report
        return {
            "to": message.to,
            "number": message.to.removeprefix("+"),
            "text": message.text,
            "from": message.sender,
            "id": message.id,
            "user": given.user,
            "key": given.key,
            "report": f"{report}/{given.report_key}" if report and given.report_key else "",
        }

    def _headers(self, values: Mapping[str, str], body: bool) -> dict[str, str]:
        given = self._settings
        found = {"Content-Type": TYPES[given.content]} if body else {}
        if given.authentication == "basic":
            pair = f"{given.user}:{given.key}".encode()
            found["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        elif given.authentication == "bearer":
            found["Authorization"] = f"Bearer {given.key}"
        for line in given.headers.splitlines():
            name, value = header_of(line)
            if name:
                found[name] = templates.filled(value, values, templates.one_line)
        return found

    def _id(self, answer: Answer) -> str:
        """Empty where the answer has none."""
        given = self._settings
        if given.message_id:
            try:
                content: Any = msgspec.json.decode(answer.content)
            except UNDECODABLE:
                return ""
            found = json_fields(content if isinstance(content, dict) else {"": content})
            value = found.get(given.message_id, "")
            return printable(value if isinstance(value, str) else str(value[0]))
        if given.message_id_expression:
            within = Expression(f"(?s:.*?){given.message_id_expression}").begins(answer.text)
            return "" if within is None else printable(next(iter(within.groups[1:]), ""))
        return ""
