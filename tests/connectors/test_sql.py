"""Other people's databases: real PostgreSQL, real MariaDB."""

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contracts.connector import (
    check_class,
    check_entries,
    check_leaves_nothing_open,
    check_words,
)
from tests.peers import mariadb, require_peer
from tests.peers.ports import block_of_ports
from tests.peers.postgresql import running_postgresql
from tws import connectors
from tws.connectors.databases.sql import Sql, SqlSettings
from tws.errors import Invalid
from tws.sources.errors import Misconfigured, Refused, Unreachable
from tws.sources.values import Value

PASSWORD = mariadb.PASSWORD
MANY = 60_000
PEOPLE = """
CREATE TABLE people (
  id integer PRIMARY KEY, lastname varchar(100), firstname char(20), tel1 numeric(12,0),
  rate numeric(6,2), born date, seen timestamp NULL, vip boolean, photo {binary});
INSERT INTO people VALUES
  (1, 'Durand', 'Élodie', 155171889, 12.50, '1970-01-31', '2020-02-29 13:30:00', true, {photo}),
  (2, 'Martin; "Paul"', NULL, 4092, NULL, NULL, NULL, false, NULL),
  (3, NULL, '', NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE secrets (id integer, word varchar(20));
CREATE TABLE many (id integer, lastname varchar(200), note text);
"""
DURAND: dict[str, Value] = {
    "id": "1",
    "lastname": "Durand",
    "firstname": "Élodie",
    "tel1": "155171889",
    "rate": "12.50",
    "born": "1970-01-31",
    "seen": "2020-02-29 13:30:00",
    "photo": b"\xff\xd8\x00\x01",
}
MARTIN: dict[str, Value] = {"id": "2", "lastname": 'Martin; "Paul"', "tel1": "4092"}


@dataclass
class Peer:
    """One server with the tables above. `reader` may read `people` and `many`."""

    scheme: str
    port: int
    yes: str
    no: str
    held_still: Callable[[], contextlib.AbstractContextManager[None]]

    def url(self, database: str = "crm", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}/{database}"

    def opened(self, table: str = "people", **settings: Any) -> Sql:
        given = {"url": self.url(), "user": "reader", "password": PASSWORD, "timeout": 20}
        found = connectors.opened("sql", {**given, "table": table, **settings}, Path("/none"))
        assert isinstance(found, Sql)
        return found


@contextlib.contextmanager
def a_postgresql() -> Iterator[Peer]:
    require_peer("postgresql")
    with block_of_ports() as ports, running_postgresql(ports[0]) as server:

        def run(database: str, sql: str) -> None:
            at = f"host={server.folder} port={server.port} user=tws dbname={database}"
            with psycopg.connect(at, autocommit=True) as connection:
                connection.execute(sql)

        run("postgres", "CREATE DATABASE crm")
        quoted = PASSWORD.replace("'", "''")
        run(
            "crm",
            PEOPLE.format(binary="bytea", photo=r"'\xffd80001'")  # noqa: S608
            + f"CREATE ROLE reader LOGIN PASSWORD '{quoted}';"
            + "GRANT SELECT, INSERT ON people, many TO reader;"
            + "INSERT INTO many SELECT n, 'Durand' || n, repeat('x', 100)"
            + f" FROM generate_series(1, {MANY}) n;"
            + "CREATE FUNCTION grow() RETURNS int LANGUAGE sql SECURITY DEFINER"
            + " AS 'INSERT INTO secrets VALUES (1) RETURNING id';",
        )
        process = server._process
        assert process is not None

        @contextlib.contextmanager
        def held_still() -> Iterator[None]:
            # Its children hold the connections.
            listed = subprocess.run(
                ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, check=True
            )
            pids = [process.pid, *map(int, listed.stdout.split())]
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            try:
                yield
            finally:
                for pid in pids:
                    os.kill(pid, signal.SIGCONT)

        yield Peer("postgresql", ports[0], "true", "false", held_still)


@contextlib.contextmanager
def a_mariadb() -> Iterator[Peer]:
    require_peer("mariadb")
    with mariadb.running_mariadb() as server:
        quoted = PASSWORD.replace("'", "''")
        server.run(
            "CREATE DATABASE crm; USE crm;"  # noqa: S608
            + PEOPLE.format(binary="blob", photo="x'ffd80001'")
            + f"CREATE USER reader IDENTIFIED BY '{quoted}';"
            + "GRANT SELECT, INSERT ON crm.people TO reader;"
            + "GRANT SELECT ON crm.many TO reader;"
            + "CREATE TABLE noted (id integer); GRANT EXECUTE ON crm.* TO reader;"
            + "\nDELIMITER //\nCREATE FUNCTION grow() RETURNS int BEGIN"
            + " INSERT INTO noted VALUES (1); RETURN 1; END//\nDELIMITER ;\n"
            + "INSERT INTO many SELECT seq, concat('Durand', seq), repeat('x', 100)"
            + f" FROM seq_1_to_{MANY};"
        )
        yield Peer("mariadb", server.port, "1", "0", server.held_still)


@pytest.fixture(scope="module", params=[a_postgresql, a_mariadb])
def peer(request: pytest.FixtureRequest) -> Iterator[Peer]:
    with request.param() as running:
        yield running


def test_what_the_administration_looks_at() -> None:
    check_class(Sql)
    assert connectors.secret_fields("sql") == {"password"}


def test_a_table(peer: Peer) -> None:
    rows: list[Mapping[str, Value]] = [
        DURAND | {"vip": peer.yes},
        MARTIN | {"vip": peer.no},
        {"id": "3"},
    ]
    check_entries(peer.opened(), rows)


