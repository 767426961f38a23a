"""Two companies: SSDEI with its domains Paris and Nice, each with a PBX, and another that must see
nothing of it."""

from dataclasses import dataclass, replace

from tws.bus import Bus
from tws.organisation import store
from tws.organisation.actor import SYSTEM, Actor, CompanyId, DeviceRowId, DomainId, UserId
from tws.organisation.applications import Application
from tws.organisation.built_in import furnish
from tws.organisation.events import DomainChanged, UserChanged, UserDeviceChanged
from tws.organisation.model import Company, Domain, Link, User, UserDevice
from tws.organisation.registry import Registry
from tws.storage import Storage, new_id


@dataclass(frozen=True)
class People:
    storage: Storage
    bus: Bus
    registry: Registry
    company: CompanyId
    paris: Domain
    nice: Domain
    other_company: CompanyId
    link: str
    nice_link: str

    def actor(self, user: User) -> Actor:
        return Actor(
            label=user.username,
            company=user.company,
            domain=user.domain,
            user=user.id,
            applications=frozenset({Application.CALLER}),
        )

    def administrator(self, *companies: CompanyId) -> Actor:
        return Actor(label="administrator", companies=frozenset(companies))

    async def user(
        self, first: str, last: str, *numbers: str, domain: Domain | None = None, mobile: str = ""
    ) -> User:
        """A user with a device for each number, on the PBX of the domain."""
        home = domain or self.paris
        user = User(
            id=UserId(new_id()),
            version=1,
            company=home.company,
            domain=home.id,
            username=f"{first}.{last}".lower(),
            first_name=first,
            last_name=last,
            mobile=mobile,
        )
        async with self.storage.transaction() as tx:
            await store.users.insert(tx, user)
            tx.publish(UserChanged(None, user))
            for number in numbers:
                device = UserDevice(
                    id=DeviceRowId(new_id()),
                    version=1,
                    company=user.company,
                    domain=user.domain,
                    user=user.id,
                    link=self.nice_link if home == self.nice else self.link,
                    number=number,
                    protocol="CSTA",
                )
                await store.devices.insert(tx, device)
                tx.publish(UserDeviceChanged(None, device))
        return user

    async def update(self, before: User, after: User) -> User:
        after = replace(after, version=before.version + 1)
        async with self.storage.transaction() as tx:
            await store.users.update(tx, after)
            tx.publish(UserChanged(before, after))
        return after

    async def change_domain(self, before: Domain, after: Domain) -> Domain:
        after = replace(after, version=before.version + 1)
        async with self.storage.transaction() as tx:
            await store.domains.update(tx, after)
            tx.publish(DomainChanged(before, after))
        return after


async def founded(storage: Storage, bus: Bus) -> People:
    registry = Registry(bus)
    companies = [Company(id=CompanyId(new_id()), version=1, name=n) for n in ("SSDEI", "Autre")]
    domains = [
        Domain(
            id=DomainId(new_id()),
            version=1,
            company=company.id,
            name=name,
            time_zone="Europe/Paris",
        )
        for company, name in zip(
            (companies[0], companies[0], companies[1]), ("Paris", "Nice", "Lyon"), strict=True
        )
    ]
    links = [
        Link(
            id=new_id(),
            version=1,
            company=domain.company,
            domain=domain.id,
            name="PBX",
            dialect="csta_xml",
            capacity=500,
            enabled=True,
            settings={},
        )
        for domain in domains[:2]
    ]
    async with storage.transaction() as tx:
        for company in companies:
            await store.companies.insert(tx, company)
        for domain in domains:
            await store.domains.insert(tx, domain)
            await furnish(tx, SYSTEM, domain)
        for link in links:
            await store.links.insert(tx, link)
    await registry.load(storage)
    return People(
        storage,
        bus,
        registry,
        companies[0].id,
        domains[0],
        domains[1],
        companies[1].id,
        links[0].id,
        links[1].id,
    )
