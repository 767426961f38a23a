"""The names in calls of bosses, for their secretaries: by the directories of an intercom group
(9.1.7), and not by those of either of them.

They are looked up when somebody first looks on, and kept while the call lives.
"""

from dataclasses import dataclass

from tws.bus import Bus
from tws.directory.events import ContactChanged, SynchronisationChanged
from tws.directory.model import Match
from tws.directory.service import DirectoryService
from tws.organisation.actor import IntercomGroupId
from tws.organisation.events import DirectoryChanged, GrantChanged
from tws.organisation.grant import GrantKind
from tws.organisation.registry import Registry
from tws.telephony.events import CallChanged, LinkStatusChanged
from tws.telephony.model import LegId, LinkId

Found = dict[tuple[IntercomGroupId, str], Match | None]
"By the group and the number; None = nobody's, or not answered yet."


@dataclass(frozen=True, slots=True)
class OverseenNameWanted:
    """A number has to be looked up for those who oversee a leg."""

    leg: LegId
    group: IntercomGroupId
    number: str


@dataclass(frozen=True, slots=True)
class OverseenNamed:
    """It was: what is shown of the leg may be other."""

    leg: LegId


class OverseenNames:
    def __init__(self, directory: DirectoryService, registry: Registry, bus: Bus) -> None:
        self._directory, self._registry, self._bus = directory, registry, bus
        self._legs: dict[LegId, tuple[LinkId, Found]] = {}
        bus.follow(CallChanged, self._call_changed)
        bus.follow(LinkStatusChanged, self._status_changed)
        for changed in (GrantChanged, DirectoryChanged, ContactChanged, SynchronisationChanged):
            bus.follow(changed, self._doubted)
        bus.act(OverseenNameWanted, self._look_up, key=lambda wanted: wanted.leg, everywhere=True)

    def of(self, link: LinkId, leg: LegId, group: IntercomGroupId, number: str) -> Match | None:
        """Who has the number (as the PBX gave it) for that group; it is looked up if that is not
        known, and told by `OverseenNamed`."""
        _, found = self._legs.setdefault(leg, (link, {}))
        key = (group, number)
        if key not in found:
            known = self._directory.known_for(group, number)
            found[key] = None if known is None else known[0]
            if known is None:
                self._bus.publish(OverseenNameWanted(leg, group, number))
        return found[key]

    def __len__(self) -> int:
        return len(self._legs)

    async def _look_up(self, wanted: OverseenNameWanted) -> None:
        group = self._registry.intercom_groups.get(wanted.group)
        if group is None:
            return
        match = await self._directory.reverse_for_shared(group, wanted.number)
        if match is not None and wanted.leg in self._legs:
            self._legs[wanted.leg][1][wanted.group, wanted.number] = match
            self._bus.publish(OverseenNamed(wanted.leg))

    def _call_changed(self, change: CallChanged) -> None:
        if not self._legs:
            return  # hardly anybody looks on
        live = {connection.leg for connection in change.call.connections.values()}
        for ended in change.ended:
            if ended.connection.leg not in live:
                self._legs.pop(ended.connection.leg, None)

    def _doubted(self, change: object) -> None:
        """Who it is may be another now, or nobody whom the group may see: it is asked again."""
        if isinstance(change, GrantChanged):
            row = change.after or change.before
            if row is None or row.kind is not GrantKind.DIRECTORY:
                return
        if isinstance(change, SynchronisationChanged) and not change.run.merged:
            return
        for leg, (_, found) in self._legs.items():
            if found:
                found.clear()
                self._bus.publish(OverseenNamed(leg))

    def _status_changed(self, event: LinkStatusChanged) -> None:
        """Of a link that nobody owns nobody says how its calls end."""
        if not event.status.epoch:
            gone = [leg for leg, (link, _) in self._legs.items() if link == event.status.link]
            for leg in gone:
                del self._legs[leg]
