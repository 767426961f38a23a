"""Links that are started, and pages that are served."""

import asyncio
import contextlib
import gc
from collections.abc import Callable

from tws.app.house import House
from tws.app.lag import LoopLag
from tws.app.parts import (
    LINKS,
)
from tws.config import Settings
from tws.web.server import TlsFiles, build, serve

COLLECTED = 10_000
"Objects that come before the collector looks at the youngest."


async def run(
    house: House, settings: Settings, stop: asyncio.Event, ready: Callable[[int], None]
) -> None:
    """Start the links and serve people until `stop` is set."""
    app = build(house.rooms)
    _spare_collections()
    lag = LoopLag(house.rooms.metrics)
    lag.start()
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
        lag.stop()
        starting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await starting


def _spare_collections() -> None:
    """What the house is made of stays to the end, and what a request makes ends with it: looking
    through both time and again is a twelfth of the time of a lookup."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED, 20, 20)


def _tls(settings: Settings) -> TlsFiles | None:
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    return TlsFiles(settings.tls_certificate, settings.tls_key)
