"""What colleagues write to each other: moments, and how much waits to be read."""

from collections.abc import Mapping
from typing import Any

from tws.bus import Bus
from tws.messaging.chat.events import (
    CallMessageSent,
    MessageDelivered,
    MessageSent,
    MessagesRead,
    Typing,
    UnreadChanged,
)
from tws.organisation.actor import Actor, UserId
from tws.organisation.events import (
    DirectoryChanged,
    GrantChanged,
    GroupChanged,
    IntercomGroupChanged,
    ParameterValueChanged,
    UserChanged,
)
from tws.organisation.parameters.catalogue.caller import (
    AUTHORIZE_CHAT,
    AUTHORIZED_PHONE_SUPERVISION_PRESENCES,
)
from tws.organisation.permission import IN_CALLER, uses
from tws.records.kind import Changed
from tws.web.live.frames import (
    CallChatMoment,
    ChatDeliveryMoment,
    ChatMoment,
    ChatReadMoment,
    ChatTypingMoment,
)
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.chats import call_message, chats, message, read
from tws.web.shown.known import Known

DECIDE = (AUTHORIZE_CHAT, AUTHORIZED_PHONE_SUPERVISION_PRESENCES)


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    if not uses(actor, *IN_CALLER) or not known.chats.rights.chats(id):
        return []
    return [Scope(Kind.CHATS, id)]


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    return []


def _chats(known: Known, id: str) -> Values:
    user = UserId(id)
    return {"chats": chats(known, user)} if known.chats.rights.chats(user) else {}


CONTENT: Mapping[Kind, Content] = {Kind.CHATS: _chats}


def follow(marks: Marks, bus: Bus) -> None:
    def sent(event: MessageSent) -> None:
        name = marks.known.chats.rights.name(event.message.sender.id)
        moment = ChatMoment(message=message(event.message), sender_name=name)
        for user in event.told:
            marks.moment(user, moment)

    def sent_in_call(event: CallMessageSent) -> None:
        for user, leg in event.message.told.items():
            value = call_message(marks.known, event.message, leg)
            marks.moment(user, CallChatMoment(message=value))

    def typing(event: Typing) -> None:
        marks.moment(event.recipient, ChatTypingMoment(user=event.sender))

    def has_read(event: MessagesRead) -> None:
        moment = ChatReadMoment(user=event.mark.user, read=read(event.mark))
        marks.moment(UserId(event.mark.other), moment)

    def delivered(event: MessageDelivered) -> None:
        moment = ChatDeliveryMoment(
            user=event.other, message=event.message, delivery=event.delivery.value
        )
        marks.moment(event.user, moment)

    bus.follow(MessageDelivered, delivered)
    bus.follow(MessageSent, sent)
    bus.follow(CallMessageSent, sent_in_call)
    bus.follow(Typing, typing)
    bus.follow(MessagesRead, has_read)
    bus.follow(UnreadChanged, lambda event: marks.mark(Kind.CHATS, event.user))
    _follow_rights(marks, bus)


def _follow_rights(marks: Marks, bus: Bus) -> None:
    """Who may write to whom hangs on both: all are looked at again."""

    def everybody(event: Changed[Any]) -> None:
        if (row := event.after or event.before) is not None:
            marks.mark_company(Kind.CHATS, row.company)

    def user_row(event: UserChanged) -> None:
        before, after = event.before, event.after
        if before is None or after is None or _told(before) != _told(after):
            everybody(event)

    def _told(row: object) -> tuple[object, ...]:
        return tuple(getattr(row, name) for name in ("enabled", "domain", "display_name"))

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is None or row.parameter not in DECIDE:
            return
        everybody(event)
        group = None if row.group is None else marks.known.registry.groups.get(row.group)
        if row.user is not None:
            marks.doubt([row.user])
        elif group is not None:
            marks.doubt(group.members)
        else:
            marks.doubt_company(row.company)

    bus.follow(UserChanged, user_row)
    bus.follow(ParameterValueChanged, parameter)
    bus.follow(GrantChanged, everybody)
    bus.follow(GroupChanged, everybody)
    bus.follow(IntercomGroupChanged, everybody)
    bus.follow(DirectoryChanged, everybody)
