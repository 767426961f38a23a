"""What refusals (RFC 4511, appendix A) and failures of a server mean, for an administrator."""

import re
import socket
import ssl
from collections.abc import Mapping

from tws.connectors.ldap.settings import LdapSettings
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

OPERATIONS_ERROR, PROTOCOL_ERROR, TIME_LIMIT, SIZE_LIMIT = 1, 2, 3, 4
STRONGER_AUTH, REFERRAL, ADMIN_LIMIT, CRITICAL_EXTENSION, CONFIDENTIALITY = 8, 10, 11, 12, 13
UNDEFINED_TYPE, INAPPROPRIATE_MATCHING, NO_SUCH_OBJECT, INVALID_DN = 17, 18, 32, 34
INAPPROPRIATE_AUTH, INVALID_CREDENTIALS, INSUFFICIENT_ACCESS = 48, 49, 50
BUSY, UNAVAILABLE, UNWILLING = 51, 52, 53
NOT_ANONYMOUS = frozenset(
    {OPERATIONS_ERROR, INAPPROPRIATE_AUTH, INVALID_CREDENTIALS, INSUFFICIENT_ACCESS}
)
LONGEST = 200
"Characters of a server's own words."

ACCOUNTS: Mapping[str, str] = {
    "525": "there is no such user",
    "52e": "the user or the password is wrong",
    "530": "the user may not log on at this hour",
    "531": "the user may not log on from this machine",
    "532": "the password has expired",
    "533": "the account is disabled",
    "701": "the account has expired",
    "773": "the password must be changed first",
    "775": "the account is locked",
}
"What Active Directory says after `data` in its words."


def refusal(settings: LdapSettings, code: int, words: str, matched: str = "") -> ConnectorError:
    """To be raised. `matched`: the part of the base DN that there is."""
    there, said, whom = settings.host, _said(settings, words), _whom(settings)
    if code in NOT_ANONYMOUS and not settings.user:
        return Refused(f"{there} wants a user and a password.")
    if code in (INVALID_CREDENTIALS, INAPPROPRIATE_AUTH):
        return Refused(f"{there} refuses {whom}: {_account(words)}.")
    if code == INSUFFICIENT_ACCESS:
        return Refused(f"{there} does not let {whom} read this{said}.")
    if code in (STRONGER_AUTH, CONFIDENTIALITY):
        return Refused(f"{there} wants an encrypted connection: choose StartTLS or LDAPS.")
    if code in (SIZE_LIMIT, ADMIN_LIMIT):
        return Refused(
            f"{there} does not give everything to {whom}{said}: its administrator must raise the "
            "limit, or choose a smaller page here."
        )
    if code == NO_SUCH_OBJECT:
        found = f"; {matched} is there" if matched else ""
        # Servers say so too of what this user may not see.
        return Misconfigured(
            f"{whom} finds no {settings.base} on {there}{found}: look at the base DN, and at the "
            "user's rights."
        )
    if code == INVALID_DN:
        return Misconfigured(f"{settings.base} is not a base DN for {there}{said}.")
    if code == REFERRAL:
        return Misconfigured(f"{settings.base} is not on {there}, but elsewhere{said}.")
    if code in (UNDEFINED_TYPE, INAPPROPRIATE_MATCHING):
        return Misconfigured(f"{there} does not understand {settings.filter}{said}.")
    if code == TIME_LIMIT:
        return Unreachable(f"{there} took longer than it allows itself{said}.")
    if code in (BUSY, UNAVAILABLE):
        return Unreachable(f"{there} is busy{said}.")
    return Refused(f"{there} refuses, with code {code}{said}.")


def trouble(settings: LdapSettings, error: OSError | UnicodeError) -> Unreachable:
    """Of the connection."""
    host, port = settings.host, settings.actual_port
    match error:
        case socket.gaierror() | UnicodeError():
            return Unreachable(f"There is no machine named {host}: look at the host.")
        case ConnectionRefusedError():
            return Unreachable(f"Nothing answers on port {port} of {host}: look at the port.")
        case TimeoutError():
            return Unreachable(f"{host} does not answer within {settings.timeout} seconds.")
        case ConnectionError() | ssl.SSLError():
            return Unreachable(
                f"{host} has closed the connection on port {port}. At the first attempt: look at "
                "the port, and at the encryption."
            )
    return Unreachable(f"{host} cannot be reached: {error.strerror or error}.")


def no_tls(settings: LdapSettings, error: OSError) -> ConnectorError:
    """Of the handshake."""
    match error:
        case ssl.SSLCertVerificationError():
            return Misconfigured(
                f"The certificate of {settings.host} is not trusted ({error.verify_message}): "
                "name the file of the one that signed it, and the host as the certificate has it."
            )
        case ssl.SSLError():
            return Misconfigured(
                f"{settings.host} does not speak TLS on port {settings.actual_port}: look at the "
                "port, and at the encryption."
            )
    return trouble(settings, error)


def farewell(settings: LdapSettings, words: str) -> Unreachable:
    """The server announces that it will close the connection."""
    return Unreachable(f"{settings.host} ends the connection{_said(settings, words)}.")


def _said(settings: LdapSettings, words: str) -> str:
    """The server's own words, in parentheses; without the password, should they repeat it."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in words[:1000]).split())
    if settings.password:
        plain = plain.replace(settings.password, "***")
    return f" ({plain[:LONGEST]})" if plain else ""


def _whom(settings: LdapSettings) -> str:
    return settings.user or "an anonymous reader"


def _account(words: str) -> str:
    found = re.search(r"\bdata ([0-9a-f]{3})\b", words)
    return ACCOUNTS.get(found[1] if found else "", ACCOUNTS["52e"])
