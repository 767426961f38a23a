"""What an administrator fills in for an Asterisk link."""

import re
from dataclasses import dataclass, field
from typing import Any

from tws.forms import WrongValue
from tws.net.carrier import Tls
from tws.telephony.link import Address

ANSWERS = ("talk", "ring again", "talk, then ring again")
NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
TEMPLATE = re.compile(r"[A-Za-z0-9]{1,16}/[A-Za-z0-9_.-]*\{n\}[A-Za-z0-9_.-]*")


def _help(words: str, **more: object) -> dict[str, Any]:
    return {"help": words, **more}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """An Asterisk reached through its manager interface (AMI). Raises ValueError with words."""

    host: str = field(metadata=_help("Name or address of the Asterisk server", where=True))
    port: int = field(
        default=5038, metadata=_help("Manager port: 5038, or 5039 with TLS", where=True)
    )
    tls: bool = field(
        default=False, metadata=_help("Encrypt the connection (tlsenable=yes)", where=True)
    )
    ca_file: str | None = field(
        default=None,
        metadata=_help(
            "Certificate authority of the server, a file on this machine", where=True, expert=True
        ),
    )
    verify: bool = field(
        default=True, metadata=_help("Check the server's certificate", where=True, expert=True)
    )
    user: str = field(default="tws", metadata=_help("Manager user, a section of manager.conf"))
    password: str = field(default="", metadata=_help("Secret of that user", secret=True))
    context: str = field(
        default="internal", metadata=_help("Dialplan context from which the phones dial")
    )
    cti_context: str = field(
        default="cti", metadata=_help("Name of the context to add for this server", expert=True)
    )
    device_template: str = field(
        default="PJSIP/{n}",
        metadata=_help("Channel of an extension; {n} stands for its number", expert=True),
    )
    answer: str = field(
        default="talk, then ring again",
        metadata=_help(
            "How to answer a ringing phone: ask it by NOTIFY talk, or ring it again with "
            "automatic answer, or one after the other",
            choices=ANSWERS,
            expert=True,
        ),
    )
    voice_mail_context: str = field(
        default="default",
        metadata=_help("Section of voicemail.conf with the mailboxes", expert=True),
    )
    parking_lot: str = field(
        default="default", metadata=_help("Parking lot for parked calls", expert=True)
    )
    event_filter: bool = field(
        default=True,
        metadata=_help("Let Asterisk leave out events that are not used", expert=True),
    )
    answer_timeout: float = field(
        default=5.0, metadata=_help("Seconds to wait for an answer of Asterisk", expert=True)
    )
    heartbeat: float = field(
        default=15.0,
        metadata=_help(
            "Seconds of silence before Asterisk is asked whether it lives", expert=True
        ),
    )

    def __post_init__(self) -> None:
        if not self.host.strip() or any(c.isspace() for c in self.host):
            raise WrongValue("host", "a host name or an address is expected")
        if not 1 <= self.port <= 65535:
            raise WrongValue("port", "{least} to {most} is expected", least=1, most=65535)
        for name in ("user", "context", "cti_context", "voice_mail_context", "parking_lot"):
            if not NAME.fullmatch(getattr(self, name)):
                raise WrongValue(name, "letters, digits, '-', '_' and '.' only")
        if not self.password.isprintable() or ";" in self.password:
            raise WrongValue("password", "printable signs, and no semicolon (a comment there)")
        if not TEMPLATE.fullmatch(self.device_template):
            raise WrongValue("device_template", "it looks like {example}", example="PJSIP/{n}")
        if self.answer not in ANSWERS:
            raise WrongValue("answer", "one of {choices} is expected", choices="; ".join(ANSWERS))
        if not 0.5 <= self.answer_timeout <= 60:
            raise WrongValue(
                "answer_timeout", "{least} to {most} seconds are expected", least="0.5", most=60
            )
        if not 1 <= self.heartbeat <= 300:
            raise WrongValue(
                "heartbeat", "{least} to {most} seconds are expected", least=1, most=300
            )

    def address(self) -> Address:
        tls = Tls(ca_file=self.ca_file, verify=self.verify) if self.tls else None
        return Address(self.host, self.port, tls)

    def channel(self, number: str) -> str:
        """What to dial to reach the phone of extension `number`: PJSIP/1001."""
        return self.device_template.replace("{n}", number)
