"""Pictures that a source gives when it is asked for them: of what is new or other only."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.ews_server import (
    PASSWORD,
    USER,
    EwsServer,
    Folder,
    contact,
    fault,
    running_ews,
)
from tests.connectors.graph_server import CLIENT, SECRET, TENANT, running_graph
from tests.web.pictures import picture
from tws import connectors
from tws.connectors.office365.contacts import Office365
from tws.connectors.pictures.photo_reader import PhotoReader
from tws.directory.connector import DirectoryConnector
from tws.directory.mapping import mapping
from tws.directory.prepared import Prepared
from tws.directory.runs import Remarks
from tws.directory.sync import picturing
from tws.directory.sync.mailboxes import Mailbox
from tws.directory.sync.reading import SourceReading
from tws.directory.sync.staging import Staging

MARIE = "marie@arda.example"


class Shelf:
    """One directory, read time and again as if what was read had been merged."""

    def __init__(self, folder: Path, fields: dict[str, str]) -> None:
        self.staging, self._fields = Staging(folder / "staging.db"), fields
        self._known: dict[str, bytes] = {}
        self.staging.begin()

    def read(
        self, connector: DirectoryConnector, *boxes: Mailbox, **other: str
    ) -> tuple[dict[str, Prepared], Remarks]:
        """What is new or other, by identifier."""
        self.staging.begin()
        self.staging.know(list(self._known.items()))
        fields, photos = {**self._fields, **other}, PhotoReader()
        try:
            reading = SourceReading(mapping(fields), "", None, photos)
            remarks = reading.run(connector, self.staging, boxes or None)
        finally:
            photos.close()
        changed = self.staging.changed("", 1000)
        self._known |= {one.prepared.card.identifier: one.hash for one in changed}
        return {one.prepared.card.identifier: one.prepared for one in changed}, remarks


def pictured(n: int, changed: str = "2026-11-29T12:00:00Z", more: str = "") -> str:
    """`more`: of the attachment."""
    return contact(
        n,
        f"<t:Attachments><t:FileAttachment><t:AttachmentId Id='other{n}'/><t:Name>a.pdf</t:Name>"
        f"</t:FileAttachment><t:FileAttachment><t:AttachmentId Id='a{n}'/><t:Name>x.jpg</t:Name>"
        f"<t:LastModifiedTime>{changed}</t:LastModifiedTime><t:IsContactPhoto>true"
        f"</t:IsContactPhoto>{more}</t:FileAttachment></t:Attachments>",
    )


@pytest.fixture
def ews() -> Iterator[EwsServer]:
    items = {"id1": pictured(1), "id2": pictured(2), "id3": contact(3)}
    with running_ews(Folder("public", {}), {"": Folder("own", items)}) as server:
        server.scheme = "Basic"
        server.attachments = {"a1": picture(), "a2": picture(colour="blue")}
        yield server


def asked(server: EwsServer) -> int:
    return sum(b"GetAttachment" in request.body for request in server.service.requests)


def exchange(server: EwsServer, folder: Path) -> DirectoryConnector:
    given = {"url": f"{server.url}|user", "user": USER, "password": PASSWORD}
    return connectors.opened("exchange", {**given, "authentication": "Basic"}, folder)


FIELDS = {"identifier": "ItemId.Id", "last_name": "Surname", "photo": "Photo"}


def test_exchange_is_asked_once_for_each_picture(ews: EwsServer, tmp_path: Path) -> None:
    shelf, there = Shelf(tmp_path, FIELDS), exchange(ews, tmp_path)
    found, remarks = shelf.read(there)
    assert {key: one.photo is not None for key, one in found.items()} == {
        "id1": True,
        "id2": True,
        "id3": False,
    }
    assert (asked(ews), remarks.notes) == (2, {})
    assert shelf.read(there)[0] == {} and asked(ews) == 2
    own: Any = ews.mailboxes[""]
    own.items |= {"id2": pictured(2, "2026-11-29T13:00:00Z")}
    ews.attachments["a2"] = picture(colour="green")
    again, _ = shelf.read(there)
    assert list(again) == ["id2"] and asked(ews) == 3
    assert again["id2"].photo not in (None, found["id2"].photo)
    own.items |= {"id2": contact(2)}
    gone, _ = shelf.read(there)
    assert (gone["id2"].photo, gone["id2"].photo_stays, asked(ews)) == (None, False, 3)


def test_a_picture_that_is_not_given_is_asked_for_again(ews: EwsServer, tmp_path: Path) -> None:
    shelf, there = Shelf(tmp_path, FIELDS), exchange(ews, tmp_path)
    raw, ews.attachments = ews.attachments, {"a1": picture()}
    assert shelf.read(there)[0]["id2"].photo is None, "it is gone meanwhile"
    ews.attachments = raw
    own: Any = ews.mailboxes[""]
    own.items |= {"id1": pictured(1, "2026-11-29T13:00:00Z")}
    ews.no_attachments = fault("ErrorInternalServerError", "An internal server error occurred.")
    found, remarks = shelf.read(there)
    assert found["id1"].photo is None and found["id1"].photo_stays
    assert remarks.notes == {"photo": 1} and "ErrorInternal" in str(remarks.examples["photo"][0])
    ews.no_attachments = None
    found, _ = shelf.read(there)
    assert list(found) == ["id1"] and found["id1"].photo is not None


def test_pictures_that_nobody_wants_are_not_asked_for(ews: EwsServer, tmp_path: Path) -> None:
    found, _ = Shelf(tmp_path, FIELDS).read(exchange(ews, tmp_path), photo="HasPicture")
    assert len(found) == 3 and asked(ews) == 0


def test_a_source_that_gives_none_is_not_asked_on(
    ews: EwsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picturing, "GIVEN_UP", 1)
    ews.no_attachments = fault("ErrorAccessDenied", "No.")
    found, remarks = Shelf(tmp_path, FIELDS).read(exchange(ews, tmp_path))
    assert len(found) == 3 and asked(ews) == 1 and remarks.notes == {"photo": 2}


def test_graph_gives_pictures_of_users_and_contacts(tmp_path: Path) -> None:
    everything: dict[str, Any] = {
        "users": [{"id": f"u{n}", "surname": f"P{n}", "accountEnabled": True} for n in range(3)],
        f"users/{MARIE}/contacts": [{"id": "c/1", "surname": "Lemaire", "changeKey": "EQ1"}],
        f"users/{MARIE}/contactFolders": [],
    }
    given = {"tenant": TENANT, "client_id": CLIENT, "client_secret": SECRET, "photos": True}
    fields = {"identifier": "id", "last_name": "surname", "photo": "Photo"}
    with running_graph(everything) as graph:
        graph.photos = {
            "users/u1": ('"1"', picture()),
            f"users/{MARIE}/contacts/c%2F1": ('"7"', picture()),
        }
        there = Office365(connectors.settings("office365", given), tmp_path, graph.clouds)

        def values() -> int:
            return sum(request.path.endswith("$value") for request in graph.service.requests)

        shelf = Shelf(tmp_path, fields)
        found, remarks = shelf.read(there)
        assert [key for key, one in found.items() if one.photo] == ["u1"]
        assert (values(), remarks.notes) == (1, {})
        assert shelf.read(there)[0] == {} and values() == 1
        graph.photos["users/u1"] = ('"2"', picture(colour="blue"))
        assert list(shelf.read(there)[0]) == ["u1"] and values() == 2

        (tmp_path / "own").mkdir()
        own, marie = Shelf(tmp_path / "own", fields), Mailbox("m", MARIE)
        found, _ = own.read(there, marie)
        assert found["m/c/1"].photo is not None and found["m/c/1"].owner == "m"
        assert own.read(there, marie)[0] == {} and values() == 3
        everything[f"users/{MARIE}/contacts"][0]["changeKey"] = "EQ2"
        assert list(own.read(there, marie)[0]) == ["m/c/1"] and values() == 4
