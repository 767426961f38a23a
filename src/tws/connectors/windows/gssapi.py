"""GSS-API (RFC 2744) of the system's own MIT Kerberos: as much of it as an acceptor needs.

Bound by hand: what binds it on PyPI is compiled where it is installed (decision 62).
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint32, c_void_p
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

LIBRARY, PACKAGE = "libgssapi_krb5.so.2", "libgssapi-krb5-2"
KRB5 = bytes.fromhex("2a864886f712010202")
SPNEGO = bytes.fromhex("2b0601050502")
HOSTBASED_SERVICE = bytes.fromhex("2a864886f71201020104")
SERVICE = b"HTTP"
"Of any host that the keytab has (RFC 4559, 4.1)."
ACCEPT, GSS_CODE, MECH_CODE = 2, 1, 2
CONTINUE_NEEDED, ERROR = 1, 0xFFFF0000


class GssError(Exception):
    """In the library's own words."""


class MoreNeeded(Exception):
    """The client asks for a longer conversation than Kerberos is."""


class _Buffer(ctypes.Structure):
    kept: Any
    _fields_: ClassVar[Any] = [("length", c_size_t), ("value", c_void_p)]


class _Oid(ctypes.Structure):
    kept: Any
    _fields_: ClassVar[Any] = [("length", c_uint32), ("elements", c_void_p)]


class _OidSet(ctypes.Structure):
    _fields_: ClassVar[Any] = [("count", c_size_t), ("elements", POINTER(_Oid))]


class _Pair(ctypes.Structure):
    _fields_: ClassVar[Any] = [("key", c_char_p), ("value", c_char_p)]


class _Pairs(ctypes.Structure):
    _fields_: ClassVar[Any] = [("count", c_uint32), ("elements", POINTER(_Pair))]


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose a token is, and what is sent back for it."""

    name: str
    answer: bytes


_FUNCTIONS: dict[str, tuple[Any, ...]] = {
    "gss_import_name": (POINTER(_Buffer), POINTER(_Oid), POINTER(c_void_p)),
    "gss_acquire_cred_from": (
        *(c_void_p, c_uint32, POINTER(_OidSet), c_int, POINTER(_Pairs)),
        *(POINTER(c_void_p), c_void_p, c_void_p),
    ),
    "gss_accept_sec_context": (
        *(POINTER(c_void_p), c_void_p, POINTER(_Buffer), c_void_p, POINTER(c_void_p)),
        *(c_void_p, POINTER(_Buffer), c_void_p, c_void_p, c_void_p),
    ),
    "gss_display_name": (c_void_p, POINTER(_Buffer), c_void_p),
    "gss_display_status": (
        *(c_uint32, c_int, POINTER(_Oid), POINTER(c_uint32), POINTER(_Buffer)),
    ),
    "gss_release_buffer": (POINTER(_Buffer),),
    "gss_release_name": (POINTER(c_void_p),),
    "gss_release_cred": (POINTER(c_void_p),),
    "gss_delete_sec_context": (POINTER(c_void_p), c_void_p),
}


class Library:
    """The functions by their names; each first gives the minor status."""

    def __init__(self) -> None:
        loaded = ctypes.CDLL(LIBRARY)
        for name, arguments in _FUNCTIONS.items():
            function = getattr(loaded, name)
            function.restype, function.argtypes = c_uint32, (POINTER(c_uint32), *arguments)
            setattr(self, name.removeprefix("gss_"), function)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    def accepted(self, keytab: Path, token: bytes) -> Shown:
        """Whose `token` is, for a service of that keytab. GssError, MoreNeeded."""
        with self._credential(keytab) as credential, self._outputs() as (context, name, answer):
            minor, given = c_uint32(), _buffer(token)
            major = self.accept_sec_context(
                *(byref(minor), byref(context), credential, byref(given), None, byref(name)),
                *(None, byref(answer), None, None, None),
            )
            self._check(major, minor)
            if major & CONTINUE_NEEDED:
                raise MoreNeeded
            return Shown(self._displayed(name), _bytes(answer))

    @contextmanager
    def _outputs(self) -> Iterator[tuple[c_void_p, c_void_p, _Buffer]]:
        minor, context, name, answer = c_uint32(), c_void_p(), c_void_p(), _Buffer()
        try:
            yield context, name, answer
        finally:
            self.release_buffer(byref(minor), byref(answer))
            self.release_name(byref(minor), byref(name))
            self.delete_sec_context(byref(minor), byref(context), None)

    @contextmanager
    def _credential(self, keytab: Path) -> Iterator[c_void_p]:
        """Read anew each time: whoever renews a keytab need not start TWS again."""
        minor, service, credential = c_uint32(), c_void_p(), c_void_p()
        text, kind = _buffer(SERVICE), _oid(HOSTBASED_SERVICE)
        mechanisms = (_Oid * 2)(_oid(KRB5), _oid(SPNEGO))
        wanted = _OidSet(2, mechanisms)
        store = _Pairs(1, (_Pair * 1)(_Pair(b"keytab", b"FILE:" + bytes(keytab))))
        try:
            self._check(
                self.import_name(byref(minor), byref(text), byref(kind), byref(service)), minor
            )
            major = self.acquire_cred_from(
                *(byref(minor), service, 0, byref(wanted), ACCEPT, byref(store)),
                *(byref(credential), None, None),
            )
            self._check(major, minor)
            yield credential
        finally:
            self.release_cred(byref(minor), byref(credential))
            self.release_name(byref(minor), byref(service))

    def _check(self, major: int, minor: c_uint32) -> None:
        if major & ERROR:
            said = self._words(minor.value, MECH_CODE) or self._words(major, GSS_CODE)
            raise GssError(said)

    def _words(self, code: int, kind: int) -> str:
        """Of this thread's last error; empty where the mechanism says nothing."""
        if not code:
            return ""
        minor, more, said, krb5 = c_uint32(), c_uint32(), _Buffer(), _oid(KRB5)
        self.display_status(byref(minor), code, kind, byref(krb5), byref(more), byref(said))
        try:
            return _bytes(said).decode(errors="replace")
        finally:
            self.release_buffer(byref(minor), byref(said))

    def _displayed(self, name: c_void_p) -> str:
        minor, shown = c_uint32(), _Buffer()
        self._check(self.display_name(byref(minor), name, byref(shown), None), minor)
        try:
            return _bytes(shown).decode(errors="replace")
        finally:
            self.release_buffer(byref(minor), byref(shown))


@cache
def library() -> Library:
    """OSError where this machine has none."""
    return Library()


def _buffer(content: bytes) -> _Buffer:
    """It lives as long as what it points to: `content` is kept with it."""
    kept = ctypes.create_string_buffer(content, len(content))
    made = _Buffer(len(content), ctypes.cast(kept, c_void_p))
    made.kept = kept
    return made


def _oid(elements: bytes) -> _Oid:
    kept = ctypes.create_string_buffer(elements, len(elements))
    made = _Oid(len(elements), ctypes.cast(kept, c_void_p))
    made.kept = kept
    return made


def _bytes(buffer: _Buffer) -> bytes:
    return ctypes.string_at(buffer.value, buffer.length) if buffer.value else b""
