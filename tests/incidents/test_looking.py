"""Which findings of the doctor are incidents: the check has decided, and is only translated."""

from typing import Any

from tws.incidents.looking import KINDS, translated
from tws.incidents.model import IncidentKind
from tws.maintenance.findings import Check, Finding, Severity
from tws.sentences import sentence

Kind = IncidentKind
SAID = sentence("The database answers.")


def finding(check: Check, outcome: Severity, **more: Any) -> Finding:
    return Finding(check=check, outcome=outcome, said=SAID, **more)


def test_each_kind_but_those_of_no_check_is_some_findings() -> None:
    told = {kind for kinds in KINDS.values() for kind in kinds.values()}
    others = {Kind.MAIL_NOT_SENT, Kind.WRONG_PASSWORDS, Kind.SERVER_ENDED}
    assert told == set(IncidentKind) - others


def test_a_row_is_named_and_its_run_is_the_occurrence() -> None:
    held = finding(
        Check.DIRECTORIES, Severity.WARNING, row="d1", about="Customers", occurrence="run 7"
    )
    [trouble] = translated([Check.DIRECTORIES], [held]).troubles
    assert trouble.key == (Kind.SYNCHRONISATION_HELD, "d1")
    assert (trouble.name, trouble.occurrence) == ("Customers", "run 7")


def test_what_is_unsure_neither_begins_nor_ends() -> None:
    seen = translated(
        [Check.LINKS, Check.CLOCK],
        [
            finding(Check.LINKS, Severity.FAILED, row="l1", unsure=True),
            finding(Check.CLOCK, Severity.NOT_APPLICABLE, unsure=True),
            finding(Check.USERS, Severity.WARNING, row="u1"),
        ],
    )
    assert seen.kinds == {Kind.LINK_LOST, Kind.CLOCK_WRONG} and not seen.troubles
    assert seen.unsure == {(Kind.LINK_LOST, "l1"), (Kind.CLOCK_WRONG, "clock")}


def test_a_database_that_is_away_is_no_service_besides() -> None:
    away = finding(Check.SERVICES, Severity.FAILED, about="database")
    other = finding(Check.SERVICES, Severity.FAILED, about="calendars")
    seen = translated([Check.SERVICES], [away, other])
    assert [trouble.key for trouble in seen.troubles] == [(Kind.SERVICE_DOWN, "calendars")]
