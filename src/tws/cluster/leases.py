"""Who of the nodes does what: each duty (a link, what is done once for all) has one holder.

A node writes its own name and its duties on the board, again and again; who writes no more loses
both when they fade. Of what nobody holds each takes its share. That nobody does what another
does already is not promised by this: an owner that slept writes what its epoch allows (see
`organisation.links.own_link`), which is nothing.
"""

import asyncio
import math
import secrets
from collections.abc import Callable, Mapping

import structlog

from tws.cluster.board import Board, BoardError, NameInUse, Taken, Unreachable
from tws.schedule import Schedule

RENEWED_EVERY = 1.0
LASTS = 3.0
"Seconds; the second is how long a node may be silent before others take what it held."
EVEN_AFTER = 10
"""Looks at a board that is uneven, before who has too much gives one duty up: a node may only be
passing."""
LOOKS = 3
"At an entry that is not there, and cannot be made either."
JOB = "hold duties"
_NODE, _DUTY = "node.", "duty."
log = structlog.get_logger(__name__)


class Leases:
    def __init__(
        self,
        board: Board,
        node: str,
        schedule: Schedule,
        *,
        taken: Callable[[str], None],
        leave: Callable[[str], None],
        offer: Callable[[str], None],
        displaced: Callable[[], None],
    ) -> None:
        """`node`: a name like no other's; `taken` is told which duty is this node's, `leave` of
        which it must let go: it calls `release` once it has; `offer` of which it should, since
        another has less: it lets go, or calls `keep`; `displaced`: another process has the name
        now. They take no time."""
        self._board, self._node, self._schedule = board, node, schedule
        self._me = f"{node} {secrets.token_hex(8)}"
        "On the board: another process of the same name is another one."
        self._withdrawn = False
        self._taken, self._leave, self._offer, self._displaced = taken, leave, offer, displaced
        self._wanted: dict[str, None] = {}
        self._revisions: dict[str, int] = {}
        "Of what this node has written last, by key."
        self._leaving: set[str] = set()
        self._uneven = 0
        self._looked = False
        self._patient_until = 0.0
        self.holders: Mapping[str, str] = {}
        "Duty -> node, as it was last seen on the board."
        self.nodes: tuple[str, ...] = ()
        "Those that are there."
        self._willing = 1
        "How many of them take links."
        self.reached = False
        "Whether the board could be asked the last time."

    @property
    def held(self) -> frozenset[str]:
        return frozenset(
            key.removeprefix(_DUTY) for key in self._revisions if key.startswith(_DUTY)
        )

    def want(self, duty: str) -> None:
        """There is this to be done, by this node or another."""
        self._wanted[duty] = None

    async def no_more(self, duty: str) -> None:
        """Nobody has to do it any more."""
        self._wanted.pop(duty, None)
        await self.release(duty)

    async def release(self, duty: str) -> None:
        """It is done here no more; whoever has less may take it."""
        self._leaving.discard(duty)
        await self._give_back(_DUTY + duty)

    def keep(self, duty: str) -> None:
        """It was offered, and cannot be given now."""
        self._leaving.discard(duty)

    def forget(self, duty: str) -> None:
        """Somebody else has it, whatever the board says."""
        self._leaving.discard(duty)
        self._revisions.pop(_DUTY + duty, None)

    async def take_name(self) -> None:
        """Before anything is told or answered under it. Unreachable; NameInUse where another
        process is this node, for longer than what a dead one leaves takes to fade."""
        deadline = asyncio.get_running_loop().time() + 2 * LASTS
        while not await self._named_here():
            if asyncio.get_running_loop().time() > deadline:
                raise NameInUse(f"another node is called {self._node}: TWS_NODE names this one")
            await asyncio.sleep(RENEWED_EVERY / 4)

    async def start(self) -> None:
        """Look at once, then again and again; once the name is taken. Unreachable: nothing is
        known yet."""
        await self.look()
        self._schedule.every(JOB, RENEWED_EVERY, self.look)

    async def _named_here(self) -> bool:
        try:
            self._revisions[_NODE + self._node] = await self._board.create(
                _NODE + self._node, self._written(_NODE)
            )
        except Taken:
            return False
        return True

    async def withdraw(self) -> None:
        """Take nothing more, and let others count on having it: before what is held is let go."""
        self._withdrawn = True
        await self._give_back(_NODE + self._node)

    async def stop(self) -> None:
        """Let others go on at once."""
        await self._schedule.end(JOB)
        for key in tuple(self._revisions):
            await self._give_back(key)

    async def look(self) -> None:
        """Hold on to what is held, and take one's share of what nobody holds.

        While the board is away everything stays as it is: two holders of a duty harm less than
        none, and the second one is told apart by its epoch.
        """
        try:
            node = () if self._withdrawn else (_NODE + self._node,)
            duties_held = (_DUTY + duty for duty in sorted(self.held))
            await asyncio.gather(*(self._hold(key) for key in (*node, *duties_held)))
            entries = await self._board.entries()
        except Unreachable as error:
            if self.reached:
                log.warning("other nodes cannot be asked", error=str(error))
            self.reached = False
            return
        now = asyncio.get_running_loop().time()
        if not self.reached:
            # Whoever held something before the board was away has it still, and will say so.
            self._patient_until = now + (LASTS if self._looked else 0.0)
        self.reached = self._looked = True
        self.nodes = nodes_there(entries)
        self.holders = duties(entries)
        self._willing = max(1, _willing(entries))
        if now >= self._patient_until and not self._withdrawn:
            await self._take_share()
        self._even_out()

    async def _hold(self, key: str) -> None:
        known = self._revisions.get(key)
        try:
            if known is None:
                self._revisions[key] = await self._board.create(key, self._written(key))
            else:
                self._revisions[key] = await self._board.renew(key, self._written(key), known)
        except Taken:
            if known is not None:
                await self._hold_again(key)

    async def _hold_again(self, key: str) -> None:
        """It faded while this node slept, or the board did: somebody may have it by now. Or this
        node wrote it itself, and was not answered."""
        for _ in range(LOOKS):
            there = await self._board.entry(key)
            if there is not None:
                if there[0].startswith(self._me):
                    self._revisions[key] = there[1]
                    return
                break
            try:
                self._revisions[key] = await self._board.create(key, self._written(key))
                return
            except Taken:
                continue  # by whom? What was read may be older than that
        self._revisions.pop(key, None)
        if key.startswith(_DUTY):
            log.warning("duty lost", duty=key.removeprefix(_DUTY))
            self._leave(key.removeprefix(_DUTY))
        else:
            # Others take what both tell for one node's: nothing of it would be understood.
            log.error("another process is this node now: TWS_NODE names each")
            self._withdrawn = True
            self._displaced()

    def _written(self, key: str) -> str:
        """Of a node: whether it takes links."""
        return f"{self._me} {int(len(self._wanted) > 1)}" if key.startswith(_NODE) else self._me

    async def _take_share(self) -> None:
        free = [duty for duty in self._wanted if duty not in self.holders]
        for duty in free[: max(0, self._share - len(self.held))]:
            key = _DUTY + duty
            try:
                self._revisions[key] = await self._board.create(key, self._me)
            except BoardError:
                continue
            log.info("duty taken", duty=duty)
            self._taken(duty)

    def _even_out(self) -> None:
        """A node that came later has its share, too: one duty after the other moves."""
        uneven = len(self.held & self._wanted.keys()) > self._share and not self._leaving
        self._uneven = self._uneven + 1 if uneven else 0
        if self._uneven > EVEN_AFTER:
            self._uneven = 0
            # What was wanted last: the links, before what is done once for all.
            duty = next(duty for duty in reversed(self._wanted) if duty in self.held)
            self._leaving.add(duty)
            self._offer(duty)

    @property
    def _share(self) -> int:
        return math.ceil(len(self._wanted) / self._willing)

    async def _give_back(self, key: str) -> None:
        revision = self._revisions.pop(key, None)
        if revision is None:
            return
        try:
            await self._board.give_back(key, revision)
        except BoardError as error:
            log.warning("not given back: it fades", key=key, error=str(error))


def nodes_there(entries: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(_named(entries, _NODE)))


def duties(entries: Mapping[str, str]) -> dict[str, str]:
    """Duty -> node."""
    return _named(entries, _DUTY)


def _willing(entries: Mapping[str, str]) -> int:
    return sum(holder.endswith(" 1") for key, holder in entries.items() if key.startswith(_NODE))


def _named(entries: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        key.removeprefix(prefix): holder.partition(" ")[0]
        for key, holder in entries.items()
        if key.startswith(prefix)
    }
