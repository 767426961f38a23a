"""One connection to a message centre, and what is asked on it: each question waits for its
answer."""

import asyncio
import contextlib
import ssl
from collections.abc import Callable

from tws.protocols.smpp.pdu import Malformed, Message
from tws.protocols.smpp.receipts import Receipt
from tws.protocols.smpp.session import Answered, Happened, Received, Session, Unbound

ANSWER, FAREWELL = 30.0, 2.0
"Seconds for an answer, and for the one to our leaving."
BLOCK = 64 * 1024
Answer = tuple[int, str]
"Its status, and the id that stands in it."


class LinkLost(Exception):
    """The connection ended, or what came on it cannot be read."""


class Link:
    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        heard: Callable[[Receipt], None],
    ) -> None:
        self._reader, self._writer, self._heard = reader, writer, heard
        self._session = Session()
        self._asked: dict[int, asyncio.Future[Answer]] = {}
        self._reading = asyncio.create_task(self._read())
        self.alive = True

    @classmethod
    async def open(
        cls,
        place: str,
        port: int,
        tls: ssl.SSLContext | None,
        host: str,
        heard: Callable[[Receipt], None],
    ) -> "Link":
        """`place`: the address to ask; `host`: the name that its certificate has. OSError."""
        name = host if tls is not None else None
        reader, writer = await asyncio.open_connection(place, port, ssl=tls, server_hostname=name)
        return cls(reader, writer, heard)

    async def bind(self, system_id: str, password: str, system_type: str) -> int:
        """The status of the answer. LinkLost."""
        return (await self._ask(self._session.bind(system_id, password, system_type)))[0]

    async def submit(self, message: Message) -> Answer:
        """LinkLost, TimeoutError: it may have been taken."""
        async with asyncio.timeout(ANSWER):
            return await self._ask(self._session.submit(message))

    async def enquire(self) -> None:
        """LinkLost, TimeoutError."""
        async with asyncio.timeout(ANSWER):
            await self._ask(self._session.enquire())

    async def close(self, *, unbind: bool = False) -> None:
        if unbind and self.alive:
            with contextlib.suppress(LinkLost, TimeoutError):
                async with asyncio.timeout(FAREWELL):
                    await self._ask(self._session.unbind())
        self._end()
        self._reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._reading
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    async def _ask(self, sequence: int) -> Answer:
        if not self.alive:
            raise LinkLost
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked[sequence] = answer
        try:
            self._writer.write(self._session.outputs())
            await self._writer.drain()
            return await answer
        except OSError as error:
            raise LinkLost from error
        finally:
            self._asked.pop(sequence, None)

    async def _read(self) -> None:
        try:
            while data := await self._reader.read(BLOCK):
                for one in self._session.receive(data):
                    self._handle(one)
                self._writer.write(self._session.outputs())
        except (OSError, Malformed):
            pass  # it is over, as at the end of what comes
        finally:
            self._end()

    def _handle(self, one: Happened) -> None:
        match one:
            case Answered(sequence=sequence, status=status, id=id):
                asked = self._asked.get(sequence)
                if asked is not None and not asked.done():
                    asked.set_result((status, id))
            case Received(receipt=receipt):
                self._heard(receipt)
            case Unbound():
                self.alive = False

    def _end(self) -> None:
        self.alive = False
        for asked in self._asked.values():
            if not asked.done():
                asked.set_exception(LinkLost())
        self._writer.close()
