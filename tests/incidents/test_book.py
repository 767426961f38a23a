"""One incident for what goes wrong, however often: pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from tws.incidents.book import RECURS, Book
from tws.incidents.events import Step
from tws.incidents.model import Incident, IncidentKind, Trouble
from tws.organisation.actor import CompanyId
from tws.sentences import sentence

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LINK, DISK = IncidentKind.LINK_LOST, IncidentKind.DISK_FULL


def book() -> Book:
    numbers = count()
    return Book(lambda: f"{next(numbers):04}")


def wrong(
    subject: str = "a", kind: IncidentKind = LINK, occurrence: str = "", why: str = "gone"
) -> Trouble:
    return Trouble(
        kind=kind,
        subject=subject,
        name=subject.upper(),
        company=CompanyId("c"),
        said=sentence("{why}", why=why),
        occurrence=occurrence,
    )


def steps(of: Book, troubles: Iterable[Trouble], at: datetime) -> list[tuple[str, Step]]:
    return [(one.incident.subject, one.step) for one in of.look({LINK}, troubles, (), at)]


def only(of: Book) -> Incident:
    (one,) = of.known
    return one


def test_what_goes_on_is_told_once() -> None:
    kept = book()
    assert steps(kept, [wrong()], NOON) == [("a", Step.BEGAN)]
    assert steps(kept, [wrong()], NOON + SECOND) == []
    assert steps(kept, [], NOON + 2 * SECOND) == [("a", Step.ENDED)]
    assert steps(kept, [], NOON + 3 * SECOND) == []
    assert (only(kept).started, only(kept).ended) == (NOON, NOON + 2 * SECOND)


def test_a_link_that_flaps_is_one_incident_with_a_count() -> None:
    kept = book()
    for n in range(1000):
        kept.look({LINK}, [wrong(why=str(n))], (), NOON + 2 * n * SECOND)
        kept.look({LINK}, [], (), NOON + (2 * n + 1) * SECOND)
    assert (only(kept).count, only(kept).id, str(only(kept).said)) == (1000, "0000", "999")
    assert only(kept).last == NOON + 1998 * SECOND


def test_what_comes_back_long_after_is_another_one() -> None:
    kept = book()
    kept.look({LINK}, [wrong()], (), NOON)
    kept.look({LINK}, [], (), NOON + SECOND)
    later = NOON + 2 * SECOND + RECURS
    assert steps(kept, [wrong()], later) == [("a", Step.BEGAN)]
    assert (only(kept).id, only(kept).count, only(kept).started) == ("0001", 1, later)


def test_another_occurrence_counts_without_being_well_in_between() -> None:
    kept = book()
    kept.look({LINK}, [wrong(occurrence="run 1", why="one")], (), NOON)
    again = wrong(occurrence="run 2", why="two")
    assert steps(kept, [again], NOON + SECOND) == [("a", Step.RECURRED)]
    assert (only(kept).count, str(only(kept).said)) == (2, "two")


def test_what_nobody_is_sure_of_and_what_was_not_looked_at_stay() -> None:
    kept = book()
    kept.look({LINK, DISK}, [wrong(), wrong("/", DISK)], (), NOON)
    assert kept.look({LINK}, [], {(LINK, "a")}, NOON + SECOND) == []
    assert steps(kept, [], NOON + SECOND) == [("a", Step.ENDED)]
    assert [one.subject for one in kept.open] == ["/"]


def test_a_new_process_takes_up_what_was_open() -> None:
    before = book()
    before.look({LINK}, [wrong("a"), wrong("b")], (), NOON)
    after = book()
    after.load(before.known)
    assert steps(after, [wrong("a")], NOON + SECOND) == [("b", Step.ENDED)]
    assert {one.id for one in after.known} == {one.id for one in before.known}


def test_of_a_company_that_is_gone_nothing_stays() -> None:
    kept = book()
    kept.look({LINK}, [wrong()], (), NOON)
    assert [one.step for one in kept.forget_company(CompanyId("other"))] == []
    assert [one.step for one in kept.forget_company(CompanyId("c"))] == [Step.FORGOTTEN]
    assert not kept.known


@given(st.lists(st.tuples(st.sets(st.sampled_from("abc")), st.integers(0, 2000)), max_size=40))
def test_of_each_there_is_one_open_and_it_is_what_is_wrong(
    looks: list[tuple[set[str], int]],
) -> None:
    kept, now = book(), NOON
    for subjects, wait in looks:
        now += timedelta(seconds=wait)
        kept.look({LINK}, [wrong(subject) for subject in subjects], (), now)
        assert {one.subject for one in kept.open} == subjects
        assert all(one.started <= one.last <= (one.ended or now) for one in kept.known)
