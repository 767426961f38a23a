"""Which extension goes to whom: a device stays with its number, and the number goes from one user
to another. Pure.

Only devices that the import gave are changed or taken away; one that an administrator has given
is taken over where it has the number.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol

from tws.imports.claims import Wanted
from tws.organisation.actor import (
    CompanyId,
    DeviceRowId,
    DomainId,
    ScimConnectionId,
    UserId,
    UserImportId,
)
from tws.organisation.device_protocols import ONLY_SIP, fitting
from tws.organisation.model import UserDevice
from tws.organisation.user_changes import DeviceChange


class Giver(Protocol):
    """On which link extensions are given, and how: an import, or who else brings users."""

    @property
    def id(self) -> UserImportId | ScimConnectionId: ...
    @property
    def company(self) -> CompanyId: ...
    @property
    def link(self) -> str | None: ...
    @property
    def protocol(self) -> str: ...
    @property
    def label(self) -> str: ...


class DevicePlanning:
    def __init__(
        self,
        row: Giver,
        devices: Iterable[UserDevice],
        domain: DomainId | None,
        settings: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """`domain`: of the link on which extensions are given; `settings`: what new devices have
        besides, by their names there."""
        self._row, self._domain, self._settings = row, domain, settings
        self._by_number: dict[str, UserDevice] = {}
        self._ours: dict[UserId, list[UserDevice]] = {}
        for device in devices:
            if device.link == row.link:
                self._by_number[device.number] = device
            if device.user_import == row.id:
                self._ours.setdefault(device.user, []).append(device)

    def at(self, number: str) -> UserDevice | None:
        return self._by_number.get(number)

    def given(
        self, kept: Sequence[Wanted], deleted: Set[UserId], new_id: Callable[[], str]
    ) -> list[tuple[DeviceChange, ...]]:
        """For each of `kept` what changes of his devices. Those of the `deleted` are gone by
        then."""
        if self._row.link is None or self._domain is None:
            return [()] * len(kept)
        claimed = {one.number for one in kept}
        return [tuple(self._of(one, claimed, deleted, new_id)) for one in kept]

    def _of(
        self,
        one: Wanted,
        claimed: Set[str],
        deleted: Set[UserId],
        new_id: Callable[[], str],
    ) -> list[DeviceChange]:
        there = self.at(one.number)
        if there is not None and there.user in deleted:
            there = None
        owned = self._ours.get(one.before.id, []) if one.before is not None else []
        spare = [
            device
            for device in owned
            if (device.link, device.number) != (self._row.link, one.number)
            and not self._is_claimed(device, claimed)
        ]
        if there is None and spare:
            there = spare.pop(0)
        after = self._made(one, there, new_id)
        changes = [] if after == there else [DeviceChange(there, after)]
        return changes + [DeviceChange(device, None) for device in spare]

    def _is_claimed(self, device: UserDevice, claimed: Set[str]) -> bool:
        return device.link == self._row.link and device.number in claimed

    def _made(
        self, one: Wanted, there: UserDevice | None, new_id: Callable[[], str]
    ) -> UserDevice:
        row = self._row
        assert row.link is not None and self._domain is not None
        base = there or UserDevice(
            id=DeviceRowId(new_id()),
            version=1,
            company=row.company,
            domain=self._domain,
            user=one.after.id,
            link=row.link,
            number=one.number,
            protocol=row.protocol,
            label=row.label,
            **self._settings,
        )
        after = replace(
            base,
            user=one.after.id,
            link=row.link,
            domain=self._domain,
            number=one.number,
            protocol=row.protocol,
            user_import=row.id,
        )
        if there is not None and there.protocol != row.protocol:
            of_sip = {name: self._settings[name] for name in ONLY_SIP if name in self._settings}
            after = replace(after, **of_sip)
        return fitting(after, {})
