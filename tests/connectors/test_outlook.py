"""Outlook: what users send is read, an administrator has nothing to read."""

from pathlib import Path

import pytest

from tests.contracts.connector import check_class
from tests.web.pictures import vcard
from tws import connectors
from tws.connectors.outlook import Outlook
from tws.organisation.model import DirectoryKind
from tws.sources.errors import Misconfigured

TWICE = "Prénom;Nom;Téléphone (bureau);Rue\nMarie;Lemaire;1;a\nMarie;Lemaire;2;b\n;;3;c\n"


def test_what_the_administration_looks_at(tmp_path: Path) -> None:
    check_class(Outlook)
    assert connectors.kinds("outlook") == {DirectoryKind.PRIVATE}
    with pytest.raises(Misconfigured, match="send-contacts"):
        connectors.opened("outlook", {}, tmp_path).entries("a@b.example")


def read(folder: Path, text: str) -> list[dict[str, object]]:
    (folder / "x").write_text(text, "utf-8")
    sent = connectors.sent("outlook", "x", folder)
    return [dict(entry.values) for entry in sent.entries("")]


def test_namesakes_are_told_apart_and_other_fields_kept(tmp_path: Path) -> None:
    first, second, nameless = read(tmp_path, TWICE)
    assert first["Id"] != second["Id"] and str(second["Id"]).startswith(str(first["Id"]))
    assert (first["Last Name"], first["Business Phone"], first["Rue"]) == ("Lemaire", "1", "a")
    assert nameless["Id"]
    assert [one["Id"] for one in read(tmp_path, TWICE)] == [
        first["Id"],
        second["Id"],
        nameless["Id"],
    ]


def test_vcards_have_the_same_fields(tmp_path: Path) -> None:
    (one,) = read(tmp_path, vcard("u1", "Lemaire", email="m@l.example"))
    assert (one["Id"], one["Last Name"]) == ("u1", "Lemaire")
    assert one["E-mail Address"] == "m@l.example"
