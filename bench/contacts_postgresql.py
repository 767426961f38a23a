"""The same 150,000 contacts on PostgreSQL; `contacts_million`, if it is asked for: 1,000,000."""

from collections.abc import Mapping

from tests.peers import PeerMissing
from tests.peers import postgresql as peer

from bench.contacts import CONTACTS, measure_on
from bench.figures import Figure

MANY = 1_000_000
SETTINGS: Mapping[str, str] = {"shared_buffers": "256MB"}


async def measure(contacts: int = CONTACTS) -> list[Figure]:
    try:
        peer.prepare()
    except PeerMissing as missing:
        print(f"  not measured: {missing}")
        return []
    with peer.running_postgresql(settings=SETTINGS) as server:
        return await measure_on(await server.new_database(), contacts)


async def measure_million() -> list[Figure]:
    return await measure(MANY)
