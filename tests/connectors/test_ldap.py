"""LDAP directories, on a real OpenLDAP server with 20,000 people."""

import re
import tracemalloc
from collections.abc import Mapping
from typing import Any

import pytest

from tests.connectors.people import COUNT, ELSEWHERE, PHOTO, opened, person, seen
from tests.contracts.connector import (
    check_class,
    check_entries,
    check_leaves_nothing_open,
    check_words,
)
from tests.peers.slapd import (
    ADMIN,
    LIMIT,
    LIMITED,
    PASSWORD,
    PEOPLE,
    SUFFIX,
    UNPAGED,
    Slapd,
    running_slapd,
)
from tws import connectors
from tws.connectors.ldap.directory import LdapDirectory
from tws.directory.cards import SourceCard, card
from tws.directory.connector import Entry
from tws.directory.mapping import mapping
from tws.directory.model import NumberKind
from tws.errors import Invalid
from tws.sources.errors import Misconfigured, Refused

A_FEW = "(uid=u1999*)"
"Eleven people."
FEW = [1999, *range(19990, 20000)]


def plain(entry: Entry) -> Mapping[str, Any]:
    return {name: value for name, value in entry.values.items() if name != "entryuuid"}


def test_what_the_administration_looks_at() -> None:
    check_class(LdapDirectory)
    assert "ldap" in connectors.connectors()


@pytest.mark.parametrize("tls", ["none", "starttls", "ldaps"])
def test_everybody_is_read(slapd: Slapd, tls: str) -> None:
    port = slapd.tls_port if tls == "ldaps" else slapd.port
    entries = {entry.values["uid"]: entry for entry in opened(slapd, tls=tls, port=port).entries()}
    assert len(entries) == COUNT
    for number in (0, 1, 1000, COUNT - 1):
        assert plain(entries[f"u{number}"]) == seen(number)
    assert len({entry.values["entryuuid"] for entry in entries.values()}) == COUNT


def test_the_contract(slapd: Slapd) -> None:
    attributes = "uid, mail, jpegPhoto, dn"
    names = {"dn", "uid", "mail", "jpegphoto"}
    wanted = [{k: v for k, v in seen(n).items() if k in names} for n in FEW]
    check_entries(opened(slapd, filter=A_FEW, attributes=attributes), wanted)
    check_leaves_nothing_open(opened(slapd))


def test_a_card_by_the_suggested_fields(slapd: Slapd) -> None:
    (entry,) = opened(slapd, filter="uid=u1000").entries()
    made = card(entry, mapping(LdapDirectory.suggested))
    assert isinstance(made, SourceCard)
    assert re.fullmatch(r"[0-9a-f-]{36}", made.identifier)
    assert (made.last_name, made.first_name, made.photo) == ("Durand1000", "Élodie", PHOTO)
    kinds = [(each.kind, each.number) for each in made.numbers]
    assert kinds == [
        (NumberKind.WORK, "+33 1 44 001000"),
        (NumberKind.WORK, "01000"),
        (NumberKind.MOBILE, "06 12 001000"),
    ]
    assert made.emails == ("u1000@example.com",)


@pytest.mark.parametrize("page_size", [0, 1, 3, 1000, 100_000])
def test_pages_of_any_size(slapd: Slapd, page_size: int) -> None:
    entries = opened(slapd, filter=A_FEW, page_size=page_size).entries()
    assert sorted(map(plain, entries), key=str) == sorted(map(seen, FEW), key=str)


@pytest.mark.parametrize("page_size", [0, 7, 10, 1000])
def test_no_more_than_one_wants(slapd: Slapd, page_size: int) -> None:
    entries = list(opened(slapd, size_limit=10, page_size=page_size).entries())
    assert len({entry.values["uid"] for entry in entries}) == 10


def test_a_server_that_refuses_pages(slapd: Slapd) -> None:
    assert len(list(opened(slapd, user=UNPAGED).entries())) == COUNT


@pytest.mark.parametrize("page_size", [0, 100, 1000])
def test_a_server_that_keeps_the_rest_to_itself(slapd: Slapd, page_size: int) -> None:
    """What is not given must not be taken for deleted."""
    limited = opened(slapd, user=LIMITED, page_size=page_size)
    check_words(Refused, lambda: list(limited.entries()), "everything", LIMITED, secret=PASSWORD)
    within = opened(slapd, user=LIMITED, page_size=page_size, size_limit=LIMIT)
    assert len(list(within.entries())) == LIMIT


def test_anonymously(slapd: Slapd) -> None:
    assert len(list(opened(slapd, user="", password="", filter=A_FEW).entries())) == len(FEW)


