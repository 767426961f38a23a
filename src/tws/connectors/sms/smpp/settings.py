"""A message centre, our account there, and how it takes long texts."""

from dataclasses import dataclass, field
from typing import Literal

from tws.connectors.http.settings import TlsSettings
from tws.forms import About, WrongValue


@dataclass(frozen=True, slots=True, kw_only=True)
class SmppSettings(TlsSettings):
    host: str = field(metadata=About(where=True, help="Name or address of the message centre."))
    port: int = field(
        default=2775, metadata=About(where=True, minimum=1, maximum=65535, help="Usually 2775.")
    )
    tls: bool = field(default=False, metadata=About(where=True, help="Encrypted, by TLS."))
    system_id: str = field(metadata=About(help="The name of the account (system_id)."))
    password: str = field(default="", metadata=About(secret=True))
    system_type: str = field(default="", metadata=About(expert=True, help="As the operator says."))
    alphabet: Literal["gsm", "ucs2"] = field(
        default="gsm",
        metadata=About(
            expert=True,
            help="Always UCS-2 where the centre's default alphabet is not that of GSM.",
        ),
    )
    long_messages: Literal["header", "payload"] = field(
        default="header",
        metadata=About(
            expert=True,
            help="TWS gives each part a header; the centre gets the whole (message_payload).",
        ),
    )
    receipts: bool = field(
        default=True, metadata=About(expert=True, help="Ask to be told of deliveries.")
    )

    def __post_init__(self) -> None:
        # 5.2.1, 5.2.3: the lengths less the NUL. Passwords are often longer than 5.2.2 says.
        for name, most in (("system_id", 15), ("system_type", 12)):
            if len(getattr(self, name)) > most:
                raise WrongValue(name, "{most} characters at most", most=most)
