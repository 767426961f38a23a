"""How many incidents are open."""

from collections.abc import Mapping

from tws.bus import Bus
from tws.incidents.events import IncidentChanged
from tws.organisation.actor import Actor, CompanyId, UserId
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.incidents import IncidentsStandingValue
from tws.web.shown.known import Known

ALL = "*"
"Companies have other ids."


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    return []


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    companies = actor.companies
    return [Scope(Kind.INCIDENTS, ALL if companies is None else " ".join(sorted(companies)))]


def _incidents(known: Known, id: str) -> Values:
    companies = None if id == ALL else {CompanyId(one) for one in id.split()}
    standing = known.incidents(companies)
    value = IncidentsStandingValue(
        open=standing.open, unacknowledged=standing.unacknowledged, changed=standing.changed
    )
    return {"incidents": value}


CONTENT: Mapping[Kind, Content] = {Kind.INCIDENTS: _incidents}


def follow(marks: Marks, bus: Bus) -> None:
    bus.follow(IncidentChanged, lambda _: marks.mark_all(Kind.INCIDENTS))
