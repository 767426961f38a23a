"""Applications granted to a user or a group (7.4.1)."""

from tws.errors import Conflict, Invalid
from tws.organisation.actor import Actor, Application, CompanyId, GroupId, UserId
from tws.organisation.kinds import AUTHORISATION
from tws.organisation.model import Authorisation, Group, User
from tws.organisation.part import Part
from tws.records.changing import present, remove
from tws.storage import new_id


class Authorisations(Part):
    async def create_authorisation(
        self,
        actor: Actor,
        *,
        application: Application,
        user: UserId | None = None,
        group: GroupId | None = None,
    ) -> Authorisation:
        """To exactly one of `user` and `group`."""
        if (user is None) == (group is None):
            raise Invalid("An application is granted to one user or to one group.", field="user")
        grantee: User | Group
        if user is not None:
            grantee = self._managed(actor, self._registry.users, user, "user", "user")
        else:
            grantee = self._managed(actor, self._registry.groups, group or "", "group", "group")

        def make() -> Authorisation:
            granted = (
                self._registry.authorisations_of(user)
                if user is not None
                else self._registry.authorisations_of_group(GroupId(grantee.id))
            )
            if any(a.application == application for a in granted):
                raise Conflict(f"{application} is granted already.", field="application")
            return Authorisation(
                id=new_id(),
                company=grantee.company,
                application=application,
                user=user,
                group=group,
            )

        return await self._create(actor, AUTHORISATION, make)

    async def delete_authorisation(self, actor: Actor, id: str, version: int = 1) -> None:
        """Withdraw it."""
        self._managed(actor, self._registry.authorisations, id, "authorisation")
        async with self._transaction() as tx:
            grant = await present(tx, AUTHORISATION, id, version)
            await remove(tx, actor, AUTHORISATION, grant)

    def list_authorisations(
        self,
        actor: Actor,
        company: CompanyId | None = None,
        *,
        application: Application | None = None,
        user: UserId | None = None,
        group: GroupId | None = None,
    ) -> tuple[Authorisation, ...]:
        """For administrators. Oldest first."""
        found = (
            grant
            for grant in self._registry.authorisations.values()
            if actor.manages(grant.company)
            and company in (None, grant.company)
            and application in (None, grant.application)
            and user in (None, grant.user)
            and group in (None, grant.group)
        )
        return tuple(sorted(found, key=lambda grant: grant.id))

    def get_authorisation(self, actor: Actor, id: str) -> Authorisation:
        """For administrators."""
        return self._managed(actor, self._registry.authorisations, id, "authorisation")
