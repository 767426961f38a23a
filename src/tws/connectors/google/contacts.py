"""Google Workspace: the domain's directory and users' own contacts, through the People API v1."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from tws.connectors.google.api import GoogleSettings, Services, client, items, of_user
from tws.connectors.http.json_fields import fields
from tws.directory.connector import Entry
from tws.forms import About
from tws.sources.errors import Misconfigured, SignInRefused

OWN = "https://www.googleapis.com/auth/contacts.readonly"
DIRECTORY = "https://www.googleapis.com/auth/directory.readonly"
WANTED = (
    "names,nicknames,organizations,phoneNumbers,emailAddresses,addresses,photos,urls,birthdays,"
    "biographies,userDefined,externalIds,relations,occupations,locations,imClients,memberships"
)
SOURCES = ["DIRECTORY_SOURCE_TYPE_DOMAIN_PROFILE", "DIRECTORY_SOURCE_TYPE_DOMAIN_CONTACT"]
PAGE = "1000"
SAY_NOTHING = ("etag", "metadata")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleContactsSettings(GoogleSettings):
    reader: str = field(
        default="",
        metadata=About(
            help="Of a public directory: e-mail address of the user as whom it is read."
        ),
    )


class Google:
    title: ClassVar[str] = "Google Workspace"
    Settings: ClassVar[type[GoogleContactsSettings]] = GoogleContactsSettings
    private: ClassVar[bool] = True
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "resourceName",
        "last_name": "names.familyName",
        "first_name": "names.givenName",
        "organisation": "organizations.name",
        "photo": "photos.url",
        "work": "phoneNumbers.work.value",
        "mobile": "phoneNumbers.mobile.value",
        "home": "phoneNumbers.home.value",
        "assistant": "phoneNumbers.assistant.value",
        "standard": "phoneNumbers.main.value",
        "email1": "emailAddresses.0.value",
        "email2": "emailAddresses.1.value",
        "email3": "emailAddresses.2.value",
        "website": "urls.value",
    }

    def __init__(
        self, settings: GoogleContactsSettings, files: Path, services: Services | None = None
    ) -> None:
        self._settings, self._files = settings, files
        self._services = services or Services()

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        parameters: dict[str, str | list[str]] = {"pageSize": PAGE}
        if mailbox is not None:
            path, name, scope = "/v1/people/me/connections", "connections", OWN
            parameters["personFields"] = WANTED
        else:
            path, name, scope = "/v1/people:listDirectoryPeople", "people", DIRECTORY
            parameters |= {"readMask": WANTED, "sources": SOURCES}
        user = mailbox or self._settings.reader
        if not user:
            raise Misconfigured("The user as whom the domain's directory is read is missing.")
        services = self._services
        try:
            with client(
                self._settings, self._files, user, scope, services.people, services
            ) as http:
                for person in items(http, path, parameters, name):
                    if values := fields(_without_metadata(person)):
                        yield Entry(values)
        except SignInRefused as error:
            raise of_user(error) from None


def _without_metadata(person: Mapping[str, object]) -> dict[str, object]:
    """What Google says about a value, and not of the person; and the picture that stands for
    those who have none."""
    kept: dict[str, object] = {}
    for name, value in person.items():
        if name in SAY_NOTHING:
            continue
        if isinstance(value, list):
            value = [
                {k: v for k, v in one.items() if k not in SAY_NOTHING}
                for one in value
                if isinstance(one, dict) and not (name == "photos" and one.get("default"))
            ]
        kept[name] = value
    return kept
