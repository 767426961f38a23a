"""PostgreSQL for a drill: a server that is stopped, frozen and started again."""

import contextlib
from collections.abc import AsyncIterator, Iterator

from tests.peers import PeerMissing
from tests.peers import postgresql as peer

from drills.outcome import CannotRun

SETTINGS = {
    # What is committed has to be there after a crash: the drills are about that.
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
}


@contextlib.contextmanager
def postgresql_server(**settings: str) -> Iterator[peer.Server]:
    """CannotRun."""
    try:
        peer.prepare()
    except PeerMissing as missing:
        raise CannotRun(str(missing)) from missing
    with peer.running_postgresql(settings=SETTINGS | settings) as server:
        yield server


@contextlib.asynccontextmanager
async def postgresql_database() -> AsyncIterator[str]:
    """The URL of an empty database."""
    with postgresql_server() as server:
        yield await server.new_database()
