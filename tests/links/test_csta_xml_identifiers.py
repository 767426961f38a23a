"""What is remembered of a call's identifiers ends with the call: a link lasts for months."""

from typing import Literal

import pytest

from tws.links.csta_xml.identifiers import Identifiers
from tws.links.csta_xml.reports import Reports
from tws.protocols.csta.message import Event
from tws.simulator.control import hands
from tws.simulator.control.traffic import Traffic
from tws.simulator.link.exchange import Exchange
from tws.simulator.settings import (
    LinkSettings,
    PbxSettings,
    PhoneSettings,
    QueueSettings,
    TrafficSettings,
)
from tws.telephony.model import DeviceId

PHONES = tuple(str(4001 + n) for n in range(30))
QUEUE = "7000"


class Heard:
    """Whoever monitors all telephones and the queue of a PBX, and what it remembers."""

    def __init__(self, exchange: Exchange) -> None:
        self.identifiers = Identifiers("{n}", None)
        self._make = Reports(self.identifiers).makers
        self._devices: dict[str, DeviceId] = {}
        for number in (*PHONES, QUEUE):
            device = DeviceId(number)
            self.identifiers.ours.add(device)
            monitor = exchange.monitors.start(number, self, None)
            self._devices[monitor.xref] = device
        self.transfers = 0

    def send_events(self, events: list[Event]) -> None:
        for event in events:
            self.transfers += type(event).__name__ == "TransferedEvent"
            self._make[type(event)](event, self._devices[event.monitor_cross_ref_id])


@pytest.mark.parametrize("joined", ["secondary", "primary", "new"])
def test_nothing_is_remembered_of_calls_that_are_over(
    joined: Literal["secondary", "primary", "new"],
) -> None:
    now = 0.0
    settings = PbxSettings(
        phones=tuple(PhoneSettings(number=number) for number in PHONES),
        queues=(QueueSettings(number=QUEUE, agents=PHONES[:3]),),
        link=LinkSettings(joined_call=joined),
    )
    exchange = Exchange(settings, lambda: now)
    heard = Heard(exchange)
    # Inside and outside; held, transferred, conferences.
    busy = TrafficSettings(calls_per_second=2.0, talk=4.0, features=0.6)
    traffic = Traffic(exchange, busy)
    traffic.set_rate(busy.calls_per_second)
    while now < 300:
        tickers = (exchange, traffic)
        now = max(now, min(at for one in tickers if (at := one.timer()) is not None))
        for each in tickers:
            each.handle_timer(now)
    assert traffic.started > 200 and heard.transfers > 20
    exchange.do(hands.everybody_out)
    assert not exchange.pbx.calls
    assert len(heard.identifiers) == 0
