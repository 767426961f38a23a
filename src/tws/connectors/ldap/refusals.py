"""What refusals (RFC 4511, appendix A) and failures of a server mean, for an administrator."""

import re
import socket
import ssl
from collections.abc import Mapping

from tws.connectors.ldap.settings import LdapSettings
from tws.sentences import Sentence, sentence
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

ACCOUNTS: Mapping[str, Sentence] = {
    "525": sentence("there is no such user"),
    "52e": sentence("the user or the password is wrong"),
    "530": sentence("the user may not log on at this hour"),
    "531": sentence("the user may not log on from this machine"),
    "532": sentence("the password has expired"),
    "533": sentence("the account is disabled"),
    "701": sentence("the account has expired"),
    "773": sentence("the password must be changed first"),
    "775": sentence("the account is locked"),
}
"What Active Directory says after `data` in its words."


class NotAnonymous(Refused):
    """It tells nobody anything who does not say who he is."""


def refusal(settings: LdapSettings, code: int, words: str, matched: str = "") -> ConnectorError:
    """To be raised. `matched`: the part of the base DN that there is."""
    there, said, whom = settings.host, _said(settings, words), _whom(settings)
    if code in NOT_ANONYMOUS and not settings.user:
        return NotAnonymous(sentence("{there} wants a user and a password.", there=there))
    if code in (INVALID_CREDENTIALS, INAPPROPRIATE_AUTH):
        return Refused(
            "{there} refuses {whom}: {account}.", there=there, whom=whom, account=_account(words)
        )
    if code == INSUFFICIENT_ACCESS:
        return Refused(
            "{there} does not let {whom} read this{said}.", there=there, whom=whom, said=said
        )
    if code in (STRONGER_AUTH, CONFIDENTIALITY):
        return Refused(
            "{there} wants an encrypted connection: choose StartTLS or LDAPS.", there=there
        )
    if code in (SIZE_LIMIT, ADMIN_LIMIT):
        return Refused(
            "{there} does not give everything to {whom}{said}: its administrator must"
            " raise the limit, or choose a smaller page here.",
            there=there,
            whom=whom,
            said=said,
        )
    if code in (NO_SUCH_OBJECT, INVALID_DN, REFERRAL):
        return _base(settings, code, said, matched)
    if code in (UNDEFINED_TYPE, INAPPROPRIATE_MATCHING):
        return Misconfigured(
            "{there} does not understand {filter}{said}.",
            there=there,
            filter=settings.filter,
            said=said,
        )
    if code == TIME_LIMIT:
        return Unreachable(
            "{there} took longer than it allows itself{said}.", there=there, said=said
        )
    if code in (BUSY, UNAVAILABLE):
        return Unreachable("{there} is busy{said}.", there=there, said=said)
    return Refused("{there} refuses, with code {code}{said}.", there=there, code=code, said=said)


def _base(settings: LdapSettings, code: int, said: str, matched: str) -> Misconfigured:
    """Of the base DN."""
    there, base = settings.host, settings.base
    if code == NO_SUCH_OBJECT:
        found = sentence("; {matched} is there", matched=matched) if matched else ""
        # Servers say so too of what this user may not see.
        return Misconfigured(
            "{whom} finds no {base} on {there}{found}: look at the base DN, and at "
            "the user's rights.",
            whom=_whom(settings),
            base=base,
            there=there,
            found=found,
        )
    if code == INVALID_DN:
        return Misconfigured(
            "{base} is not a base DN for {there}{said}.", base=base, there=there, said=said
        )
    return Misconfigured(
        "{base} is not on {there}, but elsewhere{said}.", base=base, there=there, said=said
    )


def trouble(settings: LdapSettings, error: OSError | UnicodeError) -> Unreachable:
    """Of the connection."""
    host, port = settings.host, settings.actual_port
    match error:
        case socket.gaierror() | UnicodeError():
            return Unreachable("There is no machine named {host}: look at the host.", host=host)
        case ConnectionRefusedError():
            return Unreachable(
                "Nothing answers on port {port} of {host}: look at the port.", port=port, host=host
            )
        case TimeoutError():
            return Unreachable(
                "{host} does not answer within {seconds} seconds.",
                host=host,
                seconds=settings.timeout,
            )
        case ConnectionError() | ssl.SSLError():
            return Unreachable(
                "{host} has closed the connection on port {port}. At the first attempt: "
                "look at the port, and at the encryption.",
                host=host,
                port=port,
            )
    return Unreachable(
        "{host} cannot be reached: {said}.", host=host, said=error.strerror or str(error)
    )


def no_tls(settings: LdapSettings, error: OSError) -> ConnectorError:
    """Of the handshake."""
    match error:
        case ssl.SSLCertVerificationError():
            return Misconfigured(
                "The certificate of {host} is not trusted ({said}): name the "
                "file of the one that signed it, and the host as the certificate has it.",
                host=settings.host,
                said=error.verify_message,
            )
        case ssl.SSLError():
            return Misconfigured(
                "{host} does not speak TLS on port {port}: look at the port, and "
                "at the encryption.",
                host=settings.host,
                port=settings.actual_port,
            )
    return trouble(settings, error)


def farewell(settings: LdapSettings, words: str) -> Unreachable:
    """The server announces that it will close the connection."""
    return Unreachable(
        "{host} ends the connection{said}.", host=settings.host, said=_said(settings, words)
    )


def _said(settings: LdapSettings, words: str) -> str:
    """The server's own words, in parentheses; without the password, should they repeat it."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in words[:1000]).split())
    if settings.password:
        plain = plain.replace(settings.password, "***")
    return f" ({plain[:LONGEST]})" if plain else ""


def _whom(settings: LdapSettings) -> str | Sentence:
    return settings.user or sentence("an anonymous reader")


def _account(words: str) -> Sentence:
    found = re.search(r"\bdata ([0-9a-f]{3})\b", words)
    return ACCOUNTS.get(found[1] if found else "", ACCOUNTS["52e"])
