"""Telephones of nobody's, which intercom groups supervise (9.1.2)."""

from collections.abc import Mapping

from tws.bus import Bus
from tws.organisation.actor import Actor, IntercomGroupId, UserId
from tws.organisation.events import IntercomGroupChanged
from tws.organisation.permission import IN_CALLER, uses
from tws.organisation.shared_device import IntercomGroup
from tws.organisation.supervision import Supervision
from tws.telephony.events import DeviceChanged, LinkStatusChanged
from tws.telephony.model import DeviceId, LinkId
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.live.views.telephones import supervised_id
from tws.web.shown.known import Known
from tws.web.shown.presence import supervised


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    if not uses(actor, *IN_CALLER):
        return []
    return [_scope(group, number) for group, number in Supervision(known.registry).telephones(id)]


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    return []


def _scope(group: IntercomGroup, number: str) -> Scope:
    return Scope(Kind.TELEPHONE, supervised_id(group.id, number))


def _telephone(known: Known, id: str) -> Values:
    group_id, _, number = id.partition(":")
    group = known.registry.intercom_groups.get(IntercomGroupId(group_id))
    if group is None or number not in group.supervised:
        return {}
    value = supervised(known, group, number)
    return {} if value is None else {f"telephone/{id}": value}


CONTENT: Mapping[Kind, Content] = {Kind.TELEPHONE: _telephone}


def follow(marks: Marks, bus: Bus) -> None:
    listening = marks.known.registry.listening

    def mark_at(link: LinkId, number: DeviceId) -> None:
        for group in listening.intercom_groups.at.any((link, number)):
            marks.mark(Kind.TELEPHONE, _scope(group, number).id)

    def link(event: LinkStatusChanged) -> None:
        for group in listening.intercom_groups.on.any(event.status.link):
            for number in group.supervised:
                marks.mark(Kind.TELEPHONE, _scope(group, number).id)

    def group_row(event: IntercomGroupChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                for number in row.supervised:
                    marks.mark(Kind.TELEPHONE, _scope(row, number).id)

    bus.follow(DeviceChanged, lambda event: mark_at(event.device.link, event.device.id))
    bus.follow(LinkStatusChanged, link)
    bus.follow(IntercomGroupChanged, group_row)
