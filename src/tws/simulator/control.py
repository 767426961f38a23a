"""The control port: the page with its wall of phones, and what tests do with them, over HTTP.

Nothing here is CSTA: this is the hand at the phone, the outside world, and the technician.
"""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles

from tws.simulator import bodies, features, hands, queues, view
from tws.simulator.exchange import Exchange
from tws.simulator.model import Forward, Party, Refusal
from tws.simulator.pbx import Pbx
from tws.simulator.technician import technician_routes
from tws.simulator.traffic import Traffic
from tws.simulator.watching import Watchers

P = ParamSpec("P")
T = TypeVar("T")
PAGE = Path(__file__).parent / "page"


def application(exchange: Exchange, traffic: Traffic, watchers: Watchers) -> FastAPI:
    app = FastAPI(title="TWS simulator", openapi_url="/api/openapi.json", docs_url=None)
    app.include_router(_phone_routes(exchange), prefix="/api/phones")
    app.include_router(_outside_routes(exchange), prefix="/api/outside")
    app.include_router(technician_routes(exchange, traffic), prefix="/api")
    app.include_router(_state_routes(exchange, traffic, watchers), prefix="/api")

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(PAGE / "index.html", headers=_PAGE_HEADERS)

    app.mount("/page", StaticFiles(directory=PAGE), name="page")
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(ValueError, _wrong)
    app.middleware("http")(_same_origin)
    return app


_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


async def _same_origin(
    request: Request, following: Callable[[Request], Awaitable[Response]]
) -> Response:
    """A page of somebody else's, open in the same browser, may not press our keys."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        return JSONResponse({"code": "foreignOrigin"}, status_code=403)
    return await following(request)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    body = {"category": error.category, "code": error.code}
    return JSONResponse(body, status_code=409)


async def _wrong(request: Request, error: Exception) -> Response:
    return JSONResponse({"code": "invalid", "detail": str(error)}, status_code=422)


def _state_routes(exchange: Exchange, traffic: Traffic, watchers: Watchers) -> APIRouter:
    routes = APIRouter()

    @routes.get("/state")
    async def state() -> Response:
        return _json(view.everything(exchange, traffic))

    @routes.get("/events")
    async def events() -> Response:
        return StreamingResponse(
            watchers.stream(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    return routes


def _json(value: view.Json) -> Response:
    return Response(json.dumps(value), media_type="application/json")


def _phone_routes(exchange: Exchange) -> APIRouter:
    routes = APIRouter(prefix="/{number}")

    def do(
        number: str,
        action: Callable[Concatenate[Pbx, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Response:
        """Act, and answer with the phone as it is then."""
        exchange.do(action, *args, **kwargs)
        return _json(view.phone(exchange, number))

    @routes.get("")
    async def phone(number: str) -> Response:
        exchange.pbx.phone(number)
        return _json(view.phone(exchange, number))

    keys: dict[str, Callable[[Pbx, str], None]] = {
        "lift": hands.lift,
        "answer": hands.answer,
        "hangUp": hands.hang_up,
        "hold": hands.hold,
        "retrieve": hands.retrieve,
        "swap": hands.swap,
        "conference": hands.conference,
        "message": hands.leave_message,
    }

    @routes.post("/keys/{key}")
    async def press(number: str, key: str) -> Response:
        action = keys.get(key)
        if action is None:
            return JSONResponse({"code": "notFound", "known": list(keys)}, status_code=404)
        return do(number, action, number)

    @routes.post("/dial")
    async def dial(number: str, body: bodies.Dial) -> Response:
        return do(number, hands.dial, number, body.number)

    @routes.post("/transfer")
    async def transfer(number: str, body: bodies.MaybeTo) -> Response:
        return do(number, hands.transfer, number, body.to)

    @routes.post("/deflect")
    async def deflect(number: str, body: bodies.To) -> Response:
        return do(number, hands.deflect, number, body.to)

    @routes.post("/park")
    async def park(number: str, body: bodies.Place) -> Response:
        return do(number, hands.park, number, body.place)

    @routes.post("/pickUp")
    async def pick_up(number: str, body: bodies.At) -> Response:
        return do(number, hands.pick_up, number, body.at)

    @routes.post("/digits")
    async def digits(number: str, body: bodies.SendDigits) -> Response:
        return do(number, hands.digits, number, body.digits)

    @routes.post("/plug")
    async def plug(number: str, body: bodies.On) -> Response:
        return do(number, features.plug if body.on else features.unplug, number)

    @routes.post("/doNotDisturb")
    async def do_not_disturb(number: str, body: bodies.On) -> Response:
        return do(number, features.set_do_not_disturb, number, body.on)

    @routes.post("/forward")
    async def forward(number: str, body: bodies.ForwardSetting) -> Response:
        setting = Forward(
            body.when, body.origin, body.active, body.destination or "", body.seconds
        )
        return do(number, features.set_forward, number, setting)

    @routes.post("/agent")
    async def agent(number: str, body: bodies.AgentSetting) -> Response:
        return do(number, queues.set_agent, number, logged_on=body.logged_on, ready=body.ready)

    return routes


def _outside_routes(exchange: Exchange) -> APIRouter:
    routes = APIRouter()

    @routes.post("/call")
    async def call(body: bodies.OutsideCall) -> Response:
        caller = Party(body.number, body.name, body.restricted, outside=True)
        number = exchange.do(hands.call_in, caller, body.called)
        return _json(view.line(exchange, number))

    @routes.post("/{line}/answer")
    async def answer(line: str) -> Response:
        exchange.do(hands.outside_answers, line)
        return _json(view.line(exchange, line))

    @routes.post("/{line}/hangUp")
    async def hang_up(line: str) -> Response:
        exchange.do(hands.outside_hangs_up, line)
        return _json(view.line(exchange, line))

    @routes.post("/{line}/digits")
    async def digits(line: str, body: bodies.SendDigits) -> Response:
        exchange.do(hands.outside_digits, line, body.digits)
        return _json(view.line(exchange, line))

    @routes.post("/{line}/outOfOrder")
    async def out_of_order(line: str, body: bodies.On) -> Response:
        exchange.do(hands.break_line, line, body.on)
        return _json(view.line(exchange, line))

    return routes
