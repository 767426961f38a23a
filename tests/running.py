"""TWS as a real process, and clients of it: what a person's page and a program would do."""

import asyncio
import contextlib
import json
import os
import signal
import ssl
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import httpx
import websockets
from websockets.asyncio.client import ClientConnection

from tests.plain import PLAIN

DEADLINE = 20.0
STARTS_WITHIN = 90.0
"Seconds: several servers and browsers may be starting on two processors at once."
"Seconds a test waits for what must happen: only a failure takes that long."
IDLE = 2.0
"Seconds: a server closes an idle connection after 5, and what is asked at that moment is lost."
ADMINISTRATOR = "admin"
PASSWORD = "a long password"

COMMAND = (sys.executable, "-m", "tws")
"What starts `tws`: from these sources."

Json = dict[str, Any]


class Problem(Exception):
    """A problem+json answer."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.content: Json = response.json() if response.content else {}
        self.code = self.content.get("code")
        super().__init__(f"{self.status} {self.content}")


class Live:
    """A page's live stream: `state` is what it shows."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.state: dict[str, Json] = {}
        self.moments: list[Json] = []
        self.frames: list[Json] = []
        self.changed = asyncio.Event()
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        with contextlib.suppress(websockets.ConnectionClosed):
            async for text in self._socket:
                self._take(json.loads(text))
        self.changed.set()

    def _take(self, frame: Json) -> None:
        self.frames.append(frame)
        match frame["type"]:
            case "snapshot":
                self.state = dict(frame["state"])
            case "change":
                self.state.update(frame.get("set", {}))
                for key in frame.get("gone", ()):
                    self.state.pop(key, None)
            case "moment":
                self.moments.append(frame["moment"])
        self.changed.set()

    def calls(self) -> list[Json]:
        """The user's calls, oldest first."""
        calls = [value for key, value in self.state.items() if key.startswith("call/")]
        return sorted(calls, key=lambda call: (call["created"], call["connection"]))

    async def until(self, ready: Callable[[], Any], what: str) -> Any:
        """What `ready` returns once it is true."""
        try:
            async with asyncio.timeout(DEADLINE):
                while not (found := ready()):
                    self.changed.clear()
                    await self.changed.wait()
                return found
        except TimeoutError:
            state = json.dumps(self.state, indent=1)
            raise AssertionError(f"{what}: never seen; the page shows {state}") from None

    async def call(self, **wanted: object) -> Json:
        """The first call whose fields are as wanted, once there is one."""

        def look() -> Json | None:
            for call in self.calls():
                if all(call.get(field) == value for field, value in wanted.items()):
                    return call
            return None

        found: Json = await self.until(look, f"a call with {wanted}")
        return found

    async def no_call(self) -> None:
        await self.until(lambda: not self.calls(), "no call")

    async def device(self, **wanted: object) -> Json:
        def look() -> Json | None:
            for key, value in self.state.items():
                if key.startswith("device/"):
                    if all(value.get(field) == want for field, want in wanted.items()):
                        return value
            return None

        found: Json = await self.until(look, f"a device with {wanted}")
        return found

    async def close(self) -> None:
        await self._socket.close()
        await self._reader


