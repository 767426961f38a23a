"""Products of which there is none here: OpenLDAP with their names of fields."""

from typing import Any

import pytest

from tests.connectors.a5000_directory import A5000, ANNE, schema
from tests.connectors.people import opened
from tests.contracts.connector import check_class, check_entries
from tests.peers import require_peer
from tests.peers.slapd import PEOPLE, running_slapd
from tws import connectors
from tws.directory.cards import SourceCard, card
from tws.directory.mapping import mapping
from tws.directory.model import NumberKind

DOMINO = schema("dominoPerson", "companyName", "dominoUNID")
ELODIE: dict[str, Any] = {
    "objectClass": ["inetOrgPerson", "dominoPerson"],
    "cn": "Élodie Durand",
    "sn": "Durand",
    "givenName": "Élodie",
    "companyName": "Société",
    "telephoneNumber": "+33144000001",
    "mail": "elodie@example.com",
    "dominoUNID": "0123456789ABCDEF0123456789ABCDEF",
}


def values(dn: str, attributes: dict[str, Any]) -> dict[str, Any]:
    named = {name.lower(): value for name, value in attributes.items()}
    return {"dn": dn, **named, "objectclass": tuple(named["objectclass"])}


@pytest.mark.parametrize("kind", ["a5000_int", "a5000_ext"])
def test_a5000(kind: str) -> None:
    require_peer("slapd")
    made = connectors.connector(kind)
    check_class(made)
    dn = f"cn=2,{PEOPLE}"
    with running_slapd([(dn, ANNE)], schema=A5000) as server:
        there = opened(server, kind, filter="(objectClass=person)", tls="none")
        check_entries(there, [values(dn, ANNE)])
        (entry,) = there.entries()
    shown = card(entry, mapping(made.suggested))
    assert isinstance(shown, SourceCard)
    assert (shown.last_name, shown.first_name) == ("Noa", "Hollande")
    assert {(each.kind, each.number, each.red) for each in shown.numbers} == {
        (NumberKind.ASSISTANT, "4694", False),
        (NumberKind.WORK, "4594", True),
        (NumberKind.MOBILE, "0601020304", True),
    }


def test_domino() -> None:
    require_peer("slapd")
    made = connectors.connector("domino_ldap")
    check_class(made)
    dn = f"cn=Élodie Durand,{PEOPLE}"
    with running_slapd([(dn, ELODIE)], schema=DOMINO) as server:
        there = opened(server, "domino_ldap")
        check_entries(there, [values(dn, ELODIE)])
        (entry,) = there.entries()
    shown = card(entry, mapping(made.suggested))
    assert isinstance(shown, SourceCard)
    assert (shown.identifier, shown.organisation) == (ELODIE["dominoUNID"], "Société")
    assert [each.number for each in shown.numbers] == ["+33144000001"]
