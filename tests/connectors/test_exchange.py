"""Exchange by EWS, against a server that answers as Microsoft documents it."""

import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.connectors.ews_server import (
    PASSWORD,
    USER,
    EwsServer,
    Folder,
    certificate_hash,
    contact,
    envelope,
    fault,
    running_ews,
)
from tests.connectors.http_server import Reply
from tests.contracts.connector import check_class, check_entries, check_words
from tws import connectors
from tws.connectors.exchange import contacts
from tws.connectors.exchange.contacts import Exchange
from tws.connectors.exchange.ews import NAMESPACES
from tws.connectors.exchange.fields import fields
from tws.connectors.exchange.webdav import ExchangeWebdav
from tws.connectors.http import client as http_client
from tws.directory.cards import SourceCard, card
from tws.directory.mapping import mapping
from tws.errors import Invalid
from tws.sources.errors import Misconfigured, Refused, Unreachable

CERTIFICATE = Path(__file__).parents[1] / "contracts/localhost.pem"
MARIE = "marie@arda.example"


def people(*numbers: int) -> dict[str, str]:
    return {f"id{n}": contact(n) for n in numbers}


def expected(*numbers: int) -> list[dict[str, str]]:
    return [
        {
            "Id": f"id{n}",
            "ItemId": f"id{n}",
            "ItemId.Id": f"id{n}",
            "Surname": f"Person {n}",
            "BusinessPhone": f"{4000 + n}",
        }
        for n in numbers
    ]


def tree() -> Folder:
    sub2 = Folder("sub2", people(31))
    algo = Folder("Algo Distributeurs", people(1, 2, 3), [Folder("Export", people(4), [sub2])])
    calendar = Folder(
        "Agenda & co", people(99), [Folder("People", people(7))], kind="CalendarFolder"
    )
    general = Folder("General", {}, [algo, Folder("Fournisseurs", people(5, 6))], kind="Folder")
    return Folder("public", {}, [general, calendar, Folder("Empty")], kind="Folder")


