"""The operations on the rows of one kind, each told once: listed, made, found, changed, deleted.

A kind says what differs: its value, its bodies, its words, and the operation of the room. Those
take the actor first, then what was sent, by name; they raise a ServiceError where they refuse.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated, Any

from fastapi import Depends, Response

from tws.web.answers import answer
from tws.web.api.admin.described import (
    DELETED,
    Everywhere,
    Seen,
    changed,
    created,
    found,
    listed,
)
from tws.web.api.admin.rows import shown
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body
from tws.web.shown.values import Value

Show = Callable[[Rooms, Any], Value]
Listing = Callable[[Rooms], Callable[..., Iterable[Any]]]
Finding = Callable[[Rooms], Callable[..., Any]]
Doing = Callable[[Rooms], Callable[..., Awaitable[Any]]]


class RowsApi:
    """`one` and `many` make the operation ids: "User Device" makes `getUserDevice`."""

    def __init__(
        self,
        router: Operations,
        path: str,
        one: str,
        value: type[Value],
        *,
        many: str = "",
        show: Show | None = None,
    ) -> None:
        """`show` makes the value of a row where its fields are not simply the row's."""
        self._router, self._path, self._one, self._value = router, path, one, value
        self._many = many or f"{one}s"
        self._show: Show = show or (lambda _, row: shown(row, value))

    def listing(self, operation: Listing, words: str, where: type[Any] = Everywhere) -> None:
        """`where`: a dataclass of the query's parameters, by which rows are chosen."""

        async def run(rooms: InRooms, actor: Administrator, where: Any) -> Response:
            rows = operation(rooms)(actor, **vars(where))
            return answer([self._show(rooms, row) for row in rows])

        run.__annotations__["where"] = Annotated[where, Depends()]
        self._add("GET", f"List {self._many}", run, words, responses=listed(self._value))

    def creation(self, operation: Doing, words: str, body: type[Body]) -> None:
        async def run(rooms: InRooms, actor: Administrator, body: Any) -> Response:
            row = await operation(rooms)(actor, **body.given())
            return answer(self._show(rooms, row), 201)

        run.__annotations__["body"] = body
        responses = created(self._value)
        self._add("POST", f"Create {self._one}", run, words, responses=responses, status_code=201)

    def finding(self, operation: Finding, words: str) -> None:
        async def run(rooms: InRooms, actor: Administrator, id: str) -> Response:
            return answer(self._show(rooms, operation(rooms)(actor, id)))

        self._add("GET", f"Get {self._one}", run, words, responses=found(self._value))

    def change(self, operation: Doing, words: str, body: type[Body]) -> None:
        """`body` has the `version` that was seen."""

        async def run(rooms: InRooms, actor: Administrator, id: str, body: Any) -> Response:
            row = await operation(rooms)(actor, id, body.version, **body.given("version"))
            return answer(self._show(rooms, row))

        run.__annotations__["body"] = body
        self._add("PATCH", f"Update {self._one}", run, words, responses=changed(self._value))

    def deletion(self, operation: Doing, words: str) -> None:
        async def run(rooms: InRooms, actor: Administrator, id: str, version: Seen) -> Response:
            await operation(rooms)(actor, id, version)
            return Response(status_code=204)

        summary = f"Delete {self._one}"
        self._add("DELETE", summary, run, words, responses=DELETED, status_code=204)

    def _add(
        self, method: str, summary: str, run: Callable[..., Any], words: str, **more: Any
    ) -> None:
        verb, _, rest = summary.partition(" ")
        self._router.add_api_route(
            self._path if verb in ("List", "Create") else f"{self._path}/{{id}}",
            run,
            methods=[method],
            operation_id=verb.lower() + rest.replace(" ", ""),
            summary=summary,
            description=words,
            **more,
        )
