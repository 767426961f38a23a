"""An organisation to try things on: SSDEI with its domains Paris and Nice, and another company."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests import granting
from tws.bus import Bus
from tws.directory.checking import checked_mapping
from tws.errors import Invalid
from tws.numbering.checking import check_plan
from tws.organisation.actor import SYSTEM, Actor
from tws.organisation.applications import Application
from tws.organisation.grant import GrantKind
from tws.organisation.model import Company, DirectoryKind, Domain, Group, Link, User, UserDevice
from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.organisation.walls import CalendarConnectors, Connectors, Forms
from tws.storage import Storage
from tws.storage.secrets import Secrets

SECRETS = {"toy": frozenset({"password", "pin"})}


def validate(dialect: str, settings: Mapping[str, object]) -> Mapping[str, object]:
    """As a wall does: Invalid with words, defaults filled in."""
    if dialect not in ("toy", "other"):
        raise Invalid(f"there is no dialect {dialect}", field="settings")
    if not isinstance(settings.get("host"), str):
        raise Invalid("host is needed", field="settings")
    return {"port": 3211, **settings}


def secret_fields(dialect: str) -> Iterable[str]:
    return SECRETS.get(dialect, frozenset())


def kinds(connector: str) -> Collection[DirectoryKind]:
    """As a register of connectors does: Invalid for one that is not there."""
    if connector not in ("toy", "other"):
        raise Invalid(f"there is no connector {connector}", field="connector")
    return {DirectoryKind.PUBLIC} | ({DirectoryKind.PRIVATE} if connector == "toy" else set())


DIALECTS = Forms(
    validate=validate,
    secret_fields=secret_fields,
    where_fields=lambda dialect: ("host", "port"),
)
CONNECTORS = Connectors(
    validate=validate,
    secret_fields=secret_fields,
    where_fields=lambda connector: ("host", "port"),
    kinds=kinds,
    users=lambda connector: connector == "toy",
)
CALENDARS = CalendarConnectors(
    validate=validate,
    secret_fields=secret_fields,
    where_fields=lambda connector: ("host", "port"),
    accounts=lambda connector: connector == "toy",
)
SMS = Forms(
    validate=lambda connector, settings: dict(settings),
    secret_fields=lambda connector: ("key",),
    where_fields=lambda connector: ("host",),
)
KEY = bytes(32)


def service_for(
    storage: Storage, registry: Registry, secrets: Secrets | None = None
) -> OrganisationService:
    return OrganisationService(
        storage,
        registry,
        dialects=DIALECTS,
        check_plan=check_plan,
        connectors=CONNECTORS,
        calendars=CALENDARS,
        sms=SMS,
        check_mapping=checked_mapping,
        secrets=secrets or Secrets(Path("unused"), KEY),
    )


@dataclass(frozen=True)
class World:
    storage: Storage
    registry: Registry
    service: OrganisationService


async def new_world(storage: Storage, bus: Bus) -> World:
    registry = Registry(bus)
    await registry.load(storage)
    return World(storage, registry, service_for(storage, registry))


@dataclass(frozen=True)
class Place:
    """One company with something of everything."""

    company: Company
    paris: Domain
    nice: Domain
    link: Link
    alice: User
    bob: User
    device: UserDevice
    group: Group

    @property
    def administrator(self) -> Actor:
        return Actor(label="administrator", companies=frozenset({self.company.id}))

    @property
    def user(self) -> Actor:
        return Actor(
            label="alice",
            company=self.company.id,
            domain=self.paris.id,
            user=self.alice.id,
            applications=frozenset({Application.CALLER}),
        )


async def new_place(service: OrganisationService, name: str = "SSDEI") -> Place:
    company = await service.companies.create_company(SYSTEM, name=name)
    paris = await service.domains.create_domain(
        SYSTEM, company=company.id, name="Paris", time_zone="Europe/Paris"
    )
    nice = await service.domains.create_domain(
        SYSTEM, company=company.id, name="Nice", time_zone="Europe/Paris"
    )
    link = await service.links.create_link(
        SYSTEM,
        domain=paris.id,
        name="A5000",
        dialect="toy",
        settings={"host": "127.0.0.1", "password": "hidden"},
    )
    alice = await service.users.create_user(SYSTEM, domain=paris.id, username="alice")
    bob = await service.users.create_user(SYSTEM, domain=nice.id, username="bob")
    device = await service.devices.create_device(
        SYSTEM, user=alice.id, link=link.id, number="4001"
    )
    group = await service.groups.create_group(SYSTEM, domain=paris.id, name="All")
    group = await service.groups.set_members(SYSTEM, group.id, group.version, [alice.id])
    await service.grants.create_grant(
        SYSTEM, **granting.application(Application.CALLER, group=group.id)
    )
    return Place(company, paris, nice, link, alice, bob, device, group)


def contents(registry: Registry) -> dict[str, object]:
    """All that can be asked of a registry, to be compared."""
    users = registry.users
    links = [*registry.links, "unknown"]
    devices = registry.devices.values()
    return {
        **{name: dict(getattr(registry, name)) for name in TABLES},
        "at": {(d.link, d.number): registry.device_at(d.link, d.number) for d in devices},
        "of": {u: registry.devices_of(u) for u in users},
        "on": {link: registry.devices_on(link) for link in links},
        "groups_of": {u: registry.groups_of(u) for u in users},
        "applications": {u: registry.applications(u) for u in users},
        "directories_for": {u: registry.directories_for(u) for u in users},
        "granted": {
            g.id: (
                registry.granted.exactly(g.kind, g.object, g.grantee),
                registry.granted.of(g.kind, g.object),
                registry.granted.to(g.kind, g.grantee),
            )
            for g in registry.grants.values()
        },
        "objects": {(u, k): registry.granted.objects(u, k) for u in users for k in GrantKind},
        "valued": {
            v.id: registry.parameter_value(v.parameter, v.holder)
            for v in registry.parameter_values.values()
        },
        "named": {u.username: registry.users_named(u.username) for u in users.values()},
    }


TABLES = (
    "companies",
    "domains",
    "users",
    "devices",
    "groups",
    "links",
    "grants",
    "administrators",
    "queues",
    "intercom_groups",
    "directories",
    "user_imports",
    "collaboration_sources",
    "sms_providers",
    "collaboration_accounts",
    "parameter_values",
    "preferences",
)
