"""The contacts that each user's own Outlook sends (specification 8.8): an export of it, as a vCard
file or as CSV with the headers of its English or French version.

Fields have the names of the English export, whatever was sent; `Id` is the card's own identifier,
or made of the person's name, so that a number that changes stays on the same card.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from tws.connectors.files.csv_file import CsvFile, CsvSettings
from tws.connectors.files.vcard_file import VcardFile, VcardFileSettings
from tws.directory.connector import Entry
from tws.directory.text import words
from tws.sources.errors import Misconfigured
from tws.sources.values import Value

NAMES: Mapping[str, tuple[str, ...]] = {
    "First Name": ("Prénom",),
    "Middle Name": ("Deuxième prénom",),
    "Last Name": ("Nom", "Nom de famille"),
    "Company": ("Société",),
    "Department": ("Service", "Département"),
    "Job Title": ("Fonction", "Profession"),
    "E-mail Address": ("Adresse de messagerie", "Adresse e-mail", "Email Address"),
    "E-mail 2 Address": ("Adresse de messagerie 2", "Adresse e-mail 2"),
    "E-mail 3 Address": ("Adresse de messagerie 3", "Adresse e-mail 3"),
    "Business Phone": ("Téléphone (bureau)", "Tél. bureau"),
    "Mobile Phone": ("Tél. mobile", "Téléphone mobile"),
    "Home Phone": ("Téléphone (domicile)", "Tél. domicile"),
    "Assistant's Phone": (
        "Téléphone de l'assistant(e)",
        "Téléphone de l'assistant",
        "Tél. assistant",
    ),
    "Company Main Phone": ("Téléphone société", "Téléphone principal société", "Tél. société"),
    "Web Page": ("Page Web",),
}
"As the English version says it: and as the French ones do."
OF_VCARDS: Mapping[str, str] = {
    "UID": "Id",
    "N.FAMILY": "Last Name",
    "N.GIVEN": "First Name",
    "N.ADDITIONAL": "Middle Name",
    "ORG": "Company",
    "ORG.UNIT": "Department",
    "TITLE": "Job Title",
    "EMAIL": "E-mail Address",
    "EMAIL.2": "E-mail 2 Address",
    "EMAIL.3": "E-mail 3 Address",
    "TEL.WORK": "Business Phone",
    "TEL.CELL": "Mobile Phone",
    "TEL.HOME": "Home Phone",
    "TEL.ASSISTANT": "Assistant's Phone",
    "TEL.MAIN": "Company Main Phone",
    "URL": "Web Page",
    "PHOTO": "Photo",
}
PERSON = ("First Name", "Middle Name", "Last Name", "Company")
VCARD = b"BEGIN:VCARD"


def _key(name: str) -> str:
    return "".join(words(name))


_ENGLISH = {_key(each): name for name, others in NAMES.items() for each in (name, *others)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookSettings:
    """Nothing: each user's own program knows where the server is."""


class Outlook:
    """What an administrator sets up: nothing is read here."""

    title: ClassVar[str] = "Outlook (sent by each user)"
    Settings: ClassVar[type[OutlookSettings]] = OutlookSettings
    private: ClassVar[bool] = True
    public: ClassVar[bool] = False
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "Id",
        "last_name": "Last Name",
        "first_name": "First Name",
        "organisation": "Company",
        "photo": "Photo",
        "work": "Business Phone",
        "mobile": "Mobile Phone",
        "home": "Home Phone",
        "assistant": "Assistant's Phone",
        "standard": "Company Main Phone",
        "email1": "E-mail Address",
        "email2": "E-mail 2 Address",
        "email3": "E-mail 3 Address",
        "website": "Web Page",
    }

    def __init__(self, settings: OutlookSettings, files: Path) -> None:
        """Needs nothing."""

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        raise Misconfigured(
            "Nothing is read here: each user's computer sends the contacts of its Outlook, "
            "with `tws send-contacts` or by the operation sendContacts."
        )


class Sent(Outlook):
    """What one user sent, in the folder of what was sent."""

    def __init__(self, file: str, files: Path) -> None:
        super().__init__(OutlookSettings(), files)
        self._name, self._files = file, files

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        with (self._files / self._name).open("rb") as raw:
            is_vcard = VCARD in raw.read(1000).upper()
        if is_vcard:
            cards = VcardFile(VcardFileSettings(file=self._name), self._files)
            found = map(_of_vcard, cards.entries())
        else:
            rows = CsvFile(CsvSettings(file=self._name), self._files)
            found = map(_of_row, rows.entries())
        yield from _identified(found)


def _of_vcard(entry: Entry) -> dict[str, Value]:
    return {OF_VCARDS.get(name, name): value for name, value in entry.values.items()}


def _of_row(entry: Entry) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, value in entry.values.items():
        values.setdefault(_ENGLISH.get(_key(name), name), value)
    if not values.keys() & NAMES.keys():
        raise Misconfigured(
            "These are no contacts of Outlook: the first line has none of its fields."
        )
    return values


def _identified(found: Iterator[dict[str, Value]]) -> Iterator[Entry]:
    """Namesakes are told apart by the order in which they come."""
    seen: Counter[str] = Counter()
    for values in found:
        if "Id" not in values:
            who = [str(values.get(name, "")).strip().casefold() for name in PERSON]
            if not any(who):
                who = [str(values.get("E-mail Address", ""))]
            key = hashlib.sha256("\0".join(who).encode()).hexdigest()
            seen[key] += 1
            values["Id"] = key if seen[key] == 1 else f"{key}-{seen[key]}"
        yield Entry(values)
