"""The two LDAP directories of an A5000: its subscribers (INT), and its contacts (EXT).

The names of fields are those of the guide's example (specification 8.2.4): the PBX's own
description is not public.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from tws.connectors.ldap.directory import LdapDirectory
from tws.connectors.ldap.settings import LdapSettings
from tws.forms import About


@dataclass(frozen=True, slots=True, kw_only=True)
class A5000Settings(LdapSettings):
    tls: Literal["none", "starttls", "ldaps"] = field(
        default="none", metadata=About(where=True, help="none: the password can be overheard.")
    )
    base: str = field(
        metadata=About(help="Such as ou=people,ou=local,o=company,dc=domain,dc=com.")
    )
    filter: str = field(
        default="(objectClass=*)", metadata=About(help="Which entries (RFC 4515).")
    )


class A5000Internal(LdapDirectory):
    title: ClassVar[str] = "Aastra 5000 INT"
    Settings: ClassVar[type[LdapSettings]] = A5000Settings
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "dn",
        "last_name": "sn",
        "first_name": "givenname",
        "organisation": "hierarchy",
        "assistant": "secretaire",
        "work": "phonenumber",
        "work_red": "private",
        "mobile": "gsmphone",
        "mobile_red": "private",
        "email1": "mail",
    }
    suggested_users: ClassVar[Mapping[str, str]] = {
        "username": "phonenumber",
        "identifier": "dn",
        "number": "phonenumber",
    }
    asked: ClassVar[tuple[str, ...]] = ("*",)


class A5000External(A5000Internal):
    title: ClassVar[str] = "Aastra 5000 EXT"
    suggested_users: ClassVar[Mapping[str, str]] = {}
