"""From the events of ECMA-323 to those of the telephony room, one function for each."""

from collections.abc import Callable, Mapping
from typing import Any

from tws.links.csta_xml.forwardings import forwarding
from tws.links.csta_xml.identifiers import (
    Identifiers,
    mailbox,
    number_of,
    party,
    party_of_device,
    redirecting_party,
)
from tws.protocols.csta import Event
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import ConnectionListItem, ExtendedDeviceID
from tws.telephony import event_reports as e
from tws.telephony.model import ConnectionId, ConnectionState, DeviceId, Party

STATES = {state.value: state for state in ConnectionState}
Maker = Callable[[Any, DeviceId], e.Event | None]
"Event and monitored device -> what is reported; None: too little was said to make anything of it."


class Reports:
    """The events of one link."""

    def __init__(self, identifiers: Identifiers) -> None:
        self._ids = identifiers
        self.makers: Mapping[type[Event], Maker] = {
            m.ServiceInitiatedEvent: self._service_initiated,
            m.OriginatedEvent: self._originated,
            m.OfferedEvent: _progress(e.Offered, identifiers),
            m.DeliveredEvent: _progress(e.Delivered, identifiers),
            m.NetworkReachedEvent: _progress(e.NetworkReached, identifiers),
            m.EstablishedEvent: _progress(e.Established, identifiers),
            m.FailedEvent: _progress(e.Failed, identifiers),
            m.QueuedEvent: self._queued,
            m.HeldEvent: _plain(e.Held, identifiers),
            m.RetrievedEvent: _plain(e.Retrieved, identifiers),
            m.DivertedEvent: self._diverted,
            m.ConnectionClearedEvent: self._connection_cleared,
            m.CallClearedEvent: self._call_cleared,
            m.CallInformationEvent: self._call_information,
            m.TransferedEvent: self._transferred,
            m.ConferencedEvent: self._conferenced,
            m.ForwardingEvent: _forwarding,
            m.DoNotDisturbEvent: _do_not_disturb,
            m.MessageWaitingEvent: _message_waiting,
            m.BackInServiceEvent: _in_service,
            m.OutOfServiceEvent: _out_of_service,
        }
        "For each event of ECMA-323 that is understood."

    # ------------------------------------------------------------ calls

    def _service_initiated(
        self, event: m.ServiceInitiatedEvent, monitored: DeviceId
    ) -> e.Event | None:
        connection = self._ids.connection(event.connection, number_of(event.device))
        if connection is None:
            return None
        return e.ServiceInitiated(
            connection=connection,
            cause=event.cause,
            calling=party(event.device),
            called=party(event.called_device),
            monitored=monitored,
            local=STATES.get(event.local_connection_info or ""),
        )

    def _originated(self, event: m.OriginatedEvent, monitored: DeviceId) -> e.Event | None:
        connection = self._ids.connection(event.connection, number_of(event.device))
        if connection is None:
            return None
        return e.Originated(
            connection=connection,
            cause=event.cause,
            calling=party(event.device),
            called=party(event.called_device) or party(event.network_called_device),
            monitored=monitored,
            local=STATES.get(event.local_connection_info or ""),
        )

    def _queued(self, event: m.QueuedEvent, monitored: DeviceId) -> e.Event | None:
        connection = self._ids.connection(event.connection, number_of(event.device))
        if connection is None:
            return None
        return e.Queued(
            connection=connection,
            cause=event.cause,
            calling=_calling(event),
            called=party(event.called_device) or party(event.network_called_device),
            last_redirection=redirecting_party(event.last_redirection_device),
            monitored=monitored,
            local=STATES.get(event.local_connection_info or ""),
            party=party(event.device),
            number_queued=event.number_queued,
            calls_in_front=event.calls_in_front,
        )

    def _diverted(self, event: m.DivertedEvent, monitored: DeviceId) -> e.Event | None:
        connection = self._ids.connection(event.connection, number_of(event.device))
        if connection is None:
            return None
        self._ids.forget(connection)
        return e.Diverted(
            connection=connection,
            cause=event.cause,
            calling=_calling(event),
            called=party(event.called_device) or party(event.network_called_device),
            last_redirection=redirecting_party(event.last_redirection_device),
            monitored=monitored,
            local=STATES.get(event.local_connection_info or ""),
            destination=party(event.new_destination),
        )

    def _connection_cleared(
        self, event: m.ConnectionClearedEvent, monitored: DeviceId
    ) -> e.Event | None:
        # The releasing device need not be that of the connection.
        connection = self._ids.connection(event.connection, None, learn=False)
        if connection is None:
            return None
        self._ids.forget(connection)
        return e.ConnectionCleared(
            connection=connection,
            cause=event.cause,
            monitored=monitored,
            local=STATES.get(event.local_connection_info or ""),
        )

    def _call_cleared(self, event: m.CallClearedEvent, monitored: DeviceId) -> e.Event | None:
        connection = self._ids.connection(event.connection, monitored, learn=False)
        if connection is None:
            return None
        self._ids.forget_call(connection.call)
        return e.CallCleared(call=connection.call, cause=event.cause, monitored=monitored)

    def _call_information(
        self, event: m.CallInformationEvent, monitored: DeviceId
    ) -> e.Event | None:
        connection = self._ids.connection(event.connection, number_of(event.device))
        if connection is None:
            return None
        return e.CallInformation(
            connection=connection,
            calling=party(event.calling_device),
            monitored=monitored,
            party=party(event.device),
        )

    # ------------------------------------------------------------ calls that join

    def _transferred(self, event: m.TransferedEvent, monitored: DeviceId) -> e.Event | None:
        transferring = number_of(event.transferring_device)
        primary = self._ids.connection(event.primary_old_call, transferring)
        if primary is None:
            return None
        secondary = self._ids.connection(event.secondary_old_call, transferring)
        moved = self._moved(event.connections)
        self._left(moved, primary, secondary)
        self._ids.forget(primary)
        if secondary is not None:
            self._ids.forget(secondary)
        return e.Transferred(
            primary=primary,
            secondary=secondary,
            transferring=party(event.transferring_device) or Party(number=primary.device),
            transferred_to=party(event.transferred_to_device),
            connections=moved,
            cause=event.cause,
            monitored=monitored,
            local=STATES.get(event.local_connection_info or ""),
        )

    def _conferenced(self, event: m.ConferencedEvent, monitored: DeviceId) -> e.Event | None:
        conferencing = number_of(event.conferencing_device)
        primary = self._ids.connection(event.primary_old_call, conferencing)
        if primary is None:
            return None
        secondary = self._ids.connection(event.secondary_old_call, conferencing)
        moved = self._moved(event.connections)
        self._left(moved, primary, secondary)
        return e.Conferenced(
            primary=primary,
            secondary=secondary,
            conferencing=party(event.conferencing_device) or Party(number=primary.device),
            added=party(event.added_party),
            connections=moved,
            cause=event.cause,
            monitored=monitored,
            local=STATES.get(event.local_connection_info or ""),
        )

    def _moved(self, items: tuple[ConnectionListItem, ...]) -> tuple[e.Moved, ...]:
        moved = []
        for item in items:
            endpoint = item.endpoint
            who = None
            if endpoint is not None:
                who = ExtendedDeviceID(endpoint.device_id, restricted=endpoint.restricted)
            new = self._ids.connection(item.new_connection, number_of(who))
            if new is not None:
                old = self._ids.connection(item.old_connection, new.device, learn=False)
                moved.append(e.Moved(new=new, old=old, party=party(who)))
        return tuple(moved)

    def _left(self, moved: tuple[e.Moved, ...], *before: ConnectionId | None) -> None:
        """Who is in the call that remains has no connection in another any more."""
        for old in (*before, *(one.old for one in moved)):
            if moved and old is not None and old.call != moved[0].new.call:
                self._ids.forget(old)


