"""The services page (3.3.8, 10.3): the parts of the server, which of them run, and why not.

A part that was stopped stays so until it is started, or until the server starts again: whichever
node does it by then, where there are several.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import structlog

from tws.bus import Bus
from tws.errors import Conflict, missing
from tws.maintenance.part import (
    Condition,
    Part,
    PartState,
    Work,
    aliases,
    in_order,
    needed_by,
    needs_of,
)
from tws.maintenance.stopped import PartsStopped, Stopped
from tws.organisation.actor import Actor
from tws.organisation.permission import administrators_only, super_users_only
from tws.records.transactions import transaction
from tws.sentences import Sentence, sentence
from tws.storage import Storage

NOT_IN_THIS_VERSION = (
    "MediaServices",
    "ConferenceServices",
    "AppSharingRouterServices",
    "FlashServices",
    "ScriptServices",
)
"Services of the guide that have no counterpart here."
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceState:
    """A part, or a service of the guide that is not there, as the page shows it."""

    name: str
    aliases: tuple[str, ...]
    state: PartState
    why: Sentence | None
    needs: tuple[str, ...]
    "Directly or not; what starts first."
    stops_with: tuple[str, ...]
    "Parts that need it, and would be stopped first; only those that run."
    fixed: bool
    "It cannot be stopped while the server runs."


class Services:
    """`parts`: each behind what it needs. `failing`: of the schedule, by the name of a job."""

    def __init__(
        self,
        storage: Storage,
        parts: Sequence[Part],
        failing: Callable[[], Mapping[str, str]],
    ) -> None:
        if not in_order(parts):
            raise ValueError("a part stands before what it needs")
        self._storage, self._parts, self._failing = storage, tuple(parts), failing
        self._by_name = {part.name: part for part in parts}
        self._fell: dict[str, Sentence] = {}
        "Why one could not be started, or stopped."
        self._conditions: dict[str, Condition] = {}
        self._changing = asyncio.Lock()
        self._works: Callable[[], bool] = lambda: True
        self._worker: Callable[[], str | None] = lambda: None
        self._several = False
        self._stopped = Stopped()
        self._working = False
        "Whether this one of several nodes has begun what is done once for all."

    def shared(self, works: Callable[[], bool], worker: Callable[[], str | None]) -> None:
        """This is one of several nodes: whether it does now what is done once for all, and which
        one does."""
        self._works, self._worker, self._several = works, worker, True

    def tell(self, bus: Bus) -> None:
        """Other nodes, what is stopped here; and do as they tell."""
        self._stopped.share(bus)
        bus.act(PartsStopped, self._as_told, key=lambda _: None, keep=True, everywhere=True)

    @property
    def once(self) -> tuple[str, ...]:
        """The parts that one of several nodes does for all."""
        return tuple(part.name for part in self._parts if part.once)

    def add(self, *parts: Part) -> None:
        """Parts that look at the others, and so are made after them."""
        if not in_order((*self._parts, *parts)):
            raise ValueError("a part stands before what it needs")
        self._parts += parts
        self._by_name |= {part.name: part for part in parts}

    # ---------------------------------------------------------------- looking

    async def list_services(self, actor: Actor) -> list[ServiceState]:
        """For administrators: what does not run as it should first."""
        administrators_only(actor)
        conditions = await self.look()
        found = [self._shown(part, conditions[part.name]) for part in self._parts]
        found += [_absent(service) for service in NOT_IN_THIS_VERSION]
        order = (
            PartState.FAILED,
            PartState.STOPPED,
            PartState.RUNNING,
            PartState.ELSEWHERE,
            PartState.ABSENT,
        )
        return sorted(found, key=lambda one: order.index(one.state))

    async def look(self) -> Mapping[str, Condition]:
        """How each part does now."""
        self._conditions = {part.name: await self._condition(part) for part in self._parts}
        return self._conditions

    def running(self) -> Iterator[tuple[str, bool]]:
        """As each was when somebody looked last; but for those that another node does."""
        for part in self._parts:
            if part.once and not self._works():
                continue
            condition = self._conditions.get(part.name)
            yield part.name, condition is not None and condition.state is PartState.RUNNING

    async def _condition(self, part: Part) -> Condition:
        if part.once and not self._works():
            if part.name in self._stopped:
                return Condition(PartState.STOPPED)
            return Condition(PartState.ELSEWHERE, _done_by(self._worker()))
        if (why := self._fell.get(part.name)) is not None:
            return Condition(PartState.FAILED, why)
        if not part.runs():
            return Condition(PartState.STOPPED)
        others = {job for one in self._parts if one is not part for job in one.jobs}
        for job, error in self._failing().items():
            if job in part.jobs or (part.rest and job not in others):
                why = sentence(
                    "The job “{job}” failed by an error inside TWS ({error}): its log says more.",
                    job=job,
                    error=error,
                )
                return Condition(PartState.FAILED, why)
        if (why := await part.trouble()) is not None:
            return Condition(PartState.FAILED, why)
        return Condition(PartState.RUNNING)

    def _shown(self, part: Part, condition: Condition) -> ServiceState:
        behind = needed_by(self._parts, part.name)
        return ServiceState(
            name=part.name,
            aliases=part.aliases,
            state=condition.state,
            why=condition.why,
            needs=tuple(needs_of(self._parts, part.name)),
            stops_with=tuple(each for each in behind if self._by_name[each].runs()),
            fixed=self._fixed(part) is not None,
        )

    def _fixed(self, part: Part) -> Part | None:
        """Itself, or what needs it, if that cannot be stopped."""
        for name in (part.name, *needed_by(self._parts, part.name)):
            if self._by_name[name].stop is None:
                return self._by_name[name]
        return None

    # ---------------------------------------------------------------- changing

    async def start(self, actor: Actor, name: str) -> list[str]:
        """Start a part, by its name or one of the guide's; what it needs first. What was started,
        in order; Conflict where one does not start."""
        part = self._known(actor, name)
        async with self._changing:
            names = [one.name for one in self._missing([part.name])]
            await self._audit(actor, "service started", part, names)
            await self._start(names)
            return names

    async def stop(self, actor: Actor, name: str) -> list[str]:
        """Stop a part; what needs it first. What was stopped, in order; Conflict where one cannot
        be."""
        part = self._known(actor, name)
        async with self._changing:
            names = self._stopping(part)
            await self._audit(actor, "service stopped", part, names)
            await self._stop(names)
            return names

    async def restart(self, actor: Actor, name: str) -> tuple[list[str], list[str]]:
        """Stop it with what needs it, and start these again: what was stopped, and started. One
        that does not run is started."""
        part = self._known(actor, name)
        async with self._changing:
            stopped = self._stopping(part)
            await self._audit(actor, "service restarted", part, stopped)
            await self._stop(stopped)
            started = [one.name for one in self._missing([part.name, *stopped])]
            await self._start(started)
            return stopped, started

    async def begin(self, *, but: str) -> None:
        """Start the parts with the server, in the order of the list, `but` that one, and what
        another node does; whatever a part raises."""
        async with self._changing:
            for part in self._parts:
                if part.name != but and not (part.once and self._several):
                    await part.start()

    async def begin_work(self) -> None:
        """This node does from now on what one does for all."""
        async with self._changing:
            self._working = True
            for part in self._parts:
                if part.once:  # it may go now what did not when this node did it before
                    self._fell.pop(part.name, None)
            await self._do_all()

    async def leave_work(self) -> None:
        """Another node will."""
        async with self._changing:
            self._working = False
            await self._end_all(self.once)

    async def _as_told(self, _: PartsStopped) -> None:
        """What was ordered at the node that did this before may be heard after it was begun."""
        async with self._changing:
            if not self._working:
                return
            await self._end_all([name for name in self.once if name in self._stopped])
            await self._do_all()

    async def _end_all(self, names: Sequence[str]) -> None:
        """Those of what is done once for all."""
        for part in reversed(self._parts):
            if part.once and part.name in names and part.stop is not None and part.runs():
                await self._do(part.name, part.stop)

    async def _do_all(self) -> None:
        """Of what is done once for all, but what was stopped."""
        for part in self._parts:
            wanted = part.once and not part.runs() and part.name not in self._fell
            if wanted and not any(
                name in self._stopped for name in (part.name, *needs_of(self._parts, part.name))
            ):
                await self._do(part.name, part.start)

    async def try_to_begin(self, name: str) -> None:
        """Start a part, without which the server goes on: it is shown as failed."""
        async with self._changing:
            if not self._by_name[name].runs():
                await self._do(name, self._by_name[name].start)

    def _known(self, actor: Actor, name: str) -> Part:
        super_users_only(actor)
        for part in self._parts:
            if name == part.name or name in part.aliases:
                if part.once and not self._works():
                    raise Conflict(
                        f"{part.name} is done by another node of this server: ask that one.",
                        why="serviceElsewhere",
                        parameters={"service": part.name},
                    )
                return part
        if any(name in aliases([service]) for service in NOT_IN_THIS_VERSION):
            raise Conflict(
                f"{name} is not in this version of TWS.",
                why="serviceAbsent",
                parameters={"service": name},
            )
        raise missing("service")

    def _missing(self, names: Sequence[str]) -> list[Part]:
        """What has to be started that these run."""
        wanted = {*names, *(need for name in names for need in needs_of(self._parts, name))}
        return [
            part
            for part in self._parts
            if part.name in wanted
            and (self._works() or not part.once)
            and (part.name in self._fell or not part.runs())
        ]

    def _stopping(self, part: Part) -> list[str]:
        if (fixed := self._fixed(part)) is not None:
            own = fixed is part
            raise Conflict(
                f"{part.name} cannot be stopped while the server runs"
                + (": stop the server." if own else f": {fixed.name} needs it."),
                why="serviceFixed" if own else "serviceNeeded",
                parameters={"service": part.name, "by": fixed.name},
            )
        names = {part.name, *needed_by(self._parts, part.name)}
        behind = [one for one in reversed(self._parts) if one.name in names]
        return [one.name for one in behind if one.runs() or one.name in self._fell]

    async def _audit(self, actor: Actor, action: str, part: Part, names: Sequence[str]) -> None:
        """Before it is done: what cannot be written down is not done."""
        async with transaction(self._storage) as tx:
            told = {"name": part.name, "parts": list(names)}
            await tx.audit(actor, action, part.name, None, told, company=None)

    async def _start(self, names: Sequence[str]) -> None:
        self._stopped.remove(self._once_of(names))
        for name in names:
            if (why := await self._do(name, self._by_name[name].start)) is not None:
                raise Conflict(
                    f"{name} did not start: {why}",
                    why="serviceNotStarted",
                    parameters={"service": name, "said": why},
                )

    async def _stop(self, names: Sequence[str]) -> None:
        self._stopped.add(self._once_of(names))
        for name in names:
            stop = self._by_name[name].stop
            if stop is not None and (why := await self._do(name, stop)) is not None:
                raise Conflict(
                    f"{name} did not stop: {why}",
                    why="serviceNotStopped",
                    parameters={"service": name, "said": why},
                )

    def _once_of(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if self._by_name[name].once]

    async def _do(self, name: str, work: Work) -> Sentence | None:
        """Why it failed: that is logged, and kept until it is tried again."""
        self._fell.pop(name, None)
        task = asyncio.create_task(work())
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:  # the server stops
            task.cancel()
            await asyncio.wait([task])
            raise
        if task.cancelled() or (error := task.exception()) is None:
            return None
        log.error("part failed", part=name, exc_info=error)
        self._fell[name] = sentence(
            "An error inside TWS ({error}): its log says more.", error=type(error).__name__
        )
        return self._fell[name]


def _done_by(node: str | None) -> Sentence:
    if node is None:
        return sentence("No node does it now: one will in a moment.")
    return sentence("The node {node} does it.", node=node)


def _absent(service: str) -> ServiceState:
    return ServiceState(
        name=service,
        aliases=aliases([service]),
        state=PartState.ABSENT,
        why=sentence("This version of TWS does not have it."),
        needs=(),
        stops_with=(),
        fixed=True,
    )
