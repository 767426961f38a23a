"""The state of links (specification 10.4) and of devices (10.5)."""

from typing import Annotated

from fastapi import Query, Response

from tws.organisation.actor import CompanyId, DomainId
from tws.organisation.listening import Holder
from tws.web.answers import answer
from tws.web.api.admin.described import InCompany, InDomain, listed
from tws.web.identity import Administrator, InKnown, InRooms
from tws.web.operation import Operations
from tws.web.shown.devices import DeviceStateValue, LinkValue, device_states, link_state

router = Operations("/admin", tags=["administration"])


@router.get("/link-states", operation_id="listLinkStates", responses=listed(LinkValue))
async def list_link_states(
    rooms: InRooms,
    known: InKnown,
    actor: Administrator,
    company: InCompany = None,
    domain: InDomain = None,
) -> Response:
    """Links as they stand: connected or why not, since when, how many devices."""
    rows = rooms.organisation.links.list_links(
        actor,
        None if company is None else CompanyId(company),
        domain=None if domain is None else DomainId(domain),
    )
    return answer([link_state(known, row) for row in rows])


@router.get("/device-states", operation_id="listDeviceStates", responses=listed(DeviceStateValue))
async def list_device_states(
    rooms: InRooms,
    known: InKnown,
    actor: Administrator,
    first: Annotated[
        str | None, Query(alias="from", max_length=64, description="First number.")
    ] = None,
    last: Annotated[
        str | None, Query(alias="to", max_length=64, description="Last number.")
    ] = None,
    company: InCompany = None,
    domain: InDomain = None,
) -> Response:
    """Devices of users, call queues and intercom groups as they stand, by number."""
    of = None if company is None else CompanyId(company)
    place = None if domain is None else DomainId(domain)
    rows: list[Holder] = [
        *rooms.organisation.devices.list_devices(actor, of, domain=place),
        *rooms.organisation.queues.list_queues(actor, of, domain=place),
        *rooms.organisation.intercom_groups.list_intercom_groups(actor, of, domain=place),
    ]
    chosen = [
        value
        for row in rows
        for value in device_states(known, row).values()
        if (first is None or _order(value.number) >= _order(first))
        and (last is None or _order(value.number) <= _order(last))
    ]
    return answer(sorted(chosen, key=lambda value: (_order(value.number), value.id)))


def _order(number: str) -> tuple[int, str]:
    """4099 stands before 40100."""
    return len(number), number
