"""A plan becomes users in short steps, and never by half where the source fails."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests import granting
from tests.imports.office import Office
from tws.errors import Conflict, NotAllowed, NotFound
from tws.imports import on_time, running
from tws.imports.model import Action, Counts, Reason, Run
from tws.organisation import store
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.organisation.events import UserChanged
from tws.organisation.grant import GrantKind
from tws.organisation.model import ImportMode, SyncSchedule
from tws.sources.errors import Unreachable
from tws.sources.run_states import RunProblem, RunState
from tws.storage.audit import audit


async def test_all_that_is_a_users_goes_with_him(office: Office) -> None:
    group = office.place.group
    row = await office.made(group=group.id)
    assert (await office.run(row, *range(20))).report.counts == Counts(created=20)
    registry, service = office.world.registry, office.world.service
    assert len(registry.groups[group.id].members) == 21
    gone = office.users()["u3"]
    await service.grants.create_grant(
        SYSTEM, **granting.application(Application.TOOLKIT, user=gone.id)
    )
    await service.parameters.set_parameter(
        SYSTEM, parameter="MapServiceURL", value="https://maps.example/?q={0}", user=gone.id
    )
    run = await office.run(row, *(n for n in range(20) if n not in (3, 4)))
    assert run.report.counts == Counts(known=20, deleted=2, unchanged=18)
    assert gone.id not in registry.users and registry.devices_of(gone.id) == ()
    assert len(registry.groups[group.id].members) == 19
    assert not registry.granted.objects(gone.id, GrantKind.APPLICATION)
    again = await office.world.registry.refresh(office.world.storage)
    assert again == 0  # what is held is what is stored


async def test_the_audit_log_says_who_came_into_a_group_and_not_who_is_in_it(
    office: Office,
) -> None:
    row = await office.made(group=office.place.group.id)
    await office.run(row, 1, 2)
    async with office.world.storage.reading() as reader:
        query = select(audit.c.after).where(audit.c.action == "group changed")
        (said,) = list((await reader.execute(query.order_by(audit.c.number))).scalars())[-1:]
    assert sorted(said["members"]) == sorted(user.id for user in office.users().values())


async def test_a_source_that_fails_changes_nothing(office: Office) -> None:
    row = await office.made()
    await office.run(row, 1, 2)
    office.fails = Unreachable("It closed the connection.")
    run = await office.run(row, 1)
    assert (run.state, run.problem) == (RunState.FAILED, RunProblem.UNREACHABLE)
    assert set(office.users()) == {"u1", "u2"}
    assert office.shown == [row.directory]  # after the first run only


async def test_one_that_was_changed_meanwhile_is_left_out_and_the_others_are_not(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = await office.made()
    await office.run(row, *range(8))
    before = running.Running.carry_out

    async def changed_first(self: running.Running, *args: object) -> None:
        user = office.users()["u5"]
        await office.world.service.users.update_user(SYSTEM, user.id, user.version, mobile="1")
        await before(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(running.Running, "carry_out", changed_first)
    run = await office.run(row, *range(8), name="New")
    assert run.report.counts == Counts(known=8, updated=7, ignored=1)
    (left,) = [line for line in run.report.lines if line.action is Action.IGNORED]
    assert (left.username, left.why) == ("u5", Reason.CHANGED_MEANWHILE)
    monkeypatch.undo()
    again = await office.run(row, *range(8), name="New")
    assert again.report.counts == Counts(known=8, updated=1, unchanged=7)


async def test_a_restart_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is killed between two transactions: the next one reads the source again."""
    for name in ("LEAST", "FIRST", "MOST"):
        monkeypatch.setattr(running, name, 5)
    row = await office.made()

    def stop(_: UserChanged) -> None:
        if len(office.users()) >= 12:
            office.schedule.cancel("import users", key=row.id)

    unfollow = office.bus.follow(UserChanged, stop)
    office.people(*range(40))
    await office.imports.run(SYSTEM, row.id)
    await office.schedule.settle()
    unfollow()
    assert 0 < len(office.users()) < 40
    interrupted = office.imports.last(row.id)
    office.imports = office.another()
    await office.imports.start()
    run = await office.until(row, RunState.DONE)
    assert interrupted is not None and run.id != interrupted.id
    assert len(office.users()) == 40
    first = (await office.imports.list_runs(SYSTEM, row.id))[-1]
    assert (first.state, first.problem) == (RunState.FAILED, RunProblem.INTERRUPTED)


async def test_a_run_is_cancelled(office: Office) -> None:
    row = await office.made()
    office.hold = asyncio.Event()
    office.people(1)
    await office.imports.run(SYSTEM, row.id)
    with pytest.raises(Conflict):
        await office.imports.run(SYSTEM, row.id)
    run = await office.imports.cancel(SYSTEM, row.id)
    assert run.state is RunState.CANCELLED and office.users() == {}
    office.hold = None
    assert (await office.run(row, 1)).state is RunState.DONE