def _plain(
    kind: type[e.Held] | type[e.Retrieved], ids: Identifiers
) -> Callable[[m.HeldEvent | m.RetrievedEvent, DeviceId], e.Event | None]:
    def make(event: m.HeldEvent | m.RetrievedEvent, monitored: DeviceId) -> e.Event | None:
        connection = ids.connection(event.connection, number_of(event.device))
        if connection is None:
            return None
        return kind(
            connection=connection,
            cause=event.cause,
            monitored=monitored,
            local=STATES.get(event.local_connection_info or ""),
        )

    return make


Progress = (
    m.OfferedEvent | m.DeliveredEvent | m.NetworkReachedEvent | m.EstablishedEvent | m.FailedEvent
)
ProgressReport = (
    type[e.Offered]
    | type[e.Delivered]
    | type[e.NetworkReached]
    | type[e.Established]
    | type[e.Failed]
)


def _progress(
    kind: ProgressReport, ids: Identifiers
) -> Callable[[Progress, DeviceId], e.Event | None]:
    def make(event: Progress, monitored: DeviceId) -> e.Event | None:
        device = event.device
        connection = ids.connection(event.connection, number_of(device))
        if connection is None:
            return None
        return kind(
            connection=connection,
            cause=event.cause,
            calling=_calling(event),
            called=party(event.called_device) or party(event.network_called_device),
            last_redirection=redirecting_party(event.last_redirection_device),
            monitored=monitored,
            local=STATES.get(event.local_connection_info or ""),
            party=party(device),
        )

    return make


def _calling(event: Progress | m.QueuedEvent | m.DivertedEvent) -> Party | None:
    """From outside, callingDevice may be the trunk: what the network says comes first.

    associatedCallingDevice is the trunk where callingDevice is the caller: it comes last.
    """
    return (
        party(event.network_calling_device)
        or party(event.calling_device)
        or party(event.associated_calling_device)
    )


# ---------------------------------------------------------------- devices


def _forwarding(event: m.ForwardingEvent, monitored: DeviceId) -> e.Event | None:
    to = party_of_device(event.forward_to).number if event.forward_to is not None else None
    found = forwarding(
        event.forwarding_type, event.forward_status, to, event.ring_count, event.ring_duration
    )
    return e.ForwardingChanged(monitored, found) if found is not None else None


def _do_not_disturb(event: m.DoNotDisturbEvent, monitored: DeviceId) -> e.Event | None:
    return e.DoNotDisturbChanged(monitored, event.do_not_disturb_on)


def _message_waiting(event: m.MessageWaitingEvent, monitored: DeviceId) -> e.Event | None:
    return e.MessageWaitingChanged(
        monitored, event.message_waiting_on, mailbox(event.device_for_message)
    )


def _in_service(event: m.BackInServiceEvent, monitored: DeviceId) -> e.Event | None:
    return e.InService(monitored)


def _out_of_service(event: m.OutOfServiceEvent, monitored: DeviceId) -> e.Event | None:
    return e.OutOfService(monitored, event.cause)
