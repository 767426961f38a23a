"""The link of the PBX: a TCP port, with TLS where a certificate is set."""

import asyncio
import logging
import ssl
from typing import cast

from tws.simulator.link.client import LinkClient
from tws.simulator.link.exchange import Exchange

log = logging.getLogger(__name__)

MAX_UNSENT = 8 * 1024 * 1024
"A client that leaves more than this unread is closed."


class LinkServer:
    """Accepts CSTA clients."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._server: asyncio.Server | None = None
        self._connections = 0
        self.clients: dict[LinkClient, None] = {}

    def tickers(self) -> list[LinkClient]:
        return list(self.clients)

    async def start(self, host: str, port: int) -> int:
        """Listen; the port, where 0 was asked for. OSError when it can't be had."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            self._accept, host, port, ssl=_tls(self._exchange), reuse_address=True
        )
        bound = self._server.sockets[0].getsockname()
        return int(bound[1])

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        for client in list(self.clients):
            client.close("the PBX stops", abort=True)
        if self._server is not None:
            await self._server.wait_closed()

    def _accept(self) -> "_Connection":
        self._connections += 1
        return _Connection(self, self._exchange, self._connections)


class _Connection(asyncio.Protocol):
    """One client's socket."""

    def __init__(self, server: LinkServer, exchange: Exchange, number: int) -> None:
        self._server = server
        self._exchange = exchange
        self._number = number
        self._transport: asyncio.Transport | None = None
        self._client: LinkClient | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by its class
        client = LinkClient(self._exchange, self, self._number, self._exchange.now())
        self._client = client
        self._server.clients[client] = None
        self._exchange.clients[client] = None
        log.info("csta client %d connected", self._number)
        self._exchange.on_activity()

    def data_received(self, data: bytes) -> None:
        if self._client is not None:
            self._client.receive_data(data, self._exchange.now())
            self._exchange.on_activity()

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        if self._client is not None:
            self._client.disconnected()
            self._server.clients.pop(self._client, None)
            self._exchange.clients.pop(self._client, None)
        self._transport = None
        log.info("csta client %d gone", self._number)
        self._exchange.on_activity()

    # ------------------------------------------------------------ Wire

    def write(self, data: bytes) -> None:
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        transport.write(data)
        if transport.get_write_buffer_size() > MAX_UNSENT:
            self.close("it reads too slowly", abort=True)

    def close(self, why: str, *, abort: bool = False, half: bool = False) -> None:
        transport = self._transport
        if transport is None:
            return
        log.info("csta client %d closed: %s", self._number, why)
        if half and transport.can_write_eof():
            transport.write_eof()
        elif abort:
            transport.abort()
        else:
            transport.close()


def _tls(exchange: Exchange) -> ssl.SSLContext | None:
    link = exchange.settings.link
    if not link.tls_certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(link.tls_certificate, link.tls_key or None)
    return context
