"""Users from the directories of products, by the fields that their forms suggest."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Self

import ldap3
import pytest

from tests.connectors.a5000_directory import A5000, ANNE
from tests.peers import require_peer, samba
from tests.peers.slapd import PASSWORD as DIRECTORY_PASSWORD
from tests.peers.slapd import PEOPLE, READER, running_slapd
from tests.web.house import House
from tests.web.importing import Import, counts
from tests.web.page import Page

OFFICE = f"ou=imported,{samba.SUFFIX}"
NORMAL, DISABLED = 0x0220, 0x0222
"userAccountControl of users without a password."


@pytest.fixture
async def house(reading: House) -> House:
    return reading


@pytest.fixture
async def source(house: House, database: Path) -> Import:
    return Import(house, await house.administrator("SSDEI"), database.parent)


@pytest.fixture
async def page(house: House, source: Import) -> AsyncIterator[Page]:
    async with house.page(source.admin) as page:
        yield page


async def suggested(source: Import, connector: str) -> dict[str, Any]:
    """What the form of a new import begins with."""
    known = (await source.admin.get("admin/connectors")).json()
    (one,) = [each for each in known if each["name"] == connector]
    return {"mapping": one["suggested"], "fields": one["suggestedUsers"]}


async def test_subscribers_of_an_a5000(source: Import, page: Page) -> None:
    require_peer("slapd")
    people = [
        (f"cn={n},{PEOPLE}", {**ANNE, "cn": str(n), "sn": name, "phoneNumber": number})
        for n, (name, number) in enumerate([("Noa", "4594"), ("Petit", "4595"), ("Fax", "x")])
    ]
    with running_slapd(people, tls=False, schema=A5000) as server:
        await source.made(
            connector="a5000_int",
            settings={
                "host": server.host,
                "port": server.port,
                "base": PEOPLE,
                "user": READER,
                "password": DIRECTORY_PASSWORD,
                "filter": "(objectClass=a5000)",
            },
            **await suggested(source, "a5000_int"),
        )
        report = (await source.run(page))["report"]
        assert counts(report) == {"created": 2, "ignored": 1}
        assert await source.numbers() == {"4594": "4594", "4595": "4595"}
        noa = (await source.users())["4594"]
        assert (noa["lastName"], noa["firstName"]) == ("Noa", "Hollande")
        assert counts((await source.run(page))["report"]) == {"unchanged": 2, "ignored": 1}


@pytest.fixture
def dc() -> Iterator[samba.DomainController]:
    if not samba.allowed():
        pytest.skip("peer samba is missing: it takes root, who may mount")
    require_peer("samba")
    with samba.running_domain_controller() as controller:
        yield controller


class Domain:
    """An organisational unit of a domain, changed as its administrator would."""

    def __init__(self, dc: samba.DomainController) -> None:
        server = ldap3.Server(dc.host, get_info=ldap3.NONE)
        self.admin = ldap3.Connection(server, samba.ADMIN, samba.PASSWORD)
        assert self.admin.start_tls() and self.admin.bind()
        assert self.admin.add(OFFICE, "organizationalUnit"), self.admin.result

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.admin.unbind()

    def add(self, name: str, number: str) -> None:
        values = {
            "sAMAccountName": name,
            "userAccountControl": NORMAL,
            "sn": name.title(),
            "givenName": "X",
            "telephoneNumber": number,
        }
        assert self.admin.add(f"cn={name},{OFFICE}", "user", values), self.admin.result

    def disable(self, name: str) -> None:
        change = {"userAccountControl": [(ldap3.MODIFY_REPLACE, [DISABLED])]}
        assert self.admin.modify(f"cn={name},{OFFICE}", change), self.admin.result

    def rename(self, name: str, new: str) -> None:
        change = {"sAMAccountName": [(ldap3.MODIFY_REPLACE, [new])]}
        assert self.admin.modify(f"cn={name},{OFFICE}", change), self.admin.result


async def test_accounts_of_an_active_directory(
    source: Import, page: Page, dc: samba.DomainController
) -> None:
    with Domain(dc) as domain:
        await imported(source, page, dc, domain)


async def imported(source: Import, page: Page, dc: samba.DomainController, domain: Domain) -> None:
    for n, name in enumerate(("ann", "ben", "cid", "dot", "eva")):
        domain.add(name, f"407{n}")
    certificate = source.file.parent / "domain.pem"
    certificate.write_bytes(dc.certificate.read_bytes())
    await source.made(
        connector="active_directory",
        settings={
            "host": dc.host,
            "ca_file": certificate.name,
            "base": OFFICE,
            "user": samba.ADMIN,
            "password": samba.PASSWORD,
        },
        **await suggested(source, "active_directory"),
    )
    assert counts((await source.run(page))["report"]) == {"created": 5}
    assert (await source.numbers())["cid"] == "4072"
    # An account is known by its objectGUID, whatever it is called; a disabled one is gone.
    known = (await source.users())["ben"]["id"]
    domain.rename("ben", "benjamin")
    domain.disable("eva")
    assert counts((await source.run(page))["report"]) == {
        "updated": 1,
        "deleted": 1,
        "unchanged": 3,
    }
    users = await source.users()
    assert users["benjamin"]["id"] == known and "eva" not in users
