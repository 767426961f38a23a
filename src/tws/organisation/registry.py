"""The organisation in memory: read at the start, kept true by following its events.

A click asks no database: users, devices and rights are looked up here.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tws.bus import Bus
from tws.organisation.actor import (
    AdministratorId,
    Application,
    CompanyId,
    DeviceRowId,
    DomainId,
    GroupId,
    UserId,
)
from tws.organisation.events import Changed, LinkOwned
from tws.organisation.kinds import (
    ADMINISTRATOR,
    AUTHORISATION,
    COMPANY,
    DEVICE,
    DOMAIN,
    GROUP,
    LINK,
    USER,
    Kind,
)
from tws.organisation.model import (
    Administrator,
    Authorisation,
    Company,
    Domain,
    Group,
    Link,
    User,
    UserDevice,
)
from tws.organisation.words import fold
from tws.storage import Storage
from tws.storage.replica import Index, Replica, load, refresh
from tws.storage.rows import Row


class Registry:
    def __init__(self, bus: Bus) -> None:
        """Built before anybody else who follows the organisation's events: they may ask it in
        their handlers."""
        self._bus = bus
        self.replicas: list[Replica[Any]] = []

        self._at = Index[tuple[str, str], UserDevice](lambda d: ((d.link, d.number),))
        self._of_user = Index[UserId, UserDevice](lambda d: (d.user,))
        self._on_link = Index[str, UserDevice](lambda d: (d.link,))
        self._groups_of = Index[UserId, Group](lambda g: g.members)
        self._granted_user = Index[UserId, Authorisation](lambda a: (a.user,) if a.user else ())
        self._granted_group = Index[GroupId, Authorisation](
            lambda a: (a.group,) if a.group else ()
        )
        self._named = Index[str, User](lambda u: (fold(u.username),))

        self._links = self._replica(LINK)
        self.companies: Mapping[CompanyId, Company] = self._replica(COMPANY).rows
        self.domains: Mapping[DomainId, Domain] = self._replica(DOMAIN).rows
        self.links: Mapping[str, Link] = self._links.rows
        self.users: Mapping[UserId, User] = self._replica(USER, self._named).rows
        self.devices: Mapping[DeviceRowId, UserDevice] = self._replica(
            DEVICE, self._at, self._of_user, self._on_link
        ).rows
        self.groups: Mapping[GroupId, Group] = self._replica(GROUP, self._groups_of).rows
        self.authorisations: Mapping[str, Authorisation] = self._replica(
            AUTHORISATION, self._granted_user, self._granted_group
        ).rows
        self.administrators: Mapping[AdministratorId, Administrator] = self._replica(
            ADMINISTRATOR
        ).rows
        bus.follow(LinkOwned, self._owned)

    def device_at(self, link: str, number: str) -> UserDevice | None:
        return self._at.first((link, number))

    def devices_of(self, user: UserId) -> tuple[UserDevice, ...]:
        return self._of_user[user]

    def devices_on(self, link: str) -> tuple[UserDevice, ...]:
        return self._on_link[link]

    def groups_of(self, user: UserId) -> tuple[Group, ...]:
        return self._groups_of[user]

    def authorisations_of(self, user: UserId) -> tuple[Authorisation, ...]:
        """Those given to the user in person."""
        return self._granted_user[user]

    def authorisations_of_group(self, group: GroupId) -> tuple[Authorisation, ...]:
        return self._granted_group[group]

    def applications(self, user: UserId) -> frozenset[Application]:
        """What the user may use, in person or by a group."""
        granted = {a.application for a in self._granted_user.any(user)}
        for group in self._groups_of.any(user):
            granted.update(a.application for a in self._granted_group.any(group.id))
        return frozenset(granted)

    def users_named(self, username: str, company: str | None = None) -> tuple[User, ...]:
        """Case-blind, in the company of that name, or in all: a user name is unique in its
        company only."""
        found = self._named[fold(username.strip())]
        if company is None:
            return found
        wanted = fold(company.strip())
        return tuple(u for u in found if fold(self.companies[u.company].name) == wanted)

    async def load(self, storage: Storage) -> None:
        """Read everything; before anything is changed."""
        await load(storage, self.replicas)

    async def refresh(self, storage: Storage) -> int:
        """Read everything again, and publish what had changed unheard; how much that was."""
        return await refresh(storage, self.replicas, self._bus.publish)

    def _owned(self, event: LinkOwned) -> None:
        known = self._links.rows.get(event.link)
        if known is not None and known.epoch < event.epoch:
            self._links.put(replace(known, epoch=event.epoch))

    def _replica(self, kind: Kind[Row], *indexes: Index[Any, Row]) -> Replica[Row]:
        held: Replica[Row] = Replica(kind.rows.all, kind.changed, *indexes)

        def heard(event: Changed[Row]) -> None:
            held.hear(event.before, event.after)

        self._bus.follow(kind.changed, heard)
        self.replicas.append(held)
        return held
