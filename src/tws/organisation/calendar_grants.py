"""Who sees whose calendars (7.4.3): within one company, from any of its domains."""

from typing import Any

from tws.errors import Conflict, Invalid, missing
from tws.organisation.actor import Actor, CompanyId, GroupId, UserId
from tws.organisation.kinds import CALENDAR_GRANT
from tws.organisation.model import CalendarGrant, Group, User
from tws.organisation.part import Part
from tws.records.changing import present, remove
from tws.storage import new_id


class CalendarGrants(Part):
    async def create_calendar_grant(
        self,
        actor: Actor,
        *,
        of_user: UserId | None = None,
        of_group: GroupId | None = None,
        user: UserId | None = None,
        group: GroupId | None = None,
    ) -> CalendarGrant:
        """The calendars of one user, or of everybody of a group, to one user or one group."""
        owner = self._one(actor, {"of_user": of_user, "of_group": of_group})
        grantee = self._one(actor, {"user": user, "group": group})
        if grantee.company != owner.company:
            raise missing("user" if user else "group", "user" if user else "group")

        def make() -> CalendarGrant:
            known = self._registry.calendar_grants_to(grantee.id)
            if any(grant.shared == owner.id for grant in known):
                raise Conflict("These calendars are shown to them already.", field="user")
            return CalendarGrant(
                id=new_id(),
                company=owner.company,
                of_user=of_user,
                of_group=of_group,
                user=user,
                group=group,
            )

        return await self._create(actor, CALENDAR_GRANT, make)

    async def delete_calendar_grant(self, actor: Actor, id: str, version: int = 1) -> None:
        """Withdraw it."""
        self._managed(actor, self._registry.calendar_grants, id, "calendar grant")
        async with self._transaction() as tx:
            grant = await present(tx, CALENDAR_GRANT, id, version)
            await remove(tx, actor, CALENDAR_GRANT, grant)

    def list_calendar_grants(
        self,
        actor: Actor,
        company: CompanyId | None = None,
        *,
        of_user: UserId | None = None,
        of_group: GroupId | None = None,
        user: UserId | None = None,
        group: GroupId | None = None,
    ) -> tuple[CalendarGrant, ...]:
        """For administrators. Oldest first."""
        wanted = {"of_user": of_user, "of_group": of_group, "user": user, "group": group}
        found = (
            grant
            for grant in self._registry.calendar_grants.values()
            if actor.manages(grant.company)
            and company in (None, grant.company)
            and all(id in (None, getattr(grant, name)) for name, id in wanted.items())
        )
        return tuple(sorted(found, key=lambda grant: grant.id))

    def get_calendar_grant(self, actor: Actor, id: str) -> CalendarGrant:
        """For administrators."""
        return self._managed(actor, self._registry.calendar_grants, id, "calendar grant")

    def _one(self, actor: Actor, asked: dict[str, Any]) -> User | Group:
        """The row of the one id that is given: of a user, or of a group."""
        given = [(field, id) for field, id in asked.items() if id is not None]
        if len(given) != 1:
            raise Invalid(
                "Calendars of one user or group are shown to one user or group.",
                field=next(iter(asked)),
            )
        [(field, id)] = given
        if field.endswith("user"):
            return self._managed(actor, self._registry.users, id, "user", field)
        return self._managed(actor, self._registry.groups, id, "group", field)
