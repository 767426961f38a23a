"""PBX links of a domain (3.3.3). Their settings belong to their dialect, a window that nobody
here knows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from tws.errors import Invalid, missing
from tws.organisation import store, words
from tws.organisation.actor import Actor, CompanyId, DomainId
from tws.organisation.drafting import Form
from tws.organisation.drafts import LinkDraft
from tws.organisation.events import LinkOwned
from tws.organisation.kinds import LINK
from tws.organisation.model import Link
from tws.organisation.part import Part, by_name, changed, of_place, refuse_taken
from tws.organisation.registry import Registry
from tws.organisation.walls import Forms
from tws.records.changing import present, refuse_if_used, remove
from tws.records.sealing import Sealing
from tws.storage import Storage, new_id

CAPACITY = (1, 100_000)


class Links(Part):
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sealing: Sealing,
        *,
        dialects: Forms,
    ) -> None:
        super().__init__(storage, registry)
        self._sealing, self._dialects = sealing, dialects

    async def create_link(
        self,
        actor: Actor,
        *,
        domain: DomainId,
        name: str,
        dialect: str,
        settings: Mapping[str, object],
        capacity: int = 500,
        enabled: bool = True,
    ) -> Link:
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")

        def make() -> Link:
            link = Link(
                id=new_id(),
                version=1,
                company=place.company,
                domain=place.id,
                name=words.name(name),
                dialect=dialect,
                capacity=words.whole(capacity, "capacity", *CAPACITY),
                enabled=enabled,
                settings={},
            )
            link = replace(link, settings=self._checked_settings(None, link, settings))
            self._link_name_is_free(link)
            return link

        return await self._create(actor, LINK, make)

    async def update_link(
        self,
        actor: Actor,
        id: str,
        version: int,
        *,
        name: str | None = None,
        dialect: str | None = None,
        settings: Mapping[str, object] | None = None,
        capacity: int | None = None,
        enabled: bool | None = None,
    ) -> Link:
        """What is None stays; `settings` replaces all of them but the secrets that it leaves out.

        Another dialect needs its own settings, secrets included.
        """
        self._managed(actor, self._registry.links, id, "link")

        def change(before: Link) -> Link:
            after = changed(
                before,
                name=None if name is None else words.name(name),
                dialect=dialect,
                capacity=None
                if capacity is None
                else words.whole(capacity, "capacity", *CAPACITY),
                enabled=enabled,
            )
            if settings is not None or after.dialect != before.dialect:
                checked = self._checked_settings(before, after, settings or {})
                after = replace(after, settings=checked)
            self._link_name_is_free(after)
            return after

        return await self._update(actor, LINK, id, version, change)

    async def delete_link(self, actor: Actor, id: str, version: int) -> None:
        """Conflict while something is on it."""
        self._managed(actor, self._registry.links, id, "link")
        async with self._transaction() as tx:
            link = await present(tx, LINK, id, version)
            uses = {
                "devices": store.device.c.link,
                "user_imports": store.user_import.c.link,
                "queues": store.queue.c.link,
                "intercom_groups": store.intercom_group.c.link,
                "SCIM_connections": store.scim_connection.c.link,
            }
            await refuse_if_used(tx, link.name, id, uses)
            await remove(tx, actor, LINK, link)

    def list_links(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[Link, ...]:
        """For administrators: settings say where PBXs are."""
        found = of_place(self._registry.links.values(), actor.manages, company, domain)
        return by_name(found, lambda link: link.name)

    def get_link(self, actor: Actor, id: str) -> Link:
        """For administrators: settings say where PBXs are."""
        return self._managed(actor, self._registry.links, id, "link")

    def draft_link(
        self,
        actor: Actor,
        *,
        domain: DomainId,
        dialect: str,
        settings: Mapping[str, object],
        link: str | None = None,
    ) -> LinkDraft:
        """What a form would make of `link`, or of a new one; checked as when it is stored.
        Secrets that are left out are the stored ones, but at the stored address only."""
        rows = self._registry.links
        begun = self._begun(
            actor, domain, rows, link, "link", "link", lambda row: row.dialect == dialect
        )
        known = begun.known
        drafted = Form.of(self._dialects, dialect).drafted(self._sealing, known, settings)
        row = Link(
            id=begun.before.id if begun.before is not None else new_id(),
            version=1,
            company=begun.place.company,
            domain=begun.place.id,
            name="",
            dialect=dialect,
            capacity=1,
            enabled=True,
            settings=drafted,
        )
        return LinkDraft(link=row, stored=known is not None and self._are(known, drafted))

    def _are(self, link: Link, settings: Mapping[str, object]) -> bool:
        """Whether its driver was given these settings."""
        try:
            return self.opened_link(link).settings == settings
        except Invalid:
            return False  # a secret of it is lost

    def opened_link(self, link: Link) -> Link:
        """With its secrets, for its driver alone. Invalid with words where one is lost, or the
        dialect cannot be used."""
        secret = frozenset(self._dialects.secret_fields(link.dialect))
        return replace(link, settings=self._sealing.opened(link, secret))

    async def own_link(self, link_id: str) -> int:
        """Become the link's owner: its new epoch, above that of every owner before (the fence)."""
        async with self._transaction() as tx:
            epoch = await store.next_epoch(tx, link_id, datetime.now(UTC))
            if epoch is None:
                raise missing("link")
            tx.publish(LinkOwned(link_id, epoch))
        return epoch

    def _checked_settings(
        self, before: Link | None, row: Link, settings: Mapping[str, object]
    ) -> Mapping[str, object]:
        if before is not None and before.dialect != row.dialect:
            before = None
        form = Form.of(self._dialects, row.dialect)
        return form.stored(self._sealing, before, row, settings)

    def _link_name_is_free(self, link: Link) -> None:
        others = self._registry.links.values()
        beside = (other for other in others if other.domain == link.domain)
        refuse_taken(link, beside, "A link named {name} exists already.")
