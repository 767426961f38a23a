"""What a telephone forwards now, and changing it: by commands to its PBX."""

from collections.abc import Callable, Collection, Iterable, Mapping

from tws.bus import Bus
from tws.rules.model import Place, Slot, Target
from tws.telephony.commands import CommandId, GetForwarding, SetForwarding
from tws.telephony.events import LinkStatusChanged
from tws.telephony.model import DeviceId, Forwarding, LinkId, LinkState
from tws.telephony.network import Network


class Telephones:
    def __init__(self, network: Network, bus: Bus, new_id: Callable[[], str]) -> None:
        self._network, self._new_id = network, new_id
        self._told: set[Place] = set()
        "Of which we know what they forward, since their link is up."
        bus.follow(LinkStatusChanged, self._link_changed)

    def reachable(self, place: Place) -> bool:
        status = self._network.status(LinkId(place.link))
        return status is not None and status.state is LinkState.UP

    def offered(self, place: Place) -> Collection[Slot]:
        found = self._network.forwardings(LinkId(place.link), DeviceId(place.number))
        return {Slot(type, origin) for type, origin in found}

    async def found(self, place: Place) -> Mapping[Slot, Forwarding] | None:
        """The forwardings that are active; None = the PBX does not say. What was known before the
        link was lost is asked for again. Refusal, while the link is down or nobody answers."""
        link, number = LinkId(place.link), DeviceId(place.number)
        asks = GetForwarding in self._network.commands(link, number)
        if asks and place not in self._told:
            question = GetForwarding(id=CommandId(self._new_id()), device=number)
            given = await self._network.request(link, question)
            self._told.add(place)
        else:
            device = self._network.device(link, number)
            if device is None or device.forwardings is None:
                return None
            given = device.forwardings
        return _active(given)

    def known(self, place: Place) -> Mapping[Slot, Forwarding]:
        """What is active so far as we have heard."""
        device = self._network.device(LinkId(place.link), DeviceId(place.number))
        return _active((device.forwardings if device is not None else None) or ())

    async def set(self, place: Place, slot: Slot, target: Target | None) -> None:
        """None: forward nowhere. Refusal."""
        forwarding = Forwarding(
            slot.type,
            slot.origin,
            target is not None,
            None if target is None else target.destination,
            None,
            None if target is None else target.seconds,
        )
        command = SetForwarding(
            id=CommandId(self._new_id()), device=DeviceId(place.number), forwarding=forwarding
        )
        await self._network.request(LinkId(place.link), command)

    def forget(self, place: Place) -> None:
        self._told.discard(place)

    def _link_changed(self, event: LinkStatusChanged) -> None:
        if event.status.state is not LinkState.UP:
            self._told = {place for place in self._told if place.link != event.status.link}


def _active(given: Iterable[Forwarding]) -> Mapping[Slot, Forwarding]:
    return {Slot(one.type, one.origin): one for one in given if one.active}
