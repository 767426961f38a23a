"""What services of others answer: JSON, WebDAV, Exchange, Google, Microsoft 365, calendars."""

from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import httpx
from lxml import etree

from fuzz.choices import Choices
from fuzz.mutation import ByTokens
from fuzz.seeds import JSON_PARTS, JSON_WORDS, NESTED_JSON, TIMES, XML
from fuzz.target import Target, holds
from tws.connectors.calendars.by_mailbox import Window
from tws.connectors.calendars.ical_events import ICalendarReader, NotICalendar
from tws.connectors.dav import webdav
from tws.connectors.exchange import availability, ews, fields
from tws.connectors.google import calendar as google
from tws.connectors.http.client import Answer, Http
from tws.connectors.http.errors import words_of
from tws.connectors.http.json_fields import MOST, at
from tws.connectors.http.json_fields import fields as json_fields
from tws.connectors.office365 import calendar as office365
from tws.connectors.xmpp import stanzas
from tws.connectors.xmpp.bounds import FORBIDDEN, Bounds
from tws.messaging.external.network import Arrived
from tws.sources.errors import ConnectorError

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WINDOW = Window(NOW, datetime(2026, 3, 9, 9, tzinfo=UTC))
PARIS = ZoneInfo("Europe/Paris")
WAITS = 3
"How often a service may say that it is busy."


class Saying:
    """An `Http` of which every answer is this one."""

    def __init__(self, content: bytes) -> None:
        self._answer = Answer(200, "https://example.org/a", httpx.Headers(), content)
        self._asked = 0

    def request(self, *_: object, **__: object) -> Answer:
        return self._answer

    get = request

    def pause(self, waits: int, seconds: float | None = None) -> None:
        holds(waits <= WAITS, "it waits for ever")
        if waits == WAITS:
            raise Busy("busy")


class Busy(ConnectorError):
    """What the real one raises after a while."""


def _http(content: bytes) -> Http:
    return cast(Http, Saying(content))


# ---------------------------------------------------------------- JSON


def _json(data: bytes) -> None:
    words = words_of(data)
    holds(words.isprintable(), "a line that is none")
    try:
        content = _http(data).get("").json()
    except ConnectorError as error:
        holds(bool(str(error)), "no words")
        return
    items = at(content, "items")
    for item in items if isinstance(items, list) else [content]:
        if isinstance(item, dict):
            found = json_fields(item)
            holds(len(found) <= MOST, "more fields than are taken")


JSONS = (
    b'{"items":[{"id":1,"name":{"last":"Dupont"},"phones":[{"type":"work","value":"4001"}]}]}',
    b'{"error":{"code":403,"message":"no"},"error_description":"x","detail":["a"]}',
    b'\xef\xbb\xbf{"items":[]}',
    b'{"message":"\xe9"}',
)
JSON_ANSWER = Target(
    feed=_json,
    seeds=(*JSONS, *NESTED_JSON),
    words=(*JSON_WORDS, b'"items":', b'"error":', b'"type":', b'"value":'),
    mutate=ByTokens(JSON_PARTS, JSONS, JSON_WORDS),
)

EVENTS = (
    b'{"start":{"dateTime":"2026-03-02T10:00:00+01:00"},"end":{"date":"2026-03-03"},'
    b'"attendees":[{"self":true,"responseStatus":"declined"}],"summary":"a","status":"tentative"}',
    b'{"start":{"dateTime":"2026-03-02T10:00:00.0000000"},"end":{"dateTime":"0001-01-01T00:00:00"},'
    b'"isAllDay":true,"responseStatus":{"response":"accepted"},"showAs":"oof","subject":"b"}',
)


def _calendars(data: bytes) -> None:
    """An event as Google and as Microsoft tell it."""
    http = _http(b'{"value":[' + data + b"]}")
    try:
        item = _http(data).get("").json()
    except ConnectorError:
        return
    if isinstance(item, dict):
        try:
            event = google._event(item, PARIS)
            if event is not None:
                WINDOW.of([event])
        except ConnectorError as error:
            holds(bool(str(error)), "no words")
    try:
        WINDOW.of(office365._events(http, "jean@example.org", WINDOW, PARIS))
    except ConnectorError as error:
        holds(bool(str(error)), "no words")


