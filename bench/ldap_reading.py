"""An LDAP directory of 20,000 people read to the end: beside ldap3's own loop over the same pages.

Both read every attribute from one slapd, in turns, in this process.
"""

import asyncio
import time

import ldap3
from tests.connectors.people import COUNT, opened, tree
from tests.peers import PeerMissing
from tests.peers import slapd as slapd_peer
from tests.peers.slapd import PASSWORD, PEOPLE, READER, Slapd, running_slapd

from bench.figures import Figure, median

RUNS, PAGE = 3, 1000
SHARE = 0.7
"Of the bare reader's speed, at least."


def connector(server: Slapd) -> float:
    """Entries a second."""
    start = time.perf_counter()
    read = sum(1 for _ in opened(server, tls="none").entries())
    if read != COUNT:
        raise RuntimeError(f"{read} entries of {COUNT}")
    return read / (time.perf_counter() - start)


def bare(server: Slapd) -> float:
    start = time.perf_counter()
    connection = ldap3.Connection(
        ldap3.Server(server.host, port=server.port, get_info=ldap3.NONE), READER, PASSWORD
    )
    connection.bind()
    pages = connection.extend.standard.paged_search(
        PEOPLE,
        "(objectClass=person)",
        attributes=["*", "entryUUID"],
        paged_size=PAGE,
        generator=True,
    )
    read = sum(1 for _ in pages)
    connection.unbind()
    return read / (time.perf_counter() - start)


def measured() -> list[Figure]:
    with running_slapd(tree()) as server:
        turns = [(bare(server), connector(server)) for _ in range(RUNS)]
    share = [ours / theirs for theirs, ours in turns]
    return [
        median(
            "ldap: entries read",
            "entries/s",
            [ours for _, ours in turns],
            bare=sorted(theirs for theirs, _ in turns)[RUNS // 2],
        ),
        median("ldap: share of the bare reader", "times", share, at_least=SHARE),
    ]


async def measure() -> list[Figure]:
    try:
        slapd_peer.prepare()
    except PeerMissing as missing:
        print(f"  not measured: {missing}")
        return []
    return await asyncio.to_thread(measured)
