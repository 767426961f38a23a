"""One XML stream (RFC 6120) by slixmpp, with what it does not hold others to: TLS before anything
else, no DTD (11.1), no stanza without an end, no address that nobody outside has."""

import asyncio
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

from tws.connectors.http.places import own
from tws.connectors.xmpp import reasons
from tws.connectors.xmpp.bounds import Bounds
from tws.messaging.external.model import OpenedAccount
from tws.sources.errors import ConnectorError

DIRECT_TLS = 5223
"The port at which TLS comes first (XEP-0368), where a server is named."
PORT = 5222
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
        self._bounds = Bounds(self.asked)
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
        self.add_event_handler("no_auth", lambda _: fail(reasons.no_way(self.asked)))
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
            if not self._loopback and own(str(place[0])):
                self._error = reasons.Near()
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
        self._fail(reasons.not_connected(self.asked, self._error))

    def _not_connected(self, error: object) -> None:
        self._error = error

    def _not_trusted(self, error: ssl.SSLError) -> None:
        self._fail(reasons.not_trusted(self.asked, error))

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
        self._fail(reasons.broken_off(self.asked))

    # ------------------------------------------------------------ signing in

    async def _handle_stream_features(self, features: StreamFeatures) -> bool | None:
        secure = isinstance(self.socket, ssl.SSLSocket | ssl.SSLObject)
        if not secure and "starttls" not in features["features"]:
            self._fail(reasons.unencrypted(self.asked))
            self.abort()
            return True
        done: bool | None = await super()._handle_stream_features(features)
        return done

    def _not_authorised(self, failure: StanzaBase) -> None:
        """Asking on by another mechanism would be another wrong password to it."""
        self._fail(reasons.not_signed_in(self.asked, str(failure["condition"])))
        self.abort()

    def _stream_error(self, error: StanzaBase) -> None:
        domain, said = str(self.boundjid.domain), str(error["condition"])
        self._fail(reasons.ended(self.asked, domain, said))

    # ------------------------------------------------------------ what comes

    def data_received(self, data: bytes | str) -> None:
        data = data.encode() if isinstance(data, str) else data
        self.heard = self.loop.time()
        if (why := self._bounds.forbids(data)) is not None:
            self._broken(why)
            return
        super().data_received(data)
        if (why := self._bounds.exceeded()) is not None:
            self._broken(why)

    def _spawn_event(self, xml: Element) -> None:
        self._bounds.stanza_ended()
        super()._spawn_event(xml)

    def _broken(self, why: ConnectorError) -> None:
        log.warning("xmpp stream broken off", server=self.asked)
        self._fail(why)
        self.parser = None
        self.abort()

    def exception(self, exception: Exception) -> None:
        """What is wrong with us while a stanza is taken; slixmpp has caught it."""
        log.error("xmpp stanza not taken", error=type(exception).__name__, exc_info=exception)
        self._fail(reasons.not_understood(self.asked))
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
