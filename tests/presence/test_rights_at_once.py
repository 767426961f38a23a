"""What is kept of each person is dropped by whatever makes it another: a right that was taken away
counts at once, whoever asked before."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests import granting
from tests.web.house import House, furnish, open_rooms
from tws.organisation.actor import SYSTEM
from tws.organisation.grant import Grant, GrantKind
from tws.organisation.model import BuiltIn, Group
from tws.organisation.parameters.catalogue.caller import (
    AUTHORIZE_CHAT,
    AUTHORIZE_INTERCEPTION,
    AUTHORIZE_SHARE_RULES_GROUP,
    AUTHORIZE_SUPERVISION_INFORMATION,
    AUTHORIZED_CALENDAR_PRESENCES,
    AUTHORIZED_PHONE_SUPERVISION_PRESENCES,
    SUPERVISION_INFORMATION_GROUP,
)
from tws.organisation.parameters.catalogue.system import DISPLAY_CALENDAR_SUMMARY
from tws.organisation.parameters.parameter import Data
from tws.organisation.shared_device import IntercomGroup
from tws.presence.sight import NOTHING, Way

STAFF = "Staff"


class Office:
    """Alice sees all there is to be seen of bob: both are in a group to which everything is
    granted."""

    def __init__(self, house: House) -> None:
        self.house, self.organisation = house, house.rooms.organisation
        self.registry = house.rooms.registry
        self.domain = house.domains["Paris"].id
        self.alice, self.bob = house.users["alice"].id, house.users["bob"].id
        self.granted: dict[GrantKind, Grant] = {}

    async def furnish(self) -> None:
        groups = self.organisation.groups
        group = await groups.create_group(SYSTEM, domain=self.domain, name=STAFF)
        both = [self.alice, self.bob]
        self.group = (await groups.set_members(SYSTEM, group.id, group.version, both)).id
        intercom = self.organisation.intercom_groups
        first, second = [
            await intercom.create_intercom_group(SYSTEM, domain=self.domain, name=name)
            for name in ("Floor", "Upstairs")
        ]
        self.floor, self.upstairs = first.id, second.id
        for grant in (
            granting.intercom_group(second.id, group=self.group),
            granting.intercom_group(first.id, group=self.group),
            granting.calendars({"group": self.group}, group=self.group),
        ):
            made = await self.organisation.grants.create_grant(SYSTEM, **grant)
            self.granted[made.kind] = made
        for name, value in (
            (AUTHORIZE_INTERCEPTION, True),
            (AUTHORIZE_SUPERVISION_INFORMATION, STAFF),
            (AUTHORIZE_SHARE_RULES_GROUP, STAFF),
        ):
            await self.set(name, value, group=self.group)

    def way(self) -> Way:
        return self.house.rooms.presence.sight.way(self.alice, self.bob)

    async def set(self, name: str, value: Data, **holder: Any) -> None:
        row = self.registry.parameter_value(name, next(iter(holder.values())))
        version = None if row is None else row.version
        await self.organisation.parameters.set_parameter(
            SYSTEM, parameter=name, value=value, version=version, **holder
        )

    async def withdraw(self, kind: GrantKind) -> None:
        await self.organisation.grants.delete_grant(SYSTEM, self.granted[kind].id)

    def row(self) -> Group:
        return self.registry.groups[self.group]

    def intercom(self) -> IntercomGroup:
        return self.registry.intercom_groups[self.floor]

    async def revoke(self, kind: GrantKind, holder: str) -> None:
        for grant in self.registry.granted.to(kind, holder):
            await self.organisation.grants.delete_grant(SYSTEM, grant.id)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    await furnish(tmp_path / "tws.db")
    async with open_rooms(tmp_path / "tws.db") as opened:
        office = Office(House.of(*opened))
        await office.furnish()
        way = office.way()
        assert way.telephone and way.intercept and way.rule and way.chat and way.said
        assert way.calendar is not None and way.group == office.floor
        yield office


async def _renamed(office: Office) -> None:
    row = office.row()
    await office.organisation.groups.update_group(SYSTEM, row.id, row.version, name="Others")


async def _gone(office: Office) -> None:
    row = office.row()
    await office.organisation.groups.set_members(SYSTEM, row.id, row.version, [office.alice])


async def _alone(office: Office) -> None:
    row = office.row()
    await office.organisation.groups.set_members(SYSTEM, row.id, row.version, [office.bob])


async def _disabled(office: Office) -> None:
    row = office.registry.users[office.bob]
    await office.organisation.users.update_user(SYSTEM, row.id, row.version, enabled=False)


async def _moved(office: Office) -> None:
    """To a domain whose directory of users alice may not look into."""
    await office.revoke(GrantKind.INTERCOM_GROUP, office.group)
    for grant in office.registry.granted.to(GrantKind.DIRECTORY, office.domain):
        there = office.registry.built_in(office.house.domains["Nice"].id, BuiltIn.USERS)
        if there is not None and grant.object == there.id:
            await office.organisation.grants.delete_grant(SYSTEM, grant.id)
    assert office.way().said
    row, nice = office.registry.users[office.bob], office.house.domains["Nice"].id
    await office.organisation.users.update_user(SYSTEM, row.id, row.version, domain=nice)


async def _directory_withdrawn(office: Office) -> None:
    await office.revoke(GrantKind.INTERCOM_GROUP, office.group)
    assert office.way().said
    place = office.registry.built_in(office.domain, BuiltIn.USERS)
    assert place is not None
    for grant in office.registry.granted.of(GrantKind.DIRECTORY, place.id):
        await office.organisation.grants.delete_grant(SYSTEM, grant.id)


async def _intercom_renamed(office: Office) -> None:
    row = office.intercom()
    await office.organisation.intercom_groups.update_intercom_group(
        SYSTEM, row.id, row.version, name="Zenith"
    )


def _set(name: str, value: Data, at: str) -> Callable[[Office], Awaitable[None]]:
    async def change(office: Office) -> None:
        holder = {"user": office.alice, "group": office.group, "domain": office.domain}[at]
        await office.set(name, value, **{at: holder})

    return change


def _lost(kind: GrantKind) -> Callable[[Office], Awaitable[None]]:
    return lambda office: office.withdraw(kind)


CHANGES: dict[str, tuple[Callable[[Office], Awaitable[None]], Callable[[Way, Office], bool]]] = {
    "grant of the intercom group": (
        _lost(GrantKind.INTERCOM_GROUP),
        lambda way, office: way.group == office.upstairs,
    ),
    "grant of calendars": (_lost(GrantKind.CALENDAR), lambda way, _: way.calendar is None),
    "grant of the directory": (_directory_withdrawn, lambda way, _: not way.said),
    "grant of the Caller to the other": (
        lambda office: office.revoke(GrantKind.APPLICATION, office.bob),
        lambda way, _: not way.chat,
    ),
    "grant of the Caller to oneself": (
        lambda office: office.revoke(GrantKind.APPLICATION, office.alice),
        lambda way, _: not way.chat,
    ),
    "member gone": (_gone, lambda way, _: not way.telephone and not way.rule),
    "member oneself gone": (_alone, lambda way, _: not way.telephone and not way.intercept),
    "group renamed": (_renamed, lambda way, _: way.group is None and not way.rule),
    "intercom group renamed": (
        _intercom_renamed,
        lambda way, office: way.group == office.upstairs,
    ),
    "user disabled": (_disabled, lambda way, _: way == NOTHING),
    "user of another domain": (_moved, lambda way, _: not way.said and way.calendar is not None),
    "parameter of a user": (
        _set(AUTHORIZE_INTERCEPTION, False, "user"),
        lambda way, _: not way.intercept,
    ),
    "parameter of a group": (
        _set(AUTHORIZE_SHARE_RULES_GROUP, "", "group"),
        lambda way, _: not way.rule,
    ),
    "parameter of a domain": (_set(AUTHORIZE_CHAT, False, "domain"), lambda way, _: not way.chat),
    "names of callers": (
        _set(SUPERVISION_INFORMATION_GROUP, "Upstairs", "domain"),
        lambda way, office: way.group == office.upstairs,
    ),
    "telephones": (
        _set(AUTHORIZED_PHONE_SUPERVISION_PRESENCES, False, "domain"),
        lambda way, _: not way.telephone and way.group is None,
    ),
    "calendars": (
        _set(AUTHORIZED_CALENDAR_PRESENCES, False, "domain"),
        lambda way, _: way.calendar is None,
    ),
    "what calendars show": (
        _set(DISPLAY_CALENDAR_SUMMARY, True, "group"),
        lambda way, _: way.calendar is not None and way.calendar[0],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
async def test_what_changes_counts_at_once(office: Office, name: str) -> None:
    change, seen = CHANGES[name]
    assert office.way() == office.way()
    await change(office)
    assert seen(office.way(), office)
