"""What users and groups have in common as resources: which are asked for, what is said of each,
and whether it is the one that was seen."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from tws.errors import Conflict
from tws.organisation.actor import Actor
from tws.protocols.scim.asking import Asked, Shown, listed
from tws.protocols.scim.attributes import Resource
from tws.protocols.scim.errors import ScimError
from tws.protocols.scim.filters import demanded, matches
from tws.provisioning.people import made

TURN = 200
"Resources that are looked at before others have their turn."
EVERYTHING = Shown()


class Identified(Protocol):
    @property
    def id(self) -> str: ...


Row = TypeVar("Row", bound=Identified)


def finished(told: Resource, kind: str, base: str) -> Resource:
    """With its version and its address. `base`: above the endpoints."""
    seen = hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:20]
    for name, of in (("groups", "Groups"), ("members", "Users")):
        for one in told.get(name, ()):
            one["$ref"] = f"{base}/{of}/{one['value']}"
    told["meta"] = {
        "resourceType": kind,
        "created": made(told["id"]),
        "location": f"{base}/{kind}s/{told['id']}",
        "version": f'W/"{seen}"',
    }
    return told


def refuse_unseen(told: Mapping[str, Any], if_match: str | None) -> None:
    """ScimError where the resource is another by now than the one that was seen (RFC 7644,
    3.14)."""
    if if_match is None or if_match.strip() == "*":
        return
    tags = {tag.strip().removeprefix("W/") for tag in if_match.split(",")}
    if told["meta"]["version"].removeprefix("W/") not in tags:
        raise ScimError(412, "It was changed meanwhile: look at it again.")


class Listing(Generic[Row]):
    """One kind of resources, of those that a connection sees."""

    def __init__(
        self,
        show: Callable[[Row], Resource],
        texts: Mapping[str, Callable[[Row], str]],
    ) -> None:
        """`texts`: of folded attributes, by which rows are found without showing each."""
        self._show, self._texts = show, texts

    async def answer(self, rows: Iterable[Row], asked: Asked) -> Resource:
        if asked.filter is None:
            every = list(rows)
            page = [asked.shown.of(self._show(row)) for row in asked.page(every)]
            return listed(page, len(every), asked.start)
        found: list[Resource] = []
        for place, row in enumerate(self._narrowed(rows, demanded(asked.filter))):
            if place % TURN == TURN - 1:
                await asyncio.sleep(0)
            told = self._show(row)
            if matches(asked.filter, told):
                found.append(told)
        return listed(map(asked.shown.of, asked.page(found)), len(found), asked.start)

    def _narrowed(self, rows: Iterable[Row], texts: Mapping[str, str]) -> list[Row]:
        wanted = [
            (self._texts[x], text.casefold()) for x, text in texts.items() if x in self._texts
        ]
        return [
            row for row in rows if all(text(row).casefold() == value for text, value in wanted)
        ]


class Turns:
    """One change at a time for each connection: providers send several at once, each made of what
    it found."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}

    @asynccontextmanager
    async def turn(self, actor: Actor) -> AsyncIterator[None]:
        async with self._locks.setdefault(actor.session or "", asyncio.Lock()):
            try:
                yield
            except Conflict as error:
                taken = error.details.get("field") in ("username", "name", "number")
                raise ScimError(409, error.message, "uniqueness" if taken else None) from error
