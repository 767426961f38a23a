"""A user's own forwarding rules, and what they do."""

from collections.abc import Mapping

from tws.bus import Bus
from tws.organisation.actor import Actor, UserId
from tws.organisation.events import ParameterValueChanged, UserChanged, UserDeviceChanged
from tws.organisation.parameters.catalogue.rules import WAITTIMENOREPLYPBX
from tws.organisation.permission import IN_CALLER, uses
from tws.rules.allowed import ALL
from tws.rules.events import ForwardingRuleChanged, RulesApplied
from tws.telephony.events import DeviceChanged
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.known import Known
from tws.web.shown.rules import rules_value


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    return [Scope(Kind.RULES, id)] if uses(actor, *IN_CALLER) else []


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    return []


def _rules(known: Known, id: str) -> Values:
    user = known.registry.users.get(UserId(id))
    return {} if user is None else {"rules": rules_value(known, user)}


CONTENT: Mapping[Kind, Content] = {Kind.RULES: _rules}


def follow(marks: Marks, bus: Bus) -> None:
    registry = marks.known.registry

    def rule(event: ForwardingRuleChanged) -> None:
        if (row := event.after or event.before) is not None:
            marks.mark(Kind.RULES, row.user)
            marks.mark(Kind.PRESENCE, row.user)  # secretaries see the first one

    def device(event: DeviceChanged) -> None:
        row = registry.device_at(event.device.link, event.device.id)
        if row is not None:
            marks.mark(Kind.RULES, row.user)

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is not None and row.parameter in (*ALL, WAITTIMENOREPLYPBX):
            marks.mark_all(Kind.RULES, Kind.PRESENCE)

    bus.follow(ForwardingRuleChanged, rule)
    bus.follow(RulesApplied, lambda event: marks.mark(Kind.RULES, event.user))
    bus.follow(DeviceChanged, device)
    bus.follow(ParameterValueChanged, parameter)
    # To whom a number leads, and what they are called, may be other.
    bus.follow(UserChanged, lambda _: marks.mark_all(Kind.RULES))
    bus.follow(UserDeviceChanged, lambda _: marks.mark_all(Kind.RULES))
