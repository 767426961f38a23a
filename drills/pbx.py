"""A simulated PBX: a process of its own, and the hands at its telephones."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

BOOT = 60.0
ASK = 20.0
"Both in seconds."


class PbxAway(Exception):
    """It does not run."""


class PhoneRefused(Exception):
    """The telephone would not do it, such as to hang up what is over."""


class Pbx:
    """`first`: number of the first of its telephones; `prefix`: what starts it elsewhere, such as
    in a network of its own, where it is reached at `host`, and its telephones at `hands`."""

    def __init__(
        self,
        folder: Path,
        first: int,
        phones: int,
        *,
        prefix: Sequence[str] = (),
        host: str = "127.0.0.1",
        hands: str = "127.0.0.1",
    ) -> None:
        self.first, self.phones = first, phones
        self.host = host
        self.port = self._page_port = 0
        self.lives = 0
        "How often it was started."
        self.running = asyncio.Event()
        self._folder, self._prefix, self._hands = folder, prefix, hands
        self._process: Process | None = None
        self._http: httpx.AsyncClient | None = None

    @property
    def numbers(self) -> list[str]:
        return [str(self.first + n) for n in range(self.phones)]

    @property
    def settings(self) -> dict[str, object]:
        """Of the link to it."""
        return {"host": self.host, "port": self.port}

    async def start(self) -> None:
        """On the ports that it had before, if it ran already."""
        config = self._folder / f"pbx-{self.first}.toml"
        config.write_text(f"phones = [{{from = {self.first}, count = {self.phones}}}]\n")
        listen = "127.0.0.1" if self.host == "127.0.0.1" else "0.0.0.0"  # noqa: S104 a private network
        with (self._folder / f"pbx-{self.first}.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(*self._prefix, sys.executable, "-m", "tws.simulator", "--until-input-ends"),
                *("--config", str(config), "--host", listen),
                *("--csta-port", str(self.port), "--page-port", str(self._page_port)),
                stdin=PIPE,
                stdout=PIPE,
                stderr=log,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
            )
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), BOOT)
        if not line:
            raise RuntimeError(f"the PBX ended with {await self._process.wait()}")
        ready = json.loads(line)
        self.port, self._page_port = ready["csta"], ready["page"]
        base = f"http://{self._hands}:{self._page_port}/api"
        # An idle connection that the PBX closes at that moment would lose a hand's movement.
        limits = httpx.Limits(keepalive_expiry=2.0)
        self._http = httpx.AsyncClient(base_url=base, timeout=ASK, limits=limits)
        self.lives += 1
        self.running.set()

    async def kill(self) -> None:
        """At once: its sockets are reset by the system, and its calls are gone."""
        self.running.clear()
        if self._process is not None:
            if self._process.returncode is None:
                self._process.kill()
            await self._process.wait()
            self._process = None
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    # ------------------------------------------------------------ hands

    async def dial(self, caller: str, called: str) -> str:
        """The id of the call."""
        phone = await self._press(caller, "dial", {"number": called})
        return str(phone["calls"][-1]["call"])

    async def answer(self, number: str) -> None:
        await self._press(number, "keys/answer", {})

    async def hang_up(self, number: str) -> None:
        await self._press(number, "keys/hangUp", {})

    async def _press(self, number: str, what: str, body: dict[str, str]) -> Any:
        if self._http is None:
            raise PbxAway
        try:
            response = await self._http.post(f"/phones/{number}/{what}", json=body)
        except (httpx.HTTPError, RuntimeError) as error:  # RuntimeError: the client is closed
            raise PbxAway from error
        if response.status_code == 409:
            raise PhoneRefused(response.text)
        response.raise_for_status()
        return response.json()
