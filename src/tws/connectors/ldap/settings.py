"""What must be known to read an LDAP server; the form that its products share."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tws.connectors.files.authority import trust
from tws.forms import About, WrongValue
from tws.protocols.ldap import filters

PORT, PORT_TLS = 389, 636


@dataclass(frozen=True, slots=True, kw_only=True)
class LdapSettings:
    host: str = field(
        metadata=About(where=True, help="Name or address. With TLS: as the certificate has it.")
    )
    port: int | None = field(
        default=None,
        metadata=About(
            where=True, help="Empty: 389, or 636 with LDAPS.", minimum=1, maximum=65535
        ),
    )
    tls: Literal["none", "starttls", "ldaps"] = field(
        default="starttls", metadata=About(where=True, help="None: the password can be overheard.")
    )
    ca_file: str = field(
        default="",
        metadata=About(
            where=True,
            expert=True,
            help="Certificate of its authority, or its own (PEM): a file in the company's folder.",
        ),
    )
    base: str = field(metadata=About(help="Base DN, such as ou=people,dc=company,dc=com."))
    user: str = field(default="", metadata=About(help="Who may read. Empty: anonymous."))
    password: str = field(default="", metadata=About(secret=True))
    filter: str = field(
        default="(objectClass=person)", metadata=About(help="Which entries (RFC 4515).")
    )
    attributes: str = field(
        default="",
        metadata=About(expert=True, help="Only these, separated by commas. Empty: all."),
    )
    page_size: int = field(
        default=1000,
        metadata=About(
            expert=True, help="Entries asked for at a time; 0: all.", minimum=0, maximum=100_000
        ),
    )
    size_limit: int = field(
        default=0, metadata=About(expert=True, help="Entries read at most; 0: all.", minimum=0)
    )
    timeout: int = field(
        default=30,
        metadata=About(
            expert=True, help="Seconds to wait for each answer.", minimum=1, maximum=600
        ),
    )

    def __post_init__(self) -> None:
        if "/" in self.host or any(c.isspace() for c in self.host.strip()):
            raise WrongValue("host", "a name or an address alone is expected, without ldap://")
        if self.user and not self.password:
            # RFC 4513, 5.1.2: servers take it for anonymous, and say that it is right
            raise ValueError("password: needed with a user")
        try:
            filters.encoded(self.filter)
        except filters.NoFilter as error:
            raise WrongValue("filter", error.said) from error

    @property
    def actual_port(self) -> int:
        return self.port or (PORT_TLS if self.tls == "ldaps" else PORT)

    def context(self, files: Path) -> ssl.SSLContext:
        """Trusts the certificate given besides those that this machine does."""
        context = ssl.create_default_context()
        # Given that of the server itself, it is trusted too, though it may sign no other.
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        if self.ca_file:
            trust(context, files, self.ca_file)
        return context
