"""Who looks at the nodes and is none of them: the command line."""

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence

from tws.cluster.between import Between
from tws.cluster.leases import LASTS, duties, nodes_there
from tws.cluster.links import holders_of_links
from tws.cluster.nats import NatsBoard, connected
from tws.cluster.node import WORK
from tws.maintenance.nodes import Answered, Asked, NodeInfo, NotReached


class Onlooker:
    """A `maintenance.nodes.Seen`, as the board was when it was looked at."""

    name = ""
    reached = True

    def __init__(self, between: Between, entries: Mapping[str, str]) -> None:
        self._between, held = between, duties(entries)
        self.nodes: Sequence[str] = nodes_there(entries)
        self.worker = held.get(WORK)
        self.owners = holders_of_links(held)

    async def info(self, node: str) -> NodeInfo:
        return await self._between.info(node)


@contextlib.asynccontextmanager
async def looking(servers: Sequence[str]) -> AsyncIterator[Onlooker]:
    """Unreachable."""

    async def nothing(*_: object) -> NodeInfo:
        raise NotReached("this is no node")

    async def nobody(_: Asked) -> Answered:
        raise NotReached("this is no node")

    async with connected(servers, "onlooker") as client:
        entries = await NatsBoard(client, LASTS).entries()
        yield Onlooker(Between(client, "", info=nothing, answer=nobody), entries)
