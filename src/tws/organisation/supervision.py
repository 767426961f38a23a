"""Who may see what somebody's telephone does (9.1.2), and what secretaries see of bosses (9.1.7).

Users of one intercom group see each other's telephones, of whichever domain they are; what is seen
besides, and whether calls may be taken, is for parameters to say.
"""

from dataclasses import dataclass

from tws.organisation.actor import CompanyId, UserId
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
from tws.organisation.parameters.parameter import Data
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Overseer:
    """What of one person decides whose telephones he sees, and who sees his."""

    user: UserId
    company: CompanyId
    enabled: bool
    supervises: bool
    intercepts: bool
    informed_of: str
    "Group whose calls he is told of; names here and below are folded, empty = of nobody."
    told_rules_of: str
    "Group whose first active forwarding rule he is told."
    named_by: str
    "Intercom group by whose directories callers are named, of several."
    groups: frozenset[str]
    "Names of those that he is in, in whichever domain."
    intercom_groups: tuple[IntercomGroup, ...]
    "By name."
    intercom_ids: frozenset[str]

    def sees_telephone(self, owner: "Overseer") -> bool:
        return self.supervises and self._people(owner) and self._together(owner)

    def may_intercept(self, owner: "Overseer") -> bool:
        """Whether calls that ring at his telephones may be taken."""
        return self.intercepts and self.sees_telephone(owner)

    def naming_group(self, owner: "Overseer") -> IntercomGroup | None:
        """Where the calls of `owner` are seen, the intercom group by whose directories callers are
        named; None = they are not seen."""
        if not self.informed_of or self.informed_of not in owner.groups:
            return None
        if not self.sees_telephone(owner):
            return None
        groups = [group for group in self.intercom_groups if group.id in owner.intercom_ids]
        chosen = [group for group in groups if fold(group.name) == self.named_by]
        return next(iter(chosen or groups), None)

    def sees_rule(self, owner: "Overseer") -> bool:
        """Whether he is told the first active forwarding rule."""
        return self.told_rules_of in owner.groups and self._people(owner)

    def _people(self, owner: "Overseer") -> bool:
        """Two of one company, neither of them disabled."""
        return self.enabled and owner.enabled and self.company == owner.company

    def _together(self, owner: "Overseer") -> bool:
        """Whether there is an intercom group in which both are."""
        return not self.intercom_ids.isdisjoint(owner.intercom_ids)


class Supervision:
    def __init__(self, registry: Registry) -> None:
        self._registry, self._parameters = registry, Parameters(registry)

    def overseer(self, user: UserId) -> Overseer | None:
        """As he is now: it costs a dozen look-ups, so whoever asks of many keeps it."""
        registry = self._registry
        row = registry.users.get(user)
        if row is None or row.domain not in registry.domains:
            return None

        def of(parameter: str) -> Data:
            return self._parameters.effective(user, parameter)

        groups = sorted(
            registry.intercom_groups_of(user), key=lambda group: (fold(group.name), group.id)
        )
        named_by = self._parameters.effective_in(row.domain, SUPERVISION_INFORMATION_GROUP)
        return Overseer(
            user=user,
            company=row.company,
            enabled=row.enabled,
            supervises=bool(of(AUTHORIZED_PHONE_SUPERVISION_PRESENCES)),
            intercepts=bool(of(AUTHORIZE_INTERCEPTION)),
            informed_of=fold(str(of(AUTHORIZE_SUPERVISION_INFORMATION))),
            told_rules_of=fold(str(of(AUTHORIZE_SHARE_RULES_GROUP))),
            named_by=fold(str(named_by)),
            groups=frozenset(fold(group.name) for group in registry.groups_of(user)) - {""},
            intercom_groups=tuple(groups),
            intercom_ids=frozenset(group.id for group in groups),
        )

    def may_intercept(self, viewer: UserId, owner: UserId) -> bool:
        """Whether calls that ring at his telephones may be taken."""
        mine, theirs = self.overseer(viewer), self.overseer(owner)
        return mine is not None and theirs is not None and mine.may_intercept(theirs)

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

    def may_pick_up(self, viewer: UserId) -> bool:
        """Whether calls that ring at others' telephones may be taken at all."""
        return self._enabled(viewer) is not None and bool(
            self._parameters.effective(viewer, AUTHORIZE_INTERCEPTION)
        )

    def _enabled(self, user: UserId) -> User | None:
        row = self._registry.users.get(user)
        return row if row is not None and row.enabled else None
