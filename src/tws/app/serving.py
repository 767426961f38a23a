"""Links that are started, and pages that are served."""

import asyncio
import contextlib
from collections.abc import Callable

from tws.app.collecting import Collections, spare_collections
from tws.app.house import House
from tws.app.lag import LoopLag
from tws.app.parts import (
    LINKS,
)
from tws.config import Settings
from tws.web.server import TlsFiles, build, serve


async def run(
    house: House, settings: Settings, stop: asyncio.Event, ready: Callable[[int], None]
) -> None:
    """Start the links and serve people until `stop` is set."""
    app = build(house.rooms)
    spare_collections()
    watching = (LoopLag(house.rooms.metrics), Collections(house.rooms.metrics))
    for one in watching:
        one.start()
    starting = asyncio.create_task(house.rooms.services.try_to_begin(LINKS))
    try:
        await serve(
            app,
            settings.host,
            settings.port,
            tls=_tls(settings),
            proxies=settings.proxies,
            ready=ready,
            stop=stop,
        )
    finally:
        for one in watching:
            one.stop()
        starting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await starting


def _tls(settings: Settings) -> TlsFiles | None:
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    return TlsFiles(settings.tls_certificate, settings.tls_key)
