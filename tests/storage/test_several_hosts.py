"""A database whose URL names several hosts: the one that takes changes is used."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.peers.postgresql import Server
from tws.storage import Storage, StorageUnavailable
from tws.storage.database import without_password
from tws.storage.several_hosts import database_url


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("postgresql://tws:secret@db1,db2/tws", ("db1:5432", "db2:5432")),
        ("postgresql://tws:a,b@db1:5433,db2/tws", ("db1:5433", "db2:5432")),
        ("postgresql://tws@/tws?host=/run/a&host=/run/b", ("/run/a:5432", "/run/b:5432")),
        ("postgresql://tws@/tws?host=db1:1&host=db2:2", ("db1:1", "db2:2")),
    ],
)
def test_each_host_has_its_port(text: str, hosts: tuple[str, ...]) -> None:
    url = database_url(text)
    assert (url.username, url.database, url.query["host"]) == ("tws", "tws", hosts)
    assert url.query["target_session_attrs"] == "read-write"


def test_what_is_wanted_can_be_said_and_passwords_are_not_shown() -> None:
    text = "postgresql://tws:secret@db1,db2/tws?target_session_attrs=any"
    assert database_url(text).query["target_session_attrs"] == "any"
    assert "secret" not in without_password(text)
    one = "postgresql://tws:secret@db1:5433/tws"
    assert (database_url(one).host, database_url(one).port) == ("db1", 5433)


@contextlib.asynccontextmanager
async def deaf_host(folder: Path) -> AsyncIterator[None]:
    """Takes connections and never says a word, as a machine that hangs."""
    writers: list[asyncio.StreamWriter] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)

    listener = await asyncio.start_unix_server(take, str(folder / ".s.PGSQL.5432"))
    try:
        yield
    finally:
        for writer in writers:
            writer.close()
        listener.close()


async def test_hosts_that_are_gone_or_hang_are_passed_over(
    postgresql: Server, tmp_path: Path
) -> None:
    hanging = tmp_path / "hangs"
    hanging.mkdir()
    url = (await postgresql.new_database()).replace(
        "?host=", f"?host={tmp_path / 'gone'}&host={hanging}&host="
    )
    async with deaf_host(hanging):
        storage = Storage(url, print)
        await storage.open()
        async with storage.transaction() as tx:
            assert (await tx.execute(select(1))).scalar() == 1
        await storage.close()


async def test_where_no_host_takes_changes_the_database_is_away(postgresql: Server) -> None:
    """As in the moments of a fail-over, in which there are replicas only."""
    url = await postgresql.new_database()
    storage = Storage(f"{url}&host={postgresql.folder}&target_session_attrs=standby", print)
    with pytest.raises(StorageUnavailable):
        await storage.open()
