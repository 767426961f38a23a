"""The organisation in memory: read at the start, kept true by following its events.

A click asks no database: users, devices and rights are looked up here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tws.bus import Bus
from tws.organisation.actor import (
    AdministratorId,
    CollaborationId,
    CompanyId,
    DeviceRowId,
    DirectoryId,
    DomainId,
    GroupId,
    IntercomGroupId,
    QueueId,
    ScimConnectionId,
    SmsProviderId,
    UserId,
    UserImportId,
)
from tws.organisation.applications import Application
from tws.organisation.events import (
    DirectoryChanged,
    DirectorySynchronised,
    GrantChanged,
    GroupChanged,
    LinkOwned,
    ScimConnectionUsed,
    UserChanged,
)
from tws.organisation.grant import Grant, GrantKind
from tws.organisation.granted import Granted
from tws.organisation.kinds import (
    ADMINISTRATOR,
    COLLABORATION_ACCOUNT,
    COLLABORATION_SOURCE,
    COMPANY,
    DEVICE,
    DIRECTORY,
    DOMAIN,
    GRANT,
    GROUP,
    INTERCOM_GROUP,
    LINK,
    PARAMETER_VALUE,
    PREFERENCES,
    QUEUE,
    SCIM_CONNECTION,
    SMS_PROVIDER,
    USER,
    USER_IMPORT,
)
from tws.organisation.listening import Listening
from tws.organisation.model import (
    Administrator,
    BuiltIn,
    CollaborationAccount,
    CollaborationSource,
    Company,
    Directory,
    DirectoryKind,
    Domain,
    Group,
    Link,
    ParameterValue,
    Preferences,
    ScimConnection,
    SmsProvider,
    User,
    UserDevice,
    UserImport,
)
from tws.organisation.preferences.choices import Choices
from tws.organisation.shared_device import IntercomGroup, Queue
from tws.organisation.words import fold
from tws.records.kind import Changed, Kind
from tws.storage import Storage
from tws.storage.replica import Index, Replica, load, refresh
from tws.storage.rows import Row


class Registry:
    def __init__(self, bus: Bus) -> None:
        """Built before anybody else who follows the organisation's events: they may ask it in
        their handlers."""
        self._bus, self.replicas = bus, list[Replica[Any]]()
        self._of_user = Index[UserId, UserDevice](lambda d: (d.user,))
        self._groups_of = Index[UserId, Group](lambda g: g.members)
        self._named = Index[str, User](lambda u: (fold(u.username),))
        self._in_domain = Index[DomainId, Directory](lambda d: (d.domain,))
        self._source_accounts = Index[str, CollaborationAccount](lambda a: (a.source, a.user))
        self._valued = Index[tuple[str, str], ParameterValue](lambda v: ((v.parameter, v.holder),))
        self._preferences_of = Index[UserId, Preferences](lambda p: (p.user,))
        self._providers_in = Index[DomainId, SmsProvider](lambda p: (p.domain,))
        self._seen_by: dict[UserId, tuple[Directory, ...]] = {}
        "The directories of each user who was asked for."

        self._links = self._replica(LINK)
        self.companies: Mapping[CompanyId, Company] = self._replica(COMPANY).rows
        self.domains: Mapping[DomainId, Domain] = self._replica(DOMAIN).rows
        self.links: Mapping[str, Link] = self._links.rows
        self.users: Mapping[UserId, User] = self._replica(USER, self._named).rows
        self.listening = Listening(self.users)
        "Which numbers of links are listened to, and whose they are."
        self.devices: Mapping[DeviceRowId, UserDevice] = self._replica(
            DEVICE, self._of_user, *self.listening.devices.indexes
        ).rows
        self.groups: Mapping[GroupId, Group] = self._replica(GROUP, self._groups_of).rows
        self.administrators: Mapping[AdministratorId, Administrator] = self._replica(
            ADMINISTRATOR
        ).rows
        self.queues: Mapping[QueueId, Queue] = self._replica(
            QUEUE, *self.listening.queues.indexes
        ).rows
        self.intercom_groups: Mapping[IntercomGroupId, IntercomGroup] = self._replica(
            INTERCOM_GROUP, *self.listening.intercom_groups.indexes
        ).rows
        self._directories = self._replica(DIRECTORY, self._in_domain)
        self.directories: Mapping[DirectoryId, Directory] = self._directories.rows
        self.user_imports: Mapping[UserImportId, UserImport] = self._replica(USER_IMPORT).rows
        self._scim_connections = self._replica(SCIM_CONNECTION)
        self.scim_connections: Mapping[ScimConnectionId, ScimConnection] = (
            self._scim_connections.rows
        )
        self.granted = Granted(self.users, self.groups, self._groups_of)
        self.grants: Mapping[str, Grant] = self._replica(GRANT, *self.granted.indexes).rows
        self.collaboration_sources: Mapping[CollaborationId, CollaborationSource] = self._replica(
            COLLABORATION_SOURCE
        ).rows
        self.collaboration_accounts: Mapping[str, CollaborationAccount] = self._replica(
            COLLABORATION_ACCOUNT, self._source_accounts
        ).rows
        self.sms_providers: Mapping[SmsProviderId, SmsProvider] = self._replica(
            SMS_PROVIDER, self._providers_in
        ).rows
        self.parameter_values: Mapping[str, ParameterValue] = self._replica(
            PARAMETER_VALUE, self._valued
        ).rows
        self.preferences: Mapping[str, Preferences] = self._replica(
            PREFERENCES, self._preferences_of
        ).rows
        self._follow()

    def _follow(self) -> None:
        bus = self._bus
        bus.follow(LinkOwned, self._owned)
        bus.follow(DirectorySynchronised, self._synchronised)
        bus.follow(ScimConnectionUsed, self._used)
        for changed in (DirectoryChanged, GrantChanged, GroupChanged, UserChanged):
            bus.follow(changed, lambda _: self._seen_by.clear())

    def device_at(self, link: str, number: str) -> UserDevice | None:
        return self.listening.devices.at.first((link, number))

    def devices_of(self, user: UserId) -> tuple[UserDevice, ...]:
        return self._of_user[user]

    def devices_on(self, link: str) -> tuple[UserDevice, ...]:
        return self.listening.devices.on[link]

    def queue_at(self, link: str, number: str) -> Queue | None:
        return self.listening.queues.at.first((link, number))

    def intercom_groups_of(self, user: UserId) -> tuple[IntercomGroup, ...]:
        """Those that the user is authorised on, by name."""
        ids = self.granted.objects(user, GrantKind.INTERCOM_GROUP)
        found = (self.intercom_groups.get(IntercomGroupId(id)) for id in ids)
        return tuple(sorted((g for g in found if g is not None), key=lambda g: fold(g.name)))

    def queues_of(self, user: UserId) -> tuple[Queue, ...]:
        """Those that the user is authorised on, by name."""
        ids = self.granted.objects(user, GrantKind.QUEUE)
        found = (self.queues.get(QueueId(id)) for id in ids)
        return tuple(sorted((q for q in found if q is not None), key=lambda q: fold(q.name)))

    def preferences_of(self, user: UserId) -> Preferences | None:
        """None: nothing was chosen."""
        return self._preferences_of.first(user)

    def choices_of(self, user: UserId) -> Choices:
        """What works for somebody: where nothing was chosen, not what a page begins with."""
        row = self.preferences_of(user)
        return Choices() if row is None else row.chosen

    def sms_providers_in(self, domain: DomainId) -> tuple[SmsProvider, ...]:
        return self._providers_in[domain]

    def groups_of(self, user: UserId) -> tuple[Group, ...]:
        return self._groups_of[user]

    def applications(self, user: UserId) -> frozenset[Application]:
        """What the user may use, in person or by a group."""
        return frozenset(map(Application, self.granted.objects(user, GrantKind.APPLICATION)))

    def users_named(self, username: str, company: str | None = None) -> tuple[User, ...]:
        """Case-blind, in the company of that name, or in all: a user name is unique in its
        company only."""
        found = self._named[fold(username.strip())]
        if company is None:
            return found
        wanted = fold(company.strip())
        return tuple(u for u in found if fold(self.companies[u.company].name) == wanted)

    def user_named(self, username: str, company: str | None = None) -> User | None:
        """Of that name there, where there is one only."""
        found = self.users_named(username, company)
        return found[0] if len(found) == 1 else None

    def administrator_named(self, username: str) -> Administrator | None:
        """Case-blind."""
        wanted, known = fold(username.strip()), self.administrators.values()
        return next((one for one in known if fold(one.username) == wanted), None)

    def directories_of(self, domain: DomainId) -> tuple[Directory, ...]:
        """All that belong to the domain, oldest first; who may look into them is another
        question."""
        return self._in_domain[domain]

    def built_in(self, domain: DomainId, which: BuiltIn) -> Directory | None:
        return next((d for d in self._in_domain.any(domain) if d.built_in is which), None)

    def directories_for(self, user: UserId) -> tuple[Directory, ...]:
        """Those that the user may look into, in person, by a group or by the domain, in the order
        in which they count: by priority, of equals private ones first, then by name."""
        known = self._seen_by.get(user)
        if known is None and user in self.users:
            granted = self.granted.objects(user, GrantKind.DIRECTORY)
            known = self._seen_by[user] = self._ordered(granted)
        return known or ()

    def directories_of_shared(self, holder: QueueId | IntercomGroupId) -> tuple[Directory, ...]:
        """Those by which the callers of a call queue, or of an intercom group's people, are named,
        in the order in which they count; private contacts are nobody's here."""
        granted = (grant.object for grant in self.granted.to(GrantKind.DIRECTORY, holder))
        return tuple(d for d in self._ordered(granted) if d.kind is not DirectoryKind.PRIVATE)

    def collaboration_accounts_of(self, holder: str) -> tuple[CollaborationAccount, ...]:
        """`holder`: the id of a user, or of a source."""
        return self._source_accounts[holder]

    def parameter_value(self, parameter: str, holder: str) -> ParameterValue | None:
        """What was set for that user, group, domain or company itself, by its id."""
        return self._valued.first((parameter, holder))

    async def load(self, storage: Storage) -> None:
        """Read everything; before anything is changed."""
        self._seen_by.clear()
        await load(storage, self.replicas)

    async def refresh(self, storage: Storage) -> int:
        """Read everything again, and publish what had changed unheard; how much that was."""
        return await refresh(storage, self.replicas, self._bus.publish)

    def _owned(self, event: LinkOwned) -> None:
        known = self._links.rows.get(event.link)
        if known is not None and known.epoch < event.epoch:
            self._links.put(replace(known, epoch=event.epoch))

    def _synchronised(self, event: DirectorySynchronised) -> None:
        known = self._directories.rows.get(event.directory)
        if known is not None and (known.synchronised is None or known.synchronised < event.at):
            self._directories.put(replace(known, synchronised=event.at))
            self._seen_by.clear()

    def _used(self, event: ScimConnectionUsed) -> None:
        known = self._scim_connections.rows.get(event.connection)
        if known is not None and (known.seen is None or known.seen < event.at):
            self._scim_connections.put(replace(known, seen=event.at))

    def _ordered(self, granted: Iterable[str]) -> tuple[Directory, ...]:
        # A grant may be heard of before its directory is, or after it was deleted.
        ids = map(DirectoryId, granted)
        found = (self.directories[id] for id in ids if id in self.directories)
        return tuple(
            sorted((d for d in found if d.kind is not DirectoryKind.DISABLED), key=_precedence)
        )

    def _replica(self, kind: Kind[Row], *indexes: Index[Any, Row]) -> Replica[Row]:
        held: Replica[Row] = Replica(kind.rows.all, kind.changed, *indexes)

        def heard(event: Changed[Row]) -> None:
            held.hear(event.before, event.after)

        self._bus.follow(kind.changed, heard)
        self.replicas.append(held)
        return held


def _precedence(directory: Directory) -> tuple[int, bool, str, str]:
    return (
        directory.priority,
        directory.kind is not DirectoryKind.PRIVATE,
        fold(directory.name),
        directory.id,
    )
