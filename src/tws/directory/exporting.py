"""Cards as vCards (RFC 6350, RFC 2426) and as a CSV file. Pure.

What is given has been hidden already: a number on the red list is empty, and left out.
"""

import base64
import csv
import io
from collections.abc import Mapping, Sequence
from enum import StrEnum

from tws.directory.model import ContactId, NumberKind
from tws.directory.showing import Card, PrivateField
from tws.spreadsheets import guarded

TYPES = {
    NumberKind.WORK: "work",
    NumberKind.MOBILE: "cell",
    NumberKind.HOME: "home",
    NumberKind.ASSISTANT: "x-assistant",
    NumberKind.STANDARD: "x-main",
}
COLUMNS = (
    *("lastName", "firstName", "company"),
    *(kind.value for kind in NumberKind),
)
EMAILS = 3
"Columns for them at least."
PHOTO = {"4.0": "PHOTO:data:image/jpeg;base64,", "3.0": "PHOTO;ENCODING=b;TYPE=JPEG:"}
LINE = 75
"Octets of a line before it is folded."


class Format(StrEnum):
    VCARD = "vcard"
    "Version 4.0."
    VCARD3 = "vcard3"
    CSV = "csv"


def exported(
    cards: Sequence[Card], format: Format, photos: Mapping[ContactId, bytes] | None = None
) -> str:
    """`photos`: JPEGs by the ids of contacts, for vCards."""
    if format is Format.CSV:
        return _csv(cards)
    version = "4.0" if format is Format.VCARD else "3.0"
    known = photos or {}
    return "".join(_vcard(card, version, known.get(card.contact.id)) for card in cards)


def _vcard(card: Card, version: str, photo: bytes | None) -> str:
    contact = card.contact
    lines = ["BEGIN:VCARD", f"VERSION:{version}", f"UID:urn:uuid:{contact.id}"]
    lines.append(f"FN:{_text(contact.display_name)}")
    lines.append(f"N:{_text(contact.last_name)};{_text(contact.first_name)};;;")
    if contact.organisation:
        lines.append(f"ORG:{_text(contact.organisation)}")
    lines += [f"TEL;TYPE={TYPES[n.kind]}:{_text(n.number)}" for n in contact.numbers if n.number]
    lines += [f"EMAIL:{_text(email)}" for email in contact.emails]
    if contact.website:
        lines.append(f"URL:{_text(contact.website)}")
    lines += [_field(one) for one in card.fields]
    if photo is not None:
        lines.append(PHOTO[version] + base64.b64encode(photo).decode())
    return "".join(_folded(line) for line in [*lines, "END:VCARD"])


def _field(field: PrivateField) -> str:
    if field.property == "ADR":  # The street holds all of it, in lines where it has some.
        return f"ADR:;;{_text(field.text)};;;;"
    if field.property:
        return f"{field.property}:{_text(field.text)}"
    return f"NOTE:{_text(f'{field.label}: {field.text}')}"


def _text(text: str) -> str:
    for special in "\\,;":
        text = text.replace(special, "\\" + special)
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """Never within a character."""
    whole, part, size = [], "", 0
    for c in line:
        octets = len(c.encode())
        if size + octets > LINE:
            whole.append(part)
            part, size = " ", 1
        part += c
        size += octets
    return "\r\n".join([*whole, part]) + "\r\n"


def _csv(cards: Sequence[Card]) -> str:
    file = io.StringIO()
    rows = csv.writer(file)
    most = max([EMAILS, *(len(card.contact.emails) for card in cards)])
    labels = list(dict.fromkeys(one.label for card in cards for one in card.fields))
    places = (f"email{n}" for n in range(1, most + 1))
    rows.writerow([*COLUMNS, *places, "website", *map(guarded, labels)])
    for card in cards:
        contact = card.contact
        numbers = [
            " / ".join(n.number for n in contact.numbers if n.kind is kind and n.number)
            for kind in NumberKind
        ]
        emails = [*contact.emails, *[""] * (most - len(contact.emails))]
        names = [contact.last_name, contact.first_name, contact.organisation]
        texts = {one.label: one.text for one in card.fields}
        fields = [texts.get(label, "") for label in labels]
        cells = [*names, *numbers, *emails, contact.website, *fields]
        rows.writerow(guarded(cell) for cell in cells)
    return file.getvalue()
