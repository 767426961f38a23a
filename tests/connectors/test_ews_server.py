"""The EWS of the tests is no echo of our own reader: another client understands it as well."""

from datetime import time
from pathlib import Path

import pytest

from tests.connectors.ews_server import PASSWORD, USER, Folder, contact, running_ews
from tests.connectors.test_exchange_calendar import WEEK
from tests.contracts.calendar import SINCE, UNTIL

exchangelib = pytest.importorskip("exchangelib")


def test_exchangelib_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ntlm").write_text(f"{USER.replace(chr(92), ':')}:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(tmp_path / "ntlm"))
    marie = "marie@arda.example"
    folder = Folder("marie", {f"id{n}": contact(n) for n in range(5)})
    with running_ews(Folder("public"), {marie: folder}) as server:
        account = exchangelib.Account(
            marie,
            config=exchangelib.Configuration(
                service_endpoint=server.url,
                credentials=exchangelib.Credentials(USER, PASSWORD),
                auth_type=exchangelib.NTLM,
                version=exchangelib.Version(exchangelib.version.EXCHANGE_2013),
            ),
            autodiscover=False,
            access_type=exchangelib.DELEGATE,
            locale="en",
            default_timezone=exchangelib.EWSTimeZone("UTC"),
        )
        try:
            found = list(
                exchangelib.services.FindItem(account=account).call(
                    folders=[
                        exchangelib.properties.DistinguishedFolderId(
                            id="contacts",
                            mailbox=exchangelib.properties.Mailbox(email_address=marie),
                        )
                    ],
                    additional_fields=None,
                    restriction=None,
                    order_fields=None,
                    shape="IdOnly",
                    query_string=None,
                    depth="Shallow",
                    calendar_view=None,
                    max_items=None,
                    offset=0,
                )
            )
            people = list(
                exchangelib.services.GetItem(account=account).call(
                    items=[exchangelib.properties.ItemId(*each) for each in found],
                    additional_fields=None,
                    shape="AllProperties",
                )
            )
        finally:
            account.protocol.close()
    assert [person.surname for person in people] == [f"Person {n}" for n in range(5)]
    assert [p.phone_numbers[0].phone_number for p in people] == [f"{4000 + n}" for n in range(5)]


def test_exchangelib_asks_it_who_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ntlm").write_text(f"{USER.replace(chr(92), ':')}:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(tmp_path / "ntlm"))
    with running_ews(Folder("public"), {}) as server:
        server.calendars = {"marie@arda.example": WEEK}
        protocol = exchangelib.protocol.Protocol(
            config=exchangelib.Configuration(
                service_endpoint=server.url,
                credentials=exchangelib.Credentials(USER, PASSWORD),
                auth_type=exchangelib.NTLM,
                version=exchangelib.Version(exchangelib.version.EXCHANGE_2013),
            )
        )
        properties = exchangelib.properties
        midnight = {"bias": 0, "time": time(), "occurrence": 1, "weekday": 1}
        people = ("marie@arda.example", "nobody@arda.example")
        try:
            marie, nobody = exchangelib.services.GetUserAvailability(protocol).call(
                tzinfo=exchangelib.EWSTimeZone("UTC"),
                mailbox_data=[
                    properties.MailboxData(email=one, attendee_type="Required") for one in people
                ],
                timezone=properties.TimeZone(
                    bias=0,
                    standard_time=properties.StandardTime(**midnight, iso_month=1),
                    daylight_time=properties.DaylightTime(**midnight, iso_month=6),
                ),
                free_busy_view_options=properties.FreeBusyViewOptions(
                    time_window=properties.TimeWindow(start=SINCE, end=UNTIL),
                    merged_free_busy_interval=30,
                    requested_view="Detailed",
                ),
            )
        finally:
            protocol.close()
    assert [e.busy_type for e in marie.calendar_events][:2] == ["Busy", "Tentative"]
    assert marie.calendar_events[3].details.is_private
    assert isinstance(nobody, exchangelib.errors.ErrorMailRecipientNotFound)
