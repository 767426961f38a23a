"""What is seen of people goes no further than it may: where calls are forwarded, who called; and
who is taken for being there."""

from typing import Any

from tests import granting
from tests.web.calls import OUTSIDE, ends, rings
from tests.web.house import House
from tests.web.page import Page
from tests.web.problems import problem
from tests.web.test_presence import group, intercom, seen, state
from tws.organisation.actor import SYSTEM
from tws.organisation.model import BuiltIn
from tws.telephony.event_reports import ForwardingChanged
from tws.telephony.model import CallOrigin, DeviceId, Forwarding, ForwardingType


async def test_where_a_colleague_forwards_to_outside_is_for_who_sees_the_rules(
    house: House,
) -> None:
    await intercom(house, "alice", "bob")
    await group(house, "Patrons", "alice")
    async with house.page(await house.sign_in("bob"), "alice") as his:

        async def shown(to: str) -> Any:
            forwarding = Forwarding(ForwardingType.IMMEDIATE, CallOrigin.ALL, True, to)
            before = his.n
            house.report(ForwardingChanged(DeviceId("4001"), forwarding))
            await his.until(lambda page: page.n > before)
            return seen(his, house, "alice")["telephone"]["forwarding"]

        assert (await shown("4110"))["destination"] == "4110"
        outside = await shown("00699887766")
        assert outside["active"] and outside["destination"] is None and outside["display"] is None
        await house.parameter("AuthorizeShareRulesGroup", "Patrons", "bob")
        await his.until(
            lambda page: (
                seen(page, house, "alice")["telephone"]["forwarding"]["destination"]
                == "00699887766"
            )
        )


async def test_a_program_that_listens_is_nobody_at_the_desk(house: House) -> None:
    async with house.page(await house.sign_in("bob"), "alice") as his:
        async with house.page(await house.program("alice")):
            again = house.rooms.presence.facts(house.users["alice"].id)
            assert again.page is False
            assert state(his, house, "alice") == ("offline", "page")
        async with house.page(await house.sign_in("alice")):
            await his.until(lambda page: seen(page, house, "alice")["page"])


async def test_a_call_of_the_pickup_group_needs_the_parameter(house: House) -> None:
    bob = await house.sign_in("bob")
    device = house.device("4003")
    async with house.page(bob) as his:
        assert "groupPickupCall" not in his.state[f"device/{device}"]["operations"]
        refused = await bob.post("telephony/groupPickupCall", json={"device": device})
        assert problem(refused, 403, "notAllowed")["why"] == "parameterForbids"
        await house.parameter("AuthorizeInterception", True, "bob")
        await his.until(
            lambda page: "groupPickupCall" in page.state[f"device/{device}"]["operations"]
        )


async def test_a_directory_taken_from_the_intercom_group_names_nobody_any_more(
    house: House,
) -> None:
    """In mid-call."""
    organisation, registry = house.rooms.organisation, house.rooms.registry
    await intercom(house, "alice", "bob")
    await group(house, "Patrons", "alice")
    await house.parameter("AuthorizeSupervisionInformation", "Patrons", "bob")
    alice, bob = await house.sign_in("alice"), await house.sign_in("bob")
    number = [{"kind": "work", "number": OUTSIDE.removeprefix("0")}]
    body = {"private": False, "lastName": "Customer", "numbers": number}
    made = await alice.post("contacts", json=body)
    public = registry.built_in(house.domains["Paris"].id, BuiltIn.PUBLIC)
    (floor,) = registry.intercom_groups.values()
    assert public is not None
    to = granting.directory(public.id, intercom_group=floor.id)
    grant = await organisation.grants.create_grant(SYSTEM, **to)

    def name(page: Page) -> str | None:
        calls = seen(page, house, "alice")["telephone"]["calls"]
        return calls[0]["parties"][0]["name"] if calls else None

    async with house.page(bob, "alice") as his:
        house.report(rings("1", "4001"))
        await his.until(lambda page: name(page) == "Customer")
        await organisation.grants.delete_grant(SYSTEM, grant.id, 1)
        await his.until(lambda page: name(page) is None)
        await organisation.grants.create_grant(SYSTEM, **to)
        await his.until(lambda page: name(page) == "Customer")
        contact = made.json()
        change = {"version": contact["version"], "lastName": "Client"}
        assert (await alice.patch(f"contacts/{contact['id']}", json=change)).status_code == 200
        await his.until(lambda page: name(page) == "Client")
        house.report(ends("1", "4001"))
        await his.until(lambda page: state(page, house, "alice") == ("free", "telephone"))
