"""A command while the link is down is answered 503 `linkDown`, whatever the dialect and why."""

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.far_ends import FAR_ENDS, FarEnd
from tests.web.house import PAPER, House, open_rooms, serving
from tests.web.operations import begin
from tests.web.problems import problem
from tests.web.test_operations import DONE
from tws.net.carrier import CarrierUser
from tws.organisation.actor import SYSTEM
from tws.organisation.model import Link
from tws.telephony.commands import USER_COMMANDS, operation
from tws.telephony.model import LinkId, LinkState

BODIES: dict[str, dict[str, Any]] = {
    **{name: body for name, body, *_ in DONE},
    "makeCall": {"called": "4003"},
    "consultationCall": {"existing": "HELD", "consulted": "4003"},
    "conferenceCall": {"held": "HELD", "active": "ACTIVE"},
    "directedPickupCall": {"ringingDevice": "4002"},
    "getDoNotDisturb": {},
    "getMessageWaiting": {},
    "snapshotDevice": {},
}


@dataclass
class Site:
    """A house whose links are of one dialect, and the PBX of Paris."""

    house: House
    alice: httpx.AsyncClient
    far_end: FarEnd

    @property
    def state(self) -> LinkState:
        status = self.house.rooms.state.link(LinkId(self.house.links["Paris"].id))
        assert status is not None
        return status.state

    async def every_operation_is_refused(self) -> None:
        before = list(self.far_end.asked)
        for name, body in BODIES.items():
            body = {"device": self.house.device("4001"), **body}
            answer = await self.alice.post(f"telephony/{name}", json=body)
            problem(answer, 503, "linkDown")
            assert int(answer.headers["retry-after"]) > 0
        assert self.far_end.asked == before


@contextlib.asynccontextmanager
async def running_site(database: Path, dialect: str) -> AsyncIterator[Site]:
    kind = FAR_ENDS[dialect]
    far_ends: dict[str, FarEnd] = {}

    def carrier(link: Link, user: CarrierUser) -> FarEnd:
        far_ends[link.id] = kind(user)
        return far_ends[link.id]

    outside = replace(PAPER, driver=lambda _: kind.driver(), carrier=carrier)
    async with open_rooms(database, outside=outside) as opened:
        async with serving(*opened) as house:
            far_end = far_ends[house.links["Paris"].id]
            yield Site(house, await house.program("alice"), far_end)


@pytest.fixture(params=list(FAR_ENDS))
async def site(database: Path, request: pytest.FixtureRequest) -> AsyncIterator[Site]:
    async with running_site(database, request.param) as site:
        yield site


def connecting(site: Site) -> None:
    """Nobody has answered the dial yet."""


def refused(site: Site) -> None:
    site.far_end.user.disconnected(site.far_end.peer, "connection refused")


def starting(site: Site) -> None:
    site.far_end.connect()


def turned_away(site: Site) -> None:
    site.far_end.connect()
    site.far_end.turn_away()


def lost(site: Site) -> None:
    site.far_end.connect()
    site.far_end.let_in()
    assert site.state is LinkState.UP
    site.far_end.lose()


def connected_again(site: Site) -> None:
    lost(site)
    site.far_end.connect()


@pytest.mark.parametrize(
    ("happens", "state"),
    [
        (connecting, LinkState.CONNECTING),
        (refused, LinkState.DOWN),
        (starting, LinkState.STARTING),
        (turned_away, LinkState.MISCONFIGURED),
        (lost, LinkState.DOWN),
        (connected_again, LinkState.STARTING),
    ],
)
async def test_every_operation_says_so(
    site: Site, happens: Callable[[Site], None], state: LinkState
) -> None:
    happens(site)
    assert site.state is state
    await site.every_operation_is_refused()
    assert set(BODIES) == {operation(one) for one in USER_COMMANDS}


async def test_a_link_that_is_switched_off_says_so_too(site: Site) -> None:
    paris = site.house.links["Paris"]
    await site.house.rooms.organisation.links.update_link(
        SYSTEM, paris.id, version=paris.version, enabled=False
    )
    await site.house.rooms.bus.settle()
    await site.every_operation_is_refused()


@pytest.mark.parametrize("how", ["lost", "switched off"])
async def test_a_link_that_goes_down_while_a_command_is_under_way(site: Site, how: str) -> None:
    site.far_end.connect()
    site.far_end.let_in()
    house, service = site.house, site.house.rooms.organisation
    body = {"device": house.device("4001"), "called": "4003"}
    sent = await begin(house, site.alice, "makeCall", body)
    await site.far_end.is_asked()
    if how == "lost":
        site.far_end.lose()
    else:
        paris = house.links["Paris"]
        await service.links.update_link(SYSTEM, paris.id, version=paris.version, enabled=False)
    answer = await sent
    problem(answer, 503, "linkDown")
    assert "retry-after" not in answer.headers  # it may have been done


async def test_what_was_not_asked_is_asked_under_the_same_key_once_the_link_is_up(
    site: Site,
) -> None:
    body = {"device": site.house.device("4001"), "called": "4003"}
    key = {"Idempotency-Key": "one"}
    answer = await site.alice.post("telephony/makeCall", json=body, headers=key)
    problem(answer, 503, "linkDown")
    site.far_end.connect()
    site.far_end.let_in()
    sent = await begin(site.house, site.alice, "makeCall", body, **key)
    await site.far_end.is_asked()
    site.far_end.lose()
    problem(await sent, 503, "linkDown")


async def test_an_unknown_telephone_is_unknown_though_its_link_is_down(site: Site) -> None:
    for device in ("unknown", site.house.device("4003"), site.house.device("5001")):
        body = {"device": device, "called": "4002"}
        problem(await site.alice.post("telephony/makeCall", json=body), 404, "notFound")
