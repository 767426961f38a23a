"""Exchange on premises, 2010 and newer, by EWS: public folders, one user's contacts for all,
users' own contacts. (Specification 8.7.)"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import ClassVar, Literal

from lxml import etree

from tws.connectors.exchange.ews import (
    MESSAGES,
    TYPES,
    Ews,
    attachment,
    folder_id,
    item_id,
    named_folder,
)
from tws.connectors.exchange.fields import PHOTO, WANTED, fields, picture_of
from tws.connectors.exchange.signing_in import check, signed_in
from tws.connectors.exchange.webdav import folder_of
from tws.connectors.http.settings import TlsSettings
from tws.directory.connector import Entry, Picture
from tws.forms import About, WrongValue
from tws.sentences import sentence
from tws.sources.errors import Misconfigured

BATCH = 100
DEEPEST = 20
"Public folders within public folders."
SHAPE = (
    "<m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:BodyType>Text</t:BodyType>"
    f'<t:AdditionalProperties><t:FieldURI FieldURI="item:Attachments"/>{WANTED}'
    "</t:AdditionalProperties></m:ItemShape>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeSettings(TlsSettings):
    url: str = field(
        metadata=About(
            where=True,
            help="https://HOST/ews/exchange.asmx for public folders; these only with "
            "|public|folder1,folder2/sub; with |user the contacts of this account.",
        )
    )
    user: str = field(metadata=About(help="DOMAIN\\name, or name@domain."))
    password: str = field(metadata=About(secret=True))
    folders: bool = field(default=True, metadata=About(help="Also the folders within a folder."))
    authentication: Literal["NTLM", "Basic"] = field(default="NTLM", metadata=About(expert=True))
    access: Literal["full access", "impersonation"] = field(
        default="full access",
        metadata=About(
            expert=True, help="How users' own contacts are read: rights on mailboxes, or as them."
        ),
    )

    def __post_init__(self) -> None:
        address, kind, folders = self.parts()
        _, bar, rest = self.url.partition("|")
        check(address, bar + rest or folder_of(address))
        if kind not in ("", "public", "user") or (kind == "user" and folders):
            raise WrongValue("url", "|public|folder,folder/sub or |user may follow the address")

    def parts(self) -> tuple[str, str, list[list[str]]]:
        """Address, kind, and the paths of the folders."""
        address, _, rest = self.url.partition("|")
        kind, _, paths = rest.partition("|")
        named = [path.strip(" /") for path in paths.split(",")]
        return address.strip(), kind.strip().lower(), [p.split("/") for p in named if p]


class Exchange:
    title: ClassVar[str] = "Exchange"
    Settings: ClassVar[type[ExchangeSettings]] = ExchangeSettings
    private: ClassVar[bool] = True
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "ItemId.Id|h",
        "last_name": "Surname",
        "first_name": "GivenName",
        "organisation": "CompanyName",
        "photo": "Photo",
        "assistant": "AssistantPhone",
        "standard": "CompanyPhone",
        "work": "BusinessPhone",
        "mobile": "MobilePhone",
        "home": "HomePhone",
        "email1": "Email1Address",
        "email2": "Email2Address",
        "email3": "Email3Address",
    }

    def __init__(self, settings: ExchangeSettings, files: Path) -> None:
        self._settings, self._files = settings, files

    def own(self, user: str, password: str) -> "Exchange":
        given = replace(self._settings, user=user, password=password, access="full access")
        return Exchange(given, self._files)

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        given = self._settings
        address, kind, paths = given.parts()
        with signed_in(given, address, self._files) as http:
            if mailbox is not None:
                as_them = given.access == "impersonation"
                ews = Ews(http, mailbox if as_them else None)
                folders = self._of_mailbox(ews, None if as_them else mailbox)
            else:
                ews = Ews(http)
                own = kind == "user"
                folders = self._of_mailbox(ews, None) if own else self._public(ews, paths)
            for folder in folders:
                yield from _contacts(ews, folder)

    def _of_mailbox(self, ews: Ews, mailbox: str | None) -> Iterator[str]:
        contacts = named_folder("contacts", mailbox)
        yield contacts
        if self._settings.folders:
            for folder in ews.folders(contacts, "Deep"):
                yield folder_id(folder)

    def _public(self, ews: Ews, paths: list[list[str]]) -> Iterator[str]:
        root = named_folder("publicfoldersroot")
        for path in paths:
            folder = _found(ews, root, path)
            yield folder
            if self._settings.folders:
                yield from _below(ews, folder, 0)
        if not paths:
            yield from _below(ews, root, 0)


def _found(ews: Ews, root: str, path: list[str]) -> str:
    """The folder at that path; Misconfigured says what there is instead."""
    here = root
    for depth, name in enumerate(path):
        there = {f.findtext(f"{TYPES}DisplayName", ""): f for f in ews.folders(here, "Shallow")}
        if name not in there:
            above = "/".join(path[:depth]) or sentence("the public folders")
            raise Misconfigured(
                "There is no folder {name} in {above}; there are: {there}.",
                name=repr(name),
                above=above,
                there=", ".join(sorted(there)[:20]) or sentence("none"),
            )
        here = folder_id(there[name])
    return here


def _below(ews: Ews, parent: str, depth: int) -> Iterator[str]:
    """Folders of contacts at any depth."""
    for folder in ews.folders(parent, "Shallow"):
        if folder.tag == f"{TYPES}ContactsFolder":
            yield folder_id(folder)
        if depth < DEEPEST and folder.findtext(f"{TYPES}ChildFolderCount", "0") != "0":
            yield from _below(ews, folder_id(folder), depth + 1)


def _contacts(ews: Ews, folder: str) -> Iterator[Entry]:
    """Those of a folder; its distribution lists are left out."""
    some: list[str] = []
    for item in ews.items(folder):
        if item.tag == f"{TYPES}Contact":
            some.append(item_id(item))
        if len(some) == BATCH:
            yield from _read(ews, some)
            some = []
    if some:
        yield from _read(ews, some)


def _read(ews: Ews, identifiers: list[str]) -> Iterator[Entry]:
    asked = f"<m:GetItem>{SHAPE}<m:ItemIds>{''.join(identifiers)}</m:ItemIds></m:GetItem>"
    for message in ews.call(asked):
        for contact in _of(message):
            if values := fields(contact):
                yield Entry(values, _picture(ews, contact))


def _picture(ews: Ews, contact: etree._Element) -> Picture | None:
    if (found := picture_of(contact)) is None:
        return None
    identifier, tag = found
    return Picture(PHOTO, tag, partial(attachment, ews, identifier))


def _of(message: etree._Element) -> Iterator[etree._Element]:
    return message.iterfind(f"{MESSAGES}Items/{TYPES}Contact")
