"""A message centre on loopback, of which the test says how it answers; and one of another library,
in a process of its own."""

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tws.protocols.smpp.pdu import Address, Command, Message, Pdu, message, taken

Answer = Callable[["Centre", Pdu], Awaitable[None]]
ACCOUNT, PASSWORD = "company", "secret"


@dataclass
class Centre:
    """`answers`: what comes of the next messages; afterwards each is taken."""

    port: int = 0
    answers: list[int | str] = field(default_factory=list)
    "A status, or `hang up`, `silence`."
    bind_status: int = 0
    submitted: list[Message] = field(default_factory=list)
    binds: int = 0
    enquired: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    writer: asyncio.StreamWriter | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writer, buffer = writer, bytearray()
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                buffer += data
                while (pdu := taken(buffer)) is not None:
                    self.handle(pdu)
        writer.close()

    def handle(self, pdu: Pdu) -> None:
        match pdu.command:
            case Command.BIND_TRANSCEIVER:
                self.binds += 1
                account, password, *_ = pdu.body.split(b"\0")
                good = (account, password) == (ACCOUNT.encode(), PASSWORD.encode())
                status = self.bind_status or (0 if good else 0x0E)
                # Of a refusal without its body (5.1.4 allows it).
                self.tell(pdu.command, pdu.sequence, b"" if status else b"SMSC\0", status)
            case Command.SUBMIT_SM:
                self.submit(pdu)
            case Command.ENQUIRE_LINK:
                self.enquired += 1
                self.tell(pdu.command, pdu.sequence)
            case Command.UNBIND:
                self.tell(pdu.command, pdu.sequence)
        self.changed.set()

    def submit(self, pdu: Pdu) -> None:
        answer = self.answers.pop(0) if self.answers else 0
        if answer == "silence":
            return
        if answer == "hang up":
            self.hang_up()
            return
        assert isinstance(answer, int)
        if answer == 0:
            self.submitted.append(message(pdu.body))
        id = f"m{len(self.submitted)}".encode() + b"\0"
        self.tell(pdu.command, pdu.sequence, b"" if answer else id, answer)

    def tell(self, command: int, sequence: int, body: bytes = b"", status: int = 0) -> None:
        assert self.writer is not None
        self.writer.write(Pdu(command | 0x80000000, sequence, body, status).encoded())

    def hang_up(self) -> None:
        assert self.writer is not None
        self.writer.close()

    def receipt(self, id: str, state: str, error: str = "000") -> None:
        assert self.writer is not None
        text = (
            f"id:{id} sub:001 dlvrd:001 submit date:1 done date:2 stat:{state} err:{error} text:"
        )
        one = Message(
            source=Address("33612345678", 1, 1),
            destination=Address("SSDEI", 5),
            text=text.encode(),
            esm_class=4,
        )
        self.writer.write(Pdu(Command.DELIVER_SM, 1, one.body()).encoded())

    async def until(self, holds: Callable[["Centre"], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds(self):
                self.changed.clear()
                await self.changed.wait()


@contextlib.asynccontextmanager
async def running_centre() -> AsyncIterator[Centre]:
    centre = Centre()
    server = await asyncio.start_server(centre.serve, "127.0.0.1", 0)
    centre.port = server.sockets[0].getsockname()[1]
    try:
        yield centre
    finally:
        server.close()
        if centre.writer is not None:
            centre.writer.close()
        await server.wait_closed()


OTHER = """
import asyncio, json, sys
import smpp34

async def main():
    server = smpp34.Server("127.0.0.1", int(sys.argv[1]), system_id="OTHER")
    await server.start()
    print("ready", flush=True)
    sessions, count = {}, 0
    while True:
        event = await server.next()
        if isinstance(event, smpp34.Esme):
            sessions[event.session_id] = event
        elif isinstance(event, smpp34.SubmitSmEvent):
            count += 1
            id = f"other-{count}"
            print(json.dumps({
                "to": event.destination_addr, "from": event.source_addr,
                "text": bytes(event.short_message).hex(), "class": event.esm_class,
                "coding": event.data_coding, "registered": event.registered_delivery,
            }), flush=True)
            event.accept(message_id=id)
            text = f"id:{id} sub:001 dlvrd:001 submit date:1 done date:2 stat:DELIVRD err:0"
            await sessions[event.session_id].deliver_sm(
                destination_addr=event.source_addr, source_addr=event.destination_addr,
                esm_class=4, short_message=text.encode())

asyncio.run(main())
"""


@contextlib.asynccontextmanager
async def other_centre(port: int) -> AsyncIterator[Callable[[], Awaitable[Any]]]:
    """Of the library smpp34; gives what is the next that it took. It has a process of its own:
    its end can take the interpreter with it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OTHER, str(port), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    stdout = process.stdout

    async def next_taken() -> Any:
        async with asyncio.timeout(20):
            return json.loads(await stdout.readline())

    try:
        async with asyncio.timeout(20):
            assert await stdout.readline() == b"ready\n"
        yield next_taken
    finally:
        process.kill()
        await process.wait()
