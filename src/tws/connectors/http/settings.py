"""What the forms of connectors over HTTP share."""

import re
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx

from tws.connectors.files.authority import trust
from tws.forms import About, WrongValue

_SECRET = re.compile(
    r"pass(phrase)?|pwd|sig(nature)?|auth(orization)?|.*(secret|password|passwd)"
    r"|(.*(api|access|auth|subscription|private|function|session))?(key|token)"
)
"Parameters of an address that open what is there; of their names the letters count."


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
            trust(context, files, self.ca_file)
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
    for name, _ in parse_qsl(f"{parts.query}&{parts.fragment}", keep_blank_values=True):
        if _SECRET.fullmatch(re.sub(r"[^a-z]", "", name.lower())):
            raise WrongValue(
                field_name,
                "{name} looks like a secret, and addresses are shown: it belongs into the field "
                "of the password, token or key",
                name=name,
            )
