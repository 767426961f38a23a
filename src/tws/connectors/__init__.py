"""The wall to other people's directories, calendars and accounts: one product a file, or a folder;
what several share stands in folders named by what it is. These are the registers; that of the ways
of signing in is `tws.connectors.signing_in`, which processes that read sources need not load.

A connector is loaded when it is first used. To add one: write it, add its line here.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from tws.directory.connector import DirectoryConnector, OwnAccounts, suggested_users
from tws.organisation.model import DirectoryKind
from tws.organisation.windows import Windows
from tws.presence.calendars.calendar import CalendarConnector
from tws.register import Register
from tws.sources.errors import Misconfigured

REGISTER: Register[type[DirectoryConnector]] = Register(
    {
        "a5000_ext": "tws.connectors.a5000:A5000External",
        "a5000_int": "tws.connectors.a5000:A5000Internal",
        "access": "tws.connectors.databases.microsoft_access:Access",
        "active_directory": "tws.connectors.active_directory:ActiveDirectory",
        "carddav": "tws.connectors.dav.carddav:Carddav",
        "csv": "tws.connectors.files.csv_file:CsvFile",
        "domino_ldap": "tws.connectors.domino.ldap:DominoLdap",
        "domino_rest": "tws.connectors.domino.rest:DominoRest",
        "excel": "tws.connectors.files.excel:Excel",
        "exchange": "tws.connectors.exchange.contacts:Exchange [exchange]",
        "exchange_webdav": "tws.connectors.exchange.webdav:ExchangeWebdav",
        "google": "tws.connectors.google.contacts:Google",
        "json": "tws.connectors.json_http:JsonHttp",
        "ldap": "tws.connectors.ldap.directory:LdapDirectory",
        "odbc": "tws.connectors.databases.odbc:Odbc",
        "office365": "tws.connectors.office365.contacts:Office365",
        "ole_db": "tws.connectors.databases.odbc:OleDb",
        "outlook": "tws.connectors.outlook:Outlook",
        "sql": "tws.connectors.databases.sql:Sql",
        "vcard": "tws.connectors.files.vcard_file:VcardFile",
    }
)

SENT: Register[Callable[[str, Path], DirectoryConnector]] = Register(
    {"outlook": "tws.connectors.outlook:Sent"}
)
"Which read what users send, by the kind of directory."

CALENDARS: Register[type[CalendarConnector]] = Register(
    {
        "caldav": "tws.connectors.dav.caldav:CaldavCalendar",
        "domino": "tws.connectors.domino.calendar:DominoCalendar",
        "exchange": "tws.connectors.exchange.calendar:ExchangeCalendar [exchange]",
        "google": "tws.connectors.google.calendar:GoogleCalendar",
        "ical": "tws.connectors.calendars.ical_file:IcalCalendar",
        "office365": "tws.connectors.office365.calendar:Office365Calendar",
    }
)

CALENDAR_WINDOWS: Windows[CalendarConnector] = Windows(CALENDARS, "kind of calendar", "connector")
WINDOWS: Windows[DirectoryConnector] = Windows(REGISTER, "kind of directory", "connector")
connector = WINDOWS.of
connectors = WINDOWS.listing
settings = WINDOWS.settings
validate = WINDOWS.validate
secret_fields = WINDOWS.secret_fields
where_fields = WINDOWS.where_fields


def kinds(name: str) -> frozenset[DirectoryKind]:
    """Which kinds of directories it can be, disabled ones apart."""
    found = connector(name)
    offered = {DirectoryKind.PRIVATE: found.private, DirectoryKind.PUBLIC: found.public}
    return frozenset(kind for kind, there in offered.items() if there)


def users(name: str) -> bool:
    """Whether users are imported from it."""
    return bool(suggested_users(connector(name)))


def opened(name: str, values: Mapping[str, object], files: Path) -> DirectoryConnector:
    """A connector ready to read. `Invalid` as for `settings`."""
    return connector(name)(settings(name, values), files)


def opened_own(
    name: str, values: Mapping[str, object], account: Mapping[str, object], files: Path
) -> DirectoryConnector:
    """As a user reads it with the `user` and `password` of an account of his own."""
    found = opened(name, values, files)
    if not isinstance(found, OwnAccounts):
        raise Misconfigured("{title} is not read with users' own accounts.", title=found.title)
    return found.own(str(account.get("user", "")), str(account.get("password", "")))


def accounts(name: str) -> bool:
    """Whether users may have accounts of their own with such a calendar."""
    return CALENDAR_WINDOWS.of(name).accounts


def sent(name: str, file: str, files: Path) -> DirectoryConnector:
    """What reads a file that a user sent to a directory of that kind."""
    return SENT.load(name)(file, files)


def opened_calendar(name: str, values: Mapping[str, object], files: Path) -> CalendarConnector:
    """The same of a calendar."""
    return CALENDAR_WINDOWS.of(name)(CALENDAR_WINDOWS.settings(name, values), files)
