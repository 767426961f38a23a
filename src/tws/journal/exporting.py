"""A call log as a table for spreadsheets, in the reader's language and on his clock. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum

from tws import numbering
from tws.journal.model import LogEntry, Outcome
from tws.languages import in_language
from tws.organisation.model import Domain
from tws.sentences import Sentence, sentence
from tws.spreadsheets import Cell, csv_line, xlsx
from tws.telephony.model import Direction, Party

MOST = 10_000
"Lines of one file."
HEAD = (
    sentence("Date"),
    sentence("Direction"),
    sentence("Outcome"),
    sentence("Name"),
    sentence("Number"),
    sentence("With whom it went on"),
    sentence("Rang (s)"),
    sentence("Talked (s)"),
)
TITLE = sentence("Calls")
DIRECTIONS = {
    Direction.INCOMING: sentence("Incoming"),
    Direction.OUTGOING: sentence("Outgoing"),
}
OUTCOMES = {
    Outcome.ANSWERED: sentence("Answered"),
    Outcome.MISSED: sentence("Missed"),
    Outcome.CANCELLED: sentence("Cancelled"),
    Outcome.BUSY: sentence("Busy"),
    Outcome.REFUSED: sentence("Refused"),
    Outcome.FAILED: sentence("Failed"),
    Outcome.FORWARDED: sentence("Forwarded"),
    Outcome.TRANSFERRED: sentence("Transferred"),
    Outcome.ANSWERED_ELSEWHERE: sentence("Answered by somebody else"),
    Outcome.END_NOT_SEEN: sentence("End not seen"),
}
WITHHELD = sentence("Withheld")


class LogFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


class Table:
    """How the lines of a log are written."""

    def __init__(self, culture: str, zone: tzinfo, domain: Domain | None) -> None:
        self._culture, self._zone, self._domain = culture, zone, domain

    def written(self, entries: Sequence[LogEntry], format: LogFormat) -> bytes:
        if format is LogFormat.XLSX:
            lines = [self._head(), *map(self._cells, entries)]
            return xlsx(self._say(TITLE), lines)
        # Excel reads UTF-8 by the mark in front only.
        text = csv_line(self._head()) + "".join(map(self._line, entries))
        return text.encode("utf-8-sig")

    def _head(self) -> Sequence[str]:
        return [self._say(one) for one in HEAD]

    def _cells(self, of: LogEntry) -> Sequence[Cell]:
        return (
            of.started.astimezone(self._zone),
            self._say(DIRECTIONS[of.direction]),
            self._say(OUTCOMES[of.outcome]),
            self._say(WITHHELD) if of.restricted else of.name,
            self._number(of.number),
            "" if of.other is None else self._party(of.other),
            of.ringing,
            of.duration,
        )

    def _line(self, of: LogEntry) -> str:
        return csv_line(_plain(self._cells(of)))

    def _number(self, number: str) -> str:
        return number if self._domain is None else numbering.display_kept(number, self._domain)

    def _party(self, party: Party) -> str:
        return "" if party.restricted else party.name or party.number or ""

    def _say(self, words: Sentence) -> str:
        return in_language(words, self._culture)


def _plain(cells: Iterable[Cell]) -> Iterable[str]:
    for cell in cells:
        yield f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else str(cell)
