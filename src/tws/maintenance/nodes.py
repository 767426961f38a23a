"""The nodes of one server: who is there, who does what, and how far behind each one is (10.4)."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any, Protocol

from msgspec import Struct

from tws.organisation.actor import Actor
from tws.organisation.permission import super_users_only
from tws.organisation.registry import Registry
from tws.telephony.holding import Holding
from tws.telephony.model import LinkId


class NodeInfo(Struct, frozen=True, kw_only=True):
    """What a node says of itself."""

    name: str
    version: str
    started: datetime
    works: bool
    "It does what is done once for all."
    links: tuple[LinkId, ...]
    "Those that it holds."
    pages: int
    "Live streams open at it."
    database: bool
    "Whether its database answers."
    heard: Mapping[str, int] = {}
    "Of each other node, the number of the last news heard."
    told: int = 0
    "Of its own."


class Asked(Struct, frozen=True, kw_only=True):
    """A request of HTTP that another node answers, as it came in."""

    method: str
    scheme: str
    path: str
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    client: str
    body: bytes


class Answered(Struct, frozen=True, kw_only=True):
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class NotReached(Exception):
    """A node that was asked does not answer."""


class Seen(Protocol):
    """The nodes, by whoever looks at them."""

    @property
    def name(self) -> str:
        """Of the node that looks."""

    @property
    def worker(self) -> str | None:
        """The node that does what is done once for all; None: none, or nobody knows."""

    @property
    def nodes(self) -> Sequence[str]: ...

    @property
    def owners(self) -> Mapping[LinkId, str]:
        """Link -> the node that holds it."""

    @property
    def reached(self) -> bool:
        """Whether others can be heard now."""

    async def info(self, node: str) -> NodeInfo:
        """NotReached."""


class Nodes(Seen, Protocol):
    """Seen from one of them."""

    @property
    def links(self) -> Holding:
        """Which links are this one's."""

    @property
    def works(self) -> bool:
        """Whether what is done once for all is done here."""

    @property
    def missed(self) -> int:
        """How often news of another node were not heard, and memory was read again."""

    async def ask(self, node: str, asked: Asked) -> Answered:
        """NotReached."""

    async def withdraw(self) -> None:
        """Others are to have what this one holds: before it lets go of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What a node asks of its house. `let_go` writes what is to be written of a link before
    another node has it, and `takes_changes` says whether the database does, where that one writes
    whose the link is; `begin_work` and `leave_work`: of the parts that one node has; `reread`
    makes memory true again where news were missed; `info` says how this one is, but for what its
    links and news are; `end` stops the server: another process is this node by now."""

    let_go: Callable[[LinkId], Awaitable[None]]
    takes_changes: Callable[[], Awaitable[bool]]
    begin_work: Callable[[], Coroutine[Any, Any, None]]
    leave_work: Callable[[], Awaitable[None]]
    reread: Callable[[], Coroutine[Any, Any, None]]
    info: Callable[[], Awaitable[NodeInfo]]
    answer: Callable[[Asked], Awaitable[Answered]]
    end: Callable[[], None]
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeStanding:
    name: str
    here: bool
    "The one that was asked."
    info: NodeInfo | None
    "None: it did not answer."
    seconds: float | None
    "Until it answered."
    behind: int | None
    "News of other nodes that it has not heard yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`reached`: whether the nodes can hear each other; `owners`: link -> node, as they have
    agreed, whatever each says of itself; `unheld`: links that no node holds."""

    reached: bool
    nodes: tuple[NodeStanding, ...]
    owners: Mapping[LinkId, str]
    unheld: tuple[LinkId, ...]


class NodesService:
    """`of`: the nodes, once this process is one of several."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.of: Nodes | None = None
        self.application: Callable[[Asked], Awaitable[Answered]] | None = None
        "Who answers what another node was asked; None: nobody is served yet."
        self._wrong: dict[str, datetime] = {}

    async def standing(self, actor: Actor) -> Standing | None:
        """For super users; None: this is the only one."""
        super_users_only(actor)
        return None if self.of is None else await looked_at(self.of, self._registry.links)

    def wrong_since(self, wrong: Collection[str], now: datetime) -> Mapping[str, datetime]:
        """When each of these was first seen wrong; what is not among them is well."""
        self._wrong = {what: self._wrong.get(what, now) for what in wrong}
        return self._wrong


async def looked_at(nodes: Seen, links: Mapping[str, object]) -> Standing:
    """Each is asked how it is; a node that is there and silent is shown as such."""
    names = nodes.nodes
    asked = await asyncio.gather(*(_asked(nodes, name) for name in names))
    told = {info.name: info.told for info, _ in asked if info is not None}
    return Standing(
        reached=nodes.reached,
        nodes=tuple(
            NodeStanding(
                name=name,
                here=name == nodes.name,
                info=info,
                seconds=seconds,
                behind=None if info is None else _behind(info, told),
            )
            for name, (info, seconds) in zip(names, asked, strict=True)
        ),
        owners=nodes.owners,
        unheld=tuple(LinkId(link) for link in links if LinkId(link) not in nodes.owners),
    )


async def _asked(nodes: Seen, name: str) -> tuple[NodeInfo | None, float | None]:
    began = monotonic()  # the loop's own clock may stand still for a millisecond
    try:
        info = await nodes.info(name)
    except NotReached:
        return None, None
    return info, monotonic() - began


def _behind(info: NodeInfo, told: Mapping[str, int]) -> int:
    return sum(behind_each(info, told).values())


def behind_each(info: NodeInfo, told: Mapping[str, int]) -> dict[str, int]:
    """Of each other node, what it had told when it was asked, and that one has not heard; what
    came after counts for nobody."""
    return {
        node: max(0, upto - info.heard.get(node, 0))
        for node, upto in told.items()
        if node != info.name
    }
