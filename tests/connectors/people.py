"""The people of the LDAP server of the tests, and how TWS has to see them."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.peers.answering import CERTIFICATE
from tests.peers.slapd import PASSWORD, PEOPLE, READER, Attributes, Slapd
from tws import connectors
from tws.connectors.ldap.directory import LdapDirectory
from tws.sources.values import Value

COUNT = 20_000
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256))
ELSEWHERE = f"ou=elsewhere,{PEOPLE}"


def person(number: int) -> Attributes:
    return {
        "objectClass": "inetOrgPerson",
        "uid": f"u{number}",
        "cn": f"Élodie Durand{number}",
        "sn": f"Durand{number}",
        "givenName": "Élodie",
        "o": "Société Générale d'Essai",
        "mail": f"u{number}@example.com",
        "telephoneNumber": [f"+33 1 44 {number:06}", f"{number:05}"],
        "mobile": f"06 12 {number:06}",
        "userPassword": "their own secret",
        **({"jpegPhoto": PHOTO} if number % 1000 == 0 else {}),
    }


def tree() -> Iterator[tuple[str, Attributes]]:
    for number in range(COUNT):
        yield f"uid=u{number},{PEOPLE}", person(number)
    yield (
        ELSEWHERE,
        {
            "objectClass": ["referral", "extensibleObject"],
            "ou": "elsewhere",
            "ref": f"ldap://nowhere.invalid/{ELSEWHERE}",
        },
    )


def seen(number: int) -> Mapping[str, Value]:
    """Less `entryuuid`, which the server chooses."""
    values: dict[str, Value] = {"dn": f"uid=u{number},{PEOPLE}"}
    for name, value in person(number).items():
        if name != "userPassword":
            values[name.lower()] = tuple(value) if isinstance(value, list) else value  # type: ignore[assignment]
    return values


def opened(server: Slapd, kind: str = "ldap", **settings: Any) -> LdapDirectory:
    """A connector to that server, by StartTLS; `settings` instead."""
    values = {
        "host": server.host,
        "port": server.port,
        "tls": "starttls",
        "ca_file": CERTIFICATE.name,
        "base": PEOPLE,
        "user": READER,
        "password": PASSWORD,
        **settings,
    }
    found = connectors.opened(kind, values, CERTIFICATE.parent)
    assert isinstance(found, LdapDirectory)
    return found
