"""A user's account with people outside, and how those are whom he knows by it."""

from collections.abc import Mapping

from tws.bus import Bus
from tws.messaging.external.events import (
    ExternalAccountChanged,
    ExternalContactChanged,
    ExternalStateChanged,
)
from tws.organisation.actor import Actor, UserId
from tws.organisation.events import ParameterValueChanged
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_EXTERNAL_CHAT
from tws.organisation.permission import IN_CALLER, uses
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.external import external
from tws.web.shown.known import Known


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    if not uses(actor, *IN_CALLER) or not known.external.may(id):
        return []
    return [Scope(Kind.EXTERNAL, id)]


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    return []


def _external(known: Known, id: str) -> Values:
    user = UserId(id)
    return {"external": external(known, user)} if known.external.may(user) else {}


CONTENT: Mapping[Kind, Content] = {Kind.EXTERNAL: _external}


def follow(marks: Marks, bus: Bus) -> None:
    def account(event: ExternalAccountChanged) -> None:
        if (row := event.after or event.before) is not None:
            marks.mark(Kind.EXTERNAL, row.user)

    def contact(event: ExternalContactChanged) -> None:
        """Whose messages are shown, and by which name, hangs on it too."""
        if (row := event.after or event.before) is not None:
            marks.mark(Kind.EXTERNAL, row.user)
            marks.mark(Kind.CHATS, row.user)

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is None or row.parameter != AUTHORIZED_EXTERNAL_CHAT:
            return
        marks.mark_company(Kind.EXTERNAL, row.company)
        marks.mark_company(Kind.CHATS, row.company)
        marks.doubt_company(row.company)

    bus.follow(ExternalAccountChanged, account)
    bus.follow(ExternalContactChanged, contact)
    bus.follow(ExternalStateChanged, lambda event: marks.mark(Kind.EXTERNAL, event.user))
    bus.follow(ParameterValueChanged, parameter)
