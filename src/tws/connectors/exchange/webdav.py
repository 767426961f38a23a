"""Exchange 2003 and 2007 by WebDAV (specification 8.6), which no Exchange since 2010 speaks: what
was set up for it is told what to do instead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from tws.connectors.http.settings import check_address
from tws.directory.connector import Entry
from tws.forms import About
from tws.sentences import Sentence, sentence
from tws.sources.errors import Misconfigured

PUBLIC = "public"
PLACES = (PUBLIC, "exchange", "exchweb", "owa")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebdavSettings:
    url: str = field(metadata=About(where=True, kind="url", help="Such as http://HOST/public."))
    user: str = ""
    password: str = field(default="", metadata=About(secret=True))
    all_contacts: bool = field(default=True, metadata=About(help="Search the sub-folders too."))

    def __post_init__(self) -> None:
        check_address("url", self.url)


class ExchangeWebdav:
    title: ClassVar[str] = "Exchange 2003/2007 (WebDAV)"
    Settings: ClassVar[type[WebdavSettings]] = WebdavSettings
    private: ClassVar[bool] = True
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "id",
        "last_name": "sn",
        "first_name": "givenname",
        "organisation": "o",
        "assistant": "secretaryphone",
        "standard": "organizationmainphone",
        "work": "telephoneNumber",
        "mobile": "mobile",
        "home": "homePhone",
        "email1": "email1originaldisplayname",
    }

    def __init__(self, settings: WebdavSettings, files: Path) -> None:
        self._settings = settings

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        yield from self._none(mailbox)

    def _none(self, mailbox: str | None) -> list[Entry]:
        chosen = folder_of(self._settings.url) if mailbox is None else ""
        raise Misconfigured(instead(self._settings.url, chosen))


def is_webdav(address: str) -> bool:
    """Where Exchange 2003 and 2007 had folders and mailboxes, and their page."""
    first = urlsplit(address).path.strip("/").partition("/")[0]
    return first.lower() in ("", *PLACES)


def folder_of(address: str) -> str:
    """The public folder of such an address, as Exchange has it behind its own."""
    first, _, folder = urlsplit(address).path.strip("/").partition("/")
    return f"|public|{folder}" if folder and first.lower() == PUBLIC else ""


def instead(address: str, folders: str) -> Sentence:
    """`folders`: what follows the address."""
    return sentence(
        "This is no address of EWS. Exchange 2003 and 2007 by WebDAV are not read; a newer server "
        "answers the connector Exchange at https://{host}/ews/exchange.asmx{folders}, and "
        "Exchange Online is read with Office 365 (Microsoft Graph).",
        host=str(urlsplit(address).hostname),
        folders=folders,
    )
