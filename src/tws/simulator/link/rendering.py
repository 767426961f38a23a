"""Facts of the PBX as CSTA events (ECMA-323), and parties as the link shows them.

A fact becomes one event for each monitor of a device that it concerns: all alike but for the
monitor's cross reference and the state of that device's own connection.
"""

from collections.abc import Callable

from tws.protocols.csta import messages
from tws.protocols.csta.message import Event as CstaEvent
from tws.protocols.csta.values import (
    NOT_KNOWN,
    NOT_REQUIRED,
    RESTRICTED,
    CallLinkageData,
    CallLinkageDataList,
    ConnectionID,
    ConnectionListItem,
    DeviceID,
    Endpoint,
    ExtendedDeviceID,
    GlobalCallData,
    GlobalCallLinkageID,
    RedirectionDeviceID,
    ThreadData,
    ThreadLinkageID,
    connection,
    device,
)
from tws.simulator.settings import LinkSettings
from tws.simulator.switching.facts import (
    CallFact,
    Connection,
    DeviceFact,
    Event,
    Fact,
    Feature,
    Joined,
)
from tws.simulator.switching.model import Forward, Origin, Party, When

Make = Callable[[str, str], CstaEvent]
"Monitor cross reference, local connection state -> event."

FORWARDING_TYPES: dict[tuple[When, Origin], str] = {
    (When.IMMEDIATE, Origin.ALL): "forwardImmediate",
    (When.IMMEDIATE, Origin.INTERNAL): "forwardImmInt",
    (When.IMMEDIATE, Origin.EXTERNAL): "forwardImmExt",
    (When.BUSY, Origin.ALL): "forwardBusy",
    (When.BUSY, Origin.INTERNAL): "forwardBusyInt",
    (When.BUSY, Origin.EXTERNAL): "forwardBusyExt",
    (When.NO_ANSWER, Origin.ALL): "forwardNoAns",
    (When.NO_ANSWER, Origin.INTERNAL): "forwardNoAnsInt",
    (When.NO_ANSWER, Origin.EXTERNAL): "forwardNoAnsExt",
    (When.DO_NOT_DISTURB, Origin.ALL): "forwardDND",
    (When.DO_NOT_DISTURB, Origin.INTERNAL): "forwardDNDInt",
    (When.DO_NOT_DISTURB, Origin.EXTERNAL): "forwardDNDExt",
}
SECONDS_A_RING = 5

_PLAIN: dict[Event, type[CstaEvent]] = {
    Event.SERVICE_INITIATED: messages.ServiceInitiatedEvent,
    Event.HELD: messages.HeldEvent,
    Event.RETRIEVED: messages.RetrievedEvent,
    Event.CONNECTION_CLEARED: messages.ConnectionClearedEvent,
}
_WITH_PARTIES: dict[Event, type[CstaEvent]] = {
    Event.OFFERED: messages.OfferedEvent,
    Event.DELIVERED: messages.DeliveredEvent,
    Event.NETWORK_REACHED: messages.NetworkReachedEvent,
    Event.ESTABLISHED: messages.EstablishedEvent,
    Event.QUEUED: messages.QueuedEvent,
    Event.FAILED: messages.FailedEvent,
    Event.DIVERTED: messages.DivertedEvent,
}
_AGENT: dict[Feature, type[CstaEvent]] = {
    Feature.AGENT_LOGGED_ON: messages.AgentLoggedOnEvent,
    Feature.AGENT_LOGGED_OFF: messages.AgentLoggedOffEvent,
    Feature.AGENT_READY: messages.AgentReadyEvent,
    Feature.AGENT_NOT_READY: messages.AgentNotReadyEvent,
}


