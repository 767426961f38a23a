"""The certificate that people are served by, read again when its files change; and the port that
sends those on who come by http."""

import asyncio
import ssl
from pathlib import Path

import structlog
from starlette.datastructures import URL, Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from tws.web.guard import host_of

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"Of TLS 1.2: forward secrecy and authenticated encryption only (RFC 9325, 4.2); 1.3 has no others."
LOOKED_AT_EVERY = 5.0
"Seconds."
log = structlog.get_logger(__name__)


class Certificate:
    """PEM files. `context` is one for good: whoever comes after `refresh` gets the new one.

    Each of its handshakes is handed to the pair that was read last, as a whole:
    loading into a context in use would break the handshakes between the certificate and its key.
    """

    def __init__(self, certificate: Path, key: Path, every: float = LOOKED_AT_EVERY) -> None:
        """OSError, ssl.SSLError where they cannot be used."""
        self.files, self._every = (certificate, key), every
        self._seen = self._stamp()
        self._shown = self.context = self._new()
        self.context.sni_callback = self._hand_over

    async def watch(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(self._every)
            try:
                if await asyncio.to_thread(self.refresh):
                    log.info("certificate changed", file=str(self.files[0]))
            except (OSError, ssl.SSLError) as error:
                log.error("the new certificate cannot be used", why=str(error))

    def refresh(self) -> bool:
        """Whether there was another one. OSError, ssl.SSLError: the one before stays, and this is
        tried again once the files are others."""
        if (stamp := self._stamp()) == self._seen:
            return False
        self._seen = stamp
        self._shown = self._new()
        return True

    def _hand_over(
        self, handshake: ssl.SSLSocket | ssl.SSLObject, _name: str | None, _of: ssl.SSLContext
    ) -> None:
        """Called at each ClientHello, with a name in it or without (RFC 6066, 3)."""
        handshake.context = self._shown

    def _new(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(CIPHERS)
        context.options |= ssl.OP_NO_RENEGOTIATION
        context.load_cert_chain(*self.files)
        return context

    def _stamp(self) -> tuple[tuple[int, int, int], ...]:
        return tuple(
            (of.st_ino, of.st_mtime_ns, of.st_size) for of in (file.stat() for file in self.files)
        )


class Redirect:
    """ASGI application: to the same address by https, and nothing else."""

    def __init__(self, hosts: frozenset[str], public_url: str | None, port: int) -> None:
        self._hosts, self._public, self._port = hosts, public_url, port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        host = host_of(Headers(scope=scope).get("host", ""))
        if not host or (self._hosts and host not in self._hosts):
            return PlainTextResponse("Use the address that your administrator gave you.", 421)
        if scope["method"] not in ("GET", "HEAD"):
            # What it holds came in clear text already: whoever wrote that is to notice.
            return PlainTextResponse("This server is spoken to by https.", 403)
        to = self._public or f"https://{f'[{host}]' if ':' in host else host}:{self._port}"
        at = URL(scope=scope)
        query = f"?{at.query}" if at.query else ""
        return RedirectResponse(to.removesuffix(":443") + at.path + query, 308)
