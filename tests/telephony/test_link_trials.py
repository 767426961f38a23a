"""How long a link is tried, and what is left of it then: on paper, where nobody answers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from tests.directory.people import People, founded
from tests.telephony.paper import PEER, PaperCarrier, PaperDriver
from tws.bus import Bus
from tws.net.carrier import Carrier, CarrierUser
from tws.organisation.actor import SYSTEM
from tws.organisation.drafts import LinkDraft
from tws.organisation.model import Link
from tws.schedule import Schedule
from tws.storage import Storage, new_id
from tws.telephony.link import LinkDriver, Peer
from tws.telephony.link_trials import LinkTrials
from tws.telephony.model import LinkState
from tws.telephony.network import Network


class Silent(PaperDriver):
    """Says nothing to whoever has connected; tells whether it took leave."""

    left = False

    def connected(self, peer: Peer, now: float) -> None: ...

    def stop(self, now: float) -> None:
        self.left = True


class Cable(PaperCarrier):
    """To a PBX that is reached at once, or never."""

    cut = False
    reaches = True

    async def start(self) -> None:
        if self.reaches:
            self.user.connected(PEER)

    async def stop(self) -> None:
        self.cut = True


@dataclass
class Trial:
    people: People
    network: Network
    reaches: bool = True
    drivers: list[Silent] = field(default_factory=list)
    cables: list[Cable] = field(default_factory=list)

    async def of(
        self, *, stored: bool = False, **settings: object
    ) -> tuple[LinkState, str | None]:
        row = self.people.registry.links[self.people.link]
        trials = LinkTrials(
            self.network,
            driver=self._driver,
            carrier=self._carrier,
            clock=lambda: datetime.now(UTC),
            new_id=new_id,
            patience=0.01,
        )
        draft = LinkDraft(link=replace(row, settings=settings), stored=stored)
        status = await trials.run(SYSTEM, draft)
        return status.state, None if status.why is None else str(status.why)

    def _driver(self, link: Link) -> LinkDriver:
        if not link.settings:
            raise ValueError("it needs a host")
        self.drivers.append(Silent())
        return self.drivers[-1]

    def _carrier(self, link: Link, user: CarrierUser) -> Carrier:
        self.cables.append(Cable(user))
        self.cables[-1].reaches = self.reaches
        return self.cables[-1]


@pytest.fixture
async def trial(sqlite_storage: Storage, bus: Bus) -> AsyncIterator[Trial]:
    people = await founded(sqlite_storage, bus)

    async def own(link: str) -> int:
        return 1

    async def load_open(link: str) -> dict[object, object]:
        return {}

    network = Network(
        people.registry,
        bus,
        Schedule(),
        driver=lambda link: PaperDriver(),
        carrier=lambda link, user: PaperCarrier(user),
        own_link=own,
        load_open=load_open,  # type: ignore[arg-type]
        clock=lambda: datetime.now(UTC),
        new_id=new_id,
    )
    yield Trial(people, network)
    await network.stop()


async def test_nothing_is_heard(trial: Trial) -> None:
    trial.reaches = False
    state, why = await trial.of(host="pbx.example")
    assert state is LinkState.DOWN and why and "nothing was heard" in why
    assert [driver.left for driver in trial.drivers] == [True]
    assert [cable.cut for cable in trial.cables] == [True]


async def test_one_that_is_reached_and_never_ready(trial: Trial) -> None:
    state, why = await trial.of(host="pbx.example")
    assert state is LinkState.DOWN and why and "had not finished" in why
    assert [cable.cut for cable in trial.cables] == [True]


async def test_settings_of_which_no_driver_can_be_made(trial: Trial) -> None:
    assert await trial.of() == (LinkState.MISCONFIGURED, "it needs a host")
    assert trial.cables == []


async def test_a_link_that_runs_so_is_not_called_twice(trial: Trial) -> None:
    await trial.network.start()
    # It runs, and is not up: of that nothing is known yet, so it is tried.
    assert (await trial.of(stored=True, host="pbx.example"))[0] is LinkState.DOWN
    assert len(trial.cables) == 1
    trial.network._supervisors[trial.people.link].connected(PEER)  # type: ignore[index]
    assert await trial.of(stored=True, host="pbx.example") == (LinkState.UP, None)
    assert len(trial.cables) == 1
    assert (await trial.of(host="pbx2.example"))[0] is LinkState.DOWN
    assert len(trial.cables) == 2
