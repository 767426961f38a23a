"""What the entries of a source say of users. Plain blocking code; runs in a process of its own."""

from collections.abc import Iterator, Mapping

from tws.directory.cards import called, identified, text_of, texts_of
from tws.directory.connector import DirectoryConnector, Entry
from tws.directory.mapping import SourceField
from tws.directory.sync.columns import Odd, held
from tws.imports.model import Person
from tws.numbering import split_numbers
from tws.sentences import Sentence
from tws.sources.errors import Misconfigured

BATCH = 500
LONGEST = 1000
"Characters of a text: no field of a user takes so many, so that longer ones are refused too."
NUMBER = "number"
MOST_NUMBERS = 10
"Of one entry, looked through for an extension."


def people(
    connector: DirectoryConnector, mapping: Mapping[str, SourceField]
) -> Iterator[list[Person]]:
    """In batches. Raises ConnectorError, also half-way. `mapping`: internal field -> source
    field. A column that is not there is a failure: it would empty the field of everybody."""
    batch: list[Person] = []
    for entry in held(connector, None, mapping, _refused):
        batch.append(person(entry, mapping))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def person(entry: Entry, mapping: Mapping[str, SourceField]) -> Person:
    values = {
        field: text_of(entry, source)[:LONGEST]
        for field, source in mapping.items()
        if field not in (NUMBER, "identifier")
    }
    if "identifier" in mapping:
        values["identifier"] = identified(entry, mapping) or ""
    source = mapping.get(NUMBER)
    numbers = () if source is None else tuple(_numbers(entry, source))[:MOST_NUMBERS]
    return Person(values, called(entry, mapping)[:LONGEST], numbers)


def _numbers(entry: Entry, source: SourceField) -> Iterator[str]:
    for written in texts_of(entry.values.get(source.name)):
        for part in split_numbers(written[:LONGEST]):
            if number := source.of(" ".join(part.split())):
                yield number


def _refused(what: str, said: Sentence) -> None:
    if what not in {*Odd}:
        raise Misconfigured(said)
