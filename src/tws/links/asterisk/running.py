"""Commands of several steps: generators that wait for states which last, never for messages.

A procedure yields `Until(condition)`; the runner asks again after every message and timer. It
never changes call state: that follows what Asterisk reports. One procedure at a time for each
call; the others wait their turn. A procedure that cannot go on raises `Refusal`; what it moved is
put back by `undoing.py` before that is told.
"""

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from tws.telephony.commands import CommandId
from tws.telephony.event_reports import NO_ANSWER, CommandDone, CommandRefused, Outcome

STEP = 5.0
"Seconds that a state may take to come."


class Refusal(Exception):
    """`cause`: an ECMA-269 error."""

    def __init__(self, cause: str, detail: str | None = None) -> None:
        super().__init__(cause)
        self.cause, self.detail = cause, detail


class Late(Refusal):
    """A state did not come in time."""

    def __init__(self, detail: str) -> None:
        super().__init__(NO_ANSWER, detail)


@dataclass(frozen=True, slots=True)
class Until:
    """Go on when `ready`; `Late` is raised in the procedure after `seconds`."""

    ready: Callable[[], bool]
    what: str
    seconds: float = STEP


@dataclass(frozen=True, slots=True)
class Later:
    """A result that is known only once the calls have been compared again."""

    value: Callable[[], object]


Procedure = Generator[Until, None, object]
Steps = Generator[Until, None, None]


def attempt(steps: Steps) -> Steps:
    """As far as they go: for undoing, where a refusal changes nothing about the answer."""
    try:
        yield from steps
    except Refusal:
        return


@dataclass(slots=True)
class Job:
    """A procedure with what it reserves."""

    command: CommandId
    begin: Callable[[], Procedure]
    calls: frozenset[str]
    "Ids of the calls that no other procedure may touch meanwhile."
    steps: Procedure | None = None
    until: Until | None = None
    deadline: float = 0.0
    done: Callable[[], None] | None = None


@dataclass(slots=True)
class Runner:
    """The procedures of one link: each command id ends exactly once."""

    finished: Callable[[Job], bool]
    "Compares what an ended job moved; False: some of it is still on its way, ask again."
    _running: list[Job] = field(default_factory=list)
    _waiting: deque[Job] = field(default_factory=deque)
    _ended: list[tuple[Job, object]] = field(default_factory=list)

    def add(self, job: Job, now: float) -> None:
        job.deadline = now + 2 * STEP
        self._waiting.append(job)

    def look(self, now: float) -> list[Outcome]:
        """Let everything go on that can; the outcomes of what ended."""
        outcomes: list[Outcome] = []
        going = True
        while going:
            going = self._start(now)
            for job in tuple(self._running):
                going |= self._go_on(job, now)
            for job, result in tuple(self._ended):
                if self.finished(job):
                    self._ended.remove((job, result))
                    outcomes.append(self._outcome(job, result))
                    going = True  # another may have waited for its calls
        return outcomes

    def timer(self) -> float | None:
        return min((job.deadline for job in (*self._running, *self._waiting)), default=None)

    def stop(self, cause: str) -> list[Outcome]:
        """End them all: nobody is there to answer."""
        outcomes: list[Outcome] = []
        for job in (*self._running, *self._waiting):
            if job.steps is not None:
                job.steps.close()
            outcomes.append(CommandRefused(job.command, cause))
        outcomes += [self._outcome(job, result) for job, result in self._ended]
        self._running.clear()
        self._waiting.clear()
        self._ended.clear()
        return outcomes

    # ------------------------------------------------------------ one job

    def _start(self, now: float) -> bool:
        under_way = (*self._running, *(job for job, _ in self._ended))
        taken = {call for job in under_way for call in job.calls}
        started = False
        for job in tuple(self._waiting):
            if taken.isdisjoint(job.calls):
                self._waiting.remove(job)
                self._running.append(job)
                taken |= job.calls
                job.steps = job.begin()
                self._step(job, now, None)
                started = True
            elif now >= job.deadline:
                self._waiting.remove(job)
                self._ended.append((job, Refusal("resourceBusy", "another command is under way")))
            else:
                taken |= job.calls  # in turn
        return started

    def _go_on(self, job: Job, now: float) -> bool:
        if job not in self._running or job.until is None:
            return False
        if job.until.ready():
            self._step(job, now, None)
        elif now >= job.deadline:
            self._step(job, now, Late(f"no answer in time: {job.until.what}"))
        else:
            return False
        return True

    def _step(self, job: Job, now: float, problem: Refusal | None) -> None:
        """One step, and those after it whose state is already there."""
        assert job.steps is not None
        try:
            job.until = job.steps.throw(problem) if problem else next(job.steps)
            while job.until.ready():
                job.until = next(job.steps)
        except StopIteration as stop:
            self._end(job, stop.value)
        except Refusal as refusal:
            self._end(job, refusal)
        else:
            job.deadline = now + job.until.seconds

    def _end(self, job: Job, result: object) -> None:
        self._running.remove(job)
        job.until = None
        self._ended.append((job, result))

    def _outcome(self, job: Job, result: object) -> Outcome:
        if isinstance(result, Later):
            result = result.value()
        if job.done is not None:
            job.done()
        if isinstance(result, Refusal):
            return CommandRefused(job.command, result.cause, result.detail)
        return CommandDone(job.command, result)