CALENDAR_JSON = Target(
    feed=_calendars,
    seeds=EVENTS,
    words=(*JSON_WORDS, *(b'"' + time + b'"' for time in TIMES), b'"start":', b'"dateTime":'),
    mutate=ByTokens(JSON_PARTS, EVENTS, (*JSON_WORDS, *(b'"' + time + b'"' for time in TIMES))),
)


# ---------------------------------------------------------------- XML

MULTISTATUS = (
    b'<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a%20b/</D:href><D:propstat><D:prop>'
    b"<D:displayname>A</D:displayname><D:resourcetype><D:collection/></D:resourcetype>"
    b"</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
    b"<D:response><D:href>http://[::1</D:href><D:status>HTTP/1.1 507 x</D:status></D:response>"
    b"</D:multistatus>",
)


def _webdav(data: bytes) -> None:
    try:
        found = webdav.propfind(_http(data), "https://example.org/", 1, "<D:displayname/>")
        for one in found:
            holds(bool(one.url), "nowhere")
            one.has_type("{DAV:}collection")
            one.hrefs("{DAV:}displayname")
            one.text("{DAV:}displayname")
    except ConnectorError as error:
        holds(bool(str(error)), "no words")


WEBDAV_ANSWER = Target(
    feed=_webdav,
    seeds=MULTISTATUS,
    words=(b"<D:href>", b"<D:propstat>", b"HTTP/1.1 ", b"<!DOCTYPE a>", b"//[", b"&#0;", b"<?a?>"),
    mutate=ByTokens(XML, MULTISTATUS, (b"http://[", b"HTTP/1.1 ", b"\xff")),
)
SOAP_START = (
    b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
    b'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" '
    b'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Body>'
)
SOAP_END = b"</s:Body></s:Envelope>"
EWS_BODIES = tuple(
    SOAP_START + body + SOAP_END
    for body in (
        b'<m:R><m:ResponseMessages><m:M ResponseClass="Success"><t:Contact><t:ItemId Id="1"/>'
        b'<t:PhoneNumbers><t:Entry Key="BusinessPhone">4001</t:Entry></t:PhoneNumbers>'
        b'<t:PhysicalAddresses><t:Entry Key="Business"><t:City>Paris</t:City></t:Entry>'
        b"</t:PhysicalAddresses><t:DisplayName>A</t:DisplayName></t:Contact></m:M>"
        b"</m:ResponseMessages></m:R>",
        b'<m:R><m:ResponseMessages><m:M ResponseClass="Error"><m:MessageText>no</m:MessageText>'
        b"<m:ResponseCode>ErrorServerBusy</m:ResponseCode><m:MessageXml>"
        b'<t:Value Name="BackOffMilliseconds">1000</t:Value></m:MessageXml></m:M>'
        b"</m:ResponseMessages></m:R>",
        b"<s:Fault><faultstring>no</faultstring></s:Fault>",
        b"<m:R><m:FreeBusyResponseArray><m:FreeBusyResponse><m:ResponseMessage "
        b'ResponseClass="Success"/><m:FreeBusyView><t:FreeBusyViewType>Detailed'
        b"</t:FreeBusyViewType><t:CalendarEventArray><t:CalendarEvent><t:StartTime>"
        b"2026-03-02T10:00:00</t:StartTime><t:EndTime>2026-03-02T11:00:00</t:EndTime>"
        b"<t:BusyType>Busy</t:BusyType><t:CalendarEventDetails><t:Subject>a</t:Subject>"
        b"</t:CalendarEventDetails></t:CalendarEvent></t:CalendarEventArray></m:FreeBusyView>"
        b"</m:FreeBusyResponse></m:FreeBusyResponseArray></m:R>",
    )
)


def _ews(data: bytes) -> None:
    asking = ews.Ews(_http(data))
    try:
        for message in asking.call(""):
            for one in message.iter():
                if isinstance(one.tag, str) and one.tag.endswith("Contact"):
                    fields.fields(one)
                    fields.picture_of(one)
                    ews.item_id(one)
    except ConnectorError as error:
        holds(bool(str(error)), "no words")
    try:
        list(availability.availability(asking, ["jean@example.org"], WINDOW))
    except ConnectorError as error:
        holds(bool(str(error)), "no words")


