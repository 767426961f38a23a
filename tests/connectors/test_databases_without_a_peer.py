"""SQL Server and Oracle: no server of them can be had here. What they are asked, how their rows
are read, and what their errors mean, with the drivers' own classes."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import oracledb
import pymssql
import pytest

from tests.contracts.connector import check_words
from tws.connectors.databases import ORACLE, SQL_SERVER, oracle, sql_server
from tws.connectors.databases.statement import statement
from tws.connectors.processes.child import Request
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

SECRET = "s3cret;'}"
DB_LIB = "DB-Lib error message {0}, severity 14:\n{1}\n"


def request(**more: Any) -> Request:
    asked = {"source": "people", "host": "db1", "user": "me", "password": SECRET, **more}
    return Request(**asked)


def mssql(number: int, words: str, deeper: bool = False) -> pymssql.Error:
    pair = number, (DB_LIB.format(20018, words) * 2).encode()
    return pymssql.OperationalError(pair) if deeper else pymssql.OperationalError(*pair)


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (mssql(18456, "Login failed for user 'me'.", True), Refused, "Login failed"),
        (mssql(229, "The SELECT permission was denied"), Refused, "denied"),
        (mssql(4060, 'Cannot open database "x"', True), Misconfigured, "Cannot open"),
        (mssql(208, "Invalid object name 'nobody'."), Misconfigured, "nobody"),
        (mssql(20003, "Adaptive Server connection timed out"), Unreachable, "timed out"),
        (mssql(20009, "Unable to connect: it is unavailable", True), Unreachable, "connect"),
        (pymssql.InterfaceError("Connection is closed."), Unreachable, "closed"),
        (mssql(105, f"Unclosed quotation mark: {SECRET}"), Misconfigured, "***"),
    ],
)
def test_what_sql_server_says(
    error: pymssql.Error, kind: type[ConnectorError], words: str
) -> None:
    made = sql_server.wrong(error, request())
    assert type(made) is kind
    assert str(made).count(words) == 1, "the driver says everything twice"
    assert "DB-Lib" not in str(made)
    assert SECRET not in str(made)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("ORA-01017: invalid username/password; logon denied", Refused),
        ("ORA-28000: The account is locked.\nHelp: https://docs.oracle.com/x", Refused),
        ("ORA-00942: table or view does not exist", Misconfigured),
        ("DPY-6001: Service x is not registered with the listener", Misconfigured),
        ("DPY-4024: call timeout of 1000 ms exceeded", Unreachable),
        ("ORA-03113: end-of-file on communication channel", Unreachable),
        (f"ORA-00911: invalid character {SECRET}", Misconfigured),
    ],
)
def test_what_oracle_says(words: str, kind: type[ConnectorError]) -> None:
    made = oracle.wrong(oracledb.DatabaseError(words), request())
    assert type(made) is kind
    assert words[:9] in str(made)
    assert "Help" not in str(made)
    assert SECRET not in str(made)


def test_how_they_name_a_table() -> None:
    assert statement("dbo.My people", SQL_SERVER.quotes) == "SELECT * FROM [dbo].[My people]"
    assert statement("crm.people", ORACLE.quotes, ORACLE.fold) == 'SELECT * FROM "CRM"."PEOPLE"'


class Connection:
    """A DB-API connection that has one result, and notes what it is asked."""

    def __init__(self, rows: Sequence[tuple[object, ...]]) -> None:
        self.asked: list[str] = []
        self.closings = 0
        self._rows = iter(rows)
        self.description = [("id", None), ("lastname", None)]

    def cursor(self) -> "Connection":
        return self

    def execute(self, sql: str) -> None:
        self.asked.append(sql)

    def fetchone(self) -> tuple[object, ...] | None:
        return next(self._rows, None)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        return self._rows

    def close(self) -> None:
        self.closings += 1


@pytest.mark.parametrize(
    ("module", "before"), [(sql_server, []), (oracle, ["SET TRANSACTION READ ONLY"])]
)
def test_rows_are_read_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch, module: Any, before: list[str]
) -> None:
    connection = Connection([(1, "Durand"), (2, "Martin")])
    monkeypatch.setattr(module, "_connected", lambda _: connection)
    rows = module.read(request(source="SELECT 1"))
    assert list(next(rows)) == ["id", "lastname"]
    assert next(rows) == (1, "Durand")
    assert connection.closings == 0
    rows.close()
    assert connection.closings == 1
    assert connection.asked == [*before, "SELECT 1"]


def test_how_they_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[dict[str, Any]] = []

    def connect(**given: Any) -> object:
        called.append(given)
        return SimpleNamespace()

    monkeypatch.setattr(pymssql, "connect", connect)
    monkeypatch.setattr(oracledb, "connect", connect)
    sql_server._connected(request(port=1433, database="crm", tls="required"))
    sql_server._connected(request(port=1433, options={"instance": "CRM"}))
    oracle._connected(request(port=1521, database="crm.local", tls="verified"))
    oracle._connected(request(port=1521, options={"sid": "CRM"}))
    default, instance, service, sid = called
    assert (default["server"], default["port"], default["encryption"]) == (
        "db1",
        "1433",
        "require",
    )
    assert (instance["server"], instance["port"]) == (r"db1\CRM", "")
    assert (service["service_name"], service["protocol"]) == ("crm.local", "tcps")
    assert (sid["sid"], sid["service_name"], sid["protocol"]) == ("CRM", None, "tcp")


def test_a_certificate_of_sql_server() -> None:
    check_words(Misconfigured, lambda: list(sql_server.read(request(tls="verified"))), "TLS")
