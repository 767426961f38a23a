"""Active Directory, on a domain controller of Samba."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import ldap3
import pytest

from tests.connectors.people import PHOTO
from tests.contracts.connector import (
    check_class,
    check_entries,
    check_leaves_nothing_open,
    check_words,
)
from tests.peers import require_peer
from tests.peers.samba import (
    ADMIN,
    PASSWORD,
    SUFFIX,
    DomainController,
    allowed,
    running_domain_controller,
)
from tws import connectors
from tws.connectors.active_directory import ActiveDirectory
from tws.connectors.ldap.values import guid, sid
from tws.directory.cards import SourceCard, card
from tws.directory.connector import DirectoryConnector
from tws.directory.mapping import mapping
from tws.sources.errors import Misconfigured, Refused
from tws.sources.values import Value

OFFICE = f"ou=office,{SUFFIX}"
NORMAL, DISABLED = 0x0220, 0x0222
"userAccountControl of users without a password."
COUNT = 25


@pytest.fixture(scope="module")
def dc() -> Iterator[DomainController]:
    if not allowed():
        pytest.skip("peer samba is missing: it takes root, who may mount")
    require_peer("samba")
    with running_domain_controller() as controller:
        server = ldap3.Server(controller.host, get_info=ldap3.NONE)
        admin = ldap3.Connection(server, ADMIN, PASSWORD)
        assert admin.start_tls() and admin.bind()
        fill(admin)
        admin.unbind()
        yield controller


def fill(admin: ldap3.Connection) -> None:
    def add(dn: str, kind: str, **attributes: Any) -> None:
        assert admin.add(dn, kind, attributes), admin.result

    add(OFFICE, "organizationalUnit")
    for n in range(COUNT):
        add(
            f"cn=Élodie Durand{n},{OFFICE}",
            "user",
            sAMAccountName=f"edurand{n}",
            userAccountControl=DISABLED if n == 7 else NORMAL,
            sn=f"Durand{n}",
            givenName="Élodie",
            company="Société",
            department="Achats",
            telephoneNumber=f"+3314400{n:04}",
            mobile=f"+336000{n:05}",
            mail=f"e{n}@lab.test",
            thumbnailPhoto=PHOTO,
        )
    add(f"cn=Plumber,{OFFICE}", "contact", sn="Plumber", telephoneNumber="0155171889")
    add(f"cn=printer,{OFFICE}", "computer", sAMAccountName="printer$")
    add(f"cn=everybody,{OFFICE}", "group", sAMAccountName="everybody")


def opened(dc: DomainController, **settings: Any) -> DirectoryConnector:
    values = {
        "host": dc.host,
        "ca_file": dc.certificate.name,
        "base": OFFICE,
        "user": ADMIN,
        "password": PASSWORD,
        **settings,
    }
    return connectors.opened("active_directory", values, dc.certificate.parent)


def test_what_the_administration_looks_at() -> None:
    check_class(ActiveDirectory)


@pytest.mark.parametrize("tls", ["starttls", "ldaps"])
@pytest.mark.parametrize("page_size", [0, 4, 1000])
def test_people_and_contacts_but_no_disabled_accounts(
    dc: DomainController, page_size: int, tls: str
) -> None:
    entries = list(opened(dc, tls=tls, page_size=page_size).entries())
    names = {entry.values["cn"] for entry in entries}
    assert names == {f"Élodie Durand{n}" for n in range(COUNT) if n != 7} | {"Plumber"}
    assert len(entries) == COUNT
    everybody = opened(dc, filter="(objectCategory=person)").entries()
    assert len(list(everybody)) == COUNT + 1


def test_the_contract(dc: DomainController) -> None:
    attributes = "sAMAccountName, thumbnailPhoto"
    wanted: list[dict[str, Value]] = [
        {
            "dn": f"CN=Élodie Durand{n},{OFFICE}".replace("ou=", "OU=").replace("dc=", "DC="),
            "samaccountname": f"edurand{n}",
            "thumbnailphoto": PHOTO,
        }
        for n in (3, 4)
    ]
    some = opened(dc, attributes=attributes, filter="(|(sn=Durand3)(sn=Durand4))")
    check_entries(some, wanted)
    check_leaves_nothing_open(opened(dc, page_size=2))


def test_a_card_by_the_suggested_fields(dc: DomainController) -> None:
    (entry,) = opened(dc, filter="(sAMAccountName=edurand3)").entries()
    made = card(entry, mapping(ActiveDirectory.suggested))
    assert isinstance(made, SourceCard)
    assert str(UUID(made.identifier)) == made.identifier
    assert (made.last_name, made.first_name, made.organisation) == ("Durand3", "Élodie", "Société")
    assert [each.number for each in made.numbers] == ["+33144000003", "+33600000003"]
    assert (made.emails, made.photo) == (("e3@lab.test",), PHOTO)
    assert made.private[:2] == ("edurand3", "Achats")
    assert str(entry.values["objectsid"]).startswith("S-1-5-21-")


def test_logging_in_changes_no_entry(dc: DomainController) -> None:
    """What the server notes at each of them is not read."""
    (before,) = opened(dc, base=SUFFIX, filter="(sAMAccountName=Administrator)").entries()
    (after,) = opened(dc, base=SUFFIX, filter="(sAMAccountName=Administrator)").entries()
    assert before == after
    assert not {"lastlogon", "logoncount", "whenchanged", "usnchanged"} & before.values.keys()


def test_the_whole_domain(dc: DomainController) -> None:
    """At its root a server names its other partitions; they are not asked."""
    assert len(list(opened(dc, base=SUFFIX).entries())) > COUNT


def test_what_is_wrong_is_said(dc: DomainController) -> None:
    def read(**settings: Any) -> Any:
        return lambda: list(opened(dc, **settings).entries())

    wrong = "wrong-s3cret"
    check_words(Refused, read(password=wrong), "password is wrong", ADMIN, secret=wrong)
    check_words(Refused, read(tls="none"), "StartTLS or LDAPS", secret=PASSWORD)
    check_words(Refused, read(user="", password=""), "wants a user and a password")
    check_words(Misconfigured, read(base="ou=absent,dc=lab,dc=test"), "finds no ou=absent")
    check_words(Misconfigured, read(ca_file=""), "not trusted")


def test_identifiers() -> None:
    raw = bytes.fromhex("33221100554477668899aabbccddeeff")
    assert guid([raw]) == "00112233-4455-6677-8899-aabbccddeeff"
    assert guid([b"short"]) == "short"
    admins = bytes.fromhex("01020000000000052000000020020000")
    assert sid([admins]) == "S-1-5-32-544"
    assert sid([admins[:-1]]) == admins[:-1].decode()
