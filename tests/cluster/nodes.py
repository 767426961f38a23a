"""One server of several nodes: real processes, one PostgreSQL, one NATS, one PBX."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from tests.end_to_end.site import Seat, Site
from tests.peers.answering import CERTIFICATE
from tests.peers.nats import Nats
from tests.peers.postgresql import Server
from tests.running import DEADLINE, Json, TwsServer


class Cluster:
    """`data` is one folder of all nodes, as a mounted share is; each has a state folder."""

    def __init__(self, folder: Path, database: str, nats: Nats) -> None:
        self.data, self.database, self.nats = folder / "data", database, nats
        self._folder = folder
        self.data.mkdir()
        self.nodes: dict[str, TwsServer] = {}

    def node(self, name: str) -> TwsServer:
        """Not started."""
        state = self._folder / f"state-{name}"
        state.mkdir(exist_ok=True)
        made = self.nodes[name] = TwsServer(
            self.data,
            {
                "TWS_DATABASE": self.database,
                "TWS_NATS": self.nats.url,
                "TWS_NODE": name,
                "TWS_DATA_DIR": str(self.data),
                "TWS_STATE_DIR": str(state),
                "TWS_PROXIES": "127.0.0.1",
                "TWS_LOG_LEVEL": "info",
                "TWS_LOCAL_SMS": "true",
                "TWS_LOCAL_PUSH": "true",
                "TWS_CA_FILE": str(CERTIFICATE),
            },
        )
        return made

    async def start(self, name: str) -> TwsServer:
        node = self.node(name)
        await node.start()
        return node

    async def stop(self) -> None:
        for node in self.nodes.values():
            await node.stop()


@contextlib.asynccontextmanager
async def cluster(folder: Path, postgresql: Server, nats: Nats) -> AsyncIterator[Cluster]:
    made = Cluster(folder, await postgresql.new_database(), nats)
    try:
        yield made
    finally:
        await made.stop()


@dataclass
class Pair:
    """`site` is seen at node a."""

    of: Cluster
    site: Site
    a: TwsServer
    b: TwsServer

    async def people(self) -> dict[str, str]:
        """User name -> id."""
        users = await self.site.admin.get("/admin/users")
        return {user["username"]: user["id"] for user in users}

    async def settled(self, node: TwsServer | None = None) -> Json:
        """The nodes, as that one shows them, once the one that came back last has its share."""
        admin = await (node or self.a).client().sign_in_as_administrator()
        async with asyncio.timeout(2 * DEADLINE):
            while True:
                shown: Json = await admin.get("/admin/nodes")
                services = (await admin.get("/admin/services"))["services"]
                even = {len(one["links"]) + one["works"] for one in shown["nodes"]} == {1}
                stopped = any(one["state"] == "stopped" for one in services)
                if even and not shown["unheld"] and not stopped:
                    return shown

    @contextlib.asynccontextmanager
    async def seats_at(self, node: TwsServer) -> AsyncIterator[list[Seat]]:
        """The same people, whose pages are at that node."""
        async with contextlib.AsyncExitStack() as stack:
            seats = []
            for seat in self.site.seats:
                api = await node.user(f"user{seat.number}")
                live = await stack.enter_async_context(api.live())
                device = await live.device(number=seat.number, state="monitored")
                seats.append(Seat(self.site, api, live, device["id"], seat.phone))
            yield seats