@pytest.fixture
def ews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EwsServer]:
    (tmp_path / "ntlm").write_text(f"{USER.replace(chr(92), ':')}:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(tmp_path / "ntlm"))
    mailboxes = {
        "": Folder("own", {**people(50, 51), "l": "list"}, [Folder("VIP", people(52))]),
        MARIE: Folder("marie", {**people(60, 61, 62), "gone": "gone"}),
        "broken@arda.example": Folder("broken", {**people(70, 71, 72), "bad": "corrupt"}),
    }
    with running_ews(tree(), mailboxes) as server:
        yield server


def opened(server: EwsServer, rest: str = "", **settings: Any) -> Exchange:
    given = {"url": f"{server.url}{rest}", "user": USER, "password": PASSWORD, **settings}
    found = connectors.opened("exchange", given, CERTIFICATE.parent)
    assert isinstance(found, Exchange)
    return found


def test_what_the_administration_looks_at() -> None:
    check_class(Exchange)
    assert connectors.secret_fields("exchange") == {"password"}


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("exchange.contacts", "exchange.signing_in", "http.ntlm"):
        monkeypatch.delitem(sys.modules, f"tws.connectors.{name}")
    monkeypatch.setitem(sys.modules, "spnego", None)
    with pytest.raises(Invalid, match=r"install 'tws\[exchange\]'"):
        connectors.connector("exchange")


# ---------------------------------------------------------------- which folders


def test_all_public_folders_of_contacts(ews: EwsServer) -> None:
    check_entries(opened(ews), expected(1, 2, 3, 4, 5, 6, 7, 31))


@pytest.mark.parametrize(
    ("rest", "folders", "numbers"),
    [
        ("|public|General/Algo Distributeurs", True, (1, 2, 3, 4, 31)),
        ("|public|General/Algo Distributeurs", False, (1, 2, 3)),
        ("|public|General/Algo Distributeurs/Export,General/Fournisseurs", False, (4, 5, 6)),
        ("|public|Agenda & co/People", True, (7,)),
        ("|public|", True, (1, 2, 3, 4, 5, 6, 7, 31)),
        ("|public|Empty", True, ()),
    ],
)
def test_chosen_public_folders(
    ews: EwsServer, rest: str, folders: bool, numbers: tuple[int, ...]
) -> None:
    check_entries(opened(ews, rest, folders=folders), expected(*numbers))


def test_a_folder_that_is_not_there(ews: EwsServer) -> None:
    for rest, words in (
        ("|public|general", "Agenda & co, Empty, General"),
        ("|public|General/Algo", "Algo Distributeurs, Fournisseurs"),
        ("|public|Empty/More", "none"),
    ):
        there = opened(ews, rest)
        check_words(Misconfigured, lambda there=there: list(there.entries()), words)  # type: ignore[misc]


def test_contacts_of_one_user_for_all(ews: EwsServer) -> None:
    check_entries(opened(ews, "|user"), expected(50, 51, 52))
    check_entries(opened(ews, "|USER", folders=False), expected(50, 51))


def test_contacts_of_users(ews: EwsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts, "BATCH", 2)
    for access in ("full access", "impersonation"):
        there = opened(ews, access=access)
        check_entries(there, expected(60, 61, 62), MARIE)
        check_words(
            Misconfigured,
            lambda there=there: list(there.entries("no@arda.example")),  # type: ignore[misc]
            "ErrorNonExistentMailbox",
        )
    ews.may_impersonate = False
    check_words(
        Refused,
        lambda: list(opened(ews, access="impersonation").entries(MARIE)),
        "ErrorImpersonateUserDenied",
    )
    assert list(opened(ews).entries(MARIE))


# ---------------------------------------------------------------- who we are


def test_ntlm_signs_a_connection_in_once(ews: EwsServer) -> None:
    assert len(list(opened(ews).entries())) == 8
    assert ews.handshakes == 1
    assert len(ews.service.requests) > 10


@pytest.mark.parametrize("scheme", ["NTLM", "Negotiate", "Basic"])
def test_who_we_are(ews: EwsServer, scheme: str) -> None:
    ews.scheme = scheme
    kind = "Basic" if scheme == "Basic" else "NTLM"
    check_entries(opened(ews, authentication=kind), expected(1, 2, 3, 4, 5, 6, 7, 31))
    for wrong in ({"password": "wrong one"}, {"user": "ARDA\\nobody"}):
        there = opened(ews, authentication=kind, **wrong)
        check_words(
            Refused,
            lambda there=there: list(there.entries()),  # type: ignore[misc]
            "user or the password",
            secret="wrong one",
        )
    other = opened(ews, authentication="NTLM" if kind == "Basic" else "Basic")
    check_words(Refused, lambda: list(other.entries()), "user or the password")


def test_extended_protection(ews: EwsServer) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE, CERTIFICATE.with_suffix(".key"))
    with running_ews(tree(), {}, tls) as server:
        there = opened(server, ca_file=CERTIFICATE.name)
        server.bindings = certificate_hash(CERTIFICATE.read_bytes())
        check_entries(there, expected(1, 2, 3, 4, 5, 6, 7, 31))
        assert len(list(opened(server, verify=False).entries())) == 8
        check_words(Misconfigured, lambda: list(opened(server).entries()), "not trusted")
        # A connection that somebody relays has another certificate.
        server.bindings = b"another's"
        check_words(Refused, lambda: list(there.entries()), "user or the password")


# ---------------------------------------------------------------- what goes wrong


