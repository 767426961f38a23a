"""Which forwarding rules a user may have: the application, and the parameters of 9.1.8."""

from collections.abc import Mapping
from dataclasses import dataclass

from tws.organisation.actor import UserId
from tws.organisation.parameters.catalogue.caller import (
    AUTHORIZE_SIMPLE_RULES,
    AUTHORIZED_FORWARD_PRESENCE_ABSENT,
    AUTHORIZED_FORWARD_PRESENCE_BUSY,
    AUTHORIZED_FORWARD_PRESENCE_CALENDAR,
    AUTHORIZED_FORWARD_PRESENCE_OFFLINE,
    AUTHORIZED_FORWARD_PRESENCE_ONLINE,
    DISPLAY_SIMPLE_RULES,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import IN_CALLER
from tws.organisation.registry import Registry
from tws.rules.model import ForwardingRule, Presence
from tws.telephony.forwarding_rights import ORIGINS, TYPES, refuse_without
from tws.telephony.model import CallOrigin, ForwardingType

PRESENCES: Mapping[Presence, str] = {
    Presence.ONLINE: AUTHORIZED_FORWARD_PRESENCE_ONLINE,
    Presence.BUSY: AUTHORIZED_FORWARD_PRESENCE_BUSY,
    Presence.ABSENT: AUTHORIZED_FORWARD_PRESENCE_ABSENT,
    Presence.OFFLINE: AUTHORIZED_FORWARD_PRESENCE_OFFLINE,
    Presence.CALENDAR: AUTHORIZED_FORWARD_PRESENCE_CALENDAR,
}
ALL = frozenset(
    {
        AUTHORIZE_SIMPLE_RULES,
        DISPLAY_SIMPLE_RULES,
        *ORIGINS.values(),
        *PRESENCES.values(),
        *TYPES.values(),
    }
)
"The parameters that are read here."


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user may choose for a rule."""

    change: bool
    "May have rules at all."
    origins: tuple[CallOrigin, ...]
    presences: tuple[Presence, ...]
    types: tuple[ForwardingType, ...]


class Allowed:
    """True at once after every change."""

    def __init__(self, registry: Registry) -> None:
        self._registry, self._parameters = registry, Parameters(registry)

    def choices(self, user: UserId) -> Choices:
        return Choices(
            self._on(user, AUTHORIZE_SIMPLE_RULES),
            tuple(one for one, name in ORIGINS.items() if self._on(user, name)),
            tuple(one for one, name in PRESENCES.items() if self._on(user, name)),
            tuple(one for one, name in TYPES.items() if self._on(user, name)),
        )

    def sees_telephone(self, user: UserId) -> bool:
        """Whether the forwardings are shown that were made at the telephone."""
        return self._on(user, DISPLAY_SIMPLE_RULES)

    def may_have_rules(self, user: UserId) -> None:
        """NotAllowed."""
        refuse_without(self._parameters, user, AUTHORIZE_SIMPLE_RULES)

    def may_have(self, rule: ForwardingRule) -> None:
        """NotAllowed, by the parameter that forbids it."""
        self.may_have_rules(rule.user)
        for name in _needed(rule):
            refuse_without(self._parameters, rule.user, name)

    def rests(self, rule: ForwardingRule) -> bool:
        """Whether what it needs was taken from its user: it forwards nothing meanwhile."""
        user = self._registry.users.get(rule.user)
        if user is None or not user.enabled:
            return True
        if self._registry.applications(rule.user).isdisjoint(IN_CALLER):
            return True
        names = (AUTHORIZE_SIMPLE_RULES, *_needed(rule))
        return not all(self._on(rule.user, name) for name in names)

    def _on(self, user: UserId, name: str) -> bool:
        return self._parameters.effective(user, name) is True


def _needed(rule: ForwardingRule) -> tuple[str, ...]:
    return ORIGINS[rule.origin], *(PRESENCES[one] for one in rule.presences), TYPES[rule.type]
