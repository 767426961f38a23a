"""Where a SOAP service describes itself, and which of its operations is asked with what."""

from dataclasses import dataclass, field

from tws.connectors.http.settings import TlsSettings, check_address
from tws.connectors.sms import templates
from tws.errors import Invalid
from tws.forms import About, WrongValue
from tws.numbering.expressions import Expression

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
            if line.strip() and not argument_of(line)[0]:
                raise WrongValue(
                    "arguments", "lines such as {line} are expected", line="to: {number}"
                )
        try:
            Expression(self.success)
        except Invalid as error:
            raise WrongValue("success", error.said) from error


def argument_of(line: str) -> tuple[str, str]:
    """The name is empty where the line is none."""
    name, colon, value = line.partition(":")
    return (name.strip(), value.strip()) if colon and name.strip().isidentifier() else ("", "")
