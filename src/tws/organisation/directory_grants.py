"""Who may look into directories (7.4.2): within one company, from any of its domains."""

from collections.abc import Mapping
from typing import Any, Final

from tws.errors import Conflict, Invalid, missing
from tws.organisation.actor import (
    Actor,
    CompanyId,
    DirectoryId,
    DomainId,
    GroupId,
    IntercomGroupId,
    QueueId,
    UserId,
)
from tws.organisation.kinds import DIRECTORY_GRANT
from tws.organisation.model import DirectoryGrant
from tws.organisation.part import OwnedRow, Part
from tws.records.changing import present, remove
from tws.storage import new_id

WORDS: Final = {
    "user": "user",
    "group": "group",
    "queue": "queue",
    "intercom_group": "intercom group",
    "domain": "domain",
}
"Each kind of grantee, as the row and as people name it."


class DirectoryGrants(Part):
    async def create_directory_grant(
        self,
        actor: Actor,
        *,
        directory: DirectoryId,
        user: UserId | None = None,
        group: GroupId | None = None,
        queue: QueueId | None = None,
        intercom_group: IntercomGroupId | None = None,
        domain: DomainId | None = None,
    ) -> DirectoryGrant:
        """To exactly one of the grantees; `domain`: to everybody of it."""
        row = self._managed(actor, self._registry.directories, directory, "directory", "directory")
        known = self._registry
        asked: Mapping[str, tuple[str | None, Mapping[Any, Any]]] = {
            "user": (user, known.users),
            "group": (group, known.groups),
            "queue": (queue, known.queues),
            "intercom_group": (intercom_group, known.intercom_groups),
            "domain": (domain, known.domains),
        }
        given = {kind: id for kind, (id, _) in asked.items() if id is not None}
        if len(given) != 1:
            raise Invalid(
                "A directory is granted to one user, group, queue, intercom group or domain.",
                field="user",
            )
        [(kind, id)] = given.items()
        self._of_company(actor, row.company, asked[kind][1], id, kind)

        def make() -> DirectoryGrant:
            if any(grant.grantee == id for grant in known.directory_grants_of(row.id)):
                raise Conflict(f"{row.name} is granted already.", field=kind)
            return DirectoryGrant(
                id=new_id(),
                company=row.company,
                directory=row.id,
                user=user,
                group=group,
                queue=queue,
                intercom_group=intercom_group,
                domain=domain,
            )

        return await self._create(actor, DIRECTORY_GRANT, make)

    async def delete_directory_grant(self, actor: Actor, id: str, version: int = 1) -> None:
        """Withdraw it."""
        self._managed(actor, self._registry.directory_grants, id, "directory grant")
        async with self._transaction() as tx:
            grant = await present(tx, DIRECTORY_GRANT, id, version)
            await remove(tx, actor, DIRECTORY_GRANT, grant)

    def list_directory_grants(
        self,
        actor: Actor,
        company: CompanyId | None = None,
        *,
        directory: DirectoryId | None = None,
        user: UserId | None = None,
        group: GroupId | None = None,
        queue: QueueId | None = None,
        intercom_group: IntercomGroupId | None = None,
        domain: DomainId | None = None,
    ) -> tuple[DirectoryGrant, ...]:
        """For administrators. Oldest first."""
        wanted = {
            "directory": directory,
            "user": user,
            "group": group,
            "queue": queue,
            "intercom_group": intercom_group,
            "domain": domain,
        }
        found = (
            grant
            for grant in self._registry.directory_grants.values()
            if actor.manages(grant.company)
            and company in (None, grant.company)
            and all(id in (None, getattr(grant, name)) for name, id in wanted.items())
        )
        return tuple(sorted(found, key=lambda grant: grant.id))

    def get_directory_grant(self, actor: Actor, id: str) -> DirectoryGrant:
        """For administrators."""
        return self._managed(actor, self._registry.directory_grants, id, "directory grant")

    def _of_company(
        self,
        actor: Actor,
        company: CompanyId,
        rows: Mapping[Any, OwnedRow],
        id: str,
        kind: str,
    ) -> None:
        grantee = self._managed(actor, rows, id, WORDS[kind], kind)
        if grantee.company != company:
            raise missing(WORDS[kind], kind)
