"""Sources of rows whose columns are not those that the mapping names."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tws.connectors.files.csv_file import CsvFile, CsvSettings
from tws.connectors.files.excel import Excel, ExcelSettings
from tws.directory.connector import DirectoryConnector, Entry
from tws.directory.mapping import mapping
from tws.directory.runs import Remarks
from tws.directory.sync.reading import SourceReading
from tws.directory.sync.sampling import sample
from tws.directory.sync.staging import Staging
from tws.sources.errors import Misconfigured

FIELDS = mapping({"identifier": "Id", "last_name": "LastName", "work": "Phone|u"})


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    staging = Staging(tmp_path / "staging")
    staging.begin()
    yield staging
    staging.close()


def csv_file(folder: Path, text: str) -> CsvFile:
    (folder / "people.csv").write_text(text)
    return CsvFile(CsvSettings(file="people.csv"), folder)


def excel(folder: Path, text: str) -> Excel:
    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append(line.split(";"))
    book.save(folder / "people.xlsx")
    return Excel(ExcelSettings(file="people.xlsx"), folder)


def report(connector: DirectoryConnector, staging: Staging) -> Remarks:
    return SourceReading(FIELDS, "", None).run(connector, staging)


@pytest.mark.parametrize("kind", [csv_file, excel])
def test_a_column_that_is_not_there_is_named(
    kind: type[CsvFile], tmp_path: Path, staging: Staging
) -> None:
    source = kind(tmp_path, "Id;Surname;Phone\n1;Durand;\n2;Martin;\n")  # type: ignore[arg-type]
    words = "the source has no column LastName; it has: Id, Surname, Phone"
    remarks = report(source, staging)
    assert remarks.notes == {"last_name": 1}
    assert [str(one) for one in remarks.examples["last_name"]] == [words]
    first, second = sample(source, FIELDS, None, 5)
    assert first.notes == second.notes
    assert [(one.what, str(one.said)) for one in first.notes] == [("last_name", words)]


@pytest.mark.parametrize("kind", [csv_file, excel])
def test_columns_of_one_name_are_noted(
    kind: type[CsvFile], tmp_path: Path, staging: Staging
) -> None:
    text = "Id;LastName;Phone;Phone;Other;Other\n1;Durand;4092;4093;x;y\n"
    remarks = report(kind(tmp_path, text), staging)  # type: ignore[arg-type]
    assert remarks.notes == {"work": 1}
    words = "the source has 2 columns Phone: only one of them is read"
    assert [str(one) for one in remarks.examples["work"]] == [words]


@pytest.mark.parametrize("kind", [csv_file, excel])
def test_without_the_identifier_nothing_is_read(
    kind: type[CsvFile], tmp_path: Path, staging: Staging
) -> None:
    """All contacts would be others, and those that are there would go."""
    source = kind(tmp_path, "Nr;LastName;Phone\n1;Durand;\n2;Martin;\n")  # type: ignore[arg-type]
    words = r"no column Id, which tells contacts apart. It has: Nr, LastName, Phone\."
    with pytest.raises(Misconfigured, match=words):
        report(source, staging)
    with pytest.raises(Misconfigured, match=words):
        sample(source, FIELDS, None, 5)


@pytest.mark.parametrize("kind", [csv_file, excel])
@pytest.mark.parametrize("text", ["Nr;Surname\n1;Durand\n", "Nr;Surname\n"])
def test_none_of_the_columns_ends_the_reading(
    kind: type[CsvFile], text: str, tmp_path: Path, staging: Staging
) -> None:
    source = kind(tmp_path, text)  # type: ignore[arg-type]
    with pytest.raises(Misconfigured, match=r"none of the columns.*has: Nr, Surname"):
        report(source, staging)
    with pytest.raises(Misconfigured, match="none of the columns"):
        sample(source, FIELDS, None, 5)


def test_a_file_without_rows_is_said_to_have_none(tmp_path: Path, staging: Staging) -> None:
    remarks = report(csv_file(tmp_path, "Id;LastName;Phone\n"), staging)
    assert (remarks.read, remarks.notes) == (0, {"noRows": 1})


def test_rows_that_are_too_long_are_counted(tmp_path: Path, staging: Staging) -> None:
    text = "Id;LastName;Phone\n1;A;;;\n2;Smith;Sons;4092\n3;C;1;x\n"
    remarks = report(csv_file(tmp_path, text), staging)
    assert remarks.notes == {"work": 1, "longRows": 2}
    assert [str(one) for one in remarks.examples["longRows"]] == ["line 3", "line 4"]


class Sparse(CsvFile):
    """Knows no columns: it leaves out what is empty, and cannot say what it leaves out."""

    def __init__(self) -> None:
        """Without a header."""

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        yield Entry({"Id": "1"})


def test_a_source_that_does_not_know_its_columns_is_believed(staging: Staging) -> None:
    assert report(Sparse(), staging).notes == {}
