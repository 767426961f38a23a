"""What each step of each call marks of a telephone and its user, for all rooms together.

Whose the telephone is, is looked up once: every room asked it anew, at each step.
"""

from tws.bus import Bus
from tws.telephony.events import CallChanged
from tws.web.live.views.scope import Kind, Marks

OF_DEVICE = (Kind.CALLS, Kind.POPS)
OF_USER = (Kind.PRESENCE, Kind.NOTICES)


def supervised_id(group: str, number: str) -> str:
    """The id of the scope of nobody's telephone, which an intercom group supervises."""
    return f"{group}:{number}"


def follow(marks: Marks, bus: Bus) -> None:
    listening = marks.known.registry.listening
    owner, groups = listening.devices.at.first, listening.intercom_groups.at.any

    def call_changed(event: CallChanged) -> None:
        link = event.link
        for number in event.devices:
            at = (link, number)
            if (row := owner(at)) is not None:
                marks.mark_each(OF_DEVICE, row.id)
                marks.mark_each(OF_USER, row.user)
            for group in groups(at):
                marks.mark(Kind.TELEPHONE, supervised_id(group.id, number))

    bus.follow(CallChanged, call_changed)
