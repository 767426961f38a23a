"""A file of vCards, as telephones, Outlook and address books export them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, ClassVar

from tws.connectors.files.company_folder import found, unreadable
from tws.directory.connector import Entry
from tws.directory.vcard_fields import SUGGESTED, fields
from tws.forms import About
from tws.protocols.vcard import LARGEST_CARD, Unreadable, cards, utf8
from tws.sentences import Sentence, sentence
from tws.sources.errors import Misconfigured

MOST_REASONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class VcardFileSettings:
    file: str = field(metadata=About(help="Its name; it lies in the company's folder."))


class VcardFile:
    title: ClassVar[str] = "vCard file"
    Settings: ClassVar[type[VcardFileSettings]] = VcardFileSettings
    private: ClassVar[bool] = False
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = SUGGESTED

    def __init__(self, settings: VcardFileSettings, files: Path) -> None:
        self._settings, self._files = settings, files
        self.skipped = 0
        "Cards of the last reading that could not be read ..."
        self.reasons: list[Sentence] = []
        "... and why, of the first of them."

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        self.skipped, self.reasons = 0, []
        path, good = found(self._files, self._settings.file), 0
        try:
            with path.open("rb") as raw:
                for card in cards(utf8(_lines(raw))):
                    if isinstance(card, Unreadable):
                        self.skipped += 1
                        if self.skipped <= MOST_REASONS:
                            self.reasons.append(
                                sentence("line {line}: {why}", line=card.line, why=card.why)
                            )
                    elif values := fields(card):
                        good += 1
                        yield Entry(values)
        except OSError as error:
            raise unreadable(path, error) from error
        if not good:
            if self.reasons:
                raise Misconfigured(
                    "There is no vCard in {file} ({why}).", file=path.name, why=self.reasons[0]
                )
            raise Misconfigured("There is no vCard in {file}.", file=path.name)


def _lines(raw: BinaryIO) -> Iterator[bytes]:
    """Those of the file, each of a bounded length."""
    while line := raw.readline(LARGEST_CARD):
        yield line