class Api:
    """One signed-in client."""

    def __init__(self, base: str, trusted: ssl.SSLContext = PLAIN) -> None:
        self.base, self._trusted = base, trusted
        self.http = httpx.AsyncClient(
            base_url=f"{base}/api/v1",
            timeout=DEADLINE,
            verify=trusted,
            limits=httpx.Limits(keepalive_expiry=IDLE),
        )
        self.http.headers["Origin"] = base

    async def request(self, method: str, path: str, body: object = None, **more: Any) -> Any:
        response = await self.http.request(method, path, json=body, **more)
        if response.status_code >= 400:
            raise Problem(response)
        return response.json() if response.content else None

    async def get(self, path: str, **query: Any) -> Any:
        return await self.request("GET", path, params=query)

    async def post(self, path: str, **body: Any) -> Any:
        return await self.request("POST", path, body)

    async def do(self, operation: str, key: str | None = None, **body: Any) -> Any:
        """A telephony operation's result."""
        headers = {"Idempotency-Key": key} if key else {}
        answer = await self.request("POST", f"/telephony/{operation}", body, headers=headers)
        return answer["result"]

    async def sign_in(self, username: str, password: str = PASSWORD) -> "Api":
        await self.post("/login", username=username, password=password)
        return self

    async def sign_in_as_administrator(self) -> "Api":
        await self.post("/administrator/login", username=ADMINISTRATOR, password=PASSWORD)
        return self

    @contextlib.asynccontextmanager
    async def live(self, **hello: object) -> AsyncIterator[Live]:
        """`hello`: what the page says of itself besides."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        headers = {"Cookie": cookies, "Origin": self.base}
        by = self._trusted if self.base.startswith("https") else None
        url = self.base.replace("http", "ws", 1) + "/api/v1/live"
        async with websockets.connect(url, additional_headers=headers, ssl=by) as socket:
            await socket.send(json.dumps({"type": "hello", "stream": None, "last": None, **hello}))
            live = Live(socket)
            await live.until(lambda: live.frames, "a snapshot")
            try:
                yield live
            finally:
                await live.close()

    async def close(self) -> None:
        await self.http.aclose()


class TwsServer:
    """`tws serve` as a process of its own, on its own data."""

    def __init__(
        self, data: Path, environment: dict[str, str], command: Sequence[str] = COMMAND
    ) -> None:
        self.data, self.environment, self.command = data, environment, command
        self.port = 0
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._clients: list[Api] = []
        self.output: list[str] = []
        self._said = asyncio.Event()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        # A node's state folder is told by itself: --data would put it into the shared one.
        data = () if "TWS_STATE_DIR" in self.environment else (f"--data={self.data}",)
        self._process = await asyncio.create_subprocess_exec(
            *self.command,
            "serve",
            "--host=127.0.0.1",
            f"--port={self.port}",
            *data,
            cwd=self.data,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={**os.environ, **self.environment},
        )
        listening: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._reader = asyncio.create_task(self._read(self._process, listening))
        try:
            self.port = await asyncio.wait_for(listening, STARTS_WITHIN)
        except TimeoutError:
            self._process.kill()
            raise AssertionError("tws serve did not listen:\n" + "".join(self.output)) from None

    async def _read(
        self, process: asyncio.subprocess.Process, listening: "asyncio.Future[int]"
    ) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.output.append(line.decode())
            self._said.set()
            if line.startswith(b"Listening on port ") and not listening.done():
                listening.set_result(int(line.split()[-1].rstrip(b".")))
        if not listening.done():
            words = "tws serve ended:\n" + "".join(self.output)
            listening.set_exception(AssertionError(words))

    async def until_it_says(self, ready: Callable[[], bool], what: str) -> None:
        """Until what it has written so far is as `ready` wants it."""
        try:
            async with asyncio.timeout(DEADLINE):
                while not ready():
                    self._said.clear()
                    await self._said.wait()
        except TimeoutError:
            raise AssertionError(f"{what}: never said:\n" + "".join(self.output)) from None

    async def kill(self, number: int = signal.SIGKILL) -> None:
        assert self._process is not None and self._reader is not None
        if self._process.returncode is None:
            self._process.send_signal(number)
        await self._process.wait()
        await self._reader

    async def restart(self) -> None:
        """On the same port, so that clients find it again."""
        await self.start()

    def client(self) -> Api:
        api = Api(self.base)
        self._clients.append(api)
        return api

    async def user(self, username: str) -> Api:
        return await self.client().sign_in(username)

    async def stop(self) -> None:
        for client in self._clients:
            await client.close()
        if self._process is not None and self._process.returncode is None:
            await self.kill(signal.SIGTERM)


@contextlib.asynccontextmanager
async def running_tws(
    data: Path, command: Sequence[str] = COMMAND, **environment: str
) -> AsyncIterator[TwsServer]:
    server = TwsServer(data, environment, command)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
