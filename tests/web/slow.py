"""A client that is there and reads no more, and what makes the server notice."""

import socket

from tests.web.house import House
from tests.web.page import Page
from tws.telephony.event_reports import DoNotDisturbChanged
from tws.telephony.model import DeviceId


def narrow(url: str) -> socket.socket:
    """A connection whose system keeps next to nothing for a client that does not read."""
    host, port = url.removeprefix("http://").split(":")
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect((host, int(port)))
    connection.setblocking(False)
    return connection


async def stuck(house: House, page: Page) -> Page:
    """`page`, open, and reading no more."""
    await page.open(sock=narrow(house.url), max_queue=1)
    page.socket.transport.pause_reading()
    return page


def dropped(house: House) -> float:
    return house.rooms.metrics.get_sample_value("tws_live_slow_total") or 0.0


async def flip(house: House, reader: Page, times: int) -> None:
    """So many changes, each read by `reader`; fewer when the slow one is dropped meanwhile."""
    key = f"device/{house.device('4001')}"
    for _ in range(times):
        if dropped(house):
            break
        on = not reader.state[key]["doNotDisturb"]
        house.report(DoNotDisturbChanged(DeviceId("4001"), on))
        await reader.until(lambda p, on=on: p.state[key]["doNotDisturb"] is on)  # type: ignore[misc]
