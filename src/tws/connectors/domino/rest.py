"""HCL Domino through its REST API (formerly Keep): documents of a view, from a database that a
scope opens. Public address books are read by LDAP as well; this is for users' own contacts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from tws.connectors.http.client import Answer, Bearer, Http
from tws.connectors.http.json_fields import fields
from tws.connectors.http.mailboxes import placed
from tws.connectors.http.settings import TlsSettings, check_address
from tws.directory.connector import Entry
from tws.forms import About
from tws.sources.errors import Misconfigured, Unreachable

API = "/api/v1"
PAGE = 500
ABOUT = ("@noteid", "@index", "@etag", "@meta", "@warnings")
"What Domino says of a document, and that changes without it."


@dataclass(frozen=True, slots=True, kw_only=True)
class DominoSettings(TlsSettings):
    url: str = field(
        metadata=About(where=True, kind="url", help="Such as https://domino.company.example:8880")
    )
    user: str = field(metadata=About(help="Who may read the contacts of all users."))
    password: str = field(metadata=About(secret=True))
    scope: str = field(
        metadata=About(
            help="Of the database. For users' own contacts with {user} or {mailbox}, where a "
            "user's short name (before the @) or e-mail address stands."
        )
    )
    view: str = field(default="Contacts", metadata=About(help="The view that lists the contacts."))
    documents: bool = field(
        default=True,
        metadata=About(expert=True, help="Read whole documents, not the view's columns."),
    )

    def __post_init__(self) -> None:
        check_address("url", self.url)


class DominoRest:
    title: ClassVar[str] = "HCL Domino (REST API)"
    Settings: ClassVar[type[DominoSettings]] = DominoSettings
    private: ClassVar[bool] = True
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "@unid",
        "last_name": "LastName",
        "first_name": "FirstName",
        "organisation": "CompanyName",
        "work": "OfficePhoneNumber",
        "mobile": "CellPhoneNumber",
        "home": "PhoneNumber",
        "email1": "MailAddress",
    }

    def __init__(self, settings: DominoSettings, files: Path) -> None:
        self._settings, self._files = settings, files

    def own(self, user: str, password: str) -> "DominoRest":
        return DominoRest(replace(self._settings, user=user, password=password), self._files)

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        given = self._settings
        parameters = {
            "dataSource": placed(given.scope, mailbox),
            "count": str(PAGE),
            "scope": "documents",
            "documents": "true" if given.documents else "false",
        }
        path = f"{API}/lists/{quote(given.view, safe='')}"
        with self._http(Bearer(self._sign_in)) as http:
            start, before = 0, b""
            while True:
                answer = http.get(path, params={**parameters, "start": str(start)})
                page = _list(answer)
                if not page:  # one that is not full is no end: a server may give fewer than asked
                    return
                if answer.content == before:
                    raise Unreachable("{host} gives the same page again.", host=answer.host)
                for document in page:
                    if values := _fields(document):
                        yield Entry(values)
                start, before = start + len(page), answer.content

    def _http(self, auth: Bearer | None) -> Http:
        given = self._settings
        return Http(
            given.url,
            auth=auth,
            headers={"Accept": "application/json"},
            tls=partial(given.context, self._files),
            secrets=[given.password],
        )

    def _sign_in(self) -> str:
        """A JWT of the server's own, good for some minutes."""
        given = self._settings
        with self._http(None) as http:
            answer = http.request(
                "POST",
                f"{API}/auth",
                json={"username": given.user, "password": given.password},
            )
        said = answer.json()
        bearer = said.get("bearer") if isinstance(said, dict) else None
        if not isinstance(bearer, str) or not bearer:
            raise Misconfigured("{host} answers without a token.", host=answer.host)
        return bearer


def _list(answer: Answer) -> list[Any]:
    page = answer.json()
    if not isinstance(page, list) or not all(isinstance(one, dict) for one in page):
        raise Misconfigured("{host} answers without a list of documents.", host=answer.host)
    return page


def _fields(document: Mapping[str, Any]) -> dict[str, Any]:
    """A whole document has its identifier with what is said about it."""
    about = document.get("@meta")
    kept = {name: value for name, value in document.items() if name not in ABOUT}
    if "@unid" not in kept and isinstance(about, dict) and about.get("unid"):
        kept["@unid"] = about["unid"]
    return fields(kept)
