"""Words to systemd: that the server is ready, that it stops, that it lives (sd_notify(3))."""

import asyncio
import os
import socket

READY, STOPPING, ALIVE = "READY=1", "STOPPING=1", "WATCHDOG=1"


def tell_systemd(word: str) -> None:
    """To whoever started us with Type=notify; nothing elsewhere."""
    if path := os.environ.get("NOTIFY_SOCKET"):
        address = "\0" + path[1:] if path.startswith("@") else path
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.sendto(word.encode(), address)


def watchdog_pause() -> float | None:
    """Seconds between two signs of life, half of what WatchdogSec= allows; None where nobody waits
    for them, or not for those of this process (sd_watchdog_enabled(3))."""
    allowed, whose = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
    if not allowed.isdecimal() or int(allowed) == 0:
        return None
    if whose and whose != str(os.getpid()):
        return None
    return int(allowed) / 2_000_000


class Watchdog:
    """Signs of life while the event loop turns: a loop that hangs gives none, and systemd starts
    the server anew."""

    def __init__(self) -> None:
        self._pause = watchdog_pause()
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        if self._pause is not None:
            tell_systemd(ALIVE)
            self._next = asyncio.get_running_loop().call_later(self._pause, self.start)

    def stop(self) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None
