"""Whose calendars somebody may see (7.4.3, and the parameter AuthorizedCalendarPresences)."""

from collections.abc import Collection

from tws.organisation.actor import UserId
from tws.organisation.grant import GrantKind
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_CALENDAR_PRESENCES
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry


class Sharing:
    def __init__(self, registry: Registry) -> None:
        self._registry, self._parameters = registry, Parameters(registry)

    def with_viewer(self, viewer: UserId) -> frozenset[str]:
        """Ids of the users and groups whose calendars are shown to him, in person or by a
        group."""
        known = self._registry
        if viewer not in known.users or not self._parameters.effective(
            viewer, AUTHORIZED_CALENDAR_PRESENCES
        ):
            return frozenset()
        return known.granted.objects(viewer, GrantKind.CALENDAR)

    def has(self, shared: Collection[str], owner: UserId) -> bool:
        """Whether the calendar of `owner` is among those of these users and groups."""
        groups = self._registry.groups_of(owner)
        return owner in shared or any(group.id in shared for group in groups)
