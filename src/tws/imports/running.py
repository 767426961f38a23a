"""One import from its question to its end.

Nothing is changed before the source has been read to its end and all of it is planned. The plan
is then carried out in transactions so short that calls are logged in between; what one of them
meets changed meanwhile is left for the next run.
"""

import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

from msgspec.structs import replace

from tws.errors import Conflict, NotFound
from tws.imports.messages import ReadUsers
from tws.imports.model import Action, Counts, Line, Person, Reason, Report, Run, reported
from tws.imports.planning import Plan, Present, Rules, plan
from tws.organisation.actor import Actor, GroupId
from tws.organisation.groups import Groups
from tws.organisation.user_batches import UserBatches
from tws.organisation.user_changes import UserChange
from tws.sentences import Sentence, sentence
from tws.sources.guard import asks
from tws.sources.run_states import RunState
from tws.storage.uninterrupted import in_thread

ReadUsersOf = Callable[[ReadUsers, Callable[[int], None]], Awaitable[list[Person]]]
TURN = 0.08
"Seconds that a transaction should take: batches grow and shrink to it."
LEAST, FIRST, MOST = 10, 50, 500
"Users of a batch."
MEMBERS = 1_000
"Who are put into a group at once, or leave theirs."


async def planned(people: Sequence[Person], present: Present, rules: Rules) -> Plan:
    """Beside the event loop: of 20,000 people it takes a second."""
    return await in_thread(plan, people, present, rules)


def report_of(found: Plan, read: int) -> Report:
    lines = list(found.lines)
    ignored: dict[str, int] = {}
    for line in lines:
        if line.action is Action.IGNORED and line.why is not None:
            ignored[line.why.value] = ignored.get(line.why.value, 0) + 1
    return Report(
        read=read,
        counts=found.counts,
        ignored=ignored,
        lines=reported(lines),
        notes=list(found.notes),
    )


def asked_about(found: Plan, approved: int | None) -> bool:
    """Whether somebody has to say yes to what would be taken away."""
    many = asks(found.counts.known, found.taken_away, always=0)
    return many and (approved is None or found.taken_away > approved)


class Running:
    """The work on one run. `tell` hears of each step; `run` is where it stands."""

    def __init__(
        self,
        run: Run,
        *,
        batches: UserBatches,
        groups: Groups,
        actor: Actor,
        tell: Callable[[Run], None],
        keep: Callable[[Run], Awaitable[None]],
    ) -> None:
        self.run = run
        self._batches, self._groups, self._actor = batches, groups, actor
        self._tell, self._keep = tell, keep
        self._batch = FIRST
        self._lines: list[Line] = []
        self._failed: set[str] = set()
        "Users to whom nothing was done after all."

    async def read(self, source: ReadUsersOf, question: ReadUsers) -> list[Person]:
        return await source(question, self._progress)

    async def carry_out(self, found: Plan, read: int, group: GroupId | None) -> None:
        """Or ask. The run is then `asking`, or at its end, which is not told."""
        report = report_of(found, read)
        if asked_about(found, self.run.approved):
            await self._kept(replace(self.run, state=RunState.ASKING, report=report))
            return
        await self._kept(replace(self.run, state=RunState.MERGING, report=report))
        self._lines = list(found.lines)
        await self._leave(found)
        place = 0
        while changes := found.changes[place : place + self._batch]:
            await self._bring(changes, place)
            place += len(changes)
            self._told(replace(self.run, done=place))
        refused = await self._join(found, group)
        if refused or self._lines != list(found.lines):
            after = _without(found.counts, found.lines, self._lines)
            notes = (*found.notes, *refused)
            done = dataclasses.replace(found, lines=tuple(self._lines), counts=after, notes=notes)
            self._told(replace(self.run, report=report_of(done, read)))

    async def _leave(self, found: Plan) -> None:
        gone = [
            one.before for one in found.changes if one.after is None and one.before is not None
        ]
        for first in range(0, len(gone), MEMBERS):
            await self._batches.leave_groups(self._actor, gone[first : first + MEMBERS])

    async def _join(self, found: Plan, group: GroupId | None) -> list[Sentence]:
        """Why some could not be put into the group: the next run tries again."""
        joining = [user for user in found.joining if user not in self._failed]
        for first in range(0, len(joining) if group is not None else 0, MEMBERS):
            users = joining[first : first + MEMBERS]
            try:
                await self._groups.add_members(self._actor, GroupId(group or ""), users)
            except (Conflict, NotFound) as error:
                left = len(joining) - first
                return [
                    sentence("{count} are not in the group: {why}", count=left, why=error.said)
                ]
        return []

    async def _bring(self, changes: Sequence[UserChange], place: int) -> None:
        """One that clashes with what was changed since it was planned is found by halves."""
        begun = monotonic()
        try:
            await self._batches.change_users(self._actor, changes)
        except (Conflict, NotFound) as error:
            if len(changes) == 1:
                line, user = self._lines[place], changes[0].after
                self._failed.update([user.id] if user is not None else [])
                self._lines[place] = Line(
                    Action.IGNORED,
                    line.username,
                    line.called,
                    Reason.CHANGED_MEANWHILE,
                    error.said,
                )
                return
            half = len(changes) // 2
            await self._bring(changes[:half], place)
            await self._bring(changes[half:], place + half)
            return
        taken = max(monotonic() - begun, 0.001)
        self._batch = round(max(LEAST, min(len(changes) * TURN / taken, 2 * self._batch, MOST)))

    def _progress(self, read: int) -> None:
        self._told(replace(self.run, report=Report(read=read)))

    async def _kept(self, run: Run) -> None:
        await self._keep(run)
        self.run = run

    def _told(self, run: Run) -> None:
        self.run = run
        self._tell(run)


def _without(counts: Counts, planned: Sequence[Line], done: Sequence[Line]) -> Counts:
    """What came about, where some changes did not."""
    found = {action.value: getattr(counts, action.value) for action in Action}
    for before, after in zip(planned, done, strict=True):
        if before is not after:
            found[before.action.value] -= 1
            found[after.action.value] += 1
    return Counts(known=counts.known, **found)
