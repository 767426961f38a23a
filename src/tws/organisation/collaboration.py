"""Collaboration sources of a domain (8.6.2, 8.7.4, 8.9), and users' own accounts with them
(8.7.5). The settings of a source belong to its connector, a window that nobody here knows."""

from collections.abc import Mapping
from dataclasses import replace

from tws.errors import Invalid, missing
from tws.organisation import store, words
from tws.organisation.actor import Actor, CollaborationId, CompanyId, DomainId, UserId
from tws.organisation.drafting import Form, with_settings
from tws.organisation.drafts import CollaborationDraft
from tws.organisation.kinds import COLLABORATION_ACCOUNT, COLLABORATION_SOURCE
from tws.organisation.model import CollaborationAccount, CollaborationSource, Directory, User
from tws.organisation.part import Part, by_name, changed, of_place, refuse_taken
from tws.organisation.permission import own_row
from tws.organisation.registry import Registry
from tws.organisation.walls import CalendarConnectors, Connectors
from tws.records.changing import create, present, remove, remove_all, write
from tws.records.sealing import Sealing
from tws.storage import Storage, new_id

LONGEST = 200
"Characters of a user name or a password."


class Collaboration(Part):
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sealing: Sealing,
        *,
        connectors: Connectors,
        calendars: CalendarConnectors,
    ) -> None:
        super().__init__(storage, registry)
        self._sealing, self._connectors, self._calendars = sealing, connectors, calendars

    async def create_collaboration_source(
        self,
        actor: Actor,
        *,
        domain: DomainId,
        name: str,
        connector: str,
        settings: Mapping[str, object],
        enabled: bool = True,
    ) -> CollaborationSource:
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")

        def make() -> CollaborationSource:
            new = CollaborationSource(
                id=CollaborationId(new_id()),
                version=1,
                company=place.company,
                domain=place.id,
                name=words.name(name),
                connector=connector,
                enabled=enabled,
            )
            self._source_name_is_free(new)
            return with_settings(self._calendars, self._sealing, None, new, settings)

        return await self._create(actor, COLLABORATION_SOURCE, make)

    async def update_collaboration_source(
        self,
        actor: Actor,
        id: CollaborationId,
        version: int,
        *,
        name: str | None = None,
        connector: str | None = None,
        settings: Mapping[str, object] | None = None,
        enabled: bool | None = None,
    ) -> CollaborationSource:
        """What is None stays; `settings` replaces all of them but the secrets that it leaves out.

        Another connector needs its own settings, secrets included. Where the address is another
        users' own accounts go: a password that was given for one server is told to no other.
        """
        self._managed(actor, self._registry.collaboration_sources, id, "collaboration source")

        def change(before: CollaborationSource) -> CollaborationSource:
            after = changed(
                before,
                name=None if name is None else words.name(name),
                connector=connector,
                enabled=enabled,
            )
            self._source_name_is_free(after)
            return with_settings(self._calendars, self._sealing, before, after, settings)

        async with self._transaction() as tx:
            before = await present(tx, COLLABORATION_SOURCE, id, version)
            after = change(before)
            if self._elsewhere(before, after):
                accounts = store.collaboration_account.c.source
                await remove_all(tx, actor, COLLABORATION_ACCOUNT, accounts, id)
            return await write(tx, actor, COLLABORATION_SOURCE, before, after)

    def _elsewhere(self, before: CollaborationSource, after: CollaborationSource) -> bool:
        if before.connector != after.connector:
            return True
        if before.settings == after.settings:
            return False
        return Form.of(self._calendars, after.connector).elsewhere(before.settings, after.settings)

    async def delete_collaboration_source(
        self, actor: Actor, id: CollaborationId, version: int
    ) -> None:
        """Users' own accounts with it go with it."""
        self._managed(actor, self._registry.collaboration_sources, id, "collaboration source")
        async with self._transaction() as tx:
            source = await present(tx, COLLABORATION_SOURCE, id, version)
            accounts = store.collaboration_account.c.source
            await remove_all(tx, actor, COLLABORATION_ACCOUNT, accounts, id)
            await remove(tx, actor, COLLABORATION_SOURCE, source)

    def list_collaboration_sources(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[CollaborationSource, ...]:
        """For administrators: settings say where other people's servers are."""
        found = of_place(
            self._registry.collaboration_sources.values(), actor.manages, company, domain
        )
        return by_name(found, lambda source: source.name)

    def get_collaboration_source(self, actor: Actor, id: CollaborationId) -> CollaborationSource:
        """For administrators: settings say where other people's servers are."""
        rows = self._registry.collaboration_sources
        return self._managed(actor, rows, id, "collaboration source")

    def draft_collaboration_source(
        self,
        actor: Actor,
        *,
        domain: DomainId,
        connector: str,
        settings: Mapping[str, object],
        source: CollaborationId | None = None,
    ) -> CollaborationDraft:
        """What a form would make of `source`, or of a new one; checked as when it is stored.
        Secrets that are left out are the stored ones, but at the stored address only."""
        rows, kind = self._registry.collaboration_sources, "collaboration source"
        begun = self._begun(
            actor, domain, rows, source, kind, "source", lambda row: row.connector == connector
        )
        row = CollaborationSource(
            id=begun.before.id if begun.before is not None else CollaborationId(new_id()),
            version=1,
            company=begun.place.company,
            domain=begun.place.id,
            name="",
            connector=connector,
        )
        form = Form.of(self._calendars, connector)
        drafted = form.drafted(self._sealing, begun.known, settings)
        return CollaborationDraft(source=row, settings=drafted)

    # ------------------------------------------------------------ users' own accounts

    def own_collaboration_sources(self, actor: Actor) -> tuple[CollaborationSource, ...]:
        """Those of the domain of the user who asks with which he may have an account of his own.
        NotAllowed for anybody else."""
        user = self._asking_user(actor)
        found = self._registry.collaboration_sources.values()
        return by_name((s for s in found if self._offered(s, user)), lambda source: source.name)

    def own_collaboration_account(
        self, actor: Actor, source: CollaborationId
    ) -> CollaborationAccount | None:
        """NotFound for a source that is not offered."""
        user = self._asking_user(actor)
        self._offered_source(user, source)
        return self._account(user, source)

    async def set_collaboration_account(
        self,
        actor: Actor,
        source: CollaborationId,
        *,
        username: str,
        email: str = "",
        password: str | None = None,
    ) -> CollaborationAccount:
        """Of the user who asks. `password` None = as it is."""
        user = self._asking_user(actor)
        self._offered_source(user, source)
        async with self._transaction() as tx:
            known = self._account(user, source)
            before = known and await present(tx, COLLABORATION_ACCOUNT, known.id, known.version)
            row = self._filled_in(user, source, before, username, email, password)
            settings = dict(row.settings)
            if password is not None:
                wanted = {**settings, "password": password}
                settings = self._sealing.sealed(row, wanted, ["password"], before)
            after = replace(row, settings=settings)
            if before is None:
                await create(tx, actor, COLLABORATION_ACCOUNT, after)
                return after
            return await write(tx, actor, COLLABORATION_ACCOUNT, before, after)

    def draft_collaboration_account(
        self,
        actor: Actor,
        source: CollaborationId,
        *,
        username: str,
        email: str = "",
        password: str | None = None,
    ) -> CollaborationDraft:
        """What a form would make of the account of the user who asks; checked as when it is
        stored. It is for the stored source, so that no password is told elsewhere."""
        user = self._asking_user(actor)
        place = self._offered_source(user, source)
        known = self._account(user, source)
        row = self._filled_in(user, source, known, username, email, password)
        own = self._sealing.opened(row, ["password"]) if password is None else row.settings
        if password is not None:
            own = {**own, "password": password}
        secret = frozenset(self._calendars.secret_fields(place.connector))
        settings = {**self._sealing.opened(place, secret - {"password"}), **own}
        return CollaborationDraft(source=place, account=row, settings=settings)

    async def delete_collaboration_account(self, actor: Actor, source: CollaborationId) -> None:
        """Of the user who asks; NotFound where he has none."""
        known = self._account(self._asking_user(actor), source)
        if known is None:
            raise missing("collaboration account")
        async with self._transaction() as tx:
            row = await present(tx, COLLABORATION_ACCOUNT, known.id, known.version)
            await remove(tx, actor, COLLABORATION_ACCOUNT, row)

    def opened_calendar(
        self, source: CollaborationSource, account: CollaborationAccount | None = None
    ) -> Mapping[str, object]:
        """With its secrets, and those of the account, for its connector alone. Invalid with words
        where one is lost, or the connector cannot be used."""
        secret = frozenset(self._calendars.secret_fields(source.connector))
        if account is None:
            return self._sealing.opened(source, secret)
        own = self._sealing.opened(account, ["password"])
        return {**self._sealing.opened(source, secret - set(own)), **own}

    def opened_account(
        self, directory: Directory, user: UserId
    ) -> tuple[CollaborationAccount, Mapping[str, object]] | None:
        """A user's own account with the server of a directory, and its settings with the
        password; for the directory's connector alone. Of several the oldest; None = he has none.
        Invalid with words where the password is lost."""
        for account in sorted(
            self._registry.collaboration_accounts_of(user), key=lambda account: account.id
        ):
            source = self._registry.collaboration_sources.get(account.source)
            row = self._registry.users.get(user)
            if (
                source is not None
                and row is not None
                and row.company == directory.company
                and self._offered(source, row)
                and self._connectors.same_server(
                    directory.connector, directory.settings, source.connector, source.settings
                )
            ):
                return account, self._sealing.opened(account, ["password"])
        return None

    def _asking_user(self, actor: Actor) -> User:
        return own_row(actor, self._registry.users, "Collaboration accounts are a user's own.")

    def _offered(self, source: CollaborationSource, user: User) -> bool:
        if source.domain != user.domain or not source.enabled:
            return False
        try:
            return self._calendars.accounts(source.connector)
        except Invalid:  # not installed any more
            return False

    def _offered_source(self, user: User, id: CollaborationId) -> CollaborationSource:
        source = self._registry.collaboration_sources.get(id)
        if source is None or not self._offered(source, user):
            raise missing("collaboration source")
        return source

    def _filled_in(
        self,
        user: User,
        source: CollaborationId,
        before: CollaborationAccount | None,
        username: str,
        email: str,
        password: str | None,
    ) -> CollaborationAccount:
        """What the user asks for, but for the password that he types; Invalid."""
        given = words.name(username, "username", words="a user name")
        address = words.email(email) if email else ""
        if password is None and before is None:
            raise Invalid("A password is needed.", field="password")
        if password is not None and not 0 < len(password) <= LONGEST:
            raise Invalid(f"A password has 1 to {LONGEST} characters.", field="password")
        row = before or CollaborationAccount(
            id=new_id(), version=1, company=user.company, user=user.id, source=source
        )
        return replace(row, email=address, settings={**row.settings, "user": given})

    def _account(self, user: User, source: CollaborationId) -> CollaborationAccount | None:
        accounts = self._registry.collaboration_accounts_of(user.id)
        return next((one for one in accounts if one.source == source), None)

    def _source_name_is_free(self, source: CollaborationSource) -> None:
        others = self._registry.collaboration_sources.values()
        beside = (other for other in others if other.domain == source.domain)
        refuse_taken(source, beside, "A source named {name} exists already.")
