"""What went wrong over HTTP, in words for an administrator and without secrets."""

import socket
import ssl
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

import httpx
import msgspec

from tws.sources.errors import ConnectorError, Misconfigured, Refused, SignInRefused, Unreachable
from tws.undecodable import UNDECODABLE

LONGEST_WORDS = 200
"Characters that are repeated of what a server says."


def unreadable(url: str, error: Exception, silence: float) -> ConnectorError:
    """There is no answer, or not a whole one. `silence`: seconds that were waited."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return Misconfigured("This is no address that can be read.")
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return Misconfigured("This is no address that can be read.")
    if isinstance(error, httpx.LocalProtocolError):
        return Misconfigured(
            "{host} cannot be asked: a header has characters that none may have.", host=host
        )
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            if cause.errno == socket.EAI_AGAIN:
                return Unreachable("The name {host} cannot be looked up at present.", host=host)
            return Misconfigured("There is no host {host}.", host=host)
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Misconfigured(
                "The certificate of {host} is not trusted ({said}): give the "
                "certificate of its authority.",
                host=host,
                said=cause.verify_message,
            )
        if isinstance(cause, ssl.SSLError):
            return Misconfigured(
                "{host} does not speak TLS at port {port}: is http meant instead of https?",
                host=host,
                port=port,
            )
        if isinstance(cause, ConnectionRefusedError):
            return Unreachable(
                "{host} takes no connections at port {port}: is it running?", host=host, port=port
            )
    if isinstance(error, httpx.TimeoutException):
        return Unreachable(
            "{host} does not answer within {seconds} seconds.", host=host, seconds=round(silence)
        )
    if isinstance(error, httpx.ConnectError):
        return Unreachable("{host} cannot be reached at port {port}.", host=host, port=port)
    return Unreachable(
        "{host} broke off before its answer was complete, or speaks no HTTP.", host=host
    )


def refusal(
    status: int, url: str, content: bytes, secrets: Collection[str] = ()
) -> ConnectorError:
    """It answers, and not with success."""
    parts = urlsplit(url)
    host, path = parts.netloc, without(parts.path or "/", secrets)
    said = without(words_of(content), secrets)
    because = f"({status}{': ' if said else ''}{said})"
    if status == 401:
        return SignInRefused(
            "{host} refuses the user or the password {because}.", host=host, because=because
        )
    if status in (403, 407):
        return Refused(
            "{host} does not allow this account to read {path} {because}.",
            host=host,
            path=path,
            because=because,
        )
    if status in (404, 410):
        return Misconfigured(
            "{host} has nothing at {path} {because}.", host=host, path=path, because=because
        )
    if status == 429 or status in (503, 504):
        return Unreachable("{host} is too busy {because}.", host=host, because=because)
    if status >= 500:
        return Unreachable("{host} failed {because}.", host=host, because=because)
    return Misconfigured(
        "{host} does not answer what is asked of it at {path} {because}.",
        host=host,
        path=path,
        because=because,
    )


def words_of(content: bytes) -> str:
    """What a service says in JSON about its refusal, as OAuth (RFC 6749, 5.2), RFC 9457 and most
    write it; nothing of anything else: a page of HTML says nothing to an administrator."""
    try:
        said = msgspec.json.decode(content)
    except UNDECODABLE:
        return ""
    if not isinstance(said, dict):
        return ""
    error = said.get("error")
    if isinstance(error, dict):
        return _line(error.get("code") or error.get("status"), error.get("message"))
    words = (said.get(name) for name in ("error_description", "message", "detail", "title"))
    return _line(error, next(filter(None, words), None))


def without(text: str, secrets: Collection[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, "…")
    return text


def _line(*parts: object) -> str:
    """One printable line of what there is."""
    texts = [" ".join(str(part).split()) for part in parts if isinstance(part, str | int) and part]
    text = ": ".join(texts)
    return "".join(c for c in text if c.isprintable())[:LONGEST_WORDS].rstrip(". ")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """It, and what it comes from."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__
