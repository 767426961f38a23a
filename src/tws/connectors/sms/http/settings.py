"""How a gateway over HTTP is asked, and how its answers and what it tells are understood."""

from dataclasses import dataclass, field
from typing import Literal

from tws.connectors.http.settings import TlsSettings, check_address
from tws.connectors.sms import templates
from tws.errors import Invalid
from tws.forms import About, WrongValue
from tws.numbering.expressions import Expression

LONGEST_KEY = 128
SHORTEST_KEY = 16
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
            if line.strip() and not header_of(line)[0]:
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


def header_of(line: str) -> tuple[str, str]:
    """The name is empty where the line is no header (RFC 9110, 5.1)."""
    name, colon, value = line.partition(":")
    plain = name.strip()
    good = bool(colon) and plain.isascii() and plain.replace("-", "").replace("_", "").isalnum()
    return (plain, value.strip()) if good else ("", "")