EWS_ANSWER = Target(
    feed=_ews,
    seeds=EWS_BODIES,
    words=(*TIMES, b"ErrorServerBusy", b"ErrorItemNotFound", b"<t:Value", b"<!DOCTYPE a>"),
    mutate=ByTokens(XML, EWS_BODIES, TIMES),
)
STANZAS = (
    b"<message xmlns='jabber:client' from='a@example.org/x' to='b@example.org' id='1' type='chat'>"
    b"<body>a</body><request xmlns='urn:xmpp:receipts'/>"
    b"<delay xmlns='urn:xmpp:delay' stamp='2026-03-02T09:00:00Z'/></message>",
    b"<message xmlns='jabber:client' from='b@example.org'><sent xmlns='urn:xmpp:carbons:2'>"
    b"<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='b@example.org' "
    b"to='c@example.org'><body>x</body></message></forwarded></sent></message>",
    b"<iq xmlns='jabber:client'><query xmlns='jabber:iq:roster'><item jid='a@example.org' "
    b"name='A' subscription='both'/><item jid='c' subscription='remove'/></query></iq>",
    b"<presence xmlns='jabber:client' from='d@example.org' type='subscribe'/>",
)


def _stanza(data: bytes) -> None:
    cut = list(Choices(data).pieces())
    bounds, at_once = Bounds("example.org"), Bounds("example.org")
    whole = b"".join(cut)
    forbidden = any([bounds.forbids(piece) is not None for piece in cut])
    holds(forbidden == (at_once.forbids(whole) is not None), "forbidden only in pieces, or whole")
    holds(
        forbidden == any(mark in whole.upper() for mark in FORBIDDEN), "what is forbidden passes"
    )
    if forbidden:
        return
    try:
        root: Any = etree.fromstring(whole, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return
    for heard in stanzas.of_message(root, "b@example.org", NOW):
        if isinstance(heard, Arrived):
            holds(heard.sent <= NOW, "a message of the future")
            holds(heard.own or heard.address != "b@example.org", "one of our own from outside")
    list(stanzas.of_roster(root))
    stanzas.asks(root, "b@example.org")


XMPP_STANZA = Target(
    feed=_stanza,
    seeds=STANZAS,
    words=(*TIMES, b"<!DOCTYPE", b"<!ENTITY", b"urn:xmpp:receipts", b"from='", b"a@b/c"),
    mutate=ByTokens(rb"</?\w+|/?>|\w+=|'[^']*'|[^<>'= ]+|.", STANZAS, TIMES),
)


# ---------------------------------------------------------------- iCalendar

ICALS = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260302T090000Z\r\n"
    b"DTEND:20260302T100000Z\r\nSUMMARY:a\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"
    b"EXDATE:20260303T090000Z\r\nATTENDEE;PARTSTAT=DECLINED:mailto:jean@example.org\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n",
    b"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19701025T030000\n"
    b"TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n"
    b"END:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=X:20260302T090000\n"
    b"DURATION:PT1H\nRECURRENCE-ID:20260302T090000Z\nCLASS:PRIVATE\nEND:VEVENT\nEND:VCALENDAR\n",
    b"BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY:20260302T090000Z/PT1H\n"
    b"END:VFREEBUSY\nEND:VCALENDAR\n",
    b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260302\nTRANSP:TRANSPARENT\n"
    b"RRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR\n",
)
ICAL_WORDS = (
    *(
        b"RRULE:FREQ=MONTHLY;BYDAY=5MO",
        b"BYSETPOS=-1",
        b"UNTIL=",
        b"INTERVAL=0",
        b"COUNT=99999999",
    ),
    *(b"FREQ=HOURLY", b"BYHOUR=1,2,3", b"DTSTART:00010101T000000Z", b"DTEND:99991231T235959Z"),
    *(b";TZID=Europe/Paris", b"RDATE:", b"DURATION:-P1D", b"DURATION:P9999999W", b"\r\n "),
)


def _ical(data: bytes) -> None:
    reader = ICalendarReader("jean@example.org", WINDOW, PARIS)
    try:
        events = list(reader.events(data.decode(errors="replace")))
    except NotICalendar:
        return
    found = WINDOW.of(events)
    holds(len(found) <= 10 * 24 * max(1, data.count(b":")), "more events than a week has")
    holds(all(event.since < event.until for event in found), "it ends before it begins")


ICALENDAR = Target(
    feed=_ical,
    seeds=ICALS,
    words=(*ICAL_WORDS, *TIMES),
    mutate=ByTokens(rb"[^:;=,\r\n]+|\r\n|.", ICALS, (*ICAL_WORDS, *TIMES)),
    longest=1024,
    short=400,
)
