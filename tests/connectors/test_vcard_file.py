"""Files of vCards, of three versions and several programs."""

from pathlib import Path

import pytest

from tests.contracts.connector import (
    check_class,
    check_entries,
    check_leaves_nothing_open,
    check_words,
)
from tws import connectors
from tws.connectors.files.vcard_file import VcardFile
from tws.directory.cards import SourceCard, card
from tws.directory.connector import Entry
from tws.directory.mapping import mapping
from tws.directory.vcard_fields import SUGGESTED, fields
from tws.protocols.vcard import Unreadable, cards
from tws.sources.errors import Misconfigured
from tws.sources.values import Value

OUTLOOK = """\
BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=fr;CHARSET=Windows-1252:Lefèvre;Noémie
FN;CHARSET=Windows-1252:Noémie Lefèvre
ORG:ARDA;Achats
TEL;WORK;VOICE:01 55 17 18 89
TEL;CELL;VOICE:06 01 02 03 04
TEL;WORK;FAX:01 55 17 18 80
ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;12 rue =
de la Paix;Paris;;75002;France
EMAIL;PREF;INTERNET:noemie@arda.example
PHOTO;TYPE=JPEG;ENCODING=BASE64:
 /9j/4AAQ

X-MS-OL-DESIGN;CHARSET=utf-8:<card/>
END:VCARD
"""
APPLE = """\
BEGIN:VCARD
VERSION:3.0
N:Durand;Marie;;;
FN:Marie Durand
item1.TEL;type=pref:01 55 17 18 00
item1.X-ABLabel:_$!<Assistant>!$_
TEL;type=MAIN;type=WORK:0155171800
TEL;type=IPHONE;type=CELL;type=VOICE:+33 6 11 22 33 44
EMAIL;type=HOME:home@durand.example
EMAIL;type=WORK;type=pref:marie@durand.example
EMAIL:third@durand.example
EMAIL:fourth@durand.example
ADR;type=HOME:;;1\\, place Bellecour;Lyon;;69002;France
CATEGORIES:Clients,VIP
UID:7
END:VCARD
"""
FOUR = """\
BEGIN:VCARD
VERSION:4.0
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
FN:Accueil
TEL;VALUE=uri;TYPE="voice,work";PREF=2:tel:+33-1-55-17-18-89;ext=4092
TEL;VALUE=uri;PREF=1;TYPE=home:tel:+33-1-22-33-44-55
PHOTO:data:image/jpeg;base64,/9j/4AAQ
URL:https://arda.example/a
END:VCARD
"""
JPEG = b"\xff\xd8\xff\xe0\0\x10"


def opened(folder: Path, text: str, encoding: str = "utf-8") -> VcardFile:
    (folder / "people.vcf").write_bytes(text.replace("\n", "\r\n").encode(encoding))
    found = connectors.opened("vcard", {"file": "people.vcf"}, folder)
    assert isinstance(found, VcardFile)
    return found


def entry(text: str) -> dict[str, Value]:
    (found,) = cards(text.encode("windows-1252").splitlines(keepends=True))
    assert not isinstance(found, Unreadable), found
    return fields(found)


def test_what_the_administration_looks_at() -> None:
    check_class(VcardFile)


def test_outlook() -> None:
    found = entry(OUTLOOK)
    assert len(str(found.pop("UID"))) == 64
    assert found == {
        "N.FAMILY": "Lefèvre",
        "N.GIVEN": "Noémie",
        "FN": "Noémie Lefèvre",
        "ORG": "ARDA",
        "ORG.UNIT": "Achats",
        "TEL": ("01 55 17 18 89", "06 01 02 03 04", "01 55 17 18 80"),
        "TEL.WORK": "01 55 17 18 89",
        "TEL.CELL": "06 01 02 03 04",
        "TEL.FAX": "01 55 17 18 80",
        "ADR": "12 rue de la Paix, 75002 Paris, France",
        "ADR.WORK": "12 rue de la Paix, 75002 Paris, France",
        "ADR.STREET": "12 rue de la Paix",
        "ADR.LOCALITY": "Paris",
        "ADR.CODE": "75002",
        "ADR.COUNTRY": "France",
        "EMAIL": "noemie@arda.example",
        "PHOTO": JPEG,
        "X-MS-OL-DESIGN": "<card/>",
    }


