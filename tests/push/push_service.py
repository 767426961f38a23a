"""A push service (RFC 8030) on loopback, and browsers that are subscribed to it.

    with running_push_service() as service:
        browser = service.browser()
        browser.subscription               # what its page gives to the server
        message = await browser.message()  # decrypted, as the browser does it (RFC 8291)

Every message has to be in the name of the server: its token is checked (RFC 8292). It is written
after the RFCs, with nothing of what the server uses for it but the cipher.
"""

import asyncio
import base64
import json
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.connectors.http_server import Reply, Request, Service, serving
from tests.connectors.test_http_client import CERTIFICATE
from tests.running import DEADLINE

CURVE = ec.SECP256R1()
POINT = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
LONGEST_TOKEN = 24 * 3600
"Seconds (RFC 8292, 2)."


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Message:
    """As the browser has it."""

    content: dict[str, Any]
    headers: dict[str, str]


@dataclass
class Browser:
    """Of somebody who wants to be told; `key`: to which server it is subscribed."""

    service: "PushService"
    name: str
    key: str = ""
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(CURVE)
    )
    auth: bytes = b"sixteen bytes..."
    arrived: asyncio.Queue[Message] = field(default_factory=asyncio.Queue)

    @property
    def endpoint(self) -> str:
        return f"{self.service.url}/push/{self.name}"

    @property
    def subscription(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(*POINT)
        return {"endpoint": self.endpoint, "key": b64(point), "auth": b64(self.auth)}

    async def message(self) -> Message:
        async with asyncio.timeout(DEADLINE):
            return await self.arrived.get()

    def opened(self, body: bytes) -> bytes:
        """RFC 8188, 2.1 and 2.2, with the key of RFC 8291, 3.4."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size and len(body) <= 4096
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
        own = self.private.public_key().public_bytes(*POINT)
        info = b"WebPush: info\0" + own + sender
        shared = self.private.exchange(ec.ECDH(), theirs)
        secret = derived(self.auth, info, shared, 32)
        key = derived(salt, b"Content-Encoding: aes128gcm\0", secret, 16)
        nonce = derived(salt, b"Content-Encoding: nonce\0", secret, 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain.endswith(b"\x02"), "the last record says so"
        return plain[:-1]


def derived(salt: bytes, info: bytes, secret: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


class PushService:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.url = ""
        self.origin: Service | None = None
        self.browsers: dict[str, Browser] = {}
        self.answers: dict[str, list[Reply]] = {}
        "By the name of a browser: what is said once each, before all is well."
        self.complaints: list[str] = []
        "What is against the RFCs."

    def browser(self, key: str = "") -> Browser:
        one = Browser(self, f"browser-{len(self.browsers) + 1}", key)
        self.browsers[one.name] = one
        return one

    def answer(self, request: Request) -> Reply:
        try:
            return self._answer(request)
        except Exception as error:
            self.complaints.append(repr(error))
            raise

    def _answer(self, request: Request) -> Reply:
        browser = self.browsers[request.path.rpartition("/")[2]]
        headers = dict(request.headers)
        assert request.method == "POST"
        assert headers["content-encoding"] == "aes128gcm"
        assert int(headers["ttl"]) > 0
        check_token(headers["authorization"], self.url, browser.key)
        if waiting := self.answers.get(browser.name):
            return waiting.pop(0)
        message = Message(json.loads(browser.opened(request.body)), headers)
        self._loop.call_soon_threadsafe(browser.arrived.put_nowait, message)
        return Reply(201, headers={"Location": f"{self.url}/message/1"})


def check_token(header: str, audience: str, key: str) -> None:
    """RFC 8292, 2 and 3."""
    scheme, _, rest = header.partition(" ")
    given = dict(one.strip().split("=", 1) for one in rest.split(","))
    assert scheme == "vapid" and given["k"] == key, "not by whom the browser subscribed to"
    head, claims, signature = given["t"].split(".")
    assert json.loads(unb64(head))["alg"] == "ES256"
    said = json.loads(unb64(claims))
    assert said["aud"] == audience
    assert time.time() < said["exp"] <= time.time() + LONGEST_TOKEN
    assert said["sub"].startswith(("mailto:", "https:"))
    raw = unb64(signature)
    pair = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unb64(key))
    public.verify(
        encode_dss_signature(*pair), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
    )


def trust() -> ssl.SSLContext:
    """Whoever is to reach it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(CERTIFICATE)
    return context


@contextmanager
def running_push_service() -> Iterator[PushService]:
    """What it complained of fails the test."""
    service = PushService(asyncio.get_running_loop())
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE, CERTIFICATE.with_suffix(".key"))
    with serving(service.answer, tls) as origin:
        service.origin = origin
        service.url = origin.url.replace("127.0.0.1", "localhost")
        yield service
    assert not service.complaints