def test_throttling(ews: EwsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = fault("ErrorServerBusy", "The server cannot service this request right now.", 1)
    ews.faults = [busy, Reply(503, headers={"Retry-After": "0"}), busy]
    assert len(list(opened(ews).entries())) == 8
    assert not ews.faults
    ews.faults = [busy] * 6
    check_words(Unreachable, lambda: list(opened(ews).entries()), "too busy")
    ews.faults = [fault("ErrorServerBusy", "Later.", 3_600_000)]
    check_words(Unreachable, lambda: list(opened(ews).entries()), "3600 seconds")
    assert http_client.MOST_WAITS == 5


def test_a_failure_half_way(ews: EwsServer) -> None:
    there = opened(ews, folders=False)
    check_words(
        Unreachable, lambda: list(there.entries("broken@arda.example")), "ErrorItemCorrupt"
    )
    entries = opened(ews, "|public|General/Algo Distributeurs").entries()
    next(entries)
    ews.faults = [fault("ErrorInternalServerError", "An internal server error occurred.")]
    check_words(Unreachable, lambda: list(entries), "ErrorInternalServerError")


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (fault("ErrorAccessDenied", "Access is denied."), Refused, "Access is denied"),
        (fault("ErrorInvalidServerVersion", "Old."), Misconfigured, "ErrorInvalidServerVersion"),
        (fault("", ""), Unreachable, "without words"),
        (Reply(500, b"Server Error"), Unreachable, "500"),
        (Reply(500, b"<html>Server <br>"), Misconfigured, "not XML"),
        (Reply(200, b"<html/>"), Misconfigured, "not EWS"),
        (Reply(302, headers={"Location": "/owa/"}), Misconfigured, ""),
        (envelope("<m:FindFolderResponse/>"), Unreachable, "without the folder"),
    ],
)
def test_what_exchange_may_answer(
    ews: EwsServer, reply: Reply, error: type[Exception], words: str
) -> None:
    ews.faults = [reply]
    check_words(error, lambda: list(opened(ews).entries()), words)  # type: ignore[arg-type]