def test_apple() -> None:
    found = entry(APPLE)
    assert found["TEL.ASSISTANT"] == "01 55 17 18 00"
    assert found["TEL.MAIN"] == "0155171800"
    assert found["TEL.CELL"] == "+33 6 11 22 33 44"
    assert "TEL.WORK" not in found
    assert found["EMAIL"] == (
        "marie@durand.example",
        "home@durand.example",
        "third@durand.example",
        "fourth@durand.example",
    )
    assert (found["EMAIL.2"], found["EMAIL.3"]) == ("home@durand.example", "third@durand.example")
    assert found["ADR.HOME"] == "1, place Bellecour, 69002 Lyon, France"
    assert found["CATEGORIES"] == ("Clients", "VIP")
    assert found["UID"] == "7"


def test_version_4() -> None:
    found = entry(FOUR)
    assert found["N.FAMILY"] == found["FN"] == "Accueil"
    assert found["TEL"] == ("+33-1-22-33-44-55", "+33-1-55-17-18-89 ext. 4092")
    assert found["TEL.WORK"] == "+33-1-55-17-18-89 ext. 4092"
    assert found["PHOTO"] == JPEG
    assert entry(FOUR.replace("data:image/jpeg;base64,/9j/4AAQ", "http://x/y.jpg"))["PHOTO"] == (
        "http://x/y.jpg"
    )
    assert "PHOTO" not in entry(FOUR.replace("/9j/4AAQ", "a"))


def test_a_number_of_which_nothing_is_said_is_at_work() -> None:
    assert entry("BEGIN:VCARD\nFN:a\nTEL:01\nEND:VCARD\n")["TEL.WORK"] == "01"


def test_a_list_is_no_contact() -> None:
    for kind in ("KIND", "X-ADDRESSBOOKSERVER-KIND"):
        assert not entry(f"BEGIN:VCARD\nFN:Friends\n{kind}:group\nEND:VCARD\n")


def test_the_suggested_mapping_makes_a_whole_card() -> None:
    made = card(Entry(entry(APPLE)), mapping(SUGGESTED))
    assert isinstance(made, SourceCard) and not made.notes
    assert (made.identifier, made.last_name, made.first_name) == ("7", "Durand", "Marie")
    assert {(one.kind.value, one.number) for one in made.numbers} == {
        ("mobile", "+33 6 11 22 33 44"),
        ("assistant", "01 55 17 18 00"),
        ("standard", "0155171800"),
    }
    assert len(made.emails) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_many_cards_of_which_some_are_bad(tmp_path: Path, encoding: str) -> None:
    good = "BEGIN:VCARD\nUID:{}\nFN:Lefèvre\nEND:VCARD\n"
    bad = "BEGIN:VCARD\nthis is none\nEND:VCARD\n"
    text = "".join(good.format(n) + bad for n in range(30))
    there = opened(tmp_path, text, encoding)
    fields = {"FN": "Lefèvre", "N.FAMILY": "Lefèvre"}
    check_entries(there, [{"UID": str(n), **fields} for n in range(30)])
    assert there.skipped == 30
    assert len(there.reasons) == 20
    assert str(there.reasons[0]) == "line 5: no property: 'this is none'"


def test_nothing_is_left_open(tmp_path: Path) -> None:
    check_leaves_nothing_open(opened(tmp_path, APPLE * 1000))


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    check_words(Misconfigured, lambda: list(opened(tmp_path, "Id;Name\n").entries()), "no vCard")
    broken = opened(tmp_path, "BEGIN:VCARD\nFN:a\n")
    check_words(Misconfigured, lambda: list(broken.entries()), "line 1: it has no end")
    (tmp_path / "people.vcf").unlink()
    check_words(Misconfigured, lambda: list(broken.entries()), "people.vcf")
