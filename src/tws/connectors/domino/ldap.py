"""The public directory of a Domino server (Lotus Notes), by its LDAP service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from tws.connectors.ldap.directory import LdapDirectory
from tws.connectors.ldap.settings import LdapSettings
from tws.forms import About


@dataclass(frozen=True, slots=True, kw_only=True)
class DominoLdapSettings(LdapSettings):
    base: str = field(metadata=About(help="The organisation, such as o=company."))
    user: str = field(default="", metadata=About(help="Such as cn=Reader,o=company."))
    filter: str = field(
        default="(objectClass=dominoPerson)", metadata=About(help="Which entries (RFC 4515).")
    )


class DominoLdap(LdapDirectory):
    title: ClassVar[str] = "Lotus Domino, public directory (LDAP)"
    Settings: ClassVar[type[LdapSettings]] = DominoLdapSettings
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "dominounid",
        "last_name": "sn",
        "first_name": "givenname",
        "organisation": "companyname",
        "work": "telephonenumber",
        "mobile": "mobile",
        "home": "homephone",
        "email1": "mail",
    }
    asked: ClassVar[tuple[str, ...]] = ("*", "dominoUNID")
    "dominoUNID stays when a person is renamed; it is operational."
