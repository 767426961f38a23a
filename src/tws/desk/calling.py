"""Calls that a helper makes by a key: of what is selected anywhere on the computer, or of a number
that was chosen on a card (9.1.8).

What a parameter or a choice of the user switches off is off for the helper too, whatever keys it
still holds.
"""

from collections.abc import Callable

from tws.desk.model import Grabbed
from tws.errors import NotAllowed, missing
from tws.organisation.actor import Actor, DeviceRowId, UserId
from tws.organisation.model import UserDevice
from tws.organisation.parameters.catalogue.caller import (
    AUTHORIZE_HOT_KEYS,
    AUTHORIZE_HOT_KEYS_EXE,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import caller_user, forbidden_by
from tws.organisation.registry import Registry
from tws.telephony.asking import Reached
from tws.telephony.commands import CommandId
from tws.telephony.model import DeviceId, LinkId, MonitorState
from tws.telephony.service import TelephonyService
from tws.telephony.state import TelephonyState


class DeskCalls:
    def __init__(
        self,
        registry: Registry,
        state: TelephonyState,
        telephony: TelephonyService,
        chosen_device: Callable[[Actor], DeviceRowId | None],
    ) -> None:
        """`chosen_device`: that of the chosen profile, if any; Refused where it cannot call."""
        self._registry, self._state, self._telephony = registry, state, telephony
        self._chosen_device = chosen_device
        self._parameters = Parameters(registry)

    def keys(self, user: UserId) -> Grabbed:
        """Those that the helpers of a user hold now."""
        chosen = self._registry.choices_of(user)
        selected = self._allows(user, AUTHORIZE_HOT_KEYS_EXE) and chosen.selected_by_key
        by_number = self._allows(user, AUTHORIZE_HOT_KEYS)
        return Grabbed(
            selected=chosen.selected_keys if selected else "",
            numbers=tuple(one.key for one in chosen.hot_keys) if by_number else (),
        )

    async def call_selected(
        self, actor: Actor, number: str, device: str | None = None, key: CommandId | None = None
    ) -> Reached:
        """Call a number that is selected; `device`: the number of one of the user's own, else that
        of the chosen profile, else the first that works."""
        user = self._user(actor)
        if not self._allows(user, AUTHORIZE_HOT_KEYS_EXE):
            raise forbidden_by(AUTHORIZE_HOT_KEYS_EXE)
        if not self._registry.choices_of(user).selected_by_key:
            raise NotAllowed("You have switched this key off.", why="switchedOff")
        return await self._call(actor, user, number, device, key)

    async def call_chosen(
        self, actor: Actor, n: int, device: str | None = None, key: CommandId | None = None
    ) -> Reached:
        """Call the number of Ctrl+Fn."""
        user = self._user(actor)
        if not self._allows(user, AUTHORIZE_HOT_KEYS):
            raise forbidden_by(AUTHORIZE_HOT_KEYS)
        keys = self._registry.choices_of(user).hot_keys
        found = next((one for one in keys if one.key == n), None)
        if found is None:
            raise missing("shortcut", "key")
        return await self._call(actor, user, found.number, device, key)

    def _user(self, actor: Actor) -> UserId:
        return caller_user(actor, "A desk is a user's own.")

    def _allows(self, user: UserId, parameter: str) -> bool:
        return bool(self._parameters.effective(user, parameter))

    async def _call(
        self, actor: Actor, user: UserId, number: str, device: str | None, key: CommandId | None
    ) -> Reached:
        chosen = self._chosen_device(actor) if device is None else None
        calls = chosen or self._device(user, device).id
        return await self._telephony.make_call(actor, calls, number, key=key)

    def _device(self, user: UserId, number: str | None) -> UserDevice:
        """The first that works, of all or of those with that number."""
        rows = self._registry.devices_of(user)
        if number is not None:
            rows = tuple(row for row in rows if row.number == number)
        working = (row for row in rows if self._works(row))
        found = next(working, rows[0] if rows else None)
        if found is None:
            raise missing("device", "device")
        return found

    def _works(self, row: UserDevice) -> bool:
        now = self._state.device(LinkId(row.link), DeviceId(row.number))
        return now is not None and now.state is MonitorState.MONITORED
