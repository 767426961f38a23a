"""The HTTP application, and serving it."""

import asyncio
import contextlib
import functools
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp

from tws.access.events import SessionEnded
from tws.errors import ServiceError
from tws.rereading import RowsMissed
from tws.storage import StorageUnavailable
from tws.web import errors, frames, manual, websocket
from tws.web.addresses import Addresses
from tws.web.answers import JSON, encode
from tws.web.api import ROUTERS
from tws.web.api.server import figures
from tws.web.forwarding import Forwarding, answered
from tws.web.guard import Guard
from tws.web.idempotency import Idempotency
from tws.web.live.hub import Hub
from tws.web.live.views import follow
from tws.web.live.wire import LiveProtocol
from tws.web.metrics import LiveMetrics, RequestMetrics
from tws.web.noted import Noted
from tws.web.openapi import describe
from tws.web.operation import PREFIX
from tws.web.pages import STATIC, Pages
from tws.web.rooms import Rooms
from tws.web.scim import operations as scim
from tws.web.tls import Certificate, Redirect

STOPS_WITHIN = 5
"Seconds that requests under way have to end when the server stops."
UNSENT = 64 * 1024
"Bytes of a socket that the system may hold unsent: the rest waits with us, and is renewed there."


def build(rooms: Rooms, pages: Path = STATIC) -> FastAPI:
    """The application over `rooms`. Its live stream follows `rooms.bus` from now on."""
    app = _application()
    known = rooms.known
    hub = Hub(
        known,
        rooms.access.sessions.actor_of,
        rooms.clock,
        LiveMetrics(rooms.metrics),
        rooms.settings.limits,
    )
    follow(hub, rooms.bus)
    rooms.live.closing.append(hub.connections.send_away)
    rooms.live.inside = lambda: hub.connections.count
    rooms.bus.follow(RowsMissed, lambda _: hub.missed())
    rooms.bus.follow(SessionEnded, lambda event: hub.connections.session_ended(event.session))
    app.state.rooms = rooms
    app.state.known = known
    app.state.hub = hub
    noted = Noted(rooms.state_dir, lambda: rooms.clock().timestamp(), time.monotonic)
    app.state.idempotency = Idempotency(time.monotonic, noted, rooms.bus)
    app.router.default = Pages(pages)
    app.add_middleware(Forwarding, nodes=rooms.nodes, parts=rooms.services.once)
    app.add_middleware(
        Guard,
        hosts=rooms.settings.hosts,
        metrics=RequestMetrics(rooms.metrics),
        refusals=rooms.access.refusals,
        public_url=rooms.settings.public_url,
    )
    rooms.nodes.application = functools.partial(answered, app)
    return app


def openapi() -> dict[str, Any]:
    """The description of the API; needs no rooms."""
    return describe(_application())


def _application() -> FastAPI:
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_life,
    )
    for router in ROUTERS:
        app.router.routes.extend(router.routes)
    app.add_api_websocket_route(PREFIX + websocket.PATH, websocket.live)
    app.router.routes.extend((*figures.routes, *frames.router.routes, *manual.router.routes))

    @functools.cache
    def described() -> bytes:
        return encode(describe(app))

    async def description() -> Response:
        return Response(described(), media_type=JSON)

    app.router.routes.append(scim.ROUTE)
    app.add_api_route("/api/openapi.json", description, include_in_schema=False)
    app.router.routes.insert(0, Addresses(app.router.routes))
    for kind, handler in (
        (ServiceError, errors.of_service),
        (errors.Problem, errors.of_web),
        (StorageUnavailable, errors.of_storage),
        (RequestValidationError, errors.of_validation),
        (HTTPException, errors.of_framework),
    ):
        app.add_exception_handler(kind, handler)
    return app


@contextlib.asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    hub = app.state.hub
    assert isinstance(hub, Hub)
    hub.start()
    try:
        yield
    finally:
        hub.stop()


# ---------------------------------------------------------------- serving


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it, and says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


async def serve(
    app: FastAPI,
    host: str,
    port: int,
    *,
    tls: Certificate | None = None,
    redirect: tuple[int, Redirect] | None = None,
    proxies: Sequence[str] = (),
    ready: Callable[[int], None] = lambda _: None,
    stop: asyncio.Event,
) -> None:
    """Serve until `stop` is set: then refuse new connections, end those under way, return.

    `ready` is called with the port once connections are taken (port 0 = any free one).
    `proxies`: addresses whose X-Forwarded-* headers are believed. `redirect`: what answers on
    another port. OSError, in words, when an address cannot be had.
    """
    async with contextlib.AsyncExitStack() as beside:
        if redirect is not None:
            beside.push_async_callback(await _beside(host, *redirect))
        await _serve(app, host, port, tls, proxies, ready, stop)


async def _beside(host: str, port: int, app: Redirect) -> Callable[[], Awaitable[None]]:
    """Serve it until what is returned is called."""
    over = asyncio.Event()
    listening: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(_serve(app, host, port, None, (), listening.set_result, over))

    async def end() -> None:
        over.set()
        await serving

    either: set[asyncio.Future[Any]] = {serving, listening}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        await serving  # why it does not listen
    return end


async def _serve(
    app: ASGIApp,
    host: str,
    port: int,
    tls: Certificate | None,
    proxies: Sequence[str],
    ready: Callable[[int], None],
    stop: asyncio.Event,
) -> None:
    listeners = await listen(host, port)
    config = uvicorn.Config(
        app,
        http="httptools",
        ws=LiveProtocol,
        ws_max_size=64 * 1024,
        # Only long messages are compressed: each small one cost half as much again.
        ws_per_message_deflate=True,
        lifespan="on" if isinstance(app, FastAPI) else "off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        timeout_graceful_shutdown=STOPS_WITHIN,
    )
    config.load()
    if tls is not None:
        config.ssl = tls.context
    bound = listeners[0].getsockname()[1]
    server = _Server(config, lambda: ready(bound))

    async def stopped() -> None:
        await stop.wait()
        server.should_exit = True

    waiting = [asyncio.create_task(stopped())]
    if tls is not None:
        waiting.append(asyncio.create_task(tls.watch()))
    try:
        await server.serve(listeners)
    finally:
        for task in waiting:
            task.cancel()
        for listener in listeners:
            listener.close()


async def listen(host: str, port: int) -> list[socket.socket]:
    """Listening sockets on every address that `host` has; with port 0 all on one free port."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(
        host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    opened: list[socket.socket] = []
    try:
        for family, kind, protocol, _, address in dict.fromkeys(found):
            listener = socket.socket(family, kind, protocol)
            opened.append(listener)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            taken = opened[0].getsockname()[1] if len(opened) > 1 else port
            listener.bind((address[0], taken, *address[2:]))
            listener.listen(1024)
            listener.setblocking(False)
    except OSError as error:
        for listener in opened:
            listener.close()
        raise OSError(error.errno, f"cannot listen on {host}:{port}: {error.strerror}") from error
    return opened
