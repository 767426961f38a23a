"""Active Directory: LDAP with its own names. Attributes by [MS-ADA1], [MS-ADA2], [MS-ADA3]."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from tws.connectors.ldap.directory import LdapDirectory
from tws.connectors.ldap.settings import LdapSettings
from tws.forms import About

ENABLED = (
    "(&(objectCategory=person)(|(objectClass=contact)"
    "(&(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))))"
)
"Contacts, and users whose bit ACCOUNTDISABLE is not set ([MS-ADTS] 2.2.16)."


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveDirectorySettings(LdapSettings):
    base: str = field(metadata=About(help="Base DN, such as dc=company,dc=local."))
    user: str = field(default="", metadata=About(help="Such as reader@company.local."))
    filter: str = field(
        default=ENABLED, metadata=About(help="Which entries; as it stands no disabled accounts.")
    )


class ActiveDirectory(LdapDirectory):
    title: ClassVar[str] = "Active Directory"
    Settings: ClassVar[type[LdapSettings]] = ActiveDirectorySettings
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "objectguid",
        "last_name": "sn",
        "first_name": "givenname",
        "organisation": "company",
        "photo": "thumbnailphoto",
        "work": "telephonenumber",
        "mobile": "mobile",
        "home": "homephone",
        "assistant": "telephoneassistant",
        "email1": "mail",
        "website": "wwwhomepage",
        "private0": "samaccountname",
        "private1": "department",
        "private2": "title",
    }
    suggested_users: ClassVar[Mapping[str, str]] = {
        "username": "samaccountname",
        "identifier": "objectguid",
        "number": "telephonenumber",
    }
    asked: ClassVar[tuple[str, ...]] = ("*",)
    unread: ClassVar[frozenset[str]] = frozenset(
        {
            "badpasswordtime",
            "badpwdcount",
            "dscorepropagationdata",
            "lastlogoff",
            "lastlogon",
            "lastlogontimestamp",
            "logoncount",
            "usnchanged",
            "usncreated",
            "whenchanged",
        }
    )
