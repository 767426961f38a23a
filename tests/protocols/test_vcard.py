"""vCards as programs write them, whole, broken, and made of anything."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.protocols import vcard
from tws.protocols.vcard import Property, Unreadable, VCard, cards, texts, utf8
from tws.sentences import Sentence


def read(*bodies: str | bytes) -> list[VCard | Unreadable]:
    """Each body is one card."""
    lines: list[bytes] = []
    for body in bodies:
        raw = body.encode() if isinstance(body, str) else body
        lines += [b"BEGIN:VCARD\r\n", *raw.splitlines(keepends=True), b"\r\nEND:VCARD\r\n"]
    return list(cards(b"".join(lines).splitlines(keepends=True)))


def one(body: str | bytes) -> Property:
    (card,) = read(body)
    assert not isinstance(card, Unreadable), card
    (found,) = card
    return found


@pytest.mark.parametrize(
    ("line", "name", "value", "types"),
    [
        ("TEL:01", "TEL", "01", ""),
        ("tel;work;VOICE:01", "TEL", "01", "WORK VOICE"),
        ("TEL;TYPE=work,voice:01", "TEL", "01", "WORK VOICE"),
        ('TEL;VALUE=uri;TYPE="work,voice":tel:+33;ext=5', "TEL", "tel:+33;ext=5", "WORK VOICE"),
        ("TEL;TYPE=work;TYPE=voice:01", "TEL", "01", "WORK VOICE"),
        ("item1.TEL;type=pref:01", "TEL", "01", "PREF"),
        ('NOTE;X-A="a;b:c":d:e', "NOTE", "d:e", ""),
        ("NOTE;LANGUAGE=fr:a\\, b", "NOTE", "a\\, b", ""),
        ("NOTE:one\r\n  two\r\n\t three", "NOTE", "one two three", ""),
        (
            "NOTE;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8=\r\nvre=0D=0A=\r\nx",
            "NOTE",
            "Lefèvre\r\nx",
            "",
        ),
        ("N;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:No=E9mie", "N", "Noémie", ""),
        ("N;CHARSET=hex:6162", "N", "6162", ""),
        ("PHOTO;JPEG;BASE64:\r\n  /9j/\r\n  4AAQ\r\n", "PHOTO", b"\xff\xd8\xff\xe0\0\x10", "JPEG"),
        ("PHOTO;ENCODING=b;TYPE=JPEG:/9j/\r\n 4AAQ", "PHOTO", b"\xff\xd8\xff\xe0\0\x10", "JPEG"),
        ("PHOTO;BASE64;TYPE=PNG:/9j/\r\n4AAQ\r\n", "PHOTO", b"\xff\xd8\xff\xe0\0\x10", "PNG"),
    ],
)
def test_lines(line: str, name: str, value: object, types: str) -> None:
    found = one(line)
    assert (found.name, found.value, found.types) == (name, value, frozenset(types.split()))


def test_files_of_before_utf_8() -> None:
    assert one("FN:Lefèvre €".encode("windows-1252")).value == "Lefèvre €"
    for encoding in ("utf-16", "utf-8-sig"):
        whole = "BEGIN:VCARD\r\nFN:Lefèvre\r\nNOTE:ਊ\r\nEND:VCARD\r\n".encode(encoding)
        (card,) = cards(utf8(whole.splitlines(keepends=True)))
        assert not isinstance(card, Unreadable)
        assert [one.value for one in card] == ["Lefèvre", "ਊ"]


def test_a_card_that_is_broken_spoils_no_other() -> None:
    found = read("FN:a", "FN", "PHOTO;ENCODING=b:a", "", "FN:b")
    assert [type(card) for card in found] == [tuple, Unreadable, Unreadable, Unreadable, tuple]
    assert [str(card.why) for card in found if isinstance(card, Unreadable)] == [
        "no property: 'FN'",
        "PHOTO is no base64",
        "it is empty",
    ]
    assert found[1][0] == 4  # the line where it begins


def test_a_card_without_end() -> None:
    lines = b"BEGIN:VCARD\nFN:a\nBEGIN:VCARD\nFN:b\nEND:VCARD\nFN:c\nBEGIN:VCARD\nFN:d\n"
    first, second, third = cards(lines.splitlines(keepends=True))
    assert first == Unreadable(1, Sentence("it has no end")) and third == Unreadable(
        7, Sentence("it has no end")
    )
    assert isinstance(second[0], Property) and second[0].value == "b"


def test_a_card_within_a_card() -> None:
    (card,) = read("FN:boss\nAGENT:\nBEGIN:VCARD\nFN:assistant\nEND:VCARD\nNOTE:x")
    assert [one.value for one in card if isinstance(one, Property)] == ["boss", "x"]


def test_a_card_that_never_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vcard, "LARGEST_CARD", 1000)
    big, small = read("NOTE:" + "x" * 2000, "FN:a")
    assert isinstance(big, Unreadable) and not isinstance(small, Unreadable)


def test_a_head_that_never_stops() -> None:
    (card,) = read("TEL;TYPE=" + "x" * 1000 + ":01")
    assert isinstance(card, Unreadable)


def test_components() -> None:
    assert texts("Durand;Marie;;", ";") == ["Durand", "Marie", "", ""]
    assert texts("a\\;b;c\\,d\\n\\\\;e", ";") == ["a;b", "c,d\n\\", "e"]
    assert texts("a\\,b,c", ",") == ["a,b", "c"]


WORDS = (
    b'BEGIN:VCARD\n END:VCARD\n TEL; WORK = : ; " , \n ENCODING=QUOTED-PRINTABLE BASE64 '
    b"CHARSET=utf-16 \xe9 \\ AGENT:\n"
).split(b" ")


@given(st.lists(st.one_of(st.sampled_from([*WORDS, b" "]), st.binary(max_size=5))))
def test_nothing_stops_the_reader(parts: list[bytes]) -> None:
    lines = b"".join(parts).splitlines(keepends=True)
    end = [b"\n", b"END:VCARD\n", b"BEGIN:VCARD\n", b"FN:last\n", b"END:VCARD\n"]
    found: list[Any] = list(cards(utf8([*lines, *end])))
    assert all(isinstance(card, tuple) for card in found)
    if not lines or not lines[0].startswith((b"\xff\xfe", b"\xfe\xff")):
        assert found[-1][0].value == "last"
