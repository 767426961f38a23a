"""Somebody who signs in and searches while the database is away: what is answered, how soon."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx

from drills.founding import ADMINISTRATOR, PASSWORD
from drills.nodes import Node

ASK = 60.0
EVERY = 0.5
"Both in seconds."


@dataclass
class Visits:
    """Of one operation."""

    answers: Counter[str] = field(default_factory=Counter)
    "By status."
    longest: float = 0.0
    "Seconds that an answer took."
    worked: float = 0.0
    "When it was answered last with what was asked for."

    def take(self, status: str, seconds: float) -> None:
        self.answers[status] += 1
        self.longest = max(self.longest, seconds)
        if status in ("200", "204"):
            self.worked = time.monotonic()

    def __str__(self) -> str:
        given = ", ".join(f"{count} x {status}" for status, count in self.answers.items())
        return f"{given}, the slowest after {self.longest:.1f} s"


class Visitor:
    """`key`: of the user who searches."""

    def __init__(self, node: Node, key: str) -> None:
        self._node, self._key = node, key
        self.login, self.search = Visits(), Visits()
        self._tasks: list[asyncio.Task[None]] = []

    def begin(self) -> None:
        self._tasks = [asyncio.create_task(self._sign_in()), asyncio.create_task(self._find())]

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def signed_in(self) -> float:
        """When (`time.monotonic()`) signing in works, from now on."""
        before = self.login.worked
        async with asyncio.timeout(ASK):
            while self.login.worked == before:  # noqa: ASYNC110 told by another task, seldom
                await asyncio.sleep(0.02)
        return self.login.worked

    @property
    def notes(self) -> list[str]:
        return [f"signing in: {self.login}", f"searching: {self.search}"]

    def unexpected(self) -> list[str]:
        """Answers that are neither right nor 503."""
        return [
            f"{what} was answered {status}"
            for what, visits in (("signing in", self.login), ("searching", self.search))
            for status in visits.answers
            if status not in ("200", "204", "503")
        ]

    async def _sign_in(self) -> None:
        body = {"username": ADMINISTRATOR, "password": PASSWORD}
        await self._again("POST", "/api/v1/administrator/login", self.login, json=body)

    async def _find(self) -> None:
        query = {"q": "dupont"}
        headers = {"Authorization": f"Bearer {self._key}"}
        await self._again("GET", "/api/v1/contacts", self.search, params=query, headers=headers)

    async def _again(self, method: str, path: str, visits: Visits, **more: object) -> None:
        while True:
            begun = time.monotonic()
            async with httpx.AsyncClient(base_url=self._node.base, timeout=ASK) as client:
                try:
                    response = await client.request(method, path, **more)  # type: ignore[arg-type]
                    status = str(response.status_code)
                except httpx.HTTPError as error:
                    status = type(error).__name__
            visits.take(status, time.monotonic() - begun)
            await asyncio.sleep(EVERY)
