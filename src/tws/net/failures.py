"""Failures of the network in words that an administrator can act on."""

import errno
import os
import re
import socket
import ssl

_ERRNO = re.compile(r"\[Errno (\d+)\]")

_BY_ERRNO = {
    errno.ECONNREFUSED: "connection refused: nothing listens there, or a firewall says no",
    errno.EHOSTUNREACH: "no route to this host",
    errno.ENETUNREACH: "no route to this network",
    errno.ETIMEDOUT: "the peer stopped answering",
    errno.ECONNRESET: "the peer reset the connection",
    errno.EPIPE: "the peer closed the connection while we were sending",
    errno.ECONNABORTED: "the connection was aborted",
    errno.EADDRINUSE: "the address is already in use by another program",
    errno.EADDRNOTAVAIL: "this machine has no such address",
    errno.EACCES: "not permitted (ports below 1024 need the right to bind them)",
    errno.EMFILE: "too many open files in this process",
}

_BY_TYPE: dict[type[BaseException], int] = {
    ConnectionRefusedError: errno.ECONNREFUSED,
    ConnectionResetError: errno.ECONNRESET,
    BrokenPipeError: errno.EPIPE,
    TimeoutError: errno.ETIMEDOUT,
}
"Raised by the event loop without a number."

PEER_CLOSED = "the peer closed the connection"
NO_TLS_THERE = " (does the peer speak TLS on this port?)"


def where(host: str, port: int) -> str:
    """`host:port`, with the brackets of an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def why(error: BaseException | None) -> str:
    """The reason alone, for a connection that was there."""
    if error is None:
        return PEER_CLOSED
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"TLS: the peer's certificate is not accepted: {error.verify_message or error}"
    if isinstance(error, ssl.SSLError):
        reason = (getattr(error, "reason", None) or str(error)).replace("_", " ").lower()
        return f"TLS: {reason}{NO_TLS_THERE if 'wrong version' in reason else ''}"
    if isinstance(error, socket.gaierror):
        return f"host name not found ({error.strerror})"
    if isinstance(error, UnicodeError):
        return "not a host name"
    if isinstance(error, OverflowError):
        return "not a port number (1 to 65535)"
    number = _number(error)
    if number in _BY_ERRNO:
        return _BY_ERRNO[number]
    return os.strerror(number) if number else str(error) or type(error).__name__


def why_not(error: BaseException, host: str, port: int) -> str:
    """The reason and the address, for one that could not be had."""
    return f"{where(host, port)}: {why(error)}"


def _number(error: BaseException) -> int | None:
    """The errno; also of several attempts that failed alike (a name with several addresses)."""
    if isinstance(error, OSError) and error.errno:
        return error.errno
    if type(error) in _BY_TYPE:
        return _BY_TYPE[type(error)]
    numbers = {int(n) for n in _ERRNO.findall(str(error))}
    return numbers.pop() if len(numbers) == 1 else None
