"""Applications granted to a user or a group (7.4.1)."""

from tws.errors import Conflict
from tws.organisation.actor import Actor, Application, CompanyId, GroupId, UserId
from tws.organisation.granting import Granting
from tws.organisation.kinds import GRANT
from tws.organisation.model import Grant, GranteeKind, GrantKind, ObjectKind
from tws.organisation.registry import Registry
from tws.organisation.walls import RefuseBeyond
from tws.storage import Storage


class Authorisations(Granting):
    KIND = GrantKind.APPLICATION

    def __init__(self, storage: Storage, registry: Registry, refuse_beyond: RefuseBeyond) -> None:
        super().__init__(storage, registry)
        self._refuse_beyond = refuse_beyond

    async def create_authorisation(
        self,
        actor: Actor,
        *,
        application: Application,
        user: UserId | None = None,
        group: GroupId | None = None,
    ) -> Grant:
        """To exactly one of `user` and `group`."""
        words = "An application is granted to one user or to one group."
        to = self._chosen(actor, {"user": user, "group": group}, words, "user")

        def make() -> Grant:
            if self._registry.granted.exactly(self.KIND, application, to.id) is not None:
                raise Conflict(f"{application} is granted already.", field="application")
            grant = self._grant(ObjectKind.APPLICATION, application, to)
            known = self._registry
            new = [
                user
                for user in known.granted.users(grant)
                if application not in known.applications(user)
            ]
            self._refuse_beyond(application, len(new))
            return grant

        return await self._create(actor, GRANT, make)

    async def delete_authorisation(self, actor: Actor, id: str, version: int = 1) -> None:
        """Withdraw it."""
        await self._withdraw(actor, id, version)

    def list_authorisations(
        self,
        actor: Actor,
        company: CompanyId | None = None,
        *,
        application: Application | None = None,
        user: UserId | None = None,
        group: GroupId | None = None,
    ) -> tuple[Grant, ...]:
        """For administrators. Oldest first."""
        return self._listed(
            actor,
            company,
            {ObjectKind.APPLICATION: application},
            {GranteeKind.USER: user, GranteeKind.GROUP: group},
        )

    def get_authorisation(self, actor: Actor, id: str) -> Grant:
        """For administrators."""
        return self._found(actor, id)
