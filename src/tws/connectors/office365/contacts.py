"""Office 365 through Microsoft Graph: users of the organisation, its mail contacts, contacts of a
shared mailbox; each user's own contacts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Literal
from urllib.parse import quote

from tws.connectors.http.client import Http
from tws.connectors.http.json_fields import fields
from tws.connectors.office365.graph import CLOUDS, VERSION, Cloud, GraphSettings, client, items
from tws.directory.connector import Entry, Picture
from tws.forms import About
from tws.sources.values import Value

USER = (
    "id displayName givenName surname mail userPrincipalName businessPhones mobilePhone faxNumber "
    "companyName department jobTitle officeLocation streetAddress postalCode city state country "
    "employeeId otherMails onPremisesExtensionAttributes"
)
ORGANISATION = (
    "id displayName givenName surname mail companyName department jobTitle phones addresses"
)
CONTACT = (
    "id displayName givenName middleName surname nickName title companyName department jobTitle "
    "officeLocation businessPhones homePhones mobilePhone emailAddresses imAddresses "
    "businessAddress homeAddress otherAddress businessHomePage assistantName manager profession "
    "spouseName birthday categories personalNotes"
)
ALIKE: Mapping[str, str] = {
    "mail": "emailAddresses.0.address",
    "businessPhones": "phones.business.number",
    "mobilePhone": "phones.mobile.number",
}
PHOTO, CHANGED = "Photo", "changeKey"
"What TWS calls the picture; what of a contact changes whenever something of it does."
Pictured = Callable[[Http, Mapping[str, Any]], Picture | None]
PAGE = "500"
DEEPEST = 10
"Folders within folders."


@dataclass(frozen=True, slots=True, kw_only=True)
class Office365Settings(GraphSettings):
    source: Literal["users", "organisation contacts", "mailbox"] = field(
        default="users", metadata=About(help="Of a public directory: whose contacts are read.")
    )
    mailbox: str = field(default="", metadata=About(help="E-mail address of the shared mailbox."))
    folders: bool = field(
        default=True, metadata=About(help="Of a mailbox, also the contacts in other folders.")
    )
    filter: str = field(
        default="accountEnabled eq true",
        metadata=About(expert=True, help="Of users: $filter of Graph; empty: all."),
    )
    photos: bool = field(
        default=False,
        metadata=About(help="Photos of users and of mailboxes' contacts: one question more each."),
    )
    more_fields: str = field(
        default="", metadata=About(expert=True, help="Properties to read besides, with commas.")
    )

    def __post_init__(self) -> None:
        if self.source == "mailbox" and not self.mailbox:
            raise ValueError("mailbox: needed to read the contacts of a mailbox")


class Office365:
    title: ClassVar[str] = "Office 365"
    Settings: ClassVar[type[Office365Settings]] = Office365Settings
    private: ClassVar[bool] = True
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "id",
        "last_name": "surname",
        "first_name": "givenName",
        "organisation": "companyName",
        "photo": "Photo",
        "work": "businessPhones",
        "mobile": "mobilePhone",
        "home": "homePhones",
        "email1": "mail",
    }

    def __init__(
        self, settings: Office365Settings, files: Path, clouds: Mapping[str, Cloud] = CLOUDS
    ) -> None:
        self._settings, self._clouds = settings, clouds

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        given = self._settings
        with client(given, self._clouds) as http:
            if mailbox is not None or given.source == "mailbox":
                found = self._contacts(http, mailbox or given.mailbox)
            elif given.source == "users":
                more = {"$filter": given.filter} if given.filter else {}
                found = self._read(http, "/users", USER, more, self._of_user)
            else:
                found = self._read(http, "/contacts", ORGANISATION)
            yield from found

    def _read(
        self,
        http: Http,
        path: str,
        names: str,
        more: Mapping[str, str] | None = None,
        picture: Pictured | None = None,
    ) -> Iterator[Entry]:
        pictured = picture if self._settings.photos else None
        wanted = [*names.split(), *self._settings.more_fields.replace(",", " ").split()]
        ours = [CHANGED] if pictured and names == CONTACT and CHANGED not in wanted else []
        parameters = {"$select": ",".join([*wanted, *ours]), "$top": PAGE, **(more or {})}
        for item in items(http, path, parameters):
            kept = {k: v for k, v in item.items() if k not in ours and not k.startswith("@odata")}
            yield Entry(_alike(fields(kept)), pictured(http, item) if pictured else None)

    def _of_user(self, http: Http, item: Mapping[str, Any]) -> Picture | None:
        """Nothing that is said of a user changes with his photo: it is asked for its tag."""
        path = f"{VERSION}/users/{quote(str(item.get('id')), safe='')}/photo"
        answer = http.get(path, expected=(404,))
        if answer.status == 404:
            return None
        said = answer.json()
        tag = said.get("@odata.mediaEtag") if isinstance(said, dict) else None
        return Picture(PHOTO, str(tag or item.get("id")), partial(_photo, http, path))

    def _contacts(self, http: Http, mailbox: str) -> Iterator[Entry]:
        user = f"/users/{quote(mailbox, safe='@')}"

        def picture(http: Http, item: Mapping[str, Any]) -> Picture | None:
            path = f"{VERSION}{user}/contacts/{quote(str(item.get('id')), safe='')}/photo"
            return Picture(PHOTO, str(item.get(CHANGED)), partial(_photo, http, path))

        yield from self._read(http, f"{user}/contacts", CONTACT, picture=picture)
        if self._settings.folders:
            yield from self._folders(http, user, "contactFolders", 0, picture)

    def _folders(
        self,
        http: Http,
        user: str,
        below: str,
        depth: int,
        picture: Pictured,
    ) -> Iterator[Entry]:
        parameters = {"$select": "id,displayName", "$top": PAGE}
        for folder in items(http, f"{user}/{below}", parameters):
            here = f"contactFolders/{quote(str(folder.get('id')), safe='')}"
            yield from self._read(http, f"{user}/{here}/contacts", CONTACT, picture=picture)
            if depth < DEEPEST:
                yield from self._folders(http, user, f"{here}/childFolders", depth + 1, picture)


def _photo(http: Http, path: str) -> bytes | None:
    answer = http.get(f"{path}/$value", headers={"Accept": "image/*"}, expected=(404,))
    return None if answer.status == 404 else answer.content or None


def _alike(values: dict[str, Value]) -> dict[str, Value]:
    """Contacts have their e-mail and numbers in other places than users: one mapping fits all."""
    for name, elsewhere in ALIKE.items():
        if name not in values and elsewhere in values:
            values[name] = values[elsewhere]
    return values