class Renderer:
    def __init__(self, link: LinkSettings) -> None:
        self._link = link

    # ------------------------------------------------------------ parties

    def text(self, party: Party) -> str:
        """`4001`, or `N<4001>Alice` where names are shown."""
        names = self._link.names
        shown = names == "all" or (names == "outside" and party.outside)
        return f"N<{party.number}>{party.name}" if shown and party.name else party.number

    def extended(self, party: Party | None) -> ExtendedDeviceID:
        if party is None:
            return NOT_KNOWN
        return RESTRICTED if party.restricted else device(self.text(party))

    def connection(self, it: Connection) -> ConnectionID:
        return connection(it.call, it.device)

    def redirection(self, party: Party | None) -> RedirectionDeviceID:
        if party is None:
            return NOT_REQUIRED
        if party.restricted:
            return RedirectionDeviceID(restricted=True)
        return RedirectionDeviceID(number_dialed=DeviceID(self.text(party)))

    def linkage(self, call: str, thread: str) -> CallLinkageData | None:
        if not self._link.linkage:
            return None
        own = GlobalCallLinkageID(sub_domain_call_linkage_id=f"{thread}-{call}")
        return CallLinkageData(
            GlobalCallData(global_call_linkage_id=own),
            ThreadData(thread_linkage_id=ThreadLinkageID(sub_domain_thread_id=thread)),
        )

    # ------------------------------------------------------------ facts

    def make(self, fact: Fact) -> Make:
        if isinstance(fact, DeviceFact):
            return self._feature(fact)
        if fact.event in (Event.TRANSFERRED, Event.CONFERENCED):
            return self._joined(fact)
        return self._call(fact)

    def _call(self, fact: CallFact) -> Make:
        about: dict[str, object] = {
            "connection": self.connection(fact.connection),
            "device": self._subject(fact),
            "cause": fact.cause,
            "call_linkage_data": self.linkage(fact.connection.call, fact.linkage),
        }
        if fact.event in _PLAIN:
            return _maker(_PLAIN[fact.event], about)
        if fact.event is Event.DIGITS_DIALED:
            about["dialing_sequence"] = DeviceID(fact.digits)
            return _maker(messages.DigitsDialedEvent, about)
        about["called_device"] = self.extended(fact.called)
        if fact.event is Event.ORIGINATED:
            return _maker(messages.OriginatedEvent, about)
        about["calling_device"] = self.extended(fact.calling)
        about["last_redirection_device"] = self.redirection(fact.last_redirection)
        if fact.external and fact.trunk is not None:
            self._network(fact, about)
        if fact.event is Event.QUEUED:
            about |= {"number_queued": fact.waiting, "calls_in_front": fact.in_front}
        if fact.event is Event.DIVERTED:
            about["new_destination"] = self.extended(fact.other)
        return _maker(_WITH_PARTIES[fact.event], about)

    def _subject(self, fact: CallFact) -> ExtendedDeviceID:
        """Of an outside party the line is named, as a PBX knows it."""
        subject = fact.connection.device
        if fact.party.outside and fact.party.number != subject:
            return device(subject)
        return self.extended(fact.party)

    def _network(self, fact: CallFact, about: dict[str, object]) -> None:
        """The outside number, and the line it came by or leaves by."""
        line = device(fact.trunk or "")
        if fact.calling is not None and fact.calling.outside:
            about["network_calling_device"] = self.extended(fact.calling)
            about["associated_calling_device"] = line
        elif fact.event is not Event.NETWORK_REACHED:
            about["associated_called_device"] = line

    def _joined(self, fact: CallFact) -> Make:
        linked = self.linkage(fact.joined[0].new.call, fact.linkage) if fact.joined else None
        about: dict[str, object] = {
            "primary_old_call": self.connection(fact.connection),
            "secondary_old_call": self.connection(fact.secondary) if fact.secondary else None,
            "connections": tuple(self._line(one) for one in fact.joined),
            "cause": fact.cause,
            "call_linkage_data_list": CallLinkageDataList(linked) if linked else None,
        }
        by, other = self.extended(fact.party), self.extended(fact.other)
        if fact.event is Event.TRANSFERRED:
            about |= {"transferring_device": by, "transferred_to_device": other}
            return _maker(messages.TransferedEvent, about)
        about |= {"conferencing_device": by, "added_party": other}
        return _maker(messages.ConferencedEvent, about)

    def _line(self, one: Joined) -> ConnectionListItem:
        if one.party.restricted:
            who = Endpoint(restricted=True)
        else:
            who = Endpoint(DeviceID(self.text(one.party)))
        old = self.connection(one.old) if one.old is not None else None
        return ConnectionListItem(self.connection(one.new), old, who)

    def _feature(self, fact: DeviceFact) -> Make:
        who = device(fact.device)

        def event(xref: str, local: str) -> CstaEvent:
            match fact.feature:
                case Feature.FORWARDING:
                    assert fact.forward is not None
                    return self._forwarding(xref, who, fact.forward)
                case Feature.DO_NOT_DISTURB:
                    return messages.DoNotDisturbEvent(
                        monitor_cross_ref_id=xref, device=who, do_not_disturb_on=fact.on
                    )
                case Feature.MESSAGE_WAITING:
                    return messages.MessageWaitingEvent(
                        monitor_cross_ref_id=xref, device=who, message_waiting_on=fact.on
                    )
                case Feature.BACK_IN_SERVICE:
                    return messages.BackInServiceEvent(monitor_cross_ref_id=xref, device=who)
                case Feature.OUT_OF_SERVICE:
                    return messages.OutOfServiceEvent(monitor_cross_ref_id=xref, device=who)
            about: dict[str, object] = {"device": who, "agent_id": fact.device}
            if fact.queue:
                about["acd_group"] = DeviceID(fact.queue)
            return _build(_AGENT[fact.feature], {**about, "monitor_cross_ref_id": xref})

        return event

    def _forwarding(self, xref: str, who: ExtendedDeviceID, forward: Forward) -> CstaEvent:
        count, duration = rings(forward)
        return messages.ForwardingEvent(
            monitor_cross_ref_id=xref,
            device=who,
            forwarding_type=FORWARDING_TYPES[(forward.when, forward.origin)],
            forward_status=forward.active,
            forward_to=DeviceID(forward.destination) if forward.destination else None,
            ring_count=count,
            ring_duration=duration,
        )


def rings(forward: Forward) -> tuple[int | None, int | None]:
    """Of a forwarding on no answer: the rings, and the seconds, before it acts."""
    if forward.ring_seconds is None:
        return None, None
    return max(1, round(forward.ring_seconds / SECONDS_A_RING)), max(
        1, round(forward.ring_seconds)
    )


def _maker(kind: type[CstaEvent], about: dict[str, object]) -> Make:
    def event(xref: str, local: str) -> CstaEvent:
        return _build(
            kind, {**about, "monitor_cross_ref_id": xref, "local_connection_info": local}
        )

    return event


def _build(kind: type[CstaEvent], values: dict[str, object]) -> CstaEvent:
    build: Callable[..., CstaEvent] = kind
    return build(**values)
