"""The control port: the page with its wall of phones, and what tests do with them, over HTTP.

Nothing here is CSTA: this is the hand at the phone, the outside world, and the technician. Answers
are JSON: 409 `{category, code}` where the PBX refuses, 422 `{code, detail}` for a wrong body.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from tws.simulator.control import bodies, hands, view
from tws.simulator.control.routes import answer, get, post
from tws.simulator.control.technician import technician_routes
from tws.simulator.control.traffic import Traffic
from tws.simulator.control.watching import Watchers
from tws.simulator.link.exchange import Exchange
from tws.simulator.switching import features, queues
from tws.simulator.switching.model import Forward, Party, Refusal
from tws.simulator.switching.pbx import Pbx

P = ParamSpec("P")
T = TypeVar("T")
PAGE = Path(__file__).parent / "page"
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def application(
    exchange: Exchange, traffic: Traffic, watchers: Watchers, *, hosts: frozenset[str] | None
) -> Starlette:
    """`hosts`: names that the page may be asked for by; None = any, where it is open to others."""

    async def page(request: Request) -> Response:
        return FileResponse(PAGE / "index.html", headers=_PAGE_HEADERS)

    routes: list[BaseRoute] = [
        Route("/", page),
        Mount("/page", StaticFiles(directory=PAGE)),
        *_state_routes(exchange, traffic, watchers),
        *_phone_routes(exchange),
        *_outside_routes(exchange),
        *technician_routes(exchange, traffic),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(_OwnPage, hosts=hosts)],
        exception_handlers={Refusal: _refused, ValueError: _wrong},
    )


class _OwnPage:
    """A page of somebody else's, open in the same browser, may not press our keys: neither as
    itself nor under a name of its own that leads here.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Request(scope).headers
            origin, host = headers.get("origin"), headers.get("host", "")
            if origin is not None and origin.partition("://")[2] != host:
                await answer({"code": "foreignOrigin"}, 403)(scope, receive, send)
                return
            if self._hosts is not None and _without_port(host) not in self._hosts:
                await answer({"code": "foreignHost"}, 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _without_port(host: str) -> str:
    name, _, port = host.rpartition(":")
    return (name if name and port.isdigit() else host).strip("[]")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return answer({"category": error.category, "code": error.code}, 409)


async def _wrong(request: Request, error: Exception) -> Response:
    return answer({"code": "invalid", "detail": str(error)}, 422)


def _state_routes(exchange: Exchange, traffic: Traffic, watchers: Watchers) -> list[Route]:
    async def events(request: Request) -> Response:
        return StreamingResponse(
            watchers.stream(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    return [
        get("/api/state", lambda _: view.everything(exchange, traffic)),
        Route("/api/events", events),
    ]


def _phone_routes(exchange: Exchange) -> list[Route]:
    def do(
        action: Callable[Concatenate[Pbx, str, P], T],
        number: str,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> view.Json:
        """Act, and answer with the phone as it is then."""
        exchange.do(action, number, *args, **kwargs)
        return view.phone(exchange, number)

    def look(number: str) -> view.Json:
        exchange.pbx.phone(number)
        return view.phone(exchange, number)

    def forward(number: str, body: bodies.ForwardSetting) -> view.Json:
        to = body.destination or ""
        setting = Forward(body.when, body.origin, body.active, to, body.seconds)
        return do(features.set_forward, number, setting)

    def key(name: str, action: Callable[[Pbx, str], None]) -> Route:
        return post(f"{at}/keys/{name}", bodies.Nothing, lambda number, _: do(action, number))

    at = "/api/phones/{number}"
    return [
        get(at, look),
        key("lift", hands.lift),
        key("answer", hands.answer),
        key("hangUp", hands.hang_up),
        key("hold", hands.hold),
        key("retrieve", hands.retrieve),
        key("swap", hands.swap),
        key("conference", hands.conference),
        key("message", hands.leave_message),
        post(f"{at}/dial", bodies.Dial, lambda n, body: do(hands.dial, n, body.number)),
        post(f"{at}/transfer", bodies.MaybeTo, lambda n, body: do(hands.transfer, n, body.to)),
        post(f"{at}/deflect", bodies.To, lambda n, body: do(hands.deflect, n, body.to)),
        post(f"{at}/park", bodies.Place, lambda n, body: do(hands.park, n, body.place)),
        post(f"{at}/pickUp", bodies.At, lambda n, body: do(hands.pick_up, n, body.at)),
        post(f"{at}/digits", bodies.SendDigits, lambda n, body: do(hands.digits, n, body.digits)),
        post(
            f"{at}/plug",
            bodies.On,
            lambda n, body: do(features.plug if body.on else features.unplug, n),
        ),
        post(
            f"{at}/doNotDisturb",
            bodies.On,
            lambda n, body: do(features.set_do_not_disturb, n, body.on),
        ),
        post(f"{at}/forward", bodies.ForwardSetting, forward),
        post(
            f"{at}/agent",
            bodies.AgentSetting,
            lambda n, body: do(queues.set_agent, n, logged_on=body.logged_on, ready=body.ready),
        ),
    ]


def _outside_routes(exchange: Exchange) -> list[Route]:
    def do(
        action: Callable[Concatenate[Pbx, str, P], T],
        line: str,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> view.Json:
        exchange.do(action, line, *args, **kwargs)
        return view.line(exchange, line)

    def call(_: str, body: bodies.OutsideCall) -> view.Json:
        caller = Party(body.number, body.name, body.restricted, outside=True)
        return view.line(exchange, exchange.do(hands.call_in, caller, body.called))

    at = "/api/outside/{number}"
    return [
        post("/api/outside/call", bodies.OutsideCall, call),
        post(f"{at}/answer", bodies.Nothing, lambda n, _: do(hands.outside_answers, n)),
        post(f"{at}/hangUp", bodies.Nothing, lambda n, _: do(hands.outside_hangs_up, n)),
        post(
            f"{at}/digits",
            bodies.SendDigits,
            lambda n, body: do(hands.outside_digits, n, body.digits),
        ),
        post(f"{at}/outOfOrder", bodies.On, lambda n, body: do(hands.break_line, n, body.on)),
    ]