def test_a_select(peer: Peer) -> None:
    select = "SELECT id, lastname AS sn, 100 % 7 AS rest FROM people WHERE lastname LIKE 'D%'"
    check_entries(peer.opened(select), [{"id": "1", "sn": "Durand", "rest": "2"}])
    check_entries(peer.opened("WITH a AS (SELECT 1 AS x) SELECT x FROM a"), [{"x": "1"}])
    check_entries(peer.opened("SELECT id FROM people WHERE 1 = 0"), [])


def test_it_is_left_in_the_middle(peer: Peer) -> None:
    check_leaves_nothing_open(peer.opened("many"))


def test_memory_does_not_grow_with_the_source(peer: Peer) -> None:
    """300 MB of rows, for a reader that gets 250."""
    long = peer.opened("SELECT id, repeat('x', 5000) AS note FROM many")
    assert sum(len(entry.values["note"]) for entry in long.entries()) == MANY * 5000


def test_nothing_is_changed(peer: Peer, tmp_path: Path) -> None:
    def read(table: str) -> Callable[[], object]:
        return lambda: list(peer.opened(table).entries())

    with pytest.raises(Invalid, match="INSERT"):
        peer.opened("WITH a AS (INSERT INTO people VALUES (9) RETURNING id) SELECT * FROM a")
    only = "read-only" if peer.scheme == "postgresql" else "READ ONLY"
    check_words(Misconfigured, read("SELECT grow()"), only)
    rows: list[Mapping[str, Value]] = [
        DURAND | {"vip": peer.yes},
        MARTIN | {"vip": peer.no},
        {"id": "3"},
    ]
    check_entries(peer.opened(), rows)


def test_a_wrong_password(peer: Peer) -> None:
    wrong = "Wr0ng#Pass/word"
    read = lambda: list(peer.opened(password=wrong).entries())  # noqa: E731
    check_words(Refused, read, secret=wrong)


def test_what_is_wrong_is_said(peer: Peer) -> None:
    def read(**settings: Any) -> Callable[[], object]:
        return lambda: list(peer.opened(**settings).entries())

    check_words(Refused, read(table="secrets"), "secrets", secret=PASSWORD)
    check_words(Misconfigured, read(table="SELECT * FRM people"), "FRM", secret=PASSWORD)
    check_words(Misconfigured, read(table="SELECT nothing FROM people"), "nothing")
    if peer.scheme == "postgresql":
        check_words(Misconfigured, read(table="nobody"), "nobody")
        quoting = "SELECT '{}'::integer".format(PASSWORD.replace("'", "''"))
        check_words(Misconfigured, read(table=quoting), "integer", secret=PASSWORD)
        check_words(Misconfigured, read(url=peer.url("nowhere")), "nowhere", secret=PASSWORD)
    else:
        check_words(Refused, read(url=peer.url("nowhere")), "nowhere", secret=PASSWORD)
    gone = peer.url(host="nowhere.invalid")
    check_words(Unreachable, read(url=gone), "nowhere.invalid", secret=PASSWORD)
    check_words(Refused, read(tls="required"), "SSL")


def test_a_server_that_stalls(peer: Peer) -> None:
    """Half-way through, with its connections kept."""
    entries = peer.opened("many", timeout=1).entries()
    next(entries)
    with peer.held_still():
        check_words(Unreachable, lambda: list(entries), secret=PASSWORD)
        check_words(Unreachable, lambda: list(peer.opened(timeout=1).entries()), "127.0.0.1")


@pytest.mark.parametrize("scheme", ["postgresql", "mariadb", "sqlserver", "oracle"])
def test_nobody_answers(scheme: str) -> None:
    """Nobody listens, and somebody who says nothing."""

    def read(port: int) -> Callable[[], object]:
        settings = {
            "url": f"{scheme}://me:{'pass%23word'}@127.0.0.1:{port}/crm",
            "table": "people",
            "timeout": 1,
        }
        return lambda: list(connectors.opened("sql", settings, Path("/none")).entries())

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        check_words(Unreachable, read(listening.getsockname()[1]), secret="pass#word")
        listening.listen()
        check_words(Unreachable, read(listening.getsockname()[1]), secret="pass#word")


def test_the_password_is_taken_out_of_the_address() -> None:
    url = "postgresql://me:p%40ss%2Fword@host:5433/crm"
    stored = connectors.validate("sql", {"url": url, "table": "people"})
    assert stored["url"] == "postgresql://host:5433/crm"
    assert (stored["user"], stored["password"]) == ("me", "p@ss/word")
    assert connectors.validate("sql", stored) == stored
    assert "p@ss" not in repr(SqlSettings(url=url, table="people"))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:///crm?host=/var/run/postgresql",
        "postgresql://%2Fvar%2Frun%2Fpostgresql/crm",
        "postgresql://me:Secret12@host/crm?passfile=/etc/passwd",
        "mariadb://me:Secret12@host/crm?unix_socket=/run/mysqld/mysqld.sock",
        "postgresql://me:Secret12/@host/crm",
        "postgresql://me:Secret12#@host/crm",
        "postgresql://me:Secret12@host:many/crm",
        "postgresql://me:Secret12@one,two/crm",
        "sqlite:///etc/passwd",
        "sqlite://host/tws.db",
    ],
)
def test_addresses_that_are_refused(url: str) -> None:
    """Also this machine's own databases and files."""
    with pytest.raises(Invalid) as wrong:
        connectors.validate("sql", {"url": url, "table": "people"})
    assert wrong.value.details["field"] == "settings.url"
    assert "Secret12" not in f"{wrong.value} {wrong.value.__cause__} {wrong.value!r}"