def test_attributes_of_every_kind() -> None:
    uid = "00000000-0000-0000-0000-000000000001"
    attributes: dict[str, Any] = {
        "objectClass": "inetOrgPerson",
        "cn": ["Zoé", "Zoe"],
        "cn;lang-fr": "Zoé",
        "sn": "Noël",
        "description": ["x" * 100_000],
        "jpegPhoto": [PHOTO, b"second"],
        "userSMIMECertificate": b"\x30\x00\xff",
        "userPassword": ["one", "two"],
        "entryUUID": uid,
    }
    with running_slapd([(f"sn=Noël,{PEOPLE}", attributes)]) as server:
        (entry,) = opened(server).entries()
    assert entry.values == {
        "dn": f"sn=Noël,{PEOPLE}",
        "objectclass": "inetOrgPerson",
        "cn": ("Zoé", "Zoe"),
        "cn;lang-fr": "Zoé",
        "sn": "Noël",
        "description": "x" * 100_000,
        "jpegphoto": PHOTO,
        "usersmimecertificate": b"\x30\x00\xff",
        "entryuuid": uid,
    }


def test_large_pictures_are_not_gathered() -> None:
    """One page of 12 entries of 10 MB."""
    size = 10 * 1024 * 1024
    people = (
        (f"uid=u{n},{PEOPLE}", {**person(n), "jpegPhoto": bytes([n]) * size}) for n in range(12)
    )
    with running_slapd(people) as server:
        tracemalloc.start()
        try:
            sizes = [len(entry.values["jpegphoto"]) for entry in opened(server).entries()]
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert sizes == [size] * 12
    assert peak < 6 * size


def test_other_servers_are_not_asked(slapd: Slapd) -> None:
    """The tree has a branch on another one, whose name does not even exist."""
    assert len(list(opened(slapd, filter="(uid=u1)").entries())) == 1
    check_words(Misconfigured, lambda: list(opened(slapd, base=ELSEWHERE).entries()), "elsewhere")


# ---------------------------------------------------------------- what is wrong is said


def test_who_may_not_read(slapd: Slapd) -> None:
    wrong = opened(slapd, password="wrong-s3cret")
    check_words(Refused, lambda: list(wrong.entries()), "password is wrong", secret="wrong-s3cret")
    nobody = opened(slapd, user=f"cn=nobody,{SUFFIX}")
    check_words(Refused, lambda: list(nobody.entries()), "user or the password", secret=PASSWORD)


def test_a_base_that_is_wrong(slapd: Slapd) -> None:
    absent = opened(slapd, base=f"ou=absent,{SUFFIX}", user=ADMIN)
    check_words(Misconfigured, lambda: list(absent.entries()), "ou=absent", f"{SUFFIX} is there")
    no_dn = opened(slapd, base="people")
    check_words(Misconfigured, lambda: list(no_dn.entries()), "people is not a base DN")


def test_certificates(slapd: Slapd) -> None:
    for settings in ({"tls": "starttls"}, {"tls": "ldaps", "port": slapd.tls_port}):
        unknown = opened(slapd, ca_file="", **settings)
        check_words(Misconfigured, lambda it=unknown: list(it.entries()), "not trusted", "self")  # type: ignore[misc]
    for name, words in (("absent.pem", "There is no file"), ("localhost.key", "no certificate")):
        wrong = opened(slapd, ca_file=name)
        check_words(Misconfigured, lambda it=wrong: list(it.entries()), name, words)  # type: ignore[misc]
    elsewhere = opened(slapd, host="127.0.0.2")
    check_words(Misconfigured, lambda: list(elsewhere.entries()), "not trusted", "127.0.0.2")


def test_encryption_that_is_not_there(slapd: Slapd) -> None:
    ldaps = opened(slapd, tls="ldaps")
    check_words(Misconfigured, lambda: list(ldaps.entries()), "does not speak TLS", "port")
    with running_slapd([], tls=False) as server:
        starttls = opened(server)
        check_words(Misconfigured, lambda: list(starttls.entries()), "does not offer StartTLS")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("filter", "(cn=x"),
        ("filter", "(&(cn=x)(sn=y)"),
        ("filter", "(cn)"),
        ("filter", "()"),
        ("filter", "(!(a=1)(b=2))"),
        ("host", "ldap://server/"),
        ("host", "two names"),
        ("password", ""),
        ("port", 0),
        ("base", ""),
        ("tls", "ssl"),
        ("page_size", -1),
    ],
)
def test_a_form_that_is_wrong(field: str, value: object) -> None:
    form = {"host": "server", "base": PEOPLE, "user": ADMIN, "password": PASSWORD, field: value}
    with pytest.raises(Invalid) as wrong:
        connectors.validate("ldap", form)
    assert wrong.value.details["field"] == f"settings.{field}"
    assert PASSWORD not in str(wrong.value)


def test_a_filter_as_the_guide_writes_it(slapd: Slapd) -> None:
    assert len(list(opened(slapd, filter="uid=u7").entries())) == 1
    assert len(list(opened(slapd, filter="uid=u7 ").entries())) == 1


def test_the_forms_of_ports() -> None:
    made = connectors.settings("ldap", {"host": "server", "base": "o=x"})
    assert made.actual_port == 389
    made = connectors.settings("ldap", {"host": "server", "base": "o=x", "tls": "ldaps"})
    assert made.actual_port == 636
    assert connectors.secret_fields("ldap") == {"password"}
