"""The links of a process, and one that another process takes from it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count

import pytest

from tests.directory.people import People, founded
from tests.telephony.paper import PaperCarrier, PaperDriver
from tws.bus import Bus
from tws.organisation.model import Link
from tws.schedule import Schedule
from tws.storage import Storage, new_id
from tws.telephony.events import LinkStatusChanged, OwnershipLost
from tws.telephony.link import LinkDriver
from tws.telephony.model import ConnectionId, LinkId, LinkState
from tws.telephony.network import Network
from tws.telephony.snapshots import KnownLeg


class Leaving(PaperDriver):
    """Tells whether it took leave of its PBX."""

    stopped = False

    def stop(self, now: float) -> None:
        self.stopped = True


class Process:
    """A process with two links; each start of one takes the next epoch."""

    def __init__(self, people: People) -> None:
        self.people, self.bus = people, people.bus
        self.drivers: list[Leaving] = []
        self.statuses: list[LinkStatusChanged] = []
        self.epochs = count(1)
        self.bus.follow(LinkStatusChanged, self.statuses.append)
        self.network = Network(
            people.registry,
            people.bus,
            Schedule(),
            driver=self._driver,
            carrier=lambda link, user: PaperCarrier(user),
            own_link=self._own,
            load_open=self._load_open,
            clock=lambda: datetime.now(UTC),
            new_id=new_id,
        )

    def _driver(self, link: Link) -> LinkDriver:
        self.drivers.append(Leaving())
        return self.drivers[-1]

    async def _own(self, link: str) -> int:
        return next(self.epochs)

    async def _load_open(self, link: LinkId) -> dict[ConnectionId, KnownLeg]:
        return {}


@pytest.fixture
async def process(sqlite_storage: Storage, bus: Bus) -> AsyncIterator[Process]:
    process = Process(await founded(sqlite_storage, bus))
    await process.network.start()
    yield process
    await process.network.stop()


async def test_a_link_of_another_process_is_let_go(process: Process) -> None:
    link, other = LinkId(process.people.link), LinkId(process.people.nice_link)
    assert [status.epoch for status in process.network.statuses()] == [1, 2]
    process.bus.publish(OwnershipLost(link, 1))
    await process.bus.settle()
    assert list(process.network.counted()) == [other]
    assert [driver.stopped for driver in process.drivers] == [True, False]
    status = process.network.status(link)
    assert status is not None
    assert (status.state, str(status.why)) == (LinkState.DOWN, "owned by another process")
    assert process.statuses[-1] == LinkStatusChanged(status)


async def test_a_link_taken_again_meanwhile_stays(process: Process) -> None:
    link = LinkId(process.people.link)
    process.bus.publish(OwnershipLost(link, 0))
    await process.bus.settle()
    assert link in process.network.counted()
