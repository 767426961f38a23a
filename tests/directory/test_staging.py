"""A source read into its staging file, beside what is known of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tws.directory.connector import Entry
from tws.directory.mapping import mapping
from tws.directory.runs import Counts, Remarks
from tws.directory.sync.mailboxes import Mailbox
from tws.directory.sync.reading import SourceReading
from tws.directory.sync.staging import Staging
from tws.numbering import plan_of
from tws.organisation.actor import CompanyId, DomainId
from tws.organisation.model import Domain
from tws.sentences import Sentence
from tws.sources.errors import Unreachable

PLAN = plan_of(
    Domain(id=DomainId("d"), version=1, company=CompanyId("c"), name="x", time_zone="Europe/Paris")
)
FIELDS = {"identifier": "id", "last_name": "sn", "work": "tel", "email1": "mail"}
MARIE = {"id": "1", "sn": "Durand", "tel": "01 55 17 18 89"}
PAUL = {"id": "2", "sn": "Martin", "mail": "Paul@x.org"}


class Source:
    """Entries as they are given; `breaks`: the source fails after them."""

    title: ClassVar[str] = "On paper"
    Settings: ClassVar[type[Any]] = object
    private: ClassVar[bool] = False
    public: ClassVar[bool] = True
    suggested: ClassVar[dict[str, str]] = FIELDS

    def __init__(self, settings: Any, files: Path) -> None:
        self.rows: list[dict[str, str]] = settings
        self.breaks: str | bool = False
        "Whether it fails at its end; or the mailbox that does."

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        rows = [row for row in self.rows if mailbox in (None, row.get("of"))]
        yield from (Entry(row) for row in rows)
        if self.breaks is True or (mailbox and self.breaks == mailbox):
            raise Unreachable("It closed the connection.")


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    opened = Staging(tmp_path / "staging.db")
    opened.begin()
    yield opened
    opened.close()


def read(staging: Staging, *rows: dict[str, str], fields: dict[str, str] = FIELDS) -> Remarks:
    source: Any = Source(list(rows), Path())
    return SourceReading(mapping(fields), repr(fields), PLAN).run(source, staging)


def known(staging: Staging) -> list[tuple[str, bytes | None]]:
    """What a directory has once everything that changed was merged."""
    return [(one.prepared.card.identifier, one.hash) for one in staging.changed("", 100)]


def again(staging: Staging, rows: list[tuple[str, bytes | None]]) -> None:
    staging.begin()
    staging.know(rows)


def test_into_an_empty_directory_everything_is_new(staging: Staging) -> None:
    assert read(staging, MARIE, PAUL).read == 2
    assert staging.ended
    assert staging.counts() == Counts(known=0, created=2, updated=0, deleted=0, unchanged=0)
    marie = staging.changed("", 10)[0].prepared
    assert marie.card.last_name == "Durand"
    (reading,) = marie.readings
    assert reading is not None and reading.e164 == "+33155171889"
    assert " 33155171889" in marie.folded and marie.sort == " durand"


def test_only_what_is_other_is_made_again(staging: Staging) -> None:
    read(staging, MARIE, PAUL, {"id": "3", "sn": "Petit"})
    again(staging, known(staging))
    read(staging, MARIE, {**PAUL, "sn": "Martin-Petit"}, {"id": "4", "sn": "Robert"})
    assert staging.counts() == Counts(known=3, created=1, updated=1, deleted=1, unchanged=1)
    assert [one.prepared.card.identifier for one in staging.changed("", 10)] == ["2", "4"]
    assert staging.gone("", 10) == ["3"]


def test_another_mapping_makes_everything_again(staging: Staging) -> None:
    read(staging, MARIE, PAUL)
    again(staging, known(staging))
    read(staging, MARIE, PAUL, fields={**FIELDS, "last_name": "sn|u"})
    assert staging.counts().updated == 2
    assert [one.prepared.card.last_name for one in staging.changed("1", 10)] == ["MARTIN"]


def test_what_cannot_be_kept_is_said(staging: Staging) -> None:
    remarks = read(staging, MARIE, {**PAUL, "id": "1"}, {"sn": "Nobody"}, {"id": "5"})
    assert remarks.ignored == {
        "twice": 1,
        "noIdentifier": 1,
        "nameless": 1,
    }
    assert remarks.examples["twice"] == ["1"]
    assert staging.counts().created == 1


def test_whose_identifier_is_hashed_is_named_as_the_source_has_them(staging: Staging) -> None:
    fields = {**FIELDS, "identifier": "id|h", "first_name": "gn"}
    long = {"id": "x" * 60, "sn": "Durand", "gn": "Marie"}
    remarks = read(staging, MARIE, MARIE, long, long, fields=fields)
    assert remarks.examples["twice"] == ["1", "Marie Durand"]
    again(staging, [])
    noted = read(staging, {**PAUL, "sn": "M" * 200}, fields=fields)
    assert str(noted.examples["last_name"][0]).startswith("2: 200 characters")


def test_an_entry_that_is_no_longer_good_is_gone(staging: Staging) -> None:
    read(staging, MARIE, PAUL)
    again(staging, known(staging))
    read(staging, MARIE, {"id": "2"})
    assert staging.gone("", 10) == ["2"]


def test_a_source_that_breaks_is_not_read_to_its_end(staging: Staging) -> None:
    source: Any = Source([MARIE], Path())
    source.breaks = True
    with pytest.raises(Unreachable):
        SourceReading(mapping(FIELDS), repr(FIELDS), PLAN).run(source, staging)
    assert not staging.ended


def test_another_process_goes_on_with_the_file(tmp_path: Path, staging: Staging) -> None:
    read(staging, MARIE, PAUL)
    staging.close()
    opened = Staging(tmp_path / "staging.db")
    assert opened.ended and opened.counts().created == 2
    opened.close()


ALICE, BRUNO = Mailbox("u1", "alice@x.org"), Mailbox("u2", "bruno@x.org")
OF_ALICE, OF_BRUNO = {**MARIE, "of": ALICE.address}, {**PAUL, "id": "1", "of": BRUNO.address}


def read_each(staging: Staging, *rows: dict[str, str], breaks: str = "") -> Remarks:
    source: Any = Source(list(rows), Path())
    source.breaks = breaks
    made = SourceReading(mapping(FIELDS), repr(FIELDS), PLAN)
    return made.run(source, staging, [ALICE, BRUNO])


def test_two_users_may_have_the_same_identifiers(staging: Staging) -> None:
    assert read_each(staging, OF_ALICE, OF_BRUNO).read == 2
    found = {one.prepared.card.identifier: one.prepared.owner for one in staging.changed("", 10)}
    assert found == {"u1/1": "u1", "u2/1": "u2"}


def test_a_mailbox_that_cannot_be_read_keeps_what_it_has(staging: Staging) -> None:
    read_each(staging, OF_ALICE, OF_BRUNO)
    again(staging, known(staging))
    remarks = read_each(staging, {**OF_BRUNO, "sn": "Other"}, breaks=BRUNO.address)
    assert remarks.unread == {BRUNO.address: Sentence("It closed the connection.")}
    assert staging.changed("", 10) == []
    assert staging.gone("", 10) == ["u1/1"]


def test_a_source_of_which_no_mailbox_can_be_read_is_not_read(staging: Staging) -> None:
    source: Any = Source([OF_ALICE], Path())
    source.breaks = True
    with pytest.raises(Unreachable):
        SourceReading(mapping(FIELDS), repr(FIELDS), PLAN).run(source, staging, [ALICE, BRUNO])
    assert not staging.ended
