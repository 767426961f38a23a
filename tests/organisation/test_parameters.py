"""Parameters of applications: where they may be set, and which value counts."""

from typing import Any

import pytest

from tests.organisation.world import Place, World, contents
from tws.bus import Bus
from tws.errors import Conflict, Invalid, NotFound
from tws.organisation.actor import SYSTEM, DomainId, GroupId, UserId
from tws.organisation.events import ParameterValueChanged
from tws.organisation.model import LAST_RANK, ParameterValue
from tws.organisation.parameters.catalogue import DEFINITIONS, parameter
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.parameters.parameter import Level, Parameter, ValueKind
from tws.organisation.registry import Registry

MAPS, TIME = "MapServiceURL", "timeSynchronizationDirectories"


def url(of: str) -> str:
    return f"https://{of}.example/?q={{0}}"


async def test_the_nearest_value_counts_and_the_others_are_told(
    world: World, place: Place
) -> None:
    service, parameters = world.service, Parameters(world.registry)
    alice, bob = place.alice.id, place.bob.id
    given = parameter(MAPS).default
    assert parameters.effective(alice, MAPS) == given
    holders: list[tuple[Level, dict[str, Any], str]] = [
        (Level.DEFAULT, {"company": place.company.id}, ""),
        (Level.DOMAIN, {"domain": place.paris.id}, "Paris"),
        (Level.GROUP, {"group": place.group.id}, "All"),
        (Level.USER, {"user": alice}, "alice"),
    ]
    values = [given]
    rows = []
    for level, holder, called in holders:
        row = await service.parameters.set_parameter(
            SYSTEM, parameter=MAPS, value=url(level.value), **holder
        )
        rows.append(row)
        found = parameters.explain(alice, MAPS)
        assert found.value == parameters.effective(alice, MAPS) == url(level.value)
        assert (found.winner.level, found.winner.name, found.winner.row) == (level, called, row)
        assert [loser.value for loser in found.losers] == values[::-1]
        values.append(url(level.value))
    # Bob is of another domain, and in no group.
    assert parameters.effective(bob, MAPS) == url("default")
    assert parameters.effective_in(place.paris.id, MAPS) == url("domain")
    assert parameters.effective_in(place.nice.id, MAPS) == url("default")
    assert service.parameters.list_parameter_values(SYSTEM, user=alice) == (rows[-1],)
    assert service.parameters.list_parameter_values(
        SYSTEM, place.company.id, parameter=MAPS
    ) == tuple(rows)
    fresh = Registry(Bus())
    await fresh.load(world.storage)
    assert contents(fresh) == contents(world.registry)
    for row in rows[::-1]:
        await service.parameters.delete_parameter_value(SYSTEM, row.id, row.version)
    assert parameters.effective(alice, MAPS) == given


async def test_of_several_groups_the_one_ranked_first_counts(world: World, place: Place) -> None:
    service, parameters = world.service, Parameters(world.registry)
    alice = place.alice.id
    made = {}
    for name, rank in (("beta", 5), ("Alpha", 5), ("First", 1), ("Unranked", None)):
        ranked: dict[str, int] = {} if rank is None else {"rank": rank}
        group = await service.groups.create_group(
            SYSTEM, domain=place.nice.id, name=name, **ranked
        )
        assert group.rank == (LAST_RANK if rank is None else rank)
        made[name] = await service.groups.set_members(SYSTEM, group.id, 1, [alice])
        await service.parameters.set_parameter(
            SYSTEM, parameter=MAPS, value=url(name), group=group.id
        )

    def order() -> list[str]:
        found = parameters.explain(alice, MAPS)
        return [each.name for each in (found.winner, *found.losers)][:-1]

    assert order() == ["First", "Alpha", "beta", "Unranked"]
    await service.groups.update_group(SYSTEM, made["Unranked"].id, 2, rank=0)
    assert order() == ["Unranked", "First", "Alpha", "beta"]
    await service.groups.set_members(SYSTEM, made["First"].id, 2, [])
    assert order() == ["Unranked", "Alpha", "beta"]
    for rank in (-1, LAST_RANK + 1, True):
        with pytest.raises(Invalid) as refused:
            await service.groups.update_group(SYSTEM, made["beta"].id, 2, rank=rank)
        assert refused.value.details == {"field": "rank"}


async def test_a_parameter_is_set_at_its_own_levels(world: World, place: Place) -> None:
    service = world.service
    assert parameter(TIME).levels == {Level.DEFAULT, Level.DOMAIN} and parameter(TIME).expert
    for field, holder in (("user", place.alice.id), ("group", place.group.id)):
        given: dict[str, Any] = {field: holder}
        with pytest.raises(Invalid) as refused:
            await service.parameters.set_parameter(SYSTEM, parameter=TIME, value="04:00", **given)
        assert refused.value.details == {"field": field}
    await service.parameters.set_parameter(
        SYSTEM, parameter=TIME, value="04:00", domain=place.paris.id
    )
    parameters = Parameters(world.registry)
    assert parameters.effective_in(place.paris.id, TIME) == "04:00"
    assert parameters.effective_in(place.nice.id, TIME) == "03:00"
    assert parameters.effective(place.alice.id, TIME) == "04:00"
    for wrong in ({}, {"user": place.alice.id, "domain": place.paris.id}):
        given = dict(wrong)
        with pytest.raises(Invalid, match="one user"):
            await service.parameters.set_parameter(SYSTEM, parameter=MAPS, value=url("x"), **given)


