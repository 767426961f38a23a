"""Who may look into directories (7.4.2): within one company, from any of its domains."""

from tws.errors import Conflict, missing
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
from tws.organisation.granting import Granting
from tws.organisation.kinds import GRANT
from tws.organisation.model import Grant, GranteeKind, GrantKind, ObjectKind


class DirectoryGrants(Granting):
    KIND = GrantKind.DIRECTORY

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
    ) -> Grant:
        """To exactly one of the grantees; `domain`: to everybody of it."""
        row = self._managed(actor, self._registry.directories, directory, "directory", "directory")
        to = self._chosen(
            actor,
            {
                "user": user,
                "group": group,
                "queue": queue,
                "intercom_group": intercom_group,
                "domain": domain,
            },
            "A directory is granted to one user, group, queue, intercom group or domain.",
            "user",
        )
        if to.company != row.company:
            raise missing(to.words, to.field)

        def make() -> Grant:
            if self._registry.granted.exactly(self.KIND, row.id, to.id) is not None:
                raise Conflict(f"{row.name} is granted already.", field=to.field)
            return self._grant(ObjectKind.DIRECTORY, row.id, to)

        return await self._create(actor, GRANT, make)

    async def delete_directory_grant(self, actor: Actor, id: str, version: int = 1) -> None:
        """Withdraw it."""
        await self._withdraw(actor, id, version)

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
    ) -> tuple[Grant, ...]:
        """For administrators. Oldest first."""
        return self._listed(
            actor,
            company,
            {ObjectKind.DIRECTORY: directory},
            {
                GranteeKind.USER: user,
                GranteeKind.GROUP: group,
                GranteeKind.QUEUE: queue,
                GranteeKind.INTERCOM_GROUP: intercom_group,
                GranteeKind.DOMAIN: domain,
            },
        )

    def get_directory_grant(self, actor: Actor, id: str) -> Grant:
        """For administrators."""
        return self._found(actor, id)
