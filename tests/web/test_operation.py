"""Operations answer the same whichever way their arguments are found."""

import asyncio
import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response
from fastapi.routing import APIRoute
from hypothesis import given
from hypothesis import strategies as st

from tws.web.errors import Problem
from tws.web.operation import Operation


async def _host(request: Request) -> str:
    return request.url.hostname or ""


async def _greeting(host: Annotated[str, Depends(_host)], polite: bool = False) -> str:
    return f"{'Good morning' if polite else 'Hello'}, {host}"


@dataclass(frozen=True)
class Where:
    company: str | None = None
    limit: Annotated[int, Query(ge=1, le=9)] = 3


async def _asked(
    host: Annotated[str, Depends(_host)],
    greeting: Annotated[str, Depends(_greeting)],
    where: Annotated[Where, Depends()],
    number: Annotated[str, Query(min_length=2, max_length=5, alias="Number")],
    several: Annotated[list[str] | None, Query(max_length=2)] = None,
    ratio: float | None = None,
) -> Response:
    values = [host, greeting, where.company, where.limit, number, several, ratio]
    return Response(json.dumps(values), media_type="application/json")


async def _of_one(id: str, where: Annotated[Where, Depends()]) -> Response:
    return Response(json.dumps([id, where.company, where.limit]))


async def _with_header(key: Annotated[int, Header()]) -> Response:
    return Response(str(key))


async def _value(number: int = 1) -> int:
    return number


@functools.cache
def _operations(own: bool) -> FastAPI:
    router = APIRouter(route_class=Operation if own else APIRoute)
    for path, endpoint in (
        ("/asked", _asked),
        ("/of/{id}", _of_one),
        ("/header", _with_header),
        ("/value", _value),
    ):
        router.add_api_route(path, endpoint)
    app = FastAPI()
    app.include_router(router)
    return app


def _application(kind: type[APIRoute]) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(_operations(kind is Operation)), base_url="http://here"
    )


NAMES = ("company", "limit", "Number", "number", "several", "ratio", "polite", "other")
TEXTS = st.sampled_from(["", "0", "3", "12", "abc", "true", "nan", "1.5", "é&=", "toolong"])
Pairs = list[tuple[str, str | int | float | bool | None]]
PAIRS = st.lists(
    st.tuples(st.sampled_from(NAMES), TEXTS),
    max_size=8,
    unique_by=lambda pair: pair if pair[0] == "several" else pair[0],
)


@given(PAIRS)
def test_the_answer_is_the_same(query: Pairs) -> None:
    async def ask() -> None:
        for path in ("/asked", "/of/one%20two", "/value"):
            answers = []
            for kind in (Operation, APIRoute):
                async with _application(kind) as client:
                    answer = await client.get(path, params=query)
                    answers.append((answer.status_code, answer.text))
            assert answers[0] == answers[1]

    asyncio.run(ask())


@pytest.mark.parametrize(
    ("query", "twice"),
    [("Number=12&company=a&company=b", "company"), ("Number=12&number=1&Number=12", "Number")],
)
async def test_what_is_taken_once_is_not_given_twice(query: str, twice: str) -> None:
    async with _application(Operation) as client:
        assert (await client.get("/asked?Number=12&several=a&several=b")).status_code == 200
        with pytest.raises(Problem) as refused:
            await client.get(f"/asked?{query}")
    assert (refused.value.code, refused.value.details) == ("invalid", {"field": twice})


@pytest.mark.parametrize("headers", [{}, {"key": "7"}, {"key": "seven"}])
async def test_headers_are_read(headers: dict[str, str]) -> None:
    answers = []
    for kind in (Operation, APIRoute):
        async with _application(kind) as client:
            answer = await client.get("/header", headers=headers)
            answers.append((answer.status_code, answer.text))
    assert answers[0] == answers[1]


async def test_what_arguments_are_made_of_is_made_once() -> None:
    made: list[str] = []

    async def one() -> str:
        made.append("one")
        return "one"

    async def two(one: Annotated[str, Depends(one)]) -> str:
        return f"{one}, two"

    async def ask(
        one: Annotated[str, Depends(one)], two: Annotated[str, Depends(two)]
    ) -> Response:
        return Response(f"{one}; {two}")

    app = FastAPI()
    app.router.route_class = Operation
    app.add_api_route("/ask", ask)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://here"
    ) as client:
        assert (await client.get("/ask")).text == "one; one, two"
    assert made == ["one"]


def test_most_that_is_read_is_found_the_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without FastAPI's own way there is an answer all the same."""
    ordinary: list[Callable[..., object]] = []

    async def refuse(request: Request) -> Response:
        raise AssertionError("FastAPI was asked")

    def never(self: APIRoute) -> Callable[..., object]:
        ordinary.append(self.endpoint)
        return refuse

    monkeypatch.setattr(APIRoute, "get_route_handler", never)
    monkeypatch.setattr(f"{__name__}._operations", _operations.__wrapped__)

    async def ask() -> str:
        async with _application(Operation) as client:
            return (await client.get("/asked", params={"Number": "12", "limit": "4"})).text

    assert json.loads(asyncio.run(ask()))[3:5] == [4, "12"]
