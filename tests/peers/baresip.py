"""baresip as a second make of phone: it holds by itself and ignores NOTIFY and automatic answer.

async with running_baresip(pbx.registrar, "1007") as phone:
    await phone.command("dial", f"sip:1002@{pbx.registrar}")
    await phone.until("CALL_ESTABLISHED")
"""

import asyncio
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tests.peers.asterisk_files import password
from tests.peers.debian import Root, unpacked
from tests.peers.ports import block_of_ports

PATIENCE = 10.0


@cache
def installed() -> Root:
    return unpacked(("baresip-core",))


def prepare() -> None:
    """For `require_peer("baresip")`."""
    installed()


class Baresip:
    """Driven over its control port: JSON in netstrings."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.events: list[dict[str, Any]] = []
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._changed = asyncio.Event()
        self._task = asyncio.create_task(self._read(reader))

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                size = int((await reader.readuntil(b":"))[:-1])
                message = json.loads((await reader.readexactly(size + 1))[:-1])
                if message.get("event"):
                    self.events.append(message)
                else:
                    self._answers.put_nowait(message)
                self._changed.set()
        except (asyncio.IncompleteReadError, ConnectionError):
            return

    async def command(self, word: str, parameters: str = "") -> str:
        text = json.dumps({"command": word, "params": parameters, "token": "t"}).encode()
        self._writer.write(b"%d:%s," % (len(text), text))
        async with asyncio.timeout(PATIENCE):
            answer: dict[str, Any] = await self._answers.get()
        return str(answer.get("data", ""))

    async def until(self, kind: str) -> dict[str, Any]:
        """Wait for an event of that type, whenever it came."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for event in self.events:
                    if event.get("type") == kind:
                        return event
                self._changed.clear()
                await self._changed.wait()

    async def stop(self) -> None:
        self._task.cancel()
        self._writer.close()


def _configure(folder: Path, registrar: str, user: str, control: int) -> None:
    modules = next(installed().path.glob("usr/lib/**/baresip/modules"), None)
    assert modules is not None
    (folder / "config").write_text(
        "sip_listen 127.0.0.1:0\nnet_interface 127.0.0.1\ncall_max_calls 4\n"
        "audio_source aubridge,nil\naudio_player aubridge,nil\naudio_alert aubridge,nil\n"
        f"module_path {modules}\nmodule g711.so\nmodule aubridge.so\n"
        "module_app account.so\nmodule_app menu.so\nmodule_app ctrl_tcp.so\n"
        f"ctrl_tcp_listen 127.0.0.1:{control}\n"
    )
    (folder / "accounts").write_text(
        f"<sip:{user}@{registrar};transport=udp>;auth_user={user};auth_pass={password(user)};"
        "regint=300;answermode=manual;audio_codecs=pcma\n"
    )
    (folder / "contacts").write_text("")


async def _connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)  # it is starting: nothing else tells when it listens


@asynccontextmanager
async def running_baresip(registrar: str, user: str) -> AsyncIterator[Baresip]:
    """A phone for this extension; it registers when it starts."""
    folder = Path(tempfile.mkdtemp(prefix="tws-baresip-"))
    with block_of_ports() as (control, *_):
        _configure(folder, registrar, user, control)
        with (folder / "log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *installed().command("usr/bin/baresip", "-4", "-f", str(folder)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            phone = Baresip(*await _connect(control))
            yield phone
            await phone.stop()
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
            shutil.rmtree(folder, ignore_errors=True)
