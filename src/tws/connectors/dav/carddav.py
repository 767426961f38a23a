"""Address books of a CardDAV server (RFC 6352), found as RFC 6764 says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import ClassVar, Literal

import httpx

from tws.connectors.dav.webdav import NAMESPACES, Kind, href, report
from tws.connectors.http.client import Http
from tws.connectors.http.mailboxes import has_place, placed
from tws.connectors.http.settings import TlsSettings, check_address
from tws.directory.connector import Entry
from tws.directory.vcard_fields import SUGGESTED, fields
from tws.forms import About
from tws.protocols.vcard import Unreadable, VCard, cards
from tws.sources.errors import Unreachable

CARDDAV = "{urn:ietf:params:xml:ns:carddav}"
BATCH = 100
"Cards asked for at once."
BOOKS = Kind(
    title="address book",
    type=f"{CARDDAV}addressbook",
    home=f"{CARDDAV}addressbook-home-set",
    asked="<A:addressbook-home-set/>",
    well_known="/.well-known/carddav",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarddavSettings(TlsSettings):
    url: str = field(
        metadata=About(
            where=True,
            help="Of the server, or of one address book. For users' own contacts with {mailbox} "
            "or {user} where a user's e-mail address, or its part before the @, stands.",
        )
    )
    user: str = ""
    password: str = field(default="", metadata=About(secret=True))
    books: str = field(
        default="", metadata=About(help="Names of address books, between commas; empty: all.")
    )
    authentication: Literal["basic", "digest"] = field(
        default="basic", metadata=About(expert=True)
    )

    def __post_init__(self) -> None:
        check_address("url", self.url)


class Carddav:
    title: ClassVar[str] = "CardDAV"
    Settings: ClassVar[type[CarddavSettings]] = CarddavSettings
    private: ClassVar[bool] = True
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = SUGGESTED

    def __init__(self, settings: CarddavSettings, files: Path) -> None:
        self._settings, self._files = settings, files
        self._own = False
        self.skipped = 0
        "Cards of the last reading that could not be read."

    def own(self, user: str, password: str) -> "Carddav":
        """Where no place in the address stands for the user, his books are those that the server
        says are of the account."""
        made = Carddav(replace(self._settings, user=user, password=password), self._files)
        made._own = True
        return made

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        self.skipped = 0
        given = self._settings
        if self._own and not has_place(given.url):
            mailbox = None
        kind = httpx.DigestAuth if given.authentication == "digest" else httpx.BasicAuth
        auth = kind(given.user, given.password) if given.user else None
        url = placed(given.url, mailbox, in_path=True)
        tls = partial(given.context, self._files)
        with Http(url, auth=auth, tls=tls, secrets=[given.password]) as http:
            there = BOOKS.at(http, url, own=mailbox is None)
            for book in BOOKS.chosen(there, given.books):
                for card in _cards(http, book.url):
                    if isinstance(card, Unreadable):
                        self.skipped += 1
                    elif values := fields(card):
                        yield Entry(values)


def _cards(http: Http, book: str) -> Iterator[VCard | Unreadable]:
    """First which there are, then their content, some at a time: no server has to put a whole
    address book into one answer."""
    query = (
        f"<A:addressbook-query {NAMESPACES}><D:prop><D:getetag/></D:prop><A:filter/>"
        "</A:addressbook-query>"
    )
    there = [one.url for one in report(http, book, query, 1) if one.properties]
    for first in range(0, len(there), BATCH):
        some = there[first : first + BATCH]
        wanted = "".join(href(httpx.URL(url).raw_path.decode()) for url in some)
        multiget = (
            f"<A:addressbook-multiget {NAMESPACES}><D:prop><A:address-data/></D:prop>{wanted}"
            "</A:addressbook-multiget>"
        )
        got = report(http, book, multiget, 1)
        for one in got:
            data = one.properties.get(f"{CARDDAV}address-data")
            if data is not None:
                yield from cards((data.text or "").encode().splitlines(keepends=True))
            elif one.status not in (200, 404):  # 404: deleted in between
                raise Unreachable(
                    "The server does not give one card ({status}).", status=one.status
                )
        if len(got) < len(some):
            raise Unreachable("The server does not give all cards that it has.")
