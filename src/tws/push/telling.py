"""Follows the calls of users whose browsers want to be told: when a telephone rings, when the name
of the caller is found, and when it rings no more."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from tws.bus import Bus
from tws.naming import Names
from tws.naming.events import PartyNamed
from tws.organisation.actor import UserId
from tws.organisation.model import UserDevice
from tws.organisation.registry import Registry
from tws.push import notices
from tws.push.events import NoticeWanted
from tws.push.model import CallState, Notice, Subscription
from tws.push.quiet import is_quiet
from tws.push.subscriptions import Subscriptions
from tws.telephony.events import CallChanged, LinkStatusChanged
from tws.telephony.model import Call, Connection, LegId, LinkId, ThreadId
from tws.telephony.state import TelephonyState


@dataclass(slots=True)
class _Ringing:
    device: UserDevice
    link: LinkId
    thread: ThreadId
    last: Notice
    told: dict[str, Subscription] = field(default_factory=dict)
    "By id."


class Telling:
    def __init__(
        self,
        subscriptions: Subscriptions,
        registry: Registry,
        bus: Bus,
        names: Names,
        telephony: TelephonyState,
        clock: Callable[[], datetime],
    ) -> None:
        """Built after the names, which must have heard of a call before they are asked."""
        self._subscriptions, self._registry, self._bus = subscriptions, registry, bus
        self._names, self._telephony, self._clock = names, telephony, clock
        self._ringing: dict[LegId, _Ringing] = {}
        self._of_user: dict[UserId, dict[LegId, None]] = {}
        self._turn = 0
        subscriptions.hidden.append(self._hidden)
        bus.follow_here(CallChanged, self._call_changed)
        bus.follow(PartyNamed, self._party_named)
        bus.follow_here(LinkStatusChanged, self._status_changed)

    def page_looked_at(self, session: str) -> None:
        self._subscriptions.page_looked_at(session)

    def page_hidden(self, session: str) -> None:
        """It is not looked at any more: what rings is told then."""
        self._subscriptions.page_hidden(session)

    def _hidden(self, user: UserId) -> None:
        for leg in tuple(self._of_user.get(user, ())):
            self._tell(self._ringing[leg], self._subscriptions.to_tell(user))

    # ------------------------------------------------------------ following

    def _call_changed(self, change: CallChanged) -> None:
        for end in change.ended:
            if end.connection.leg in self._ringing and not _goes_on(change.call, end.connection):
                self._over(end.connection.leg, notices.ended(change.call, end))
        for number, connection in change.call.connections.items():
            if connection.leg in self._ringing:
                state = notices.became(connection)
                if state is not CallState.RINGING:
                    self._over(connection.leg, state)
                    continue
            elif not notices.rings(connection):
                continue
            device = self._registry.device_at(change.link, number)
            if device is not None and self._subscriptions.any_of(device.user):
                self._rings(device, change.call, connection)

    def _party_named(self, event: PartyNamed) -> None:
        known = self._ringing.get(event.leg)
        found = self._telephony.leg(event.leg)
        if known is not None and found is not None:
            self._rings(known.device, *found)

    def _status_changed(self, event: LinkStatusChanged) -> None:
        """Switched off: nobody will say how its calls end."""
        if event.status.epoch:
            return
        for leg, known in tuple(self._ringing.items()):
            if known.link == event.status.link:
                self._over(leg, CallState.OVER)

    # ------------------------------------------------------------ telling

    def _rings(self, device: UserDevice, call: Call, own: Connection) -> None:
        calls = self._telephony.calls_of(call.link, own.id.device)
        offered = self._telephony.permitted(call, own, calls)
        notice = notices.notice(self._names, self._registry, device, call, own, offered)
        if notice is None:
            return
        known = self._ringing.get(own.leg)
        if known is None:
            known = self._ringing[own.leg] = _Ringing(device, call.link, call.thread, notice)
            self._of_user.setdefault(device.user, {})[own.leg] = None
        elif known.last == notice:
            return
        known.last = notice
        self._send(known, notice, known.told.values())
        self._tell(known, self._subscriptions.to_tell(device.user))

    def _tell(self, known: _Ringing, browsers: Iterable[Subscription]) -> None:
        """Those that know nothing of it yet, unless it is quiet."""
        new = [each for each in browsers if each.id not in known.told]
        if new and not self._quiet(known.device):
            known.told |= {each.id: each for each in new}
            self._send(known, known.last, new)

    def _over(self, leg: LegId, state: CallState) -> None:
        """It is said to those who were told that it rings."""
        known = self._ringing.pop(leg)
        legs = self._of_user[known.device.user]
        del legs[leg]
        if not legs:
            del self._of_user[known.device.user]
        notice = msgspec.structs.replace(known.last, state=state, operations=())
        self._send(known, notice, known.told.values())

    def _send(self, known: _Ringing, notice: Notice, browsers: Iterable[Subscription]) -> None:
        for each in browsers:
            self._turn += 1
            # Also where a page at another node is hidden: the link is held here.
            wanted = NoticeWanted(each, notice, known.thread, self._turn)
            self._bus.publish(wanted, own=True)

    def _quiet(self, device: UserDevice) -> bool:
        domain = self._registry.domains.get(device.domain)
        chosen = self._registry.choices_of(device.user)
        return domain is not None and is_quiet(chosen, self._clock(), domain.time_zone)


def _goes_on(call: Call, connection: Connection) -> bool:
    """The leg lives on with another connection, as calls become one."""
    return any(each.leg == connection.leg for each in call.connections.values())
