"""Failures of the network in words that an administrator can act on."""

import errno
import os
import re
import socket
import ssl

from tws.net.encryption import InClear
from tws.sentences import Sentence, said, sentence

_ERRNO = re.compile(r"\[Errno (\d+)\]")

_BY_ERRNO: dict[int, Sentence] = {
    errno.ECONNREFUSED: sentence(
        "connection refused: nothing listens there, or a firewall says no"
    ),
    errno.EHOSTUNREACH: sentence("no route to this host"),
    errno.ENETUNREACH: sentence("no route to this network"),
    errno.ETIMEDOUT: sentence("the peer stopped answering"),
    errno.ECONNRESET: sentence("the peer reset the connection"),
    errno.EPIPE: sentence("the peer closed the connection while we were sending"),
    errno.ECONNABORTED: sentence("the connection was aborted"),
    errno.EADDRINUSE: sentence("the address is already in use by another program"),
    errno.EADDRNOTAVAIL: sentence("this machine has no such address"),
    errno.EACCES: sentence("not permitted (ports below 1024 need the right to bind them)"),
    errno.EMFILE: sentence("too many open files in this process"),
}

_BY_TYPE: dict[type[BaseException], int] = {
    ConnectionRefusedError: errno.ECONNREFUSED,
    ConnectionResetError: errno.ECONNRESET,
    BrokenPipeError: errno.EPIPE,
    TimeoutError: errno.ETIMEDOUT,
}
"Raised by the event loop without a number."

CLOSED = sentence("the peer closed the connection")


def where(host: str, port: int) -> str:
    """`host:port`, with the brackets of an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def why(error: BaseException | None) -> Sentence:
    """The reason alone, for a connection that was there."""
    if error is None:
        return CLOSED
    if isinstance(error, InClear):
        return error.said
    if isinstance(error, ssl.SSLCertVerificationError):
        words = str(error.verify_message or error)
        return sentence("TLS: the peer's certificate is not accepted: {why}", why=words)
    if isinstance(error, ssl.SSLError):
        reason = (getattr(error, "reason", None) or str(error)).replace("_", " ").lower()
        if "wrong version" in reason:
            return sentence("TLS: {why} (does the peer speak TLS on this port?)", why=reason)
        return sentence("TLS: {why}", why=reason)
    if isinstance(error, socket.gaierror):
        return sentence("host name not found ({why})", why=str(error.strerror))
    if isinstance(error, UnicodeError):
        return sentence("not a host name")
    if isinstance(error, OverflowError):
        return sentence("not a port number (1 to 65535)")
    number = _number(error)
    if number in _BY_ERRNO:
        return _BY_ERRNO[number]
    return said(os.strerror(number) if number else str(error) or type(error).__name__)


def why_not(error: BaseException, host: str, port: int) -> Sentence:
    """The reason and the address, for one that could not be had."""
    if isinstance(error, InClear):
        return error.said
    return sentence("{address}: {why}", address=where(host, port), why=why(error))


def _number(error: BaseException) -> int | None:
    """The errno; also of several attempts that failed alike (a name with several addresses)."""
    if isinstance(error, OSError) and error.errno:
        return error.errno
    if type(error) in _BY_TYPE:
        return _BY_TYPE[type(error)]
    numbers = {int(n) for n in _ERRNO.findall(str(error))}
    return numbers.pop() if len(numbers) == 1 else None