async def test_what_is_asked_otherwise_meanwhile_is_begun_anew(office: Office) -> None:
    row = await office.made()
    office.hold = asyncio.Event()
    office.people(1)
    first = await office.imports.run(SYSTEM, row.id)
    await office.world.service.user_imports.update_user_import(
        SYSTEM, row.id, row.version, mode=ImportMode.UPDATE
    )
    office.hold.set()
    run = await office.until(row, RunState.DONE)
    assert run.id != first.id and run.report.counts == Counts(ignored=1)
    old = (await office.imports.list_runs(SYSTEM, row.id))[-1]
    assert (old.state, old.problem) == (RunState.CANCELLED, RunProblem.CHANGED)


async def test_what_is_asked_otherwise_while_imports_are_stopped_is_begun_anew_at_the_start(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was changing users: half of them were asked for as they are not any more."""
    for name in ("LEAST", "FIRST", "MOST"):
        monkeypatch.setattr(running, name, 5)
    row = await office.made()
    stopping = asyncio.Event()

    def stop(_: UserChanged) -> None:
        if len(office.users()) >= 5:
            stopping.set()

    unfollow = office.bus.follow(UserChanged, stop)
    office.people(*range(40))
    first = await office.imports.run(SYSTEM, row.id)
    await stopping.wait()
    await office.imports.stop()
    unfollow()
    assert 0 < len(office.users()) < 40
    row = await office.world.service.user_imports.update_user_import(
        SYSTEM, row.id, row.version, culture="fr"
    )
    await office.schedule.settle()
    old = office.imports.last(row.id)
    assert old is not None and (old.id, old.problem) == (first.id, RunProblem.CHANGED)
    await office.imports.start()
    run = await office.until(row, RunState.DONE)
    assert run.id != first.id and len(office.users()) == 40


async def test_and_one_that_is_deleted_meanwhile_is_not(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LEAST", "FIRST", "MOST"):
        monkeypatch.setattr(running, name, 5)
    row = await office.made()
    stopping = asyncio.Event()
    unfollow = office.bus.follow(UserChanged, lambda _: stopping.set())
    office.people(*range(40))
    first = await office.imports.run(SYSTEM, row.id)
    await stopping.wait()
    await office.imports.stop()
    unfollow()
    imports = office.world.service.user_imports
    row = await imports.update_user_import(SYSTEM, row.id, row.version, culture="fr")
    await office.schedule.settle()
    await imports.delete_user_import(SYSTEM, row.id, row.version)
    await office.imports.start()
    await office.schedule.settle()
    last = office.imports.last(row.id)
    assert last is None or last.id == first.id


async def test_a_deleted_import_leaves_its_users_to_another(office: Office) -> None:
    row = await office.made()
    await office.run(row, 1, 2)
    await office.world.service.user_imports.delete_user_import(SYSTEM, row.id, row.version)
    assert set(office.users()) == {"u1", "u2"} and office.imports.last(row.id) is None
    assert row.directory not in office.world.registry.directories
    other = await office.made()
    run = await office.run(other, 1, 2)
    assert run.report.counts == Counts(updated=2)
    assert {line.why for line in run.report.lines} == {Reason.ADOPTED}
    assert len(office.world.registry.devices) == 3  # alice's, and theirs


async def test_the_timetable_begins_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 6, 1, 0, 30, tzinfo=UTC)  # 02:30 in Paris
    waits: list[float] = []
    when_due = office.schedule.when_due

    def noted(name: str, wait: float, *args: object, **more: object) -> None:
        if name == on_time.DUE:
            waits.append(wait)
        when_due(name, wait, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(office.schedule, "when_due", noted)
    office.clock = lambda: now
    office.imports = office.another()
    await office.imports.start()
    row = await office.made(schedule=SyncSchedule.DAILY, hour="03:00")
    assert waits[-1] == 1800.0  # never at once: it is tried out first
    update = office.world.service.user_imports.update_user_import
    row = await update(SYSTEM, row.id, row.version, schedule=SyncSchedule.INTERVAL, minutes=10)
    assert waits[-1] == 600.0
    now += timedelta(minutes=10)
    office.people(1)
    office.imports._on_time.look()
    run: Run = await office.until(row, RunState.DONE)
    assert run.by is None and set(office.users()) == {"u1"}
    async with office.world.storage.reading() as reader:
        query = select(func.count()).where(audit.c.actor == "import of users, the timetable")
        assert (await reader.execute(query)).scalar_one() == 2


async def test_a_stranger_has_no_imports(office: Office) -> None:
    row = await office.made()
    user = office.place.user
    for ask in (office.imports.run, office.imports.try_out, office.imports.approve):
        with pytest.raises(NotAllowed):
            await ask(user, row.id)
    stranger = type(user)(label="stranger", companies=frozenset())
    for say in (office.imports.run, office.imports.cancel, office.imports.list_runs):
        with pytest.raises(NotFound):
            await say(stranger, row.id)


async def test_what_a_restart_finds_of_users(office: Office) -> None:
    """Whom an import disabled is known as such after a restart."""
    row = await office.made(ImportMode.DISABLE)
    await office.run(row, *range(8))
    await office.run(row, *range(1, 8))
    async with office.world.storage.reading() as reader:
        users = await store.users.all(reader)
    assert {u.username for u in users if u.missing and not u.enabled} == {"u0"}
