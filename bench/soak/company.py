"""The site's database, filled by the services themselves: users and devices as an import does."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import msgspec

from bench.company import settings_of
from bench.soak.size import Size
from tws.app.house import House, open_house
from tws.app.office import utc_now
from tws.organisation.actor import SYSTEM, UserId
from tws.organisation.applications import Application
from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind
from tws.organisation.model import Link, User, UserDevice
from tws.organisation.user_changes import DeviceChange, UserChange
from tws.storage import new_id

BATCH = 1000
LOGGING_IN = 8
"Users with a password."
PASSWORD = "a long password"


class Seat(msgspec.Struct, frozen=True):
    """Somebody with a page."""

    number: str
    user: str
    device: str
    key: str
    watch: list[str]


class Site(msgspec.Struct, frozen=True):
    """What the generators must know of the database."""

    seats: list[Seat]
    numbers: dict[str, str]
    "By user: whose presence a page may show -> the number of the device."
    usernames: list[str]
    "Of those who sign in."


@dataclass(frozen=True, slots=True)
class Place:
    """A link and its row."""

    row: Link
    numbers: list[str]


async def make_site(data: Path, size: Size, ports: list[int], database: str = "") -> Site:
    """One company; each PBX listens on its port of `ports`."""
    async with open_house(settings_of(data, database)) as house:
        await house.rooms.access.first_start.initialise(
            username="admin",
            password=PASSWORD,
            company="SSDEI",
            domain={"name": "Paris", "time_zone": "Europe/Paris", "internal_length": 5},
        )
        places = [await _link(house, size, n, port) for n, port in enumerate(ports)]
        users, devices = await _people(house, size, places)
        await _rights(house, size, users)
        return await _site(house, size, users, devices)


async def _link(house: House, size: Size, n: int, port: int) -> Place:
    (domain,) = house.rooms.registry.domains.values()
    organisation = house.rooms.organisation
    row = await organisation.links.create_link(
        SYSTEM,
        domain=domain.id,
        name=f"PBX {n + 1}",
        dialect="csta_xml",
        capacity=size.devices + 1,  # and its queue
        enabled=True,
        settings={"host": "127.0.0.1", "port": port},
    )
    await organisation.queues.create_queue(
        SYSTEM, domain=domain.id, name=f"Reception {n + 1}", link=row.id, number=size.queue(n)
    )
    return Place(row, size.numbers(n))


async def _people(
    house: House, size: Size, places: list[Place]
) -> tuple[list[User], list[UserDevice]]:
    (domain,) = house.rooms.registry.domains.values()
    at = [(place.row.id, number) for place in places for number in place.numbers]
    users, devices = [], []
    for first in range(0, size.users, BATCH):
        changes = []
        for n in range(first, min(first + BATCH, size.users)):
            user = User(
                id=UserId(new_id()),
                version=1,
                company=domain.company,
                domain=domain.id,
                username=f"user{n}",
                first_name="User",
                last_name=str(n),
                email=f"user{n}@ssdei.fr",
            )
            users.append(user)
            given = []
            if n < len(at):
                link, number = at[n]
                device = UserDevice(
                    id=new_id(),  # type: ignore[arg-type]
                    version=1,
                    company=domain.company,
                    domain=domain.id,
                    user=user.id,
                    link=link,
                    number=number,
                    protocol="CSTA",
                )
                devices.append(device)
                given.append(DeviceChange(None, device))
            changes.append(UserChange(None, user, tuple(given)))
        await house.rooms.organisation.user_batches.change_users(SYSTEM, changes)
    return users, devices


async def _rights(house: House, size: Size, users: list[User]) -> None:
    """All may use the Caller; those of a site, which is a link, see each other's telephones."""
    for n in range(size.links):
        with_device = users[n * size.devices : (n + 1) * size.devices]
        without = users[size.links * size.devices + n :: size.links]
        await _of_site(house, f"Site {n + 1}", [*with_device, *without])


async def _of_site(house: House, name: str, users: list[User]) -> None:
    organisation = house.rooms.organisation
    (domain,) = house.rooms.registry.domains.values()
    group = await organisation.groups.create_group(SYSTEM, domain=domain.id, name=name)
    members = [user.id for user in users]
    await organisation.groups.set_members(SYSTEM, group.id, group.version, members)
    intercom = await organisation.intercom_groups.create_intercom_group(
        SYSTEM, domain=domain.id, name=name
    )
    granted = (
        (GrantKind.APPLICATION, ObjectKind.APPLICATION, Application.CALLER),
        (GrantKind.INTERCOM_GROUP, ObjectKind.INTERCOM_GROUP, intercom.id),
    )
    for kind, object_kind, object in granted:
        await organisation.grants.create_grant(
            SYSTEM,
            kind=kind,
            object_kind=object_kind,
            object=object,
            grantee_kind=GranteeKind.GROUP,
            grantee=group.id,
        )


async def _site(house: House, size: Size, users: list[User], devices: list[UserDevice]) -> Site:
    random, access = Random(7), house.rooms.access
    expires = utc_now() + timedelta(days=1)
    by_link = [devices[n : n + size.devices] for n in range(0, len(devices), size.devices)]
    seats = []
    for n in sorted(random.sample(range(len(devices)), size.pages)):
        own, near = devices[n], by_link[n // size.devices]
        _, secret = await access.keys.create_api_key(SYSTEM, own.user, "soak", expires)
        watch = random.sample(near, min(size.watched, len(near)))
        seats.append(Seat(own.number, own.user, own.id, secret, [one.user for one in watch]))
    for user in users[-LOGGING_IN:]:
        await access.passwords.set_password(SYSTEM, user.id, PASSWORD)
    return Site(
        seats=seats,
        numbers={one.user: one.number for one in devices},
        usernames=[user.username for user in users[-LOGGING_IN:]],
    )
