"""Links that are started, and pages that are served."""

import asyncio
import contextlib
import ssl
from collections.abc import Callable

from tws.app.collecting import Collections
from tws.app.house import House
from tws.app.parts import (
    LINKS,
)
from tws.config import Settings
from tws.errors import Unavailable
from tws.telemetry import STOPPING, Watchdog, tell_systemd
from tws.web.server import build, serve
from tws.web.tls import Certificate, Redirect


async def run(
    house: House, settings: Settings, stop: asyncio.Event, ready: Callable[[int], None]
) -> None:
    """Start the links and serve people until `stop` is set."""
    tls, app, watchdog = _tls(settings), build(house.rooms), Watchdog()
    collections = Collections(house.rooms.metrics, house.schedule, house.bus.node)
    collections.start()
    starting = asyncio.create_task(house.rooms.services.try_to_begin(LINKS))
    stopping = asyncio.create_task(_told_when_set(stop))

    def listening(port: int) -> None:
        watchdog.start()
        ready(port)

    try:
        await serve(
            app,
            settings.host,
            settings.port,
            tls=tls,
            redirect=_redirect(house, settings),
            proxies=settings.proxies,
            ready=listening,
            stop=stop,
        )
    finally:
        collections.stop()
        watchdog.stop()
        for task in (starting, stopping):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _told_when_set(stop: asyncio.Event) -> None:
    await stop.wait()
    tell_systemd(STOPPING)


def _tls(settings: Settings) -> Certificate | None:
    """Unavailable where its files cannot be used."""
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    try:
        return Certificate(settings.tls_certificate, settings.tls_key)
    except (OSError, ssl.SSLError) as error:
        raise Unavailable(
            f"TWS_TLS_CERTIFICATE and TWS_TLS_KEY cannot be used: {error}."
        ) from error


def _redirect(house: House, settings: Settings) -> tuple[int, Redirect] | None:
    if settings.redirect_port is None:
        return None
    to = Redirect(house.rooms.settings.hosts, settings.public_url, settings.port)
    return settings.redirect_port, to
