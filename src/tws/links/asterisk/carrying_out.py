"""From a command to its outcome: told again, refused, done at once, or done by a procedure."""

from collections.abc import Callable
from functools import partial
from typing import Any

from tws.links.asterisk.features import read_again
from tws.links.asterisk.line import Line
from tws.links.asterisk.operations import PROCEDURES
from tws.links.asterisk.outcomes import Outcomes
from tws.links.asterisk.running import Job, Procedure, Runner
from tws.links.asterisk.service import Service
from tws.links.asterisk.settings import Settings
from tws.links.asterisk.snapshot import snapshot
from tws.links.asterisk.task import Originated, Task
from tws.links.asterisk.undoing import undoing
from tws.links.asterisk.watch import Watch
from tws.telephony.commands import (
    Command,
    CommandId,
    MonitorStart,
    MonitorStop,
    SnapshotDevice,
)
from tws.telephony.event_reports import (
    LINK_DOWN,
    NOT_SUPPORTED,
    CommandDone,
    CommandRefused,
    Event,
    Outcome,
)
from tws.telephony.model import CallId, ConnectionId, DeviceId

NAMES = ("connection", "existing", "active", "held", "ringing")
"Fields of commands that name a connection."


class CarryingOut:
    """The commands of one link. `tell` takes events and outcomes, in one order."""

    def __init__(
        self,
        settings: Settings,
        watch: Watch,
        line: Line,
        service: Service,
        tell: Callable[[Event], None],
        new_id: Callable[[], CallId],
    ) -> None:
        self.settings, self.watch, self.line = settings, watch, line
        self.service, self.tell, self.new_id = service, tell, new_id
        self.originated = Originated()
        self._outcomes = Outcomes()
        self._runner = Runner(self._finished)
        self._tasks: dict[CommandId, Task] = {}
        self._now = 0.0
        self._own = 0

    def timer(self) -> float | None:
        return self._runner.timer()

    def send(
        self, command: Command[Any], now: float, offered: frozenset[type[Command[Any]]] | None
    ) -> None:
        """`offered`: the kinds that can be carried out; None while the link is down."""
        if not self._outcomes.open(command.id):  # its outcome will come once, or has come
            if (known := self._outcomes.known(command.id)) is not None:
                self.tell(known)
        elif offered is None:
            self._end(CommandRefused(command.id, LINK_DOWN))
        elif type(command) not in offered:
            self._end(CommandRefused(command.id, NOT_SUPPORTED))
        else:
            self._begin(command, now)

    def _begin(self, command: Command[Any], now: float) -> None:
        match command:
            case MonitorStart(device=device):
                self.watch.monitored.add(device)
                self._end(CommandDone(command.id))
                self.service.say(device)
            case MonitorStop(device=device):
                self.watch.monitored.discard(device)
                self._end(CommandDone(command.id))
            case SnapshotDevice(device=device):
                shown = snapshot(self.watch.projector, device)
                self._end(CommandDone(command.id, shown))
            case _:
                begin = partial(_begin, PROCEDURES[type(command)], command)
                self._run(command.id, _calls(command), begin, now)

    def _end(self, outcome: Outcome) -> None:
        if self._outcomes.end(outcome):
            self.tell(outcome)

    def read_again(self, device: DeviceId, what: str, now: float) -> None:
        """Of our own accord: a phone changed its own settings."""
        self._own += 1
        command = CommandId(f"\0{self._own}")
        self._run(command, frozenset(), lambda task: read_again(task, device, what), now)

    def look(self, now: float) -> None:
        """Go on with every command that can."""
        self._now = now
        for outcome in self._runner.look(now):
            self._end(outcome)

    def stop(self) -> None:
        """End them all: nobody is there to answer."""
        for outcome in self._runner.stop(LINK_DOWN):
            self._end(outcome)
        for task in self._tasks.values():
            task.close()
        self._tasks.clear()

    def _run(
        self,
        command: CommandId,
        calls: frozenset[str],
        begin: Callable[[Task], Procedure],
        now: float,
    ) -> None:
        task = self._tasks[command] = Task(
            self.watch,
            self.line,
            self.settings,
            self.originated,
            self.tell,
            self.new_id(),
        )
        self._runner.add(Job(command, partial(undoing, begin, task), calls, done=task.close), now)

    def _finished(self, job: Job) -> bool:
        """What a command moved is compared before its outcome is given."""
        task = self._tasks[job.command]
        task.thaw()
        for event in self.watch.look(self._now):
            self.tell(event)
        if self.watch.pending(task.moved):
            return False
        del self._tasks[job.command]
        return True


def _calls(command: Command[Any]) -> frozenset[str]:
    """The calls that a command names: no other command may move them meanwhile."""
    named = (getattr(command, name, None) for name in NAMES)
    return frozenset(c.call for c in named if isinstance(c, ConnectionId))


def _begin(
    procedure: Callable[[Task, Any], Procedure], command: Command[Any], task: Task
) -> Procedure:
    return procedure(task, command)
