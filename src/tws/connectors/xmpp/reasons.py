"""Why there is no connection with a server, or no more, for whoever has the account."""

import socket
import ssl

from tws.sources.errors import (
    ConnectorError,
    Misconfigured,
    Refused,
    SignInRefused,
    Unreachable,
)

LONGEST_WORDS = 200


class Near(Exception):
    """A server is named that is this computer, or is beside it only."""


def not_connected(host: str, error: object) -> ConnectorError:
    """`error`: what was met; None, where there was no place to try."""
    if isinstance(error, Near):
        return Misconfigured("{host} is no server outside.", host=host)
    if isinstance(error, socket.gaierror) and error.errno != socket.EAI_AGAIN:
        return Misconfigured("There is no server {host}.", host=host)
    if isinstance(error, ssl.SSLCertVerificationError):
        return not_trusted(host, error)
    return Unreachable("{host} cannot be reached.", host=host)


def not_trusted(host: str, error: ssl.SSLError) -> Misconfigured:
    said = getattr(error, "verify_message", "") or error.reason or "TLS"
    return Misconfigured(
        "The certificate of {host} is not trusted ({said}).", host=host, said=said
    )


def unencrypted(host: str) -> Refused:
    return Refused("{host} offers no encryption.", host=host)


def not_signed_in(host: str, condition: str) -> ConnectorError:
    """By a SASL failure (RFC 6120, 6.5)."""
    if condition == "temporary-auth-failure":
        return Unreachable("{host} cannot sign anybody in now.", host=host)
    return SignInRefused("{host} refuses the address or the password.", host=host)


def no_way(host: str) -> Refused:
    return Refused("{host} offers no way of signing in that is known here.", host=host)


def ended(host: str, domain: str, condition: str) -> ConnectorError:
    """By a stream error (RFC 6120, 4.9.3); `domain`: of the account."""
    if condition == "host-unknown":
        return Misconfigured(
            "{host} does not serve addresses of {domain}.", host=host, domain=domain
        )
    if condition == "conflict":
        return Unreachable("Another program took the place of this one at {host}.", host=host)
    said = condition[:LONGEST_WORDS]
    return Unreachable("{host} ended the connection ({said}).", host=host, said=said)


def broken_off(host: str) -> Unreachable:
    return Unreachable("{host} broke off the connection.", host=host)


def not_understood(host: str) -> Unreachable:
    return Unreachable("What {host} sent was not understood.", host=host)
