"""Any gateway that takes text messages over HTTP: an address, perhaps a body, and how its answers
are understood."""

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import msgspec

from tws.connectors.http.json_fields import fields as json_fields
from tws.connectors.http.settings import TlsSettings, check_address
from tws.connectors.sms import templates
from tws.connectors.sms.outbound import Answer, Outbound
from tws.errors import Invalid
from tws.forms import About, WrongValue
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
LONGEST_KEY = 128
SHORTEST_KEY = 16
LONGEST_STATE = 100
_EXPRESSIONS = ("success", "message_id_expression", "report_delivered", "report_failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSettings(TlsSettings):
    url: str = field(
        metadata=About(
            where=True,
            kind="url",
            help="Address that takes a message. {to}, {number}, {text}, {from}, {id}, {user}, "
            "{key} and {report} stand for what is sent.",
        )
    )
    method: Literal["POST", "GET", "PUT"] = "POST"
    user: str = ""
    key: str = field(
        default="", metadata=About(secret=True, help="The password, token or key: {key}.")
    )
    authentication: Literal["none", "basic", "bearer"] = field(
        default="none", metadata=About(help="How {user} and {key} are shown besides.")
    )
    headers: str = field(
        default="",
        metadata=About(kind="lines", help="One a line, such as X-Api-Key: {key}."),
    )
    content: Literal["json", "form", "xml", "text"] = field(
        default="json", metadata=About(help="How values are written into the body.")
    )
    body: str = field(
        default="",
        metadata=About(
            kind="lines", help='Such as {"to": "{to}", "text": "{text}"}. Empty: there is none.'
        ),
    )
    success: str = field(
        default="",
        metadata=About(
            help="Expression that an answer has if the message was taken; empty: by its status."
        ),
    )
    message_id: str = field(
        default="",
        metadata=About(help="Where the gateway's id is in JSON, such as messages.0.id."),
    )
    message_id_expression: str = field(
        default="",
        metadata=About(expert=True, help="Or an expression whose first group is the id."),
    )
    report_key: str = field(
        default="",
        metadata=About(
            secret=True,
            help="Ends the address at which the gateway tells of deliveries, {report}: 16 letters "
            "and digits at least. Empty: it tells nothing.",
        ),
    )
    report_id: str = field(
        default="id", metadata=About(expert=True, help="Name of the id in what it tells.")
    )
    report_status: str = field(
        default="status", metadata=About(expert=True, help="Name of the state in what it tells.")
    )
    report_delivered: str = field(
        default="(?i)^(delivrd|delivered|received|success|1$)",
        metadata=About(expert=True, help="Expression of states that say: it is there."),
    )
    report_failed: str = field(
        default="(?i)(undeliv|not.?deliv|fail|expired|reject|deleted|error|^2$)",
        metadata=About(expert=True, help="Expression of states that say: it never comes."),
    )

    def __post_init__(self) -> None:
        check_address("url", self.url)
        if self.authentication != "none" and not self.key:
            raise ValueError("key: needed for this authentication")
        for line in self.headers.splitlines():
            if line.strip() and not _header(line)[0]:
                raise WrongValue(
                    "headers", "lines such as {line} are expected", line="X-Api-Key: {key}"
                )
        sent = templates.names_in(self.url + self.body)
        if "text" not in sent or not sent & {"to", "number"}:
            raise WrongValue(
                "body",
                "the places of the text and of the number stand in the address or here: {places}",
                places="{text}, {to}",
            )
        for name in _EXPRESSIONS:
            try:
                Expression(getattr(self, name))
            except Invalid as error:
                raise WrongValue(name, error.said) from error
        key = self.report_key
        if key and not (
            SHORTEST_KEY <= len(key) <= LONGEST_KEY and key.isascii() and key.isalnum()
        ):
            raise WrongValue(
                "report_key",
                "{least} to {most} letters and digits are expected",
                least=SHORTEST_KEY,
                most=LONGEST_KEY,
            )


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
            name, value = _header(line)
            if name:
                found[name] = templates.filled(value, values, templates.one_line)
        return found

    def _id(self, answer: Answer) -> str:
        """Empty where the answer has none."""
        given = self._settings
        if given.message_id:
            try:
                content: Any = msgspec.json.decode(answer.content)
            except (msgspec.DecodeError, RecursionError):
                return ""
            found = json_fields(content if isinstance(content, dict) else {"": content})
            value = found.get(given.message_id, "")
            return printable(value if isinstance(value, str) else str(value[0]))
        if given.message_id_expression:
            within = Expression(f"(?s:.*?){given.message_id_expression}").begins(answer.text)
            return "" if within is None else printable(next(iter(within.groups[1:]), ""))
        return ""


def _header(line: str) -> tuple[str, str]:
    """The name is empty where the line is no header (RFC 9110, 5.1)."""
    name, colon, value = line.partition(":")
    plain = name.strip()
    good = bool(colon) and plain.isascii() and plain.replace("-", "").replace("_", "").isalnum()
    return (plain, value.strip()) if good else ("", "")
