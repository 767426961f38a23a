"""The directory of an A5000's subscribers, as OpenLDAP holds it for tests: there is no such PBX
here."""

from typing import Any

OID = "1.3.6.1.4.1.4203.666.77"
"OpenLDAP's own arc for experiments."


def schema(kind: str, *attributes: str) -> list[str]:
    """slapd.conf(5): an object class `kind` that may have these."""
    lines = [
        f"attributetype ( {OID}.{n} NAME '{name}' SUP name )"
        for n, name in enumerate(attributes, 1)
    ]
    may = " $ ".join(attributes)
    return [*lines, f"objectclass ( {OID}.99 NAME '{kind}' SUP top AUXILIARY MAY ( {may} ) )"]


A5000 = schema("a5000", "hierarchy", "secretaire", "phoneNumber", "gsmPhone", "private")
ANNE: dict[str, Any] = {
    "objectClass": ["inetOrgPerson", "a5000"],
    "cn": "2",
    "sn": "Noa",
    "givenName": "Hollande",
    "hierarchy": "Direction",
    "secretaire": "4694",
    "phoneNumber": "4594",
    "gsmPhone": "0601020304",
    "private": "1",
}
