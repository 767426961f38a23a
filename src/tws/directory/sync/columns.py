"""What a source of rows says of its columns, held against the mapping: a column that was renamed
must not look like contacts that are gone."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from tws.directory.cards import IDENTIFIER
from tws.directory.connector import DirectoryConnector, Entry, Tabular
from tws.directory.mapping import SourceField
from tws.sentences import Sentence, said, sentence
from tws.sources.errors import Misconfigured

SHOWN = 30
"Columns named in words."


class Odd(StrEnum):
    """What is noted of a source as a whole."""

    NO_ROWS = "noRows"
    LONG_ROWS = "longRows"

    @property
    def words(self) -> str:
        """In English, for an administrator."""
        return _WORDS[self]


_WORDS: Mapping[str, str] = {
    Odd.NO_ROWS: "the source has the names of its columns, and no rows",
    Odd.LONG_ROWS: "rows with more fields than there are names: what is too much is left out",
}


def held(
    connector: DirectoryConnector,
    mailbox: str | None,
    mapping: Mapping[str, SourceField],
    note: Callable[[str, Sentence], None],
) -> Iterator[Entry]:
    """Its entries. `note` hears of columns that are mapped and not there before the first of them;
    Misconfigured where that is all that are mapped, or the one by which contacts are known again:
    all of them would be others."""
    entries = connector.entries(mailbox)
    first = next(entries, None)
    header = connector.header if isinstance(connector, Tabular) else None
    if header is not None and header.columns:
        for field, words in _missing(header.columns, mapping).items():
            note(field, words)
        for field, words in _repeated(header.columns, mapping):
            note(field, words)
    if first is not None:
        yield first
        yield from entries
    if header is not None:
        if first is None and header.columns:
            note(Odd.NO_ROWS, said(", ".join(header.columns[:SHOWN])))
        for line in header.long_rows:
            note(Odd.LONG_ROWS, sentence("line {line}", line=line))


def _repeated(
    columns: tuple[str, ...], mapping: Mapping[str, SourceField]
) -> Iterator[tuple[str, Sentence]]:
    """By internal field: of columns with one name a row has one value."""
    for field, source in mapping.items():
        if (count := columns.count(source.name)) > 1:
            yield (
                field,
                sentence(
                    "the source has {count} columns {column}: only one of them is read",
                    count=count,
                    column=source.name,
                ),
            )


def _missing(columns: tuple[str, ...], mapping: Mapping[str, SourceField]) -> dict[str, Sentence]:
    """By internal field."""
    there = ", ".join(filter(None, columns[:SHOWN])) + (", …" if len(columns) > SHOWN else "")
    missing = {
        field: sentence(
            "the source has no column {column}; it has: {there}", column=source.name, there=there
        )
        for field, source in mapping.items()
        if source.name not in columns
    }
    if missing and len(missing) == len(mapping):
        raise Misconfigured(
            "The source has none of the columns that the fields are filled from. It has: {there}.",
            there=there,
        )
    if IDENTIFIER in missing:
        raise Misconfigured(
            "The source has no column {column}, which tells contacts apart. It has: {there}.",
            column=mapping[IDENTIFIER].name,
            there=there,
        )
    return missing
