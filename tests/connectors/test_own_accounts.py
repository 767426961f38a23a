"""To which servers a password goes that a user entered for a source of calendars."""

import pytest

from tws import connectors
from tws.connectors.calendars.own_accounts import CALENDARS, same_server
from tws.directory.connector import OwnAccounts

EWS = "https://exchange.example/ews/exchange.asmx"


def test_the_two_registers_agree() -> None:
    for directory, calendar in CALENDARS.items():
        assert issubclass(connectors.connector(directory), OwnAccounts)
        assert connectors.accounts(calendar)
        assert "url" in connectors.connector(directory).Settings.__dataclass_fields__
        assert "url" in connectors.CALENDAR_WINDOWS.of(calendar).Settings.__dataclass_fields__


@pytest.mark.parametrize(
    ("directory", "url", "calendar", "calendar_url", "same"),
    [
        ("exchange", f"{EWS}|user", "exchange", EWS, True),
        ("exchange", EWS, "exchange", EWS.replace("exchange.ex", "EXCHANGE.ex"), True),
        ("exchange", EWS, "exchange", EWS.replace("exchange.ex", "other.ex"), False),
        ("exchange", EWS, "caldav", EWS, False),
        ("exchange", EWS.replace("https", "http"), "exchange", EWS, False),
        ("exchange", EWS, "exchange", EWS.replace("https", "http"), True),
        ("carddav", "https://dav.example/a/", "caldav", "https://dav.example/c/{user}/", True),
        (
            "domino_rest",
            "https://d.example:8880",
            "domino",
            "https://d.example/m/{user}.nsf",
            True,
        ),
        ("office365", "https://d.example", "office365", "https://d.example", False),
        ("carddav", "https://[dav", "caldav", "https://[dav", False),
        ("carddav", "", "caldav", "", False),
    ],
)
def test_a_password_stays_at_its_server(
    directory: str, url: str, calendar: str, calendar_url: str, same: bool
) -> None:
    assert same_server(directory, {"url": url}, calendar, {"url": calendar_url}) is same
