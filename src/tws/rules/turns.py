"""Who may ask a PBX now: one at a time of a telephone, some of a link."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from tws.rules.model import Place

AT_ONCE = 8
"""Telephones of one link that are looked at together: a PBX that comes back is not flooded, and
one that does not answer holds up nobody on another."""


class Turns:
    def __init__(self) -> None:
        self._telephones: WeakValueDictionary[Place, asyncio.Lock] = WeakValueDictionary()
        self._links: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(AT_ONCE)
        )

    @asynccontextmanager
    async def at(self, place: Place) -> AsyncIterator[None]:
        telephone = self._telephones.setdefault(place, asyncio.Lock())
        async with telephone, self._links[place.link]:
            yield

    def forget_link(self, link: str) -> None:
        self._links.pop(link, None)
