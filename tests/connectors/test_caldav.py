"""CalDAV against a real Radicale, and against servers that do not behave."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.http_server import Reply, serving
from tests.connectors.ical_texts import EXPECTED, MARIE, WEEK, at, vevent, wrapped
from tests.contracts.calendar import (
    asked,
    check_calendars,
    check_class,
    check_hangs_up,
    event,
    found,
)
from tests.contracts.connector import check_words
from tests.peers import require_peer
from tests.peers.radicale import PASSWORD, READER, Radicale, running_radicale
from tws import connectors
from tws.connectors.dav.caldav import CaldavCalendar
from tws.sources.errors import Misconfigured, Refused, SignInRefused, Unreachable

PAUL, NOBODY = "paul@arda.example", "nobody@arda.example"


def opened(url: str, **settings: Any) -> CaldavCalendar:
    given = {"url": url, "user": READER, "password": PASSWORD, **settings}
    made = connectors.opened_calendar("caldav", given, Path("/nonexistent"))
    assert isinstance(made, CaldavCalendar)
    return made


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    require_peer("radicale")
    with running_radicale(tmp_path_factory.mktemp("radicale")) as server:
        items = {f"{name}.ics": wrapped(text) for name, text in WEEK.items()}
        server.calendar("marie", "work", items, "Travail & co")
        server.calendar("marie", "own", {"1.ics": wrapped(vevent("Own", *at(2, 18, 19)))})
        server.calendar("marie", "tasks", {}, kind="VTODO")
        server.book("marie", "contacts", {})
        server.calendar(PAUL, "calendar", {"1.ics": wrapped(vevent("Paul's", *at(2, 9, 10)))})
        yield server


def test_what_the_administration_looks_at() -> None:
    check_class(CaldavCalendar, "password")


def test_the_calendars_of_a_user(radicale: Radicale) -> None:
    there = opened(f"{radicale.url}/{{user}}/")
    own = event(2, 18, 19, subject="Own")
    check_calendars(there, {MARIE: [*EXPECTED, own], NOBODY: Misconfigured})
    check_calendars(
        opened(f"{radicale.url}/{{user}}/", calendars="Travail & co"), {MARIE: EXPECTED}
    )
    check_calendars(opened(f"{radicale.url}/{{user}}/own/"), {MARIE: [own]})
    check_calendars(
        opened(f"{radicale.url}/{{mailbox}}"), {PAUL: [event(2, 9, 10, subject="Paul's")]}
    )


def test_one_persons_failure_is_not_anothers(radicale: Radicale) -> None:
    there = opened(f"{radicale.url}/{{user}}/", calendars="own")
    people: dict[str, Any] = {
        NOBODY: Misconfigured,
        MARIE: [event(2, 18, 19, subject="Own")],
        "../tws/@arda.example": Misconfigured,
        "tws@arda.example": Misconfigured,
    }
    errors = check_calendars(there, people)
    assert "no calendar" in str(errors[NOBODY])
    wrong = opened(f"{radicale.url}/{{user}}/", calendars="Sport")
    assert "own" in str(check_calendars(wrong, {MARIE: Misconfigured})[MARIE])
    stranger = opened(f"{radicale.url}/{{mailbox}}/", user="marie")
    assert "does not allow" in str(check_calendars(stranger, {PAUL: Refused})[PAUL])


def test_an_event_that_changes(radicale: Radicale) -> None:
    folder = radicale.calendar("marie", "new", {"1.ics": wrapped(vevent("New", *at(2, 9, 10)))})
    there = opened(f"{radicale.url}/{{user}}/new")
    check_calendars(there, {MARIE: [event(2, 9, 10, subject="New")]})
    (folder / "1.ics").write_text(wrapped(vevent("Later", *at(2, 11, 12))).replace("\n", "\r\n"))
    check_calendars(there, {MARIE: [event(2, 11, 12, subject="Later")]})


def test_who_we_are(radicale: Radicale) -> None:
    wrong = opened(f"{radicale.url}/{{user}}/", password="wrong one")
    check_words(SignInRefused, lambda: asked(wrong, [MARIE, PAUL]), "password", secret="wrong one")
    public = opened(radicale.url)
    assert "{mailbox}" in str(check_calendars(public, {MARIE: Misconfigured})[MARIE])


def test_nothing_is_left_open(radicale: Radicale) -> None:
    check_hangs_up(opened(f"{radicale.url}/{{user}}/"), [MARIE, PAUL])


# ---------------------------------------------------------------- servers that do not behave


def multistatus(*responses: str) -> Reply:
    spaces = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
    return Reply(207, f"<multistatus {spaces}>{''.join(responses)}</multistatus>".encode())


def response(path: str, *properties: str) -> str:
    there = f"<prop>{''.join(properties)}</prop><status>HTTP/1.1 200 OK</status>"
    return f"<response><href>{path}</href><propstat>{there}</propstat></response>"


CALENDAR = "<resourcetype><collection/><C:calendar/></resourcetype>"
TRANSPARENT = "<C:schedule-calendar-transp><C:transparent/></C:schedule-calendar-transp>"


def data(text: str) -> str:
    return f"<C:calendar-data>{text}</C:calendar-data>"


def reading(*replies: Reply) -> list[Any]:
    left = [multistatus(response("/marie/", CALENDAR)), *replies]
    with serving(lambda _: left.pop(0)) as service:
        (calendar,) = asked(opened(f"{service.url}/{{user}}/"), [MARIE])
    assert not left
    if isinstance(calendar.found, Exception):
        raise calendar.found
    return list(calendar.found)


def test_a_server_that_does_not_count_out_what_repeats() -> None:
    text = wrapped(*WEEK.values())
    assert reading(multistatus(response("/marie/1", data(text)))) == sorted(EXPECTED)


def test_a_calendar_that_makes_nobody_busy() -> None:
    with serving(lambda _: multistatus(response("/marie/", CALENDAR, TRANSPARENT))) as service:
        assert found(opened(f"{service.url}/{{user}}/"), MARIE) == ()
        assert len(service.requests) == 1


def test_a_part_is_not_taken_for_the_whole() -> None:
    cut = "<response><href>/marie/</href><status>HTTP/1.1 507 Too many</status></response>"
    failed = cut.replace("507", "500")
    for reply in (
        multistatus(cut),
        multistatus(response("/marie/1", data(wrapped(WEEK["budget"]))), failed),
        Reply(503, headers={"Retry-After": "3600"}),
        Reply(body=b"<multistatus", torn=5),
    ):
        check_words(Unreachable, lambda reply=reply: reading(reply))  # type: ignore[misc]


def test_events_that_cannot_be_read_are_counted() -> None:
    broken = multistatus(
        response("/marie/1", data("BEGIN:VEVENT")),
        response("/marie/2", data(wrapped(WEEK["budget"], vevent("Broken", "DTSTART:tomorrow")))),
    )
    left = [multistatus(response("/marie/", CALENDAR)), broken]
    with serving(lambda _: left.pop(0)) as service:
        connector = opened(f"{service.url}/{{user}}/")
        assert [e.subject for e in found(connector, MARIE)] == ["Budget"]
    assert connector.skipped == 2


def test_a_server_that_is_away_is_not_asked_for_everybody() -> None:
    with serving(lambda _: Reply(503, headers={"Retry-After": "3600"})) as service:
        there = opened(f"{service.url}/{{user}}/")
        people = [f"u{n}@arda.example" for n in range(9)]
        check_words(Unreachable, lambda: asked(there, people), "3600")
        assert len(service.requests) == 2
