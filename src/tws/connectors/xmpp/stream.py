"""One XML stream (RFC 6120) by slixmpp, with what it does not hold others to: TLS before anything
else, no DTD (11.1), no stanza without an end, no address that nobody outside has."""

import asyncio
import ipaddress
import logging
import socket
import ssl
from collections.abc import Callable
from functools import cache
from xml.etree.ElementTree import Element

import structlog
from slixmpp import ClientXMPP
from slixmpp.stanza import StreamFeatures
from slixmpp.xmlstream.stanzabase import StanzaBase

from tws.messaging.external.model import OpenedAccount
from tws.sources.errors import (
    ConnectorError,
    Misconfigured,
    Refused,
    SignInRefused,
    Unreachable,
)

MOST_BYTES, MOST_MARKS = 4 * 1024 * 1024, 100_000
"Of one stanza, with its elements; of a list of 20,000 contacts too."
DIRECT_TLS = 5223
"The port at which TLS comes first (XEP-0368), where a server is named."
PORT = 5222
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY", b"<!ELEMENT", b"<!ATTLIST")
LONGEST_WORDS = 200
ONE_ADDRESS = 10.0
"Seconds in which it has to answer, where a server has several."
log = structlog.get_logger(__name__)
# It writes what people write to each other into its log.
logging.getLogger("slixmpp").setLevel(logging.CRITICAL + 1)


@cache
def trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


