"""Chat in a conference call: everybody who is in it, and may, writes to all while it lasts.

Nothing of it is kept: it is in memory, by the call's thread, and gone when the call is over. Who
comes later does not see what was written before: it was not written to him.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime

from tws.bus import Bus
from tws.errors import Conflict, NotFound
from tws.messaging.chat.events import CallMessageSent
from tws.messaging.chat.model import CallMessage, MessageId, said
from tws.messaging.chat.passing import MOST
from tws.messaging.chat.service import ChatService
from tws.messaging.party import Party, PartyKind
from tws.messaging.party import user as party
from tws.organisation.actor import Actor, UserId
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_MULTI_CHAT
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import forbidden_by
from tws.organisation.registry import Registry
from tws.storage import new_id
from tws.telephony.events import CallChanged
from tws.telephony.model import Call, ConnectionState, LegId, ThreadId
from tws.telephony.state import TelephonyState

JOINED = (ConnectionState.CONNECTED, ConnectionState.HOLD)


class CallChats:
    def __init__(
        self,
        registry: Registry,
        bus: Bus,
        clock: Callable[[], datetime],
        telephony: TelephonyState,
        chats: ChatService,
    ) -> None:
        self._registry, self._bus, self._clock = registry, bus, clock
        self._telephony, self._chats = telephony, chats
        self._parameters = Parameters(registry)
        self._messages: dict[ThreadId, deque[CallMessage]] = {}
        bus.follow(CallChanged, self._call_changed)
        bus.follow(CallMessageSent, lambda event: self._sent(event.message))

    def send(
        self, actor: Actor, leg: LegId, text: str, key: str | None = None
    ) -> tuple[CallMessage, LegId]:
        """To all who are in the conference; errors as of a message to a colleague. Conflict where
        it is no conference, or nobody else in it has chat."""
        own, call = self._own(actor, leg)
        text = said(text)
        messages = self._messages.get(call.thread, ())
        for before in messages:
            if key is not None and before.key == key and before.sender == party(own):
                return before, leg
        there = self._there(call)
        if not call.conference or own not in there or len(there) < 2:
            raise Conflict("Nobody else in this call can read messages.", why="chatNoConference")
        self._chats.flood.one_more(own, self._clock())
        message = CallMessage(
            id=MessageId(new_id()),
            sender=party(own),
            recipient=Party(PartyKind.CALL, call.thread),
            told=there,
            sent=self._clock(),
            text=text,
            key=key,
        )
        self._bus.publish(CallMessageSent(message))
        return message, leg

    def _sent(self, message: CallMessage) -> None:
        """At this node or another."""
        thread = ThreadId(message.recipient.id)
        self._messages.setdefault(thread, deque(maxlen=MOST)).append(message)

    def history(self, actor: Actor, leg: LegId) -> list[CallMessage]:
        """What was written to the user in this call, oldest first."""
        own, call = self._own(actor, leg)
        return [one for one in self._messages.get(call.thread, ()) if own in one.told]

    def _own(self, actor: Actor, leg: LegId) -> tuple[UserId, Call]:
        """The user, and the call in which that leg of his is; NotFound of another's."""
        own = self._chats.rights.own(actor)
        found = self._telephony.leg(leg)
        if found is not None:
            call, connection = found
            row = self._registry.device_at(call.link, connection.id.device)
            if row is not None and row.user == own:
                if not self._may(own):
                    raise forbidden_by(AUTHORIZED_MULTI_CHAT)
                return own, call
        raise NotFound("You are in no such call.")

    def _may(self, user: UserId) -> bool:
        return self._chats.rights.chats(user) and bool(
            self._parameters.effective(user, AUTHORIZED_MULTI_CHAT)
        )

    def _there(self, call: Call) -> dict[UserId, LegId]:
        """Who is in conversation and may chat, with the leg by which each knows the call."""
        found: dict[UserId, LegId] = {}
        for number, connection in call.connections.items():
            row = self._registry.device_at(call.link, number)
            if row is not None and connection.state in JOINED and self._may(row.user):
                found.setdefault(row.user, connection.leg)
        return found

    def _call_changed(self, event: CallChanged) -> None:
        if event.call.over:
            self._messages.pop(event.call.thread, None)
