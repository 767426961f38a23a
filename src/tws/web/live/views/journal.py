"""Calls that are over: nothing that is watched, a moment for whose they were."""

from tws.bus import Bus
from tws.journal.events import LogChanged
from tws.web.live.frames import LogMoment
from tws.web.live.views.scope import Marks
from tws.web.shown.log_entries import log_entry


def follow(marks: Marks, bus: Bus) -> None:
    def log_changed(event: LogChanged) -> None:
        entry = log_entry(marks.known.registry, event.entry)
        marks.moment(event.user, LogMoment(entry=entry))

    bus.follow(LogChanged, log_changed)
