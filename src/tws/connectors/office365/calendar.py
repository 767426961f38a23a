"""Office 365 through Microsoft Graph: users' calendars."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, tzinfo
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from tws.connectors.calendars.by_mailbox import Window, each, subject
from tws.connectors.http.client import Http
from tws.connectors.http.json_fields import at
from tws.connectors.office365.graph import CLOUDS, Cloud, GraphSettings, client, items
from tws.presence.calendars.calendar import Calendar, Event, State
from tws.sources.errors import Misconfigured

EVENT = "subject start end showAs sensitivity isAllDay isCancelled responseStatus"
SHOWN: Mapping[str, State] = {
    "free": State.FREE,
    "tentative": State.TENTATIVE,
    "oof": State.OUT_OF_OFFICE,
    "workingElsewhere": State.FREE,
}
"showAs; whatever else there is is busy."
PAGE = "500"


class Office365Calendar:
    title: ClassVar[str] = "Office 365"
    Settings: ClassVar[type[GraphSettings]] = GraphSettings
    accounts: ClassVar[bool] = False

    def __init__(
        self, settings: GraphSettings, files: Path, clouds: Mapping[str, Cloud] = CLOUDS
    ) -> None:
        self._settings, self._clouds = settings, clouds

    def busy(
        self, mailboxes: Sequence[str], since: datetime, until: datetime, zone: tzinfo
    ) -> Iterator[Calendar]:
        """By calendarView: getSchedule asks for twenty at once, but tells no subject where the
        application has not been given a share of the calendar."""
        window = Window(since, until)
        with client(self._settings, self._clouds) as http:
            yield from each(
                mailboxes, lambda mailbox: _events(http, mailbox, window, zone), window
            )


def _events(http: Http, mailbox: str, window: Window, zone: tzinfo) -> Iterator[Event]:
    parameters = {
        "startDateTime": f"{window.since:%Y-%m-%dT%H:%M:%SZ}",
        "endDateTime": f"{window.until:%Y-%m-%dT%H:%M:%SZ}",
        "$select": ",".join(EVENT.split()),
        "$top": PAGE,
    }
    for item in items(http, f"/users/{quote(mailbox, safe='@')}/calendarView", parameters):
        answer = at(item, "responseStatus.response")
        if item.get("isCancelled") or answer == "declined":
            continue
        try:
            since, until = (_moment(item[name], item, zone) for name in ("start", "end"))
        except (KeyError, TypeError, ValueError, OverflowError):
            raise Misconfigured("Graph answers with an event that has no time.") from None
        state = SHOWN.get(str(item.get("showAs")), State.BUSY)
        private = item.get("sensitivity") in ("private", "confidential")
        yield Event(since, until, state, subject(item.get("subject")), private)


def _moment(given: Mapping[str, str], item: Mapping[str, Any], zone: tzinfo) -> datetime:
    """Graph tells UTC where no other zone is asked for; whole days have none, and begin at the
    midnight of whoever looks."""
    when = datetime.fromisoformat(given["dateTime"])
    of_days = item.get("isAllDay") and when.time() == time()
    return when.replace(tzinfo=zone if of_days else UTC).astimezone(UTC)
