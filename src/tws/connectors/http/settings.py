"""What the forms of connectors over HTTP share."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tws.connectors.files.company_folder import found
from tws.forms import About, WrongValue
from tws.sources.errors import Misconfigured


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsSettings:
    """Of a server of one's own; the certificates of public services are always checked."""

    verify: bool = field(
        default=True,
        metadata=About(where=True, expert=True, help="Check the server's certificate."),
    )
    ca_file: str = field(
        default="",
        metadata=About(
            where=True,
            expert=True,
            help="Certificate of its authority (PEM): a file in the company's folder.",
        ),
    )

    def context(self, files: Path) -> ssl.SSLContext:
        """Trusts the authority given besides those that everybody trusts."""
        context = trusting()
        if not self.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if self.ca_file:
            path = found(files, self.ca_file)
            try:
                context.load_verify_locations(path)
            except (OSError, ssl.SSLError) as error:
                raise Misconfigured(
                    "{file} is no certificate in PEM form.", file=path.name
                ) from error
        return context


def trusting() -> ssl.SSLContext:
    """Those that this machine trusts, and those that browsers do: a container has none."""
    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context


def check_address(field_name: str, url: str) -> None:
    """WrongValue, for a form, where it cannot be read or holds a password."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WrongValue(field_name, "an address such as https://host/path is expected")
    if parts.username is not None or parts.password is not None:
        raise WrongValue(field_name, "user and password belong into their own fields")
