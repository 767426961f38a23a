"""CardDAV against a real Radicale, and against servers that do not behave."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from tests.connectors.http_server import Reply, Request, serving
from tests.contracts.connector import (
    check_class,
    check_entries,
    check_leaves_nothing_open,
    check_words,
)
from tests.peers import require_peer
from tests.peers.radicale import PASSWORD, READER, Radicale, running_radicale
from tws import connectors
from tws.connectors.dav.carddav import Carddav
from tws.errors import Invalid
from tws.sources.errors import Misconfigured, Refused, Unreachable

CARD = "BEGIN:VCARD\nVERSION:{version}\nUID:{n}\nFN:Person {n}\nN:Person {n};;;;\nEND:VCARD\n"
BROKEN = "BEGIN:VCARD\nVERSION:3.0\nUID:x\nFN:x\nTEL;TYPE=WORK\nEND:VCARD\n"


def cards(*numbers: int) -> dict[str, str]:
    versions = ("3.0", "4.0")
    return {f"{n} é.vcf": CARD.format(n=n, version=versions[n % 2]) for n in numbers}


def expected(*numbers: int) -> list[dict[str, str]]:
    return [{"UID": f"{n}", "FN": f"Person {n}", "N.FAMILY": f"Person {n}"} for n in numbers]


def opened(url: str, **settings: Any) -> Carddav:
    given = {"url": url, "user": READER, "password": PASSWORD, **settings}
    found = connectors.opened("carddav", given, Path("/nonexistent"))
    assert isinstance(found, Carddav)
    return found


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    require_peer("radicale")
    with running_radicale(tmp_path_factory.mktemp("radicale")) as server:
        server.book(READER, "customers", cards(*range(250)), "Clients & amis")
        server.book(READER, "suppliers", cards(1000, 1001))
        server.book("marie", "own", cards(7))
        server.book("paul@arda.example", "own", cards(8))
        yield server


def test_what_the_administration_looks_at() -> None:
    check_class(Carddav)
    assert connectors.secret_fields("carddav") == {"password"}


@pytest.mark.parametrize("path", ["", "/", "/tws/", "/.well-known/carddav", "/no/such/place"])
def test_all_address_books_are_found_from(radicale: Radicale, path: str) -> None:
    check_entries(opened(radicale.url + path), expected(*range(250), 1000, 1001))


def test_one_address_book(radicale: Radicale) -> None:
    only = expected(1000, 1001)
    check_entries(opened(f"{radicale.url}/tws/suppliers/"), only)
    check_entries(opened(radicale.url, books="suppliers"), only)
    both = opened(radicale.url, books="suppliers, Clients & amis")
    assert len(list(both.entries())) == 252
    wrong = opened(radicale.url, books="Clients")
    check_words(Misconfigured, lambda: list(wrong.entries()), "Clients & amis, suppliers")


def test_contacts_of_users(radicale: Radicale) -> None:
    of_user = opened(f"{radicale.url}/{{user}}/")
    check_entries(of_user, expected(7), "marie@arda.example")
    of_mailbox = opened(f"{radicale.url}/{{mailbox}}/")
    check_entries(of_mailbox, expected(8), "paul@arda.example")
    check_words(Misconfigured, lambda: list(of_user.entries()), "{user}", "public")
    ours = opened(radicale.url)
    check_words(Misconfigured, lambda: list(ours.entries("marie@arda.example")), "{mailbox}")
    # Somebody who has none gets none, and above all not ours.
    check_words(Misconfigured, lambda: list(of_user.entries("nobody@arda.example")))
    climbing = f"../{READER}/@arda.example"
    check_words(Misconfigured, lambda: list(of_user.entries(climbing)), "cannot stand")


def test_contacts_by_a_user_s_own_account(radicale: Radicale) -> None:
    """Those that the server says are his, where nothing in the address stands for him."""
    marie = opened(radicale.url).own("marie", PASSWORD)
    check_entries(marie, expected(7), "marie@arda.example")
    by_place = opened(f"{radicale.url}/{{user}}/").own("marie", PASSWORD)
    check_entries(by_place, expected(7), "marie@arda.example")
    check_words(Refused, lambda: list(by_place.entries("tws@arda.example")), "does not allow")
    wrong = opened(radicale.url).own("marie", "wrong one")
    check_words(Refused, lambda: list(wrong.entries("m@arda.example")), secret="wrong one")


def test_a_card_that_changes_or_breaks(radicale: Radicale) -> None:
    book = radicale.book("marie", "changing", cards(1, 2, 3))
    there = opened(f"{radicale.url}/marie/changing/")
    check_entries(there, expected(1, 2, 3))
    (book / "1 é.vcf").write_text(CARD.format(n=11, version="3.0").replace("\n", "\r\n"))
    (book / "2 é.vcf").unlink()
    check_entries(there, expected(11, 3))


def test_who_we_are(radicale: Radicale) -> None:
    wrong = opened(radicale.url, password="wrong one")
    check_words(Refused, lambda: list(wrong.entries()), "password", secret="wrong one")
    stranger = opened(f"{radicale.url}/tws/", user="marie")
    check_words(Refused, lambda: list(stranger.entries()), "does not allow")


def test_nothing_is_left_open(radicale: Radicale) -> None:
    check_leaves_nothing_open(opened(radicale.url))


# ---------------------------------------------------------------- servers that do not behave


def multistatus(*responses: str) -> Reply:
    spaces = 'xmlns="DAV:" xmlns:A="urn:ietf:params:xml:ns:carddav"'
    return Reply(207, f"<multistatus {spaces}>{''.join(responses)}</multistatus>".encode())


def response(path: str, *properties: str, status: int = 200) -> str:
    found = f"<prop>{''.join(properties)}</prop><status>HTTP/1.1 {status} So</status>"
    return f"<response><href>{path}</href><propstat>{found}</propstat></response>"


BOOK = response("/book/", "<resourcetype><collection/><A:addressbook/></resourcetype>")


def given(text: str) -> str:
    return f"<A:address-data>{escape(text)}</A:address-data>"


def reading(*replies: Reply) -> Carddav:
    """What a server makes of us that finds the book, then answers so."""
    left = [multistatus(BOOK), *replies]
    with serving(lambda _: left.pop(0)) as service:
        connector = opened(f"{service.url}/book/")
        try:
            list(connector.entries())
        finally:
            assert not left
    return connector


TWO = multistatus(response("/book/1", "<getetag/>"), response("/book/2", "<getetag/>"))
ONE = response("/book/1", given(CARD.format(n=1, version="3.0")))


def test_a_part_is_not_taken_for_the_whole() -> None:
    cut = "<response><href>/book/</href><status>HTTP/1.1 507 Too many</status></response>"
    failed = "<response><href>/book/2</href><status>HTTP/1.1 500 Oops</status></response>"
    gone = failed.replace("500", "404")
    partly = multistatus(response("/book/1", "<getetag/>"), cut)
    check_words(Unreachable, lambda: reading(partly), "only a part")
    for replies in (
        (TWO, multistatus(ONE)),
        (TWO, multistatus(ONE, failed)),
        (TWO, Reply(503, headers={"Retry-After": "3600"})),
        (TWO, Reply(body=b"<multistatus", torn=5)),
    ):
        check_words(Unreachable, lambda replies=replies: reading(*replies))  # type: ignore[misc]
    reading(TWO, multistatus(ONE, gone))


def test_cards_that_cannot_be_read_are_counted() -> None:
    broken = response("/book/2", given(BROKEN))
    assert reading(TWO, multistatus(ONE, broken)).skipped == 1


def test_an_answer_that_is_no_dav() -> None:
    for body in (b"<html><body>Welcome<br></body></html>", b"{}"):
        with serving(lambda _, body=body: Reply(body=body)) as service:  # type: ignore[misc]
            there = opened(service.url)
            check_words(Misconfigured, lambda there=there: list(there.entries()))  # type: ignore[misc]
    with serving(lambda _: Reply(404)) as service:
        check_words(Misconfigured, lambda: list(opened(service.url).entries()), "no address book")


def test_a_principal_on_another_server_gets_no_password() -> None:
    def answer(request: Request) -> Reply:
        home = f"<A:addressbook-home-set><href>{elsewhere.url}/a/</href></A:addressbook-home-set>"
        return multistatus(response("/", home))

    with serving(answer) as service, serving(answer) as elsewhere:
        there = opened(service.url)
        check_words(Misconfigured, lambda: list(there.entries()), elsewhere.url)
        assert not elsewhere.requests


def test_a_form_that_is_wrong() -> None:
    with pytest.raises(Invalid) as raised:
        connectors.validate("carddav", {"url": "dav.example"})
    assert raised.value.details["field"] == "settings.url"
