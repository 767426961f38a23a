"""Directories that are read by LDAP, and the one of no special product."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from tws.connectors.ldap.session import Session
from tws.connectors.ldap.settings import LdapSettings
from tws.connectors.ldap.values import DN, Values
from tws.directory.connector import Entry


class LdapDirectory:
    """inetOrgPerson (RFC 2798) on OpenLDAP, 389 and others. Products differ in what is below."""

    title: ClassVar[str] = "LDAP"
    Settings: ClassVar[type[LdapSettings]] = LdapSettings
    private: ClassVar[bool] = False
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "entryuuid",
        "last_name": "sn",
        "first_name": "givenname",
        "organisation": "o",
        "photo": "jpegphoto",
        "work": "telephonenumber",
        "mobile": "mobile",
        "home": "homephone",
        "email1": "mail",
    }
    suggested_users: ClassVar[Mapping[str, str]] = {
        "username": "uid",
        "identifier": "entryuuid",
        "number": "telephonenumber",
    }
    asked: ClassVar[tuple[str, ...]] = ("*", "entryUUID")
    "Attributes, where the settings name none; operational ones come only by their names."
    unread: ClassVar[frozenset[str]] = frozenset()
    "Attributes that say nothing of a person."

    def __init__(self, settings: LdapSettings, files: Path) -> None:
        self._settings, self._files = settings, files

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        values = Values(self.unread)
        session = Session(self._settings, self._files)
        try:
            for found in session.search(self._attributes()):
                yield values.entry(found)
        finally:
            session.close()

    def _attributes(self) -> tuple[str, ...]:
        named = [name.strip() for name in self._settings.attributes.split(",")]
        chosen = tuple(name for name in named if name and name.lower() != DN)
        return chosen or self.asked
