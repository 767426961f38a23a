"""Call queues and intercom groups with their devices: each number of a link is somebody's."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.organisation.test_service import audited
from tests.organisation.world import KEY, Place, World, new_place
from tws.bus import Bus
from tws.errors import Conflict, Invalid, NotFound
from tws.organisation.actor import SYSTEM, CompanyId, DomainId, IntercomGroupId
from tws.organisation.intercom_groups import refuse_beyond_plan
from tws.organisation.listening import places
from tws.organisation.registry import Registry
from tws.organisation.shared_device import IntercomGroup
from tws.storage.secrets import Secrets

PIN = "7957-correct-horse"
A_GROUP = IntercomGroup(
    id=IntercomGroupId("i"),
    version=1,
    company=CompanyId("c"),
    domain=DomainId("d"),
    name="Hotline",
    link="l",
)


async def test_they_are_stored_whole_and_their_passwords_are_sealed(
    world: World, place: Place
) -> None:
    queue = await world.service.queues.create_queue(
        SYSTEM,
        domain=place.paris.id,
        name="Reception",
        link=place.link.id,
        number="7000",
        media_protocol="TWS",
        lines=8,
        password=PIN,
    )
    group = await world.service.intercom_groups.create_intercom_group(
        SYSTEM,
        domain=place.paris.id,
        name="Hotline",
        link=place.link.id,
        number="6674",
        count=2,
        media_protocol="TWP/TWS",
        lines=4,
        supervised=[" 6690 ", "6674", "6690"],
    )
    assert group.numbers == ("6674", "6675", "6690")
    registry = Registry(Bus())
    await registry.load(world.storage)
    assert registry.queues[queue.id] == queue and queue.password_set
    assert registry.intercom_groups[group.id] == group
    assert Secrets(Path("unused"), KEY).open(queue.password, queue.id, "password") == PIN
    assert "sealed" not in repr(queue)
    told = (await audited(world.storage))[-2].after
    assert (told["password"], told["number"]) == ("***", "7000")
    kept = await world.service.queues.update_queue(SYSTEM, queue.id, 1, password=PIN)
    assert kept == queue


async def test_all_numbers_of_a_link_are_listened_to_and_are_somebodys(
    world: World, place: Place
) -> None:
    service, listening = world.service, world.registry.listening
    queue = await service.queues.create_queue(
        SYSTEM, domain=place.paris.id, name="Q", link=place.link.id, number="7000"
    )
    group = await service.intercom_groups.create_intercom_group(
        SYSTEM, domain=place.paris.id, name="G", link=place.link.id, supervised=["6690"]
    )
    assert listening.numbers_on(place.link.id) == {"4001", "7000", "6690"}
    assert world.registry.queue_at(place.link.id, "7000") == queue
    assert list(listening.holders(place.link.id, "6690")) == [group]
    moved = await service.queues.update_queue(SYSTEM, queue.id, 1, number="7001")
    assert list(listening.holders(place.link.id, "7001")) == [moved]
    assert not listening.hears(place.link.id, "7000")
    gone = await service.queues.update_queue(SYSTEM, queue.id, 2, number="", link="")
    assert places(gone) == set() and gone.link is None
    await service.intercom_groups.delete_intercom_group(SYSTEM, group.id, 1)
    assert listening.numbers_on(place.link.id) == {"4001"}


async def test_a_number_is_one_persons_queues_or_groups(world: World, place: Place) -> None:
    service = world.service
    here: dict[str, Any] = {"domain": place.paris.id, "link": place.link.id}
    groups = service.intercom_groups
    await service.queues.create_queue(SYSTEM, name="Reception", number="7000", **here)
    await groups.create_intercom_group(
        SYSTEM, name="Hotline", number="6674", count=2, supervised=["6690"], **here
    )
    for number, why in (
        ("4001", "4001 belongs to alice already on this link."),
        ("7000", "7000 is the number of the call queue Reception."),
        ("6675", "6675 is a number of the intercom group Hotline."),
    ):
        with pytest.raises(Conflict, match=why):
            await service.queues.create_queue(SYSTEM, name="Other", number=number, **here)
        with pytest.raises(Conflict, match=why):
            await groups.create_intercom_group(SYSTEM, name="X", supervised=[number], **here)
    for number in ("7000", "6675", "6690"):
        with pytest.raises(Conflict) as refused:
            await service.devices.update_device(SYSTEM, place.device.id, 1, number=number)
        assert refused.value.details["field"] == "number"
    both = await groups.create_intercom_group(SYSTEM, name="Doors", supervised=["6690"], **here)
    assert both.numbers == ("6690",)  # a door is seen by several
    with pytest.raises(Conflict, match="2 intercom groups"):
        await service.links.delete_link(SYSTEM, place.link.id, 1)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("number", {"number": "70 00"}),
        ("link", {"link": "", "number": "7000"}),
        ("lines", {"lines": 0}),
        ("protocol", {"protocol": "SIP"}),
        ("media_protocol", {"media_protocol": "RTP"}),
    ],
)
async def test_what_cannot_be_is_refused_with_its_field(
    world: World, place: Place, field: str, given: dict[str, Any]
) -> None:
    asked = {"domain": place.paris.id, "name": "Q", "link": place.link.id, **given}
    for create in (
        world.service.queues.create_queue,
        world.service.intercom_groups.create_intercom_group,
    ):
        with pytest.raises(Invalid) as refused:
            await create(SYSTEM, **asked)
        assert refused.value.details["field"] == field


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("count", {"number": "9999", "count": 2}),
        ("count", {"number": "*12", "count": 2}),
        ("count", {"number": "6674", "count": 501}),
        ("supervised", {"supervised": ["the door"]}),
        ("link", {"link": "", "supervised": ["6690"]}),
    ],
)
async def test_what_a_group_cannot_have(
    world: World, place: Place, field: str, given: dict[str, Any]
) -> None:
    asked = {"domain": place.paris.id, "name": "G", "link": place.link.id, **given}
    with pytest.raises(Invalid) as refused:
        await world.service.intercom_groups.create_intercom_group(SYSTEM, **asked)
    assert refused.value.details["field"] == field


async def test_a_link_is_of_the_same_domain_and_company(world: World, place: Place) -> None:
    create = world.service.queues.create_queue
    with pytest.raises(Invalid, match="of another domain"):
        await create(SYSTEM, domain=place.nice.id, name="Q", link=place.link.id, number="7000")
    theirs = await new_place(world.service, "Arda")
    for link in (theirs.link.id, "nothing"):
        with pytest.raises(NotFound) as refused:
            await create(
                place.administrator, domain=place.paris.id, name="Q", link=link, number="7000"
            )
        assert refused.value.message == "There is no such link."


@given(st.text("0123456789", min_size=1, max_size=6), st.integers(1, 500))
def test_consecutive_numbers_have_as_many_digits_as_the_first(number: str, count: int) -> None:
    group = replace(A_GROUP, number=number, count=count)
    try:
        refuse_beyond_plan(number, count)
    except Invalid:
        assert len(str(int(number) + count - 1)) > len(number)
        return
    found = group.own_numbers
    assert len(set(found)) == count and found[0] == number
    assert {len(each) for each in found} == {len(number)}
    assert [int(each) - int(number) for each in found] == list(range(count))
