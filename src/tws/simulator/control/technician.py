"""Control of the machine room: traffic, the link's bad manners, ending everything."""

from collections.abc import Callable
from dataclasses import fields

from starlette.routing import Route

from tws.simulator.control import bodies, hands, view
from tws.simulator.control.routes import post
from tws.simulator.control.traffic import Traffic
from tws.simulator.link.exchange import Client, Exchange
from tws.simulator.link.misbehaviour import garbage
from tws.simulator.link.service_table import refusal_named


def technician_routes(exchange: Exchange, traffic: Traffic) -> list[Route]:
    """Each answers with the summary of the PBX."""

    def summary() -> view.Json:
        exchange.on_activity()
        return view.summary(exchange, traffic)

    def each(action: Callable[[Client], object]) -> view.Json:
        """To every client connected now."""
        for client in list(exchange.clients):
            action(client)
        return summary()

    def set_traffic(_: str, body: bodies.Rate) -> view.Json:
        traffic.set_rate(body.calls_per_second)
        return summary()

    def hang_up_all(_: str, body: bodies.Nothing) -> view.Json:
        exchange.do(hands.everybody_out)
        return summary()

    def misbehave(_: str, body: bodies.Habits) -> view.Json:
        _set_habits(exchange, body)
        return summary()

    def limit(_: str, body: bodies.Limit) -> view.Json:
        exchange.monitors.limit = body.monitors
        return summary()

    def send_garbage(_: str, body: bodies.Rubbish) -> view.Json:
        data = garbage(body.kind, exchange.settings.link.edition)
        return each(lambda client: client.send_bytes(data))

    def link(name: str, action: Callable[[Client], object]) -> Route:
        return post(f"/api/link/{name}", bodies.Nothing, lambda _, body: each(action))

    return [
        post("/api/traffic", bodies.Rate, set_traffic),
        post("/api/hangUpAll", bodies.Nothing, hang_up_all),
        post("/api/misbehave", bodies.Habits, misbehave),
        post("/api/link/limit", bodies.Limit, limit),
        post("/api/link/garbage", bodies.Rubbish, send_garbage),
        post(
            "/api/link/status",
            bodies.Status,
            lambda _, body: each(lambda client: client.tell_status(body.status)),
        ),
        link("halfClose", lambda client: client.close("asked to", half=True)),
        link("close", lambda client: client.close("asked to")),
        link("abort", lambda client: client.close("asked to", abort=True)),
        link("endSession", lambda client: client.end_session()),
        link("stopMonitors", lambda client: client.stop_monitors()),
    ]


def _set_habits(exchange: Exchange, body: bodies.Habits) -> None:
    """All or nothing: error names are checked before anything is set."""
    named = [body.refuse_monitors] if body.refuse_monitors else []
    for text in [*named, *(body.refuse or {}).values()]:
        refusal_named(text)
    habits = exchange.misbehaviour
    thaws = habits.frozen and body.frozen is False
    for name in (one.name for one in fields(habits)):
        value = getattr(body, name)
        if value is not None and name != "drop_events":
            setattr(habits, name, value)
    if thaws:
        for client in list(exchange.clients):
            client.thaw()
    if body.drop_events is not None:
        exchange.drop_events(body.drop_events)
