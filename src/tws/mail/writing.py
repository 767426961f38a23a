"""A mail as bytes (RFC 5322). Pure: what is written into a header cannot begin another one."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

LONGEST = 254
"RFC 5321, 4.5.3.1.3."
LONGEST_SUBJECT = 200
NAME = "TWS"
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)


def is_address(text: str) -> bool:
    """One bare address, as every server takes it."""
    local = text.partition("@")[0]
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    return len(text) <= LONGEST and not dots and _ADDRESS.fullmatch(text) is not None


def message(
    *, sender: str, to: str, subject: str, text: str, at: datetime, id: str, html: str = ""
) -> bytes:
    """`html`: beside the text, where there is any. ValueError where one of the two is no
    address."""
    if not is_address(sender) or not is_address(to):
        raise ValueError("this is no address")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(NAME, addr_spec=sender)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = _one_line(subject)[:LONGEST_SUBJECT]
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{id}@{sender.partition('@')[2]}>"
    # Whoever is away answers no machine (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="quoted-printable")
    if html:
        # The last part is the one that says most (RFC 2046, 5.1.4).
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
    return mail.as_bytes()


def _one_line(text: str) -> str:
    """Without what ends a header, or hides in one."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
