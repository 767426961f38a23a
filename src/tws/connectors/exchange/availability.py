"""Who is free and busy, as Exchange tells it: GetUserAvailability, for many people at once. It
needs no right on their mailboxes; what they share of their calendars decides about subjects."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from lxml import etree

from tws.connectors.calendars.by_mailbox import Window, subject
from tws.connectors.exchange.ews import MESSAGES, TYPES, Ews, Failure
from tws.presence.calendars.calendar import Calendar, Event, State
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

MOST_MAILBOXES = 100
"At once: the most that Exchange takes."
BUSY_TYPES: Mapping[str, State] = {
    "Free": State.FREE,
    "Tentative": State.TENTATIVE,
    "Busy": State.BUSY,
    "OOF": State.OUT_OF_OFFICE,
    "WorkingElsewhere": State.FREE,
}
"NoData says nothing."
MIDNIGHT = "<t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>1</t:DayOrder>"
ZONE = (
    "<t:TimeZone><t:Bias>0</t:Bias>"
    f"<t:StandardTime>{MIDNIGHT}<t:Month>1</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek>"
    f"</t:StandardTime><t:DaylightTime>{MIDNIGHT}<t:Month>6</t:Month>"
    "<t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime></t:TimeZone>"
)
"UTC: Exchange tells its times in the zone that it is asked in."


def availability(ews: Ews, mailboxes: Sequence[str], window: Window) -> Iterator[Calendar]:
    """Of MOST_MAILBOXES at most."""
    responses = ews.free_busy(_request(mailboxes, window))
    if len(responses) != len(mailboxes):
        raise Unreachable("Exchange does not answer for everybody who was asked for.")
    for mailbox, response in zip(mailboxes, responses, strict=True):
        found: tuple[Event, ...] | ConnectorError
        try:
            found = window.of(_events(response))
        except ConnectorError as error:
            found = error
        yield Calendar(mailbox, found)


def _request(mailboxes: Sequence[str], window: Window) -> str:
    people = "".join(
        f"<t:MailboxData><t:Email><t:Address>{escape(mailbox)}</t:Address></t:Email>"
        "<t:AttendeeType>Required</t:AttendeeType><t:ExcludeConflicts>false</t:ExcludeConflicts>"
        "</t:MailboxData>"
        for mailbox in mailboxes
    )
    start, end = (f"{when:%Y-%m-%dT%H:%M:%S}" for when in (window.since, window.until))
    return (
        f"<m:GetUserAvailabilityRequest>{ZONE}"
        f"<m:MailboxDataArray>{people}</m:MailboxDataArray><t:FreeBusyViewOptions>"
        f"<t:TimeWindow><t:StartTime>{start}</t:StartTime><t:EndTime>{end}</t:EndTime>"
        "</t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>30</t:MergedFreeBusyIntervalInMinutes>"
        "<t:RequestedView>Detailed</t:RequestedView></t:FreeBusyViewOptions>"
        "</m:GetUserAvailabilityRequest>"
    )


def _events(response: etree._Element) -> Iterator[Event]:
    message = response.find(f"{MESSAGES}ResponseMessage")
    if message is None or message.get("ResponseClass") == "Error":
        raise Failure(response).told()
    view = response.find(f"{MESSAGES}FreeBusyView")
    if view is None or view.findtext(f"{TYPES}FreeBusyViewType") == "None":
        raise Refused(
            "Exchange tells nothing of this calendar: it is not shared with the account."
        )
    for event in view.iterfind(f"{TYPES}CalendarEventArray/{TYPES}CalendarEvent"):
        state = BUSY_TYPES.get(event.findtext(f"{TYPES}BusyType", ""))
        if state is not None:
            details = f"{TYPES}CalendarEventDetails/{TYPES}"
            yield Event(
                _moment(event.findtext(f"{TYPES}StartTime", "")),
                _moment(event.findtext(f"{TYPES}EndTime", "")),
                state,
                subject(event.findtext(f"{details}Subject", "")),
                event.findtext(f"{details}IsPrivate", "false") == "true",
            )


def _moment(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text.strip())
        return when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):  # of the year 1, in a zone east of ours
        raise Misconfigured("Exchange answers with an event that has no time.") from None
