"""The other end of a carrier, on real sockets, and what is left open when a test ends."""

import asyncio
import os
import socket
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.contracts.runner import PATIENCE
from tws.net.carrier import ServerTls, Tls

CERTIFICATE = str(Path(__file__).parent / "localhost.pem")
KEY = str(Path(__file__).parent / "localhost.key")
TRUSTING = Tls(server_name="localhost", ca_file=CERTIFICATE)
SERVER_TLS = ServerTls(CERTIFICATE, KEY)


def server_side() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)
    return context


def client_side() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATE)


class Line:
    """One connection, seen from the far end."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self._deaf = False

    def stop_reading(self) -> None:
        """Leave what comes in the buffers of the system, as a program does that hangs."""
        self._deaf = True
        self.writer.transport.pause_reading()  # type: ignore[attr-defined]

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        async with asyncio.timeout(PATIENCE):
            await self.writer.drain()

    async def hear(self, size: int) -> bytes:
        async with asyncio.timeout(PATIENCE):
            return await self.reader.readexactly(size)

    async def hear_end(self) -> bytes:
        """What comes until the other side closes."""
        async with asyncio.timeout(PATIENCE):
            try:
                return await self.reader.read()
            except ConnectionError:
                return b""

    def half_close(self) -> None:
        self.writer.write_eof()

    def reset(self) -> None:
        """Close with a reset, as a machine does whose program was killed."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def close(self) -> None:
        if self._deaf:
            self.writer.transport.abort()
        self.writer.close()
        try:
            async with asyncio.timeout(PATIENCE):
                await self.writer.wait_closed()
        except (ConnectionError, ssl.SSLError):
            pass


class Switch:
    """A server for `Stream` to dial: its accepted connections, in order."""

    def __init__(self) -> None:
        self.lines: asyncio.Queue[Line] = asyncio.Queue()
        self.port = 0
        self._all: list[Line] = []
        self._server: asyncio.Server | None = None

    async def start(self, tls: bool = False, port: int = 0) -> None:
        context = server_side() if tls else None
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", port, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = Line(reader, writer)
        self._all.append(line)
        self.lines.put_nowait(line)

    async def line(self) -> Line:
        async with asyncio.timeout(PATIENCE):
            return await self.lines.get()

    def stop_listening(self) -> None:
        """Whoever dials from now on is refused; the lines stay."""
        if self._server is not None:
            self._server.close()

    async def stop(self) -> None:
        self.stop_listening()
        for line in self._all:
            await line.close()
        self._all.clear()


async def call(port: int, tls: bool = False) -> Line:
    """A phone that calls a `Listener`."""
    context = client_side() if tls else None
    name = "localhost" if tls else None
    return Line(
        *await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname=name)
    )


class UdpPhone(asyncio.DatagramProtocol):
    """A phone that speaks datagrams with 127.0.0.1:`port`."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[bytes] = asyncio.Queue()
        self.closed = asyncio.Event()

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.heard.put_nowait(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed.set()

    async def hear(self) -> bytes:
        async with asyncio.timeout(PATIENCE):
            return await self.heard.get()


@asynccontextmanager
async def udp_phone(
    port: int | None = None,
) -> AsyncIterator[tuple[UdpPhone, asyncio.DatagramTransport]]:
    """`port` None: it waits to be called."""
    remote = None if port is None else ("127.0.0.1", port)
    local = ("127.0.0.1", 0) if port is None else None
    loop = asyncio.get_running_loop()
    transport, phone = await loop.create_datagram_endpoint(
        UdpPhone, remote_addr=remote, local_addr=local
    )
    try:
        yield phone, transport
    finally:
        transport.close()
        await phone.closed.wait()


def open_sockets() -> set[str]:
    """The internet sockets this process has open, by inode; an event loop has pairs of its own."""
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            target = str(entry.readlink())
            if not target.startswith("socket:"):
                continue
            with socket.socket(fileno=os.dup(int(entry.name))) as same:
                if same.family in (socket.AF_INET, socket.AF_INET6):
                    found.add(target)
        except OSError:
            continue  # closed while we looked
    return found


def free_port() -> int:
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
