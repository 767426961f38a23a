"""Users' own contacts, read with a directory's account or their own, against servers that answer
as their makers document it: what fails is one user's alone, and so are his contacts."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from tests.connectors.ews_server import PASSWORD, USER, EwsServer, Folder, contact, running_ews
from tests.connectors.google_server import ACCOUNT, DOMAIN, GoogleServer, write_keys
from tests.connectors.graph_server import CLIENT, SECRET, TENANT, running_graph
from tests.connectors.http_server import serving
from tests.connectors.test_domino_rest import PASSWORD as OF_DOMINO
from tests.connectors.test_domino_rest import USER as DOMINO_USER
from tests.connectors.test_domino_rest import Domino, document
from tws import connectors
from tws.connectors.google.contacts import Google
from tws.connectors.office365.contacts import Office365
from tws.directory.connector import DirectoryConnector
from tws.directory.mapping import mapping
from tws.directory.runs import Remarks
from tws.directory.sync.mailboxes import Mailbox
from tws.directory.sync.reading import SourceReading
from tws.directory.sync.staging import Staging
from tws.sentences import Sentence
from tws.sources.errors import Refused

MARIE, PAUL, ZOE = (f"{name}@arda.example" for name in ("marie", "paul", "zoe"))
BOXES = [Mailbox("u1", MARIE), Mailbox("u2", PAUL), Mailbox("u3", ZOE)]


class Shelf:
    """What is staged of mailboxes, one reading after the other."""

    def __init__(self, folder: Path, fields: Mapping[str, str]) -> None:
        self.staging, self._fields = Staging(folder / "staging.db"), dict(fields)
        self.staging.begin()

    def read(
        self,
        connector: DirectoryConnector,
        *boxes: Mailbox,
        own: Callable[[Mailbox], DirectoryConnector] | None = None,
    ) -> Remarks:
        rows = [(one.prepared.card.identifier, one.hash) for one in self.staging.changed("", 1000)]
        self.staging.begin()
        self.staging.know(rows)
        reading = SourceReading(mapping(self._fields), repr(self._fields), None)
        return reading.run(connector, self.staging, boxes, own=own)

    @property
    def owners(self) -> dict[str, set[str | None]]:
        """Of what is new or other: last names, and whose they are."""
        found: dict[str, set[str | None]] = {}
        for one in self.staging.changed("", 1000):
            found.setdefault(one.prepared.card.last_name, set()).add(one.prepared.owner)
        return found


@pytest.fixture
def ews() -> Iterator[EwsServer]:
    mailboxes = {
        MARIE: Folder("marie", {"m1": contact(1)}),
        PAUL: Folder("paul", {"p1": contact(2), "both": contact(3)}),
        ZOE: Folder("zoe", {"z1": contact(4)}),
    }
    with running_ews(Folder("public", {}), mailboxes) as server:
        server.scheme = "Basic"
        server.owners = {"ARDA\\paul": ("of Paul", PAUL)}
        yield server


def exchange(server: EwsServer, **more: Any) -> Mapping[str, object]:
    given = {"url": server.url, "user": USER, "password": PASSWORD, "authentication": "Basic"}
    return {**given, **more}


def account(user: str, password: str) -> dict[str, object]:
    return {"user": user, "password": password}


def test_who_has_an_account_of_his_own_is_read_with_it(ews: EwsServer, tmp_path: Path) -> None:
    settings = exchange(ews)
    shelf = Shelf(tmp_path, {"identifier": "ItemId.Id", "last_name": "Surname"})

    def read(password: str, box: str = PAUL) -> Remarks:
        marie, _, zoe = BOXES
        paul = Mailbox("u2", box, account("ARDA\\paul", password))
        return shelf.read(
            connectors.opened("exchange", settings, tmp_path),
            *(marie, paul, zoe),
            own=lambda one: connectors.opened_own("exchange", settings, one.account, tmp_path),
        )

    assert read("of Paul").unread == {}
    assert shelf.owners == {
        "Person 1": {"u1"},
        "Person 2": {"u2"},
        "Person 3": {"u2"},
        "Person 4": {"u3"},
    }
    remarks = read("wrong one")
    assert remarks.read == 2 and list(remarks.unread) == [PAUL]
    assert "user or the password" in str(remarks.unread[PAUL])
    assert "own account" in str(remarks.unread[PAUL]) and "wrong one" not in str(
        remarks.unread[PAUL]
    )
    assert shelf.staging.gone("", 10) == [] and shelf.owners == {}
    # What his account may not open stays closed, whosever address he gave for it.
    shelf.staging.begin()
    remarks = read("of Paul", MARIE)
    assert "Access is denied" in str(remarks.unread[MARIE])
    assert set(shelf.owners) == {"Person 1", "Person 4"}


def test_an_account_that_is_refused_is_not_tried_for_each_user(
    ews: EwsServer, tmp_path: Path
) -> None:
    """It would soon be locked."""
    settings = exchange(ews, password="changed")
    connector = connectors.opened("exchange", settings, tmp_path)
    shelf = Shelf(tmp_path, {"identifier": "ItemId.Id", "last_name": "Surname"})
    with pytest.raises(Refused, match="user or the password"):
        shelf.read(connector, *BOXES)
    tried = len(ews.service.requests)
    paul = Mailbox("u2", PAUL, account("ARDA\\paul", "of Paul"))
    remarks = shelf.read(
        connector,
        *(BOXES[0], paul, BOXES[2]),
        own=lambda one: connectors.opened_own("exchange", settings, one.account, tmp_path),
    )
    assert set(remarks.unread) == {MARIE, ZOE} and remarks.read == 2
    assert tried == 1
    lost = Mailbox("u1", MARIE, problem=Sentence("The password is lost."))
    assert shelf.read(connector, lost).unread == {MARIE: Sentence("The password is lost.")}


def test_reports_do_not_tell_what_is_in_mailboxes(ews: EwsServer, tmp_path: Path) -> None:
    ews.mailboxes[MARIE].items = {"m1": "<t:Department>Secret</t:Department>"}
    connector = connectors.opened("exchange", exchange(ews), tmp_path)
    shelf = Shelf(tmp_path, {"identifier": "ItemId.Id", "last_name": "Surname"})
    (examples,) = shelf.read(connector, BOXES[0]).examples.values()
    assert examples == [MARIE]


def test_graph_reads_each_with_the_application(tmp_path: Path) -> None:
    everything: dict[str, Any] = {
        f"users/{MARIE}/contacts": [{"id": "1", "surname": "Lemaire"}],
        f"users/{MARIE}/contactFolders": [],
        f"users/{PAUL}/contacts": (403, "ErrorAccessDenied"),
        f"users/{ZOE}/contacts": [{"id": "1", "surname": "Lemaire"}],
        f"users/{ZOE}/contactFolders": [],
    }
    given = {"tenant": TENANT, "client_id": CLIENT, "client_secret": SECRET}
    with running_graph(everything) as graph:
        settings = connectors.settings("office365", given)
        shelf = Shelf(tmp_path, {"identifier": "id", "last_name": "surname"})
        remarks = shelf.read(Office365(settings, tmp_path, graph.clouds), *BOXES)
    assert list(remarks.unread) == [PAUL] and "ErrorAccessDenied" in str(remarks.unread[PAUL])
    assert shelf.owners == {"Lemaire": {"u1", "u3"}}


def test_google_reads_each_as_himself(tmp_path: Path) -> None:
    private = generate_private_key(65537, 2048)
    write_keys(tmp_path, private)

    def person(name: str) -> dict[str, Any]:
        return {"resourceName": "people/c1", "names": [{"familyName": name}]}

    server = GoogleServer(private, {MARIE: [person("Lemaire")], ZOE: [person("Roux")]})
    with serving(server.answer) as server.service:
        settings = connectors.settings("google", {"account": ACCOUNT, "domain": DOMAIN})
        connector = Google(settings, tmp_path, server.services)
        shelf = Shelf(tmp_path, {"identifier": "resourceName", "last_name": "names.familyName"})
        remarks = shelf.read(connector, *BOXES)
    assert list(remarks.unread) == [PAUL] and "invalid_grant" in str(remarks.unread[PAUL])
    assert shelf.owners == {"Lemaire": {"u1"}, "Roux": {"u3"}}


def test_domino_reads_each_scope(tmp_path: Path) -> None:
    server = Domino({"c-marie": [document(1)], "c-zoe": [document(2), document(3)]})
    with serving(server.answer) as server.service:
        settings = {
            "url": server.service.url,
            "user": DOMINO_USER,
            "password": OF_DOMINO,
            "scope": "c-{user}",
            "view": "($Contacts)",
        }
        shelf = Shelf(tmp_path, {"identifier": "@unid", "last_name": "LastName"})
        zoe = Mailbox("u3", ZOE, account(DOMINO_USER, OF_DOMINO))
        remarks = shelf.read(
            connectors.opened("domino_rest", {**settings, "user": "nobody"}, tmp_path),
            *(BOXES[0], BOXES[1], zoe),
            own=lambda one: connectors.opened_own("domino_rest", settings, one.account, tmp_path),
        )
    assert set(remarks.unread) == {MARIE, PAUL}
    assert shelf.owners == {"Person 2": {"u3"}, "Person 3": {"u3"}}
