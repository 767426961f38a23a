"""The simulator as a process: the link's port, the page's port, one line when both are open."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from tws.simulator.clock import Clock, Ticker
from tws.simulator.config import load, renamed, without_agents
from tws.simulator.control.application import application
from tws.simulator.control.traffic import Traffic
from tws.simulator.control.watching import Watchers
from tws.simulator.link.exchange import Exchange
from tws.simulator.link.server import LinkServer
from tws.simulator.settings import DEMO


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Port 0 = any that is free; the ready line says which."""

    csta_port: int = 3211
    page_port: int = 8090
    host: str = "127.0.0.1"
    calls_per_second: float | None = None
    "None = as the configuration says."
    config: Path | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    "Of phones, by number, in place of those of the configuration."
    no_agents: bool = False
    "Who calls a queue waits, since nobody is there to be given the call."
    until_input_ends: bool = False
    "Stop when standard input is closed too: whoever started us is gone."


async def run(options: Options, *, stop: asyncio.Event | None = None) -> None:
    """Run until SIGINT or SIGTERM, or until `stop` is set.

    Prints one line of JSON on standard output when both ports are open:
    `{"ready": true, "csta": 3211, "page": 8090, "pid": 123}`.
    Raises OSError when a port can't be had or the file not be read, ValueError when it is wrong.
    """
    settings = DEMO if options.config is None else load(options.config)
    settings = renamed(settings, options.names)
    if options.no_agents:
        settings = without_agents(settings)
    stop = stop or asyncio.Event()
    exchange = Exchange(settings, asyncio.get_running_loop().time)
    traffic = Traffic(exchange, settings.traffic)
    watchers = Watchers(exchange, traffic)
    link = LinkServer(exchange)

    def tickers() -> Sequence[Ticker]:
        return [*link.clients, exchange, traffic]

    clock = Clock(tickers)

    def activity() -> None:
        clock.arm()
        watchers.look()

    exchange.on_activity = activity
    rate = settings.traffic.calls_per_second
    traffic.set_rate(rate if options.calls_per_second is None else options.calls_per_second)
    page = _listen(options.host, options.page_port)
    page_port = int(page.getsockname()[1])
    server = _PageServer(
        uvicorn.Config(
            application(exchange, traffic, watchers, hosts=_names(options.host)),
            log_level="warning",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
    )
    csta_port = await link.start(options.host, options.csta_port)
    _stop_on_signals(stop)
    if options.until_input_ends:
        await _stop_when_input_ends(stop)
    serving = asyncio.create_task(server.serve([page]))
    clock.arm()
    ready = {"ready": True, "csta": csta_port, "page": page_port, "pid": os.getpid()}
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    try:
        await stop.wait()
    finally:
        clock.stop()
        watchers.stop()
        await link.stop()
        server.should_exit = True
        await serving


class _PageServer(uvicorn.Server):
    """Signals are the process's business, not the web server's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)


async def _stop_when_input_ends(stop: asyncio.Event) -> None:
    class Input(asyncio.Protocol):
        def connection_lost(self, exc: Exception | None) -> None:
            stop.set()

    await asyncio.get_running_loop().connect_read_pipe(Input, sys.stdin)


def _names(host: str) -> frozenset[str] | None:
    loopback = frozenset({"localhost", "127.0.0.1", "::1"})
    return loopback if host in loopback else None


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    # Whoever reads the ready line may connect at once, before the web server has started.
    listening.listen(128)
    return listening