async def test_a_value_of_a_level_that_was_given_up_does_not_count(
    world: World, place: Place, bus: Bus
) -> None:
    """As an older TWS may have stored it."""
    old = ParameterValue(
        id="old",
        version=1,
        company=place.company.id,
        parameter=TIME,
        value="01:00",
        user=place.alice.id,
    )
    bus.publish(ParameterValueChanged(None, old))
    assert world.registry.parameter_value(TIME, place.alice.id) == old
    assert Parameters(world.registry).effective(place.alice.id, TIME) == "03:00"


async def test_who_saw_an_older_value_is_told(world: World, place: Place) -> None:
    service = world.service

    async def put(value: str, version: int | None = None) -> int:
        row = await service.parameters.set_parameter(
            SYSTEM, parameter=TIME, value=value, domain=place.paris.id, version=version
        )
        return row.version

    with pytest.raises(Conflict):
        await put("04:00", 1)
    assert await put("04:00") == 1
    with pytest.raises(Conflict) as refused:
        await put("05:00")
    assert refused.value.details == {"version": 1}
    assert await put("05:00", 1) == 2
    assert await put("05:00", 2) == 2
    with pytest.raises(Conflict):
        await put("06:00", 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (TIME, "24:00"),
        (TIME, "3:00"),
        (TIME, "03:60"),
        (TIME, "03:00\n"),
        (TIME, ""),
        (TIME, 3),
        (TIME, True),
        (MAPS, "javascript:alert({0})"),
        (MAPS, "https://maps.example/"),
        (MAPS, "https:///{0}"),
        (MAPS, "https://[/{0}"),
        (MAPS, "https://maps.example/{0}" + "x" * 1000),
        (MAPS, "https://maps.example/{0}\x00"),
        (MAPS, ""),
        (MAPS, 1),
    ],
)
async def test_a_value_that_cannot_be_right(
    world: World, place: Place, name: str, value: Any
) -> None:
    with pytest.raises(Invalid) as refused:
        await world.service.parameters.set_parameter(
            SYSTEM, parameter=name, value=value, domain=place.paris.id
        )
    assert refused.value.details == {"field": "value"}


def test_each_kind_of_value() -> None:
    def one(kind: ValueKind, default: Any, **more: Any) -> Parameter:
        return Parameter(application="TWS", name="x", help="", kind=kind, default=default, **more)

    yes, number = one(ValueKind.YES_NO, True), one(ValueKind.NUMBER, 1, least=1, most=9)
    choice, text = one(ValueKind.CHOICE, "XML", choices=("XML", "URL")), one(ValueKind.TEXT, "")
    for kind, right in ((yes, False), (number, 9), (choice, "URL"), (text, "any")):
        assert kind.checked(right) == right
    for kind, wrongs in (
        (yes, ("yes", 1, 0)),
        (number, ("1", True, 0, 10)),
        (choice, ("xml", "", 1)),
        (text, (1, True)),
    ):
        for wrong in wrongs:
            with pytest.raises(Invalid) as refused:
                kind.checked(wrong)
            assert refused.value.details == {"field": "value"}


def test_every_definition_is_right_in_itself() -> None:
    names = [name.casefold() for p in DEFINITIONS for name in (p.name, *p.aliases)]
    assert len(names) == len(set(names))
    for each in DEFINITIONS:
        assert each.checked(each.default) == each.default
        assert Level.DEFAULT in each.levels or each.levels == {Level.USER}
        assert parameter(f" {each.name.upper()} ") is each


async def test_nobody_and_nothing_are_not_found(world: World, place: Place) -> None:
    parameters = Parameters(world.registry)
    with pytest.raises(NotFound):
        parameters.effective(place.alice.id, "unknown")
    with pytest.raises(NotFound):
        parameters.effective(UserId("unknown"), MAPS)
    with pytest.raises(NotFound):
        parameters.effective_in(DomainId("unknown"), MAPS)
    with pytest.raises(NotFound):
        await world.service.parameters.set_parameter(
            SYSTEM, parameter="unknown", value=1, domain=place.paris.id
        )
    with pytest.raises(NotFound):
        await world.service.parameters.set_parameter(
            SYSTEM, parameter=MAPS, value=url("x"), group=GroupId("unknown")
        )


async def test_values_go_with_what_they_are_for(world: World, place: Place) -> None:
    service, values = world.service, world.registry.parameter_values
    company = place.company.id
    lyon = await service.domains.create_domain(
        SYSTEM, company=company, name="Lyon", time_zone="Europe/Paris"
    )
    user = await service.users.create_user(SYSTEM, domain=lyon.id, username="carol")
    group = await service.groups.create_group(SYSTEM, domain=lyon.id, name="All")
    holders: list[dict[str, Any]] = [
        {"user": user.id},
        {"group": group.id},
        {"domain": lyon.id},
    ]
    for holder in holders:
        await service.parameters.set_parameter(SYSTEM, parameter=MAPS, value=url("x"), **holder)
    await service.users.delete_user(SYSTEM, user.id, 1)
    await service.groups.delete_group(SYSTEM, group.id, 1)
    assert len(values) == 1
    await service.domains.delete_domain(SYSTEM, lyon.id, 1)
    assert not values
    empty = await service.companies.create_company(SYSTEM, name="Empty")
    await service.parameters.set_parameter(
        SYSTEM, parameter=MAPS, value=url("x"), company=empty.id
    )
    await service.companies.delete_company(SYSTEM, empty.id, 1)
    assert not values
