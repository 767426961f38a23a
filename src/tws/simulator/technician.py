"""Control of the machine room: traffic, the link's bad manners, ending everything."""

from collections.abc import Callable
from dataclasses import fields

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from tws.simulator import bodies, hands, view
from tws.simulator.exchange import Client, Exchange
from tws.simulator.misbehaviour import garbage
from tws.simulator.service_table import refusal_named
from tws.simulator.traffic import Traffic


def technician_routes(exchange: Exchange, traffic: Traffic) -> APIRouter:
    routes = APIRouter()

    def summary() -> Response:
        exchange.on_activity()
        return JSONResponse(view.summary(exchange, traffic))

    def each(action: Callable[[Client], object]) -> Response:
        """To every client connected now."""
        for client in list(exchange.clients):
            action(client)
        return summary()

    @routes.post("/traffic")
    async def set_traffic(body: bodies.Rate) -> Response:
        traffic.set_rate(body.calls_per_second)
        return summary()

    @routes.post("/hangUpAll")
    async def hang_up_all() -> Response:
        exchange.do(hands.everybody_out)
        return summary()

    @routes.post("/misbehave")
    async def misbehave(body: bodies.Habits) -> Response:
        _set_habits(exchange, body)
        return summary()

    @routes.post("/link/limit")
    async def limit(body: bodies.Limit) -> Response:
        exchange.monitors.limit = body.monitors
        return summary()

    @routes.post("/link/garbage")
    async def send_garbage(body: bodies.Rubbish) -> Response:
        data = garbage(body.kind, exchange.settings.link.edition)
        return each(lambda client: client.send_bytes(data))

    @routes.post("/link/status")
    async def status(body: bodies.Status) -> Response:
        return each(lambda client: client.tell_status(body.status))

    actions: dict[str, Callable[[Client], object]] = {
        "halfClose": lambda client: client.close("asked to", half=True),
        "close": lambda client: client.close("asked to"),
        "abort": lambda client: client.close("asked to", abort=True),
        "endSession": lambda client: client.end_session(),
        "stopMonitors": lambda client: client.stop_monitors(),
    }

    @routes.post("/link/{action}")
    async def act_on_link(action: str) -> Response:
        found = actions.get(action)
        if found is None:
            return JSONResponse({"code": "notFound", "known": list(actions)}, status_code=404)
        return each(found)

    return routes


def _set_habits(exchange: Exchange, body: bodies.Habits) -> None:
    """All or nothing: error names are checked before anything is set."""
    named = [body.refuse_monitors] if body.refuse_monitors else []
    for text in [*named, *(body.refuse or {}).values()]:
        refusal_named(text)
    habits = exchange.misbehaviour
    for name in (one.name for one in fields(habits)):
        value = getattr(body, name)
        if value is not None and name != "drop_events":
            setattr(habits, name, value)
    if body.drop_events is not None:
        exchange.drop_events(body.drop_events)