class Stream(ClientXMPP):
    """`fail` is called once, with why there is no connection or no more."""

    def __init__(
        self,
        account: OpenedAccount,
        fail: Callable[[ConnectorError], None],
        context: ssl.SSLContext | None,
        loopback: bool,
    ) -> None:
        address = f"{account.address}/{account.resource}"
        super().__init__(address, account.password, ssl_context=context or trusted())
        self._account, self._fail, self._loopback = account, fail, loopback
        self._error: object = None
        self._bytes = self._marks = 0
        self._tail = b""
        self._securing = False
        self.heard = self.loop.time()
        "When anything came."
        self.whitespace_keepalive = False
        self.enable_plaintext = False
        self.enable_direct_tls = account.port in (None, DIRECT_TLS)
        self.enable_starttls = account.port != DIRECT_TLS
        for name in ("IM", "IMError", "Presence", "Roster Update"):
            self.remove_handler(name)
        self.add_event_handler("connection_failed", self._not_connected)
        self.add_event_handler("ssl_invalid_chain", self._not_trusted)
        self.add_event_handler("failed_auth", self._not_authorised)
        self.add_event_handler("no_auth", lambda _: self._no_way())
        self.add_event_handler("stream_error", self._stream_error)
        self.add_event_handler("disconnected", lambda _: self._gone())

    @property
    def asked(self) -> str:
        return self._account.host or str(self.boundjid.domain)

    def begin(self) -> None:
        if self._account.host or self._account.port:
            self.connect(self.asked, self._account.port or PORT)
        else:
            self.connect()

    # ------------------------------------------------------------ connecting

    async def _attempt_connection(
        self, host: str, port: int, tls: bool, server_hostname: str | None
    ) -> bool:
        """Users name servers: none of them is this computer, or what is beside it only."""
        try:
            found = await self.loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            self._not_connected(error)
            return False
        for *_, place in found:
            if not self._loopback and _is_near(str(place[0])):
                self._error = "near"
                continue
            try:
                async with asyncio.timeout(ONE_ADDRESS):
                    if await super()._attempt_connection(
                        str(place[0]), port, tls, server_hostname
                    ):
                        return True
            except TimeoutError as error:
                self._error = error
        return False

    def reschedule_connection_attempt(self) -> None:
        """Whether it is tried again is for others to say."""
        self._current_connection_attempt = None
        self._fail(self._why_not_connected())

    def _not_connected(self, error: object) -> None:
        self._error = error

    def _why_not_connected(self) -> ConnectorError:
        error, host = self._error, self.asked
        if error == "near":
            return Misconfigured("{host} is no server outside.", host=host)
        if isinstance(error, socket.gaierror) and error.errno != socket.EAI_AGAIN:
            return Misconfigured("There is no server {host}.", host=host)
        if isinstance(error, ssl.SSLCertVerificationError):
            return _untrusted(host, error)
        return Unreachable("{host} cannot be reached.", host=host)

    def _not_trusted(self, error: ssl.SSLError) -> None:
        self._fail(_untrusted(self.asked, error))

    async def start_tls(self) -> bool:
        """While it is begun the connection ends before it is known why."""
        self._securing = True
        secure = await super().start_tls()
        self._securing = False
        if not secure:
            self._gone()
        return secure

    def _gone(self) -> None:
        if self._securing:
            return
        self._fail(Unreachable("{host} broke off the connection.", host=self.asked))

    # ------------------------------------------------------------ signing in

    async def _handle_stream_features(self, features: StreamFeatures) -> bool | None:
        secure = isinstance(self.socket, ssl.SSLSocket | ssl.SSLObject)
        if not secure and "starttls" not in features["features"]:
            self._fail(Refused("{host} offers no encryption.", host=self.asked))
            self.abort()
            return True
        done: bool | None = await super()._handle_stream_features(features)
        return done

    def _not_authorised(self, failure: StanzaBase) -> None:
        """Asking on by another mechanism would be another wrong password to it."""
        host, said = self.asked, str(failure["condition"])
        if said == "temporary-auth-failure":
            self._fail(Unreachable("{host} cannot sign anybody in now.", host=host))
        else:
            self._fail(SignInRefused("{host} refuses the address or the password.", host=host))
        self.abort()

    def _no_way(self) -> None:
        self._fail(
            Refused("{host} offers no way of signing in that is known here.", host=self.asked)
        )

    def _stream_error(self, error: StanzaBase) -> None:
        host, said = self.asked, str(error["condition"])[:LONGEST_WORDS]
        if said == "host-unknown":
            domain = str(self.boundjid.domain)
            self._fail(
                Misconfigured(
                    "{host} does not serve addresses of {domain}.", host=host, domain=domain
                )
            )
        elif said == "conflict":
            self._fail(
                Unreachable("Another program took the place of this one at {host}.", host=host)
            )
        else:
            self._fail(Unreachable("{host} ended the connection ({said}).", host=host, said=said))

    # ------------------------------------------------------------ what comes

    def data_received(self, data: bytes | str) -> None:
        data = data.encode() if isinstance(data, str) else data
        self.heard = self.loop.time()
        seen = (self._tail + data).upper()
        self._tail = bytes(data[-max(map(len, FORBIDDEN)) :])
        if any(mark in seen for mark in FORBIDDEN):
            self._broken(
                Unreachable(
                    "{host} sent a definition of its own, which XMPP forbids.", host=self.asked
                )
            )
            return
        self._bytes += len(data)
        self._marks += data.count(b"<")
        super().data_received(data)
        if self._bytes > MOST_BYTES or self._marks > MOST_MARKS:
            self._broken(Unreachable("{host} sent too much at once.", host=self.asked))

    def _spawn_event(self, xml: Element) -> None:
        self._bytes = self._marks = 0
        super()._spawn_event(xml)

    def _broken(self, why: ConnectorError) -> None:
        log.warning("xmpp stream broken off", server=self.asked)
        self._fail(why)
        self.parser = None
        self.abort()

    def exception(self, exception: Exception) -> None:
        """What is wrong with us while a stanza is taken; slixmpp has caught it."""
        log.error("xmpp stanza not taken", error=type(exception).__name__, exc_info=exception)
        self._fail(Unreachable("What {host} sent was not understood.", host=self.asked))
        self.abort()

    # ------------------------------------------------------------ the end

    async def end(self, seconds: float) -> None:
        """Say goodbye, for so long at most."""
        self.cancel_connection_attempt()
        try:
            async with asyncio.timeout(seconds):
                await self.disconnect(seconds, ignore_send_queue=False)
        except TimeoutError:
            self.abort()
        if self._run_out_filters is not None:
            self._run_out_filters.cancel()


def _untrusted(host: str, error: ssl.SSLError) -> Misconfigured:
    said = getattr(error, "verify_message", "") or error.reason or "TLS"
    return Misconfigured(
        "The certificate of {host} is not trusted ({said}).", host=host, said=said
    )


def _is_near(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or found
    return bool(
        mapped.is_loopback or mapped.is_link_local or mapped.is_multicast or mapped.is_unspecified
    )
