"""One server of several nodes: real processes, one PostgreSQL, one NATS, one PBX."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from tests.peers.nats import Nats, running_nats
from tests.peers.postgresql import Server, running_postgresql
from tests.running import TwsServer


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


@contextlib.contextmanager
def services(folder: Path) -> Iterator[tuple[Server, Nats]]:
    with running_postgresql() as postgresql, running_nats(folder) as nats:
        yield postgresql, nats
