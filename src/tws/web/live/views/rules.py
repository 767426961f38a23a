"""A user's own forwarding rules, what they do, and the profiles that they go with."""

from collections.abc import Mapping

from tws.bus import Bus
from tws.organisation.actor import Actor, UserId
from tws.organisation.events import (
    GroupChanged,
    ParameterValueChanged,
    UserChanged,
    UserDeviceChanged,
)
from tws.organisation.model import UserDevice
from tws.organisation.parameters.catalogue.rules import WAITTIMENOREPLYPBX
from tws.organisation.permission import IN_CALLER, uses
from tws.rules.allowed import ALL
from tws.rules.events import ForwardingRuleChanged, ProfileChanged, RulesApplied
from tws.rules.profiles import PARAMETERS
from tws.telephony.events import DeviceChanged
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.known import Known
from tws.web.shown.profiles import profiles_value
from tws.web.shown.rules import rules_value


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    return [Scope(Kind.RULES, id)] if uses(actor, *IN_CALLER) else []


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    return []


def _rules(known: Known, id: str) -> Values:
    user = known.registry.users.get(UserId(id))
    if user is None:
        return {}
    return {"rules": rules_value(known, user), "profiles": profiles_value(known, user.id)}


CONTENT: Mapping[Kind, Content] = {Kind.RULES: _rules}


def follow(marks: Marks, bus: Bus) -> None:
    registry = marks.known.registry

    def rule(event: ForwardingRuleChanged) -> None:
        if (row := event.after or event.before) is not None:
            marks.mark(Kind.RULES, row.user)
            marks.mark(Kind.PRESENCE, row.user)  # secretaries see the first one

    def profile(event: ProfileChanged) -> None:
        if (row := event.after or event.before) is not None:
            marks.mark(Kind.RULES, row.user)

    def device(event: DeviceChanged) -> None:
        row = registry.device_at(event.device.link, event.device.id)
        if row is not None:
            marks.mark(Kind.RULES, row.user)

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is None or row.parameter not in (*ALL, *PARAMETERS, WAITTIMENOREPLYPBX):
            return
        group = None if row.group is None else registry.groups.get(row.group)
        for kind in (Kind.RULES, Kind.PRESENCE):
            if row.user is not None:
                marks.mark(kind, row.user)
            elif group is not None:
                for member in group.members:
                    marks.mark(kind, member)
            else:
                marks.mark_company(kind, row.company)

    def group_row(event: GroupChanged) -> None:
        for member in event.concerned:  # parameters are set for groups, too
            marks.mark(Kind.RULES, member)

    def user_row(event: UserChanged) -> None:
        """Who is called otherwise now is so in the rules that lead to him."""
        before, after = event.before, event.after
        for row in (before, after):
            if row is not None:
                marks.mark(Kind.RULES, row.id)
        if before is not None and (after is None or before.display_name != after.display_name):
            marks.mark_company(Kind.RULES, before.company)

    def device_row(event: UserDeviceChanged) -> None:
        """To whom a number leads may be other."""
        before, after = event.before, event.after
        if before is not None and after is not None and _place(before) == _place(after):
            return
        if (row := after or before) is not None:
            marks.mark_company(Kind.RULES, row.company)

    bus.follow(ForwardingRuleChanged, rule)
    bus.follow(ProfileChanged, profile)
    bus.follow(RulesApplied, lambda event: marks.mark(Kind.RULES, event.user))
    bus.follow(DeviceChanged, device)
    bus.follow(ParameterValueChanged, parameter)
    bus.follow(GroupChanged, group_row)
    bus.follow(UserChanged, user_row)
    bus.follow(UserDeviceChanged, device_row)


def _place(row: UserDevice) -> tuple[str, ...]:
    return row.user, row.link, row.number, row.domain
