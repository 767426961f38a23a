"""The company of a drill, made by the services themselves: a link for each PBX, a user for each
telephone."""

import base64
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from drills.pbx import Pbx
from tws.app.house import open_house
from tws.app.office import utc_now
from tws.config import Settings, key_from
from tws.organisation.actor import SYSTEM, UserId
from tws.organisation.applications import Application
from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind

ADMINISTRATOR, PASSWORD = "admin", "a long password"


def new_key() -> str:
    """What every node seals and opens secrets with (`TWS_SECRET_KEY`)."""
    return base64.b64encode(os.urandom(32)).decode()


@dataclass(frozen=True, slots=True)
class Founded:
    links: tuple[str, ...]
    "Ids, in the order of the PBXs."
    keys: dict[str, str]
    "API keys of some users, by the number of their telephones."


async def found(
    folder: Path, database: str, secret_key: str, pbxs: Sequence[Pbx], keyed: int
) -> Founded:
    """`keyed`: how many users of each PBX get an API key: those of its first telephones."""
    settings = Settings(
        data_dir=folder,
        state_dir=folder / "founding",
        database=database,
        secret_key=(key_from(secret_key),),
        backup_at="off",
    )
    links: list[str] = []
    keys: dict[str, str] = {}
    async with open_house(settings) as house:
        organisation, access = house.rooms.organisation, house.rooms.access
        await access.first_start.initialise(
            username=ADMINISTRATOR,
            password=PASSWORD,
            company="SSDEI",
            domain={"name": "Paris", "time_zone": "Europe/Paris"},
        )
        (domain,) = house.rooms.registry.domains.values()
        group = await organisation.groups.create_group(SYSTEM, domain=domain.id, name="Everybody")
        users: list[UserId] = []
        for place, pbx in enumerate(pbxs):
            link = await organisation.links.create_link(
                SYSTEM,
                domain=domain.id,
                name=f"PBX {place + 1}",
                dialect="csta_xml",
                capacity=pbx.phones,
                enabled=True,
                settings=pbx.settings,
            )
            links.append(link.id)
            for n, number in enumerate(pbx.numbers):
                user = await organisation.users.create_user(
                    SYSTEM, domain=domain.id, username=f"user{number}", last_name=number
                )
                await organisation.devices.create_device(
                    SYSTEM, user=user.id, link=link.id, number=number, protocol="CSTA"
                )
                users.append(user.id)
                if n < keyed:
                    until = utc_now() + timedelta(days=30)
                    _, secret = await access.keys.create_api_key(SYSTEM, user.id, "drill", until)
                    keys[number] = secret
        await organisation.groups.set_members(SYSTEM, group.id, group.version, users)
        await organisation.grants.create_grant(
            SYSTEM,
            kind=GrantKind.APPLICATION,
            object_kind=ObjectKind.APPLICATION,
            object=Application.CALLER,
            grantee_kind=GranteeKind.GROUP,
            grantee=group.id,
        )
    return Founded(tuple(links), keys)
