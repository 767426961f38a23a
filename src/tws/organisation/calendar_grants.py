"""Who sees whose calendars (7.4.3): within one company, from any of its domains."""

from tws.errors import Conflict, missing
from tws.organisation.actor import Actor, CompanyId, GroupId, UserId
from tws.organisation.granting import Granting
from tws.organisation.kinds import GRANT
from tws.organisation.model import Grant, GranteeKind, GrantKind, ObjectKind


class CalendarGrants(Granting):
    KIND = GrantKind.CALENDAR

    async def create_calendar_grant(
        self,
        actor: Actor,
        *,
        of_user: UserId | None = None,
        of_group: GroupId | None = None,
        user: UserId | None = None,
        group: GroupId | None = None,
    ) -> Grant:
        """The calendars of one user, or of everybody of a group, to one user or one group."""
        words = "Calendars of one user or group are shown to one user or group."
        owners = {"of_user": of_user, "of_group": of_group}
        owner = self._chosen(actor, owners, words, "of_user")
        to = self._chosen(actor, {"user": user, "group": group}, words, "user")
        if to.company != owner.company:
            raise missing(to.field, to.field)

        def make() -> Grant:
            if self._registry.granted.exactly(self.KIND, owner.id, to.id) is not None:
                raise Conflict("These calendars are shown to them already.", field="user")
            return self._grant(ObjectKind(owner.kind), owner.id, to)

        return await self._create(actor, GRANT, make)

    async def delete_calendar_grant(self, actor: Actor, id: str, version: int = 1) -> None:
        """Withdraw it."""
        await self._withdraw(actor, id, version)

    def list_calendar_grants(
        self,
        actor: Actor,
        company: CompanyId | None = None,
        *,
        of_user: UserId | None = None,
        of_group: GroupId | None = None,
        user: UserId | None = None,
        group: GroupId | None = None,
    ) -> tuple[Grant, ...]:
        """For administrators. Oldest first."""
        return self._listed(
            actor,
            company,
            {ObjectKind.USER: of_user, ObjectKind.GROUP: of_group},
            {GranteeKind.USER: user, GranteeKind.GROUP: group},
        )

    def get_calendar_grant(self, actor: Actor, id: str) -> Grant:
        """For administrators."""
        return self._found(actor, id)