def test_nothing_is_left_open(ews: EwsServer) -> None:
    ews.service.check_hangs_up(opened(ews))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://outlook.office365.com/ews/Exchange.asmx", "Graph"),
        ("https://outlook.office365.com/ews/Exchange.asmx|user", "Graph"),
        ("https://exchange.example/ews/exchange.asmx|private", "public"),
        ("https://exchange.example/ews/exchange.asmx|user|Contacts", "public"),
        ("exchange.example", "https://"),
        ("http://exchange.example", "https://exchange.example/ews/exchange.asmx, "),
        ("http://Exchange/exchange/", "https://exchange/ews/exchange.asmx, "),
        ("http://192.0.2.1:81/public", "https://192.0.2.1/ews/exchange.asmx, "),
        ("http://192.0.2.1/public/commerce", r"exchange.asmx\|public\|commerce, "),
        ("http://192.0.2.1/public|user", r"exchange.asmx\|user, "),
    ],
)
def test_addresses_that_cannot_be(url: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as raised:
        connectors.validate("exchange", {"url": url, "user": USER, "password": PASSWORD})
    assert raised.value.details["field"] == "settings.url"


@pytest.mark.parametrize(
    ("url", "mailbox", "instead"),
    [
        ("http://exchange.example/public", None, "https://exchange.example/ews/exchange.asmx, "),
        ("http://192.0.2.1/public/commerce", None, "exchange.asmx|public|commerce, "),
        ("http://192.0.2.1/public/commerce", MARIE, "exchange.asmx, "),
    ],
)
def test_webdav_of_2003_and_2007(url: str, mailbox: str | None, instead: str) -> None:
    check_class(ExchangeWebdav)
    given = {"url": url, "user": USER, "password": PASSWORD}
    old = connectors.opened("exchange_webdav", given, Path("/nonexistent"))
    check_words(Misconfigured, lambda: list(old.entries(mailbox)), instead, "Graph")


# ---------------------------------------------------------------- names of fields

WHOLE = """
<t:ItemId Id="AAAt=" ChangeKey="E"/><t:ParentFolderId Id="P" ChangeKey="E"/>
<t:ItemClass>IPM.Contact</t:ItemClass><t:Subject>Marie</t:Subject>
<t:Body BodyType="Text">A note</t:Body><t:Categories><t:String>A</t:String><t:String>B</t:String>
</t:Categories><t:DateTimeCreated>2026-11-29T12:00:00Z</t:DateTimeCreated>
<t:EffectiveRights><t:Read>true</t:Read></t:EffectiveRights>
<t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="00062004-0000-0000-c000-000000000046"
 PropertyId="32900" PropertyType="String"/><t:Value>marie@arda.example</t:Value>
</t:ExtendedProperty>
<t:ExtendedProperty><t:ExtendedFieldURI PropertyId="32912" PropertyType="String"/>
<t:Value>Marie at home</t:Value></t:ExtendedProperty>
<t:DisplayName>Marie Durand</t:DisplayName><t:GivenName>Marie</t:GivenName>
<t:CompleteName><t:Title>Dr</t:Title><t:FullName>Dr Marie Durand</t:FullName></t:CompleteName>
<t:CompanyName>ARDA</t:CompanyName>
<t:EmailAddresses><t:Entry Key="EmailAddress1" Name="Marie" RoutingType="EX">/O=ARDA/CN=MD
</t:Entry><t:Entry Key="EmailAddress2">marie@home.example</t:Entry></t:EmailAddresses>
<t:PhysicalAddresses><t:Entry Key="Business"><t:Street>12 rue de la Paix</t:Street>
<t:City>Paris</t:City><t:CountryOrRegion>France</t:CountryOrRegion>
<t:PostalCode>75002</t:PostalCode></t:Entry></t:PhysicalAddresses>
<t:PhoneNumbers><t:Entry Key="AssistantPhone">4001</t:Entry><t:Entry Key="Callback">4002
</t:Entry><t:Entry Key="CompanyMainPhone">4003</t:Entry><t:Entry Key="OtherTelephone">4004
</t:Entry><t:Entry Key="MobilePhone">0601020304</t:Entry><t:Entry Key="Pager"/></t:PhoneNumbers>
<t:ImAddresses><t:Entry Key="ImAddress1">sip:marie</t:Entry></t:ImAddresses>
<t:Department>Achats</t:Department><t:Surname>Durand</t:Surname>
<t:HasPicture>false</t:HasPicture>
"""


def test_names_of_fields() -> None:
    found = fields(etree.fromstring(f"<t:Contact {NAMESPACES}>{WHOLE}</t:Contact>"))
    assert found == {
        "Id": "AAAt=",
        "ItemId": "AAAt=",
        "ItemId.Id": "AAAt=",
        "ParentId": "P",
        "ItemClass": "IPM.Contact",
        "Subject": "Marie",
        "Comment": "A note",
        "Categories": ("A", "B"),
        "CreatedTime": "2026-11-29T12:00:00Z",
        "Email1OriginalDisplayName": "marie@arda.example",
        "Email2DisplayName": "Marie at home",
        "DisplayName": "Marie Durand",
        "GivenName": "Marie",
        "Title": "Dr",
        "CompleteName": "Dr Marie Durand",
        "CompleteName.FullName": "Dr Marie Durand",
        "CompanyName": "ARDA",
        "Email1Address": "marie@arda.example",
        "Email1DisplayAs": "Marie",
        "Email1Type": "EX",
        "Email2Address": "marie@home.example",
        "BusinessAddress": "12 rue de la Paix, 75002 Paris, France",
        "BusinessAddressStreet": "12 rue de la Paix",
        "BusinessAddressCity": "Paris",
        "BusinessAddressCountry": "France",
        "BusinessAddressPostalCode": "75002",
        "AssistantPhone": "4001",
        "CallbackPhone": "4002",
        "CompanyPhone": "4003",
        "OtherPhone": "4004",
        "MobilePhone": "0601020304",
        "InstantMessengerAddress1": "sip:marie",
        "Department": "Achats",
        "Surname": "Durand",
        "HasPicture": "false",
    }


def test_the_suggested_mapping_makes_a_whole_card(ews: EwsServer) -> None:
    made = card(next(opened(ews, "|user").entries()), mapping(Exchange.suggested))
    assert isinstance(made, SourceCard) and not made.notes
    assert len(made.identifier) == 64 and made.last_name == "Person 50"
    assert [number.number for number in made.numbers] == ["4050"]
