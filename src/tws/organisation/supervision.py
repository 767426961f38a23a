"""Who may see what somebody's telephone does (9.1.2), and what secretaries see of bosses (9.1.7).

Users of one intercom group see each other's telephones, of whichever domain they are; what is seen
besides, and whether calls may be taken, is for parameters to say.
"""

from tws.organisation.actor import IntercomGroupId, UserId
from tws.organisation.grant import GrantKind
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.caller import (
    AUTHORIZE_INTERCEPTION,
    AUTHORIZE_SHARE_RULES_GROUP,
    AUTHORIZE_SUPERVISION_INFORMATION,
    AUTHORIZED_PHONE_SUPERVISION_PRESENCES,
    SUPERVISION_INFORMATION_GROUP,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.organisation.shared_device import IntercomGroup
from tws.organisation.words import fold

DECIDING = (
    AUTHORIZE_INTERCEPTION,
    AUTHORIZE_SHARE_RULES_GROUP,
    AUTHORIZE_SUPERVISION_INFORMATION,
    AUTHORIZED_PHONE_SUPERVISION_PRESENCES,
    SUPERVISION_INFORMATION_GROUP,
)
"Parameters: after a change of one of them others may be seen."


class Supervision:
    def __init__(self, registry: Registry) -> None:
        self._registry, self._parameters = registry, Parameters(registry)

    def shared(self, viewer: UserId, owner: UserId) -> list[IntercomGroup]:
        """The intercom groups in which both are, by name."""
        granted, known = self._registry.granted, self._registry.intercom_groups
        both = granted.objects(viewer, GrantKind.INTERCOM_GROUP) & granted.objects(
            owner, GrantKind.INTERCOM_GROUP
        )
        groups = [known[IntercomGroupId(id)] for id in both if id in known]
        return sorted(groups, key=lambda group: (fold(group.name), group.id))

    def colleagues(self, viewer: UserId) -> list[User]:
        """Whose telephones he sees, by name."""
        if self._enabled(viewer) is None or not self._parameters.effective(
            viewer, AUTHORIZED_PHONE_SUPERVISION_PRESENCES
        ):
            return []
        granted, users = self._registry.granted, self._registry.users
        company = users[viewer].company
        ids = {
            user
            for group in self._registry.intercom_groups_of(viewer)
            for grant in granted.of(GrantKind.INTERCOM_GROUP, group.id)
            for user in granted.users(grant)
        }
        found = [users[id] for id in ids - {viewer} if id in users]
        here = [user for user in found if user.enabled and user.company == company]
        return sorted(here, key=lambda user: (fold(user.last_name or user.username), user.id))

    def telephones(self, viewer: UserId) -> list[tuple[IntercomGroup, str]]:
        """Telephones of nobody that he sees, each with the group it is of."""
        if self._enabled(viewer) is None or not self._parameters.effective(
            viewer, AUTHORIZED_PHONE_SUPERVISION_PRESENCES
        ):
            return []
        groups = self._registry.intercom_groups_of(viewer)
        return [(group, number) for group in groups for number in group.supervised]

    def sees_telephone(self, viewer: UserId, owner: UserId) -> bool:
        return self._people(viewer, owner) and self._sees_telephone(viewer, owner)

    def may_pick_up(self, viewer: UserId) -> bool:
        """Whether calls that ring at others' telephones may be taken at all."""
        return self._enabled(viewer) is not None and bool(
            self._parameters.effective(viewer, AUTHORIZE_INTERCEPTION)
        )

    def may_intercept(self, viewer: UserId, owner: UserId) -> bool:
        """Whether calls that ring at his telephones may be taken."""
        return (
            self._people(viewer, owner)
            and self.may_pick_up(viewer)
            and self._sees_telephone(viewer, owner)
        )

    def naming_group(self, viewer: UserId, owner: UserId) -> IntercomGroup | None:
        """Where the calls of `owner` are seen, the intercom group by whose directories callers are
        named; None = they are not seen."""
        if not self._people(viewer, owner) or not self._is_in(
            owner, self._parameters.effective(viewer, AUTHORIZE_SUPERVISION_INFORMATION)
        ):
            return None
        if not self._parameters.effective(viewer, AUTHORIZED_PHONE_SUPERVISION_PRESENCES):
            return None
        groups = self.shared(viewer, owner)
        domain = self._registry.users[viewer].domain
        named = str(self._parameters.effective_in(domain, SUPERVISION_INFORMATION_GROUP))
        chosen = [group for group in groups if fold(group.name) == fold(named)]
        return next(iter(chosen or groups), None)

    def sees_rule(self, viewer: UserId, owner: UserId) -> bool:
        """Whether he is told the first active forwarding rule."""
        return self._people(viewer, owner) and self._is_in(
            owner, self._parameters.effective(viewer, AUTHORIZE_SHARE_RULES_GROUP)
        )

    def _sees_telephone(self, viewer: UserId, owner: UserId) -> bool:
        return bool(
            self._parameters.effective(viewer, AUTHORIZED_PHONE_SUPERVISION_PRESENCES)
        ) and bool(self.shared(viewer, owner))

    def _people(self, viewer: UserId, owner: UserId) -> bool:
        """Two of one company, neither of them disabled."""
        rows = [self._enabled(viewer), self._enabled(owner)]
        return all(rows) and len({row.company for row in rows if row is not None}) == 1

    def _enabled(self, user: UserId) -> User | None:
        row = self._registry.users.get(user)
        return row if row is not None and row.enabled else None

    def _is_in(self, user: UserId, group: object) -> bool:
        """Of that name, in whichever domain."""
        wanted = fold(str(group))
        return bool(wanted) and any(
            fold(one.name) == wanted for one in self._registry.groups_of(user)
        )
