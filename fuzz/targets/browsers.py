"""What browsers say of where they can be told, and what a desk's helper is told by a server."""

import base64
import socket

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import VapidException

from fuzz.mutation import ByTokens
from fuzz.target import Target, holds
from tws.connectors.web_push import _origin, _sealed
from tws.desktop.websocket import Closed, WebSocket
from tws.errors import Invalid
from tws.push.model import Target as Place
from tws.push.subscriptions import check

# ---------------------------------------------------------------- push subscriptions

KEY = ec.derive_private_key(7, ec.SECP256R1())
PUBLIC = KEY.public_key()
LONG, SHORT = (
    serialization.PublicFormat.UncompressedPoint,
    serialization.PublicFormat.CompressedPoint,
)


def _public(form: serialization.PublicFormat) -> bytes:
    point = PUBLIC.public_bytes(serialization.Encoding.X962, form)
    return base64.urlsafe_b64encode(point).rstrip(b"=")


PRIVATE = base64.urlsafe_b64encode((7).to_bytes(32, "big")).rstrip(b"=").decode()
AUTH = base64.urlsafe_b64encode(bytes(16)).rstrip(b"=")
SUBSCRIBED = tuple(
    b"\n".join((endpoint, _public(form), AUTH))
    for endpoint in (
        b"https://push.example.org/send/1",
        b"https://[2001:db8::1]:8443/?a=%C3%A9#1",
        b"https://192.0.2.1:443",
    )
    for form in (LONG, SHORT)
)


def _subscribed(data: bytes) -> None:
    """Address, key and secret, a line each: what is taken can be written to."""
    endpoint, _, rest = data.decode(errors="replace").partition("\n")
    key, _, auth = rest.partition("\n")
    place = Place(endpoint, key, auth)
    try:
        check(place)
    except Invalid as error:
        holds(bool(error.message), "no words")
        return
    origin = _origin(endpoint)
    holds(endpoint.lower().startswith("https:"), "another protocol")
    holds(not set(origin) & set(" \r\n@"), "the name of the host breaks out")
    try:
        body, says = _sealed(place, PRIVATE, b"{}", "mailto:admin@example.org")
    except VapidException:  # a host with colons is named in no token, and `post` says so
        holds(":" in origin.removeprefix("https://").rpartition(":")[0], "a name is refused")
        return
    holds(len(body) > 86, "nothing behind the header of RFC 8188")
    holds("\n" not in says, "a header of two lines")


PUSH_SUBSCRIPTION = Target(
    feed=_subscribed,
    seeds=(*SUBSCRIBED, b"https://a@b/\n\n", b"https://[::1\n1\n1", b"http://a\n" + AUTH),
    words=(b"https://", b"[::1]", b":0", b":99999", b"@", b"\xe2\x80\xa8", b"==", b"BA", b"%00"),
    mutate=ByTokens(rb"\w+|.", SUBSCRIBED, (AUTH, _public(LONG), _public(SHORT), b"=")),
    longest=1024,
)


# ---------------------------------------------------------------- the helper's WebSocket


def _frame(kind: int, content: bytes) -> bytes:
    if len(content) < 126:
        return bytes((kind, len(content))) + content
    return bytes((kind, 126)) + len(content).to_bytes(2, "big") + content


FRAMES = (
    _frame(0x81, b'{"type":"snapshot"}'),
    _frame(0x01, b'{"type":') + _frame(0x89, b"1") + _frame(0x80, b'"a"}'),
    _frame(0x81, b"a" * 300) + _frame(0x88, b"\x03\xe8over"),
    _frame(0x89, b"a" * 200),
    _frame(0x81, b"\xff\xfe"),
    b"\x81\x7f" + b"\xff" * 8,
)


def _heard(data: bytes) -> None:
    """Frames, as a server sends them: texts until it ends, by an error that the helper knows."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(data)
        theirs.shutdown(socket.SHUT_WR)
        heard = WebSocket.over(ours)
        try:
            for text in heard.messages():
                holds(len(text) <= len(data), "more than came")
        except (Closed, OSError):
            pass


DESK_STREAM = Target(
    feed=_heard,
    seeds=FRAMES,
    words=(b"\x81", b"\x80", b"\x01", b"\x89\x7e\xff\xff", b"\x88\x00", b"\x8a\x00", b"\xc3"),
)
