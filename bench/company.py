"""A company of any size in a database, made by the services themselves, without their web."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tws.app.house import open_house
from tws.app.office import utc_now
from tws.config import Settings
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind

FIRST_NUMBER = 10_000


@dataclass(frozen=True, slots=True)
class Member:
    """One person, their telephone, and the secret of their API key."""

    number: str
    key: str
    user: str


def settings_of(data: Path, database: str = "") -> Settings:
    return Settings(data_dir=data, state_dir=data / "state", database=database)


async def make_company(
    data: Path,
    size: int,
    dialect: str,
    link: dict[str, object],
    numbers: list[str] | None = None,
    keys: bool | int = True,
    database: str = "",
) -> list[Member]:
    """One company, one domain, one link, `size` users with a device each, who see each other's
    telephones. `keys`: how many of them have an API key."""
    async with open_house(settings_of(data, database)) as house:
        organisation, access = house.rooms.organisation, house.rooms.access
        await access.first_start.initialise(
            username="admin",
            password="a long password",
            company="SSDEI",
            domain={"name": "Paris", "time_zone": "Europe/Paris"},
        )
        (domain,) = house.rooms.registry.domains.values()
        row = await organisation.links.create_link(
            SYSTEM,
            domain=domain.id,
            name="PBX",
            dialect=dialect,
            capacity=max(size, 1),
            enabled=True,
            settings=link,
        )
        group = await organisation.groups.create_group(SYSTEM, domain=domain.id, name="Everybody")
        members, users = [], []
        for n in range(size):
            number = numbers[n] if numbers else str(FIRST_NUMBER + n)
            user = await organisation.users.create_user(
                SYSTEM, domain=domain.id, username=f"user{n}", first_name="User", last_name=str(n)
            )
            await organisation.devices.create_device(
                SYSTEM, user=user.id, link=row.id, number=number, protocol="CSTA"
            )
            users.append(user.id)
            members.append((user.id, number))
        await organisation.groups.set_members(SYSTEM, group.id, group.version, users)
        await organisation.grants.create_grant(
            SYSTEM,
            kind=GrantKind.APPLICATION,
            object_kind=ObjectKind.APPLICATION,
            object=Application.CALLER,
            grantee_kind=GranteeKind.GROUP,
            grantee=group.id,
        )
        intercom = await organisation.intercom_groups.create_intercom_group(
            SYSTEM, domain=domain.id, name="Everybody"
        )
        await organisation.grants.create_grant(
            SYSTEM,
            kind=GrantKind.INTERCOM_GROUP,
            object_kind=ObjectKind.INTERCOM_GROUP,
            object=intercom.id,
            grantee_kind=GranteeKind.GROUP,
            grantee=group.id,
        )
        made: list[Member] = []
        keyed = size if keys is True else int(keys)
        for user_id, number in members:
            secret = ""
            if len(made) < keyed:
                expires = utc_now() + timedelta(days=1)
                _, secret = await access.keys.create_api_key(SYSTEM, user_id, "bench", expires)
            made.append(Member(number, secret, user_id))
        return made
