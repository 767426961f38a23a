"""Connections by which identity providers make and change users and groups (SCIM). What they do
is said in `tws.provisioning`; whoever shows a token is known by `tws.access`."""

from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from tws.errors import missing
from tws.organisation import store, words
from tws.organisation.actor import Actor, CompanyId, DomainId, ScimConnectionId
from tws.organisation.device_protocols import PROTOCOLS
from tws.organisation.events import ScimConnectionUsed
from tws.organisation.kinds import SCIM_CONNECTION
from tws.organisation.model import ScimConnection
from tws.organisation.part import Part, by_name, of_place, refuse_taken
from tws.organisation.users import CULTURES
from tws.records.changing import present, remove
from tws.storage import new_id


class ConnectionFields(TypedDict, total=False):
    """What an administrator fills in besides the domain: see `ScimConnection`."""

    name: str
    link: str | None
    protocol: str
    label: str
    culture: str
    adapt: bool
    take_over: bool


class ScimConnections(Part):
    async def create_scim_connection(
        self, actor: Actor, *, domain: DomainId, **fields: Unpack[ConnectionFields]
    ) -> ScimConnection:
        """Without a token yet."""
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")

        def make() -> ScimConnection:
            row = ScimConnection(
                id=ScimConnectionId(new_id()),
                version=1,
                company=place.company,
                domain=place.id,
                **{"name": "", **fields},  # type: ignore[arg-type]
            )
            return self._checked(actor, row)

        return await self._create(actor, SCIM_CONNECTION, make)

    async def update_scim_connection(
        self,
        actor: Actor,
        id: ScimConnectionId,
        version: int,
        **fields: Unpack[ConnectionFields],
    ) -> ScimConnection:
        """What is left out stays."""
        self._managed(actor, self._registry.scim_connections, id, "SCIM connection")
        return await self._update(
            actor,
            SCIM_CONNECTION,
            id,
            version,
            lambda before: self._checked(actor, replace(before, **fields)),
        )

    async def set_secret(
        self, actor: Actor, id: ScimConnectionId, secret: str, made: datetime | None
    ) -> ScimConnection:
        """Of its token: from now on no other one is good. Empty: none is."""
        row = self._managed(actor, self._registry.scim_connections, id, "SCIM connection")
        return await self._update(
            actor,
            SCIM_CONNECTION,
            id,
            row.version,
            lambda before: replace(before, secret=secret, made=made),
        )

    async def delete_scim_connection(
        self, actor: Actor, id: ScimConnectionId, version: int
    ) -> None:
        """The users and groups that it brought stay."""
        self._managed(actor, self._registry.scim_connections, id, "SCIM connection")
        async with self._transaction() as tx:
            row = await present(tx, SCIM_CONNECTION, id, version)
            await remove(tx, actor, SCIM_CONNECTION, row)

    def list_scim_connections(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[ScimConnection, ...]:
        """For administrators. By name."""
        found = of_place(self._registry.scim_connections.values(), actor.manages, company, domain)
        return by_name(found, lambda row: row.name)

    def get_scim_connection(self, actor: Actor, id: ScimConnectionId) -> ScimConnection:
        """For administrators."""
        return self._managed(actor, self._registry.scim_connections, id, "SCIM connection")

    async def connection_used(self, id: str, at: datetime) -> None:
        """By whoever has its token."""
        async with self._transaction() as tx:
            if await store.connection_used(tx, id, at):
                tx.publish(ScimConnectionUsed(id, at))

    def _checked(self, actor: Actor, row: ScimConnection) -> ScimConnection:
        words.one_of(row.protocol, "protocol", PROTOCOLS)
        words.one_of(row.culture, "culture", CULTURES)
        if row.link is not None:
            link = self._managed(actor, self._registry.links, row.link, "link", "link")
            if link.company != row.company:
                raise missing("link", "link")
        row = replace(row, name=words.name(row.name), label=words.optional(row.label, "label"))
        others = self._registry.scim_connections.values()
        beside = (other for other in others if other.domain == row.domain)
        refuse_taken(row, beside, "A SCIM connection named {name} exists already.")
        return row
