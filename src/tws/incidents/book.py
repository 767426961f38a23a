"""The incidents that are open, or were a moment ago, and what becomes of them. Pure.

What recurs soon after it was over is the same incident, counted: a link that flaps makes one.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from tws.incidents.events import IncidentChanged, Step
from tws.incidents.model import Incident, IncidentKind, Trouble
from tws.organisation.actor import CompanyId

RECURS = timedelta(minutes=15)
Key = tuple[IncidentKind, str]


class Book:
    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._known: dict[Key, Incident] = {}

    def load(self, incidents: Iterable[Incident]) -> None:
        """Those that an earlier process left open, or closed a moment before."""
        self._known = {one.key: one for one in sorted(incidents, key=lambda one: one.id)}

    @property
    def open(self) -> Iterator[Incident]:
        return (one for one in self._known.values() if one.ended is None)

    @property
    def known(self) -> Collection[Incident]:
        """Those that are open, and those that were a moment ago."""
        return self._known.values()

    def get(self, id: str) -> Incident | None:
        return next((one for one in self._known.values() if one.id == id), None)

    def put(self, incident: Incident) -> None:
        """As somebody changed it."""
        if incident.key in self._known:
            self._known[incident.key] = incident

    def hear(self, incident: Incident) -> None:
        """As another node knows it."""
        self._known[incident.key] = incident

    def acknowledge(self, incident: Incident) -> None:
        """Somebody did; what is known of it else stays."""
        known = self._known.get(incident.key)
        if known is not None and known.id == incident.id:
            self._known[incident.key] = replace(
                known,
                acknowledged=incident.acknowledged,
                acknowledged_by=incident.acknowledged_by,
                note=incident.note,
            )

    def drop(self, incident: Incident) -> None:
        """It is known no more."""
        known = self._known.get(incident.key)
        if known is not None and known.id == incident.id:
            del self._known[incident.key]

    def look(
        self,
        kinds: Collection[IncidentKind],
        troubles: Iterable[Trouble],
        unsure: Collection[Key],
        now: datetime,
    ) -> list[IncidentChanged]:
        """All that is wrong now, of these kinds; of what is `unsure` all stays as it is."""
        found = {trouble.key: trouble for trouble in troubles}
        changes = [self._wrong(trouble, now) for trouble in found.values()]
        for one in list(self.open):
            if one.kind in kinds and one.key not in found and one.key not in unsure:
                changes.append(self._kept(replace(one, ended=now), Step.ENDED))
        self._forget(now)
        return [change for change in changes if change is not None]

    def happened(self, trouble: Trouble, started: datetime, now: datetime) -> IncidentChanged:
        """Something that was wrong from then to now."""
        known = self._known.get(trouble.key)
        if known is None or known.ended is None or now - known.ended > RECURS:
            known = self._new(trouble, started)
            return self._kept(replace(known, ended=now), Step.ENDED)
        again = replace(known, said=trouble.said, last=started, ended=now, count=known.count + 1)
        return self._kept(again, Step.ENDED)

    def forget_company(self, company: CompanyId) -> list[IncidentChanged]:
        gone = [one for one in self._known.values() if one.company == company]
        for one in gone:
            del self._known[one.key]
        return [IncidentChanged(one, Step.FORGOTTEN) for one in gone]

    def _wrong(self, trouble: Trouble, now: datetime) -> IncidentChanged | None:
        known = self._known.get(trouble.key)
        if known is None or (known.ended is not None and now - known.ended > RECURS):
            return self._kept(self._new(trouble, now), Step.BEGAN)
        if known.ended is None and known.occurrence == trouble.occurrence:
            return None
        again = replace(
            known,
            name=trouble.name,
            said=trouble.said,
            occurrence=trouble.occurrence,
            last=now,
            ended=None,
            count=known.count + 1,
        )
        return self._kept(again, Step.RECURRED)

    def _new(self, trouble: Trouble, now: datetime) -> Incident:
        return Incident(
            id=self._new_id(),
            kind=trouble.kind,
            subject=trouble.subject,
            name=trouble.name,
            company=trouble.company,
            said=trouble.said,
            occurrence=trouble.occurrence,
            started=now,
            last=now,
        )

    def _kept(self, incident: Incident, step: Step) -> IncidentChanged:
        self._known[incident.key] = incident
        return IncidentChanged(incident, step)

    def _forget(self, now: datetime) -> None:
        for key, one in list(self._known.items()):
            if one.ended is not None and one.mailed is None and now - one.ended > RECURS:
                del self._known[key]
