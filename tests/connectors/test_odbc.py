"""The guide's own Windows strings, and what has a real ODBC driver."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from tests.contracts.connector import (
    check_class,
    check_entries,
    check_leaves_nothing_open,
    check_words,
)
from tests.peers import mariadb, require_peer, unixodbc
from tws import connectors
from tws.connectors.databases import drivers
from tws.connectors.databases.connection_strings import ConnectionString, braced
from tws.connectors.databases.drivers import Asked
from tws.connectors.databases.odbc import Odbc, OleDb
from tws.errors import Invalid
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable
from tws.sources.values import Value

PASSWORD = mariadb.PASSWORD
MANY = 30_000
DURAND: dict[str, Value] = {"id": "1", "lastname": "Durand", "firstname": "Élodie"}
EXPECTED: list[Mapping[str, Value]] = [DURAND, {"id": "2", "lastname": "Martin"}]
PEOPLE = (
    "CREATE TABLE people (id integer, lastname varchar(50), firstname varchar(50));"
    "INSERT INTO people VALUES (1, 'Durand', 'Élodie'), (2, 'Martin', NULL);"
)


def opened(name: str, files: Path, text: str, **settings: Any) -> Odbc | OleDb:
    given = {"connection_string": text, "timeout": 20, **settings}
    found = connectors.opened(name, given, files)
    assert isinstance(found, Odbc | OleDb)
    return found


def reading(name: str, files: Path, text: str, **settings: Any) -> Callable[[], object]:
    return lambda: list(opened(name, files, text, **settings).entries())


@pytest.fixture(scope="module")
def server() -> Iterator[mariadb.Server]:
    require_peer("mariadb")
    with mariadb.running_mariadb() as running:
        quoted = PASSWORD.replace("'", "''")
        running.run(
            f"CREATE DATABASE crm; USE crm; {PEOPLE}"  # noqa: S608
            "CREATE TABLE secrets (id integer); CREATE TABLE many (id integer);"
            f"INSERT INTO many SELECT seq FROM seq_1_to_{MANY};"
            f"CREATE USER reader IDENTIFIED BY '{quoted}';"
            "GRANT SELECT, INSERT ON crm.people TO reader; GRANT SELECT ON crm.many TO reader"
        )
        yield running


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The folder of a company; another company's is beside it."""
    folder = tmp_path / "ours"
    folder.mkdir()
    for place in (folder / "ours.db", tmp_path / "theirs.db"):
        with sqlite3.connect(place) as database:
            database.executescript(PEOPLE)
            database.execute("CREATE TABLE many (id integer)")
            database.executemany("INSERT INTO many VALUES (?)", ((n,) for n in range(MANY)))
        database.close()
    return folder


@pytest.fixture
def odbc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: Path) -> Path:
    """unixODBC with the DSN `sqlite` on our own file; the folder of its settings."""
    require_peer("unixodbc")
    folder = tmp_path / "odbc"
    folder.mkdir()
    dsns = {"sqlite": {"Driver": "SQLite3", "Database": str(files / "ours.db")}}
    for name, value in unixodbc.environment(folder, dsns).items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def maria(odbc: Path, server: mariadb.Server) -> str:
    """The DSN of a MariaDB, by its own ODBC driver."""
    dsn = {"Driver": "Some Driver", "Server": "127.0.0.1", "Port": str(server.port)}
    with (odbc / "odbc.ini").open("a") as ini:
        ini.write("\n[maria]\nDatabase=crm\n" + "".join(f"{k}={v}\n" for k, v in dsn.items()))
    return f"DSN=maria;Uid=reader;Pwd={braced(PASSWORD)};"


def test_what_the_administration_looks_at() -> None:
    for name, kind in (("odbc", Odbc), ("ole_db", OleDb)):
        check_class(kind)
        assert connectors.connectors()[name] is kind


# ---------------------------------------------------------------- the guide's strings


@pytest.mark.parametrize("kind", ["xls", "xlsx"])
@pytest.mark.parametrize("table", ["[Contacts$]", "Contacts", "SELECT * FROM [Contacts$]"])
def test_excel(tmp_path: Path, kind: str, table: str) -> None:
    rows: list[list[str | int]] = [["Id", "tel1"], [1, 155171889]]
    if kind == "xls":
        book = xlwt.Workbook()
        book.add_sheet("Other")
        sheet = book.add_sheet("Contacts")
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                sheet.write(y, x, cell)
        book.save(tmp_path / "Annuaire.xls")
    else:
        new = openpyxl.Workbook()
        sheet = new.create_sheet("Contacts")
        for row in rows:
            sheet.append(row)
        new.save(tmp_path / "Annuaire.xlsx")
    file = rf"C:\Annuaire\Annuaire.{kind}"
    expected: list[Mapping[str, Value]] = [{"Id": "1", "tel1": "155171889"}]
    odbc = f"Driver= {{Microsoft Excel Driver (*.xls)}};Dbq={file};"
    check_entries(opened("odbc", tmp_path, odbc, table=table), expected)
    jet = f'Provider=Microsoft.Jet.OLEDB.4.0;Data Source={file};Extended Properties="Excel 8.0"'
    check_entries(opened("ole_db", tmp_path, jet, table=table), expected)
    ace = jet.replace("Jet.OLEDB.4", "ACE.OLEDB.12").replace("8.0", "12.0 Xml;HDR=YES")
    check_entries(opened("ole_db", tmp_path, ace, table=table), expected)
    no = ace.replace("HDR=YES", "HDR=NO")
    check_words(Misconfigured, reading("ole_db", tmp_path, no, table=table), "first line")
    where = f"{table} WHERE Id = 1"
    if "SELECT" in table:
        check_words(Misconfigured, reading("odbc", tmp_path, odbc, table=where), "no SELECT")


@pytest.mark.parametrize("table", ["mydatabase.csv", "[mydatabase.csv]", "mydatabase#csv"])
def test_text(tmp_path: Path, table: str) -> None:
    (tmp_path / "mydatabase.csv").write_bytes("Id;lastname\r\n1;Lefèvre\r\n".encode("cp1252"))
    odbc = r"Driver={Microsoft Text Driver (*.txt; *.csv)};Dbq=c:\Annuaire;"
    check_entries(
        opened("odbc", tmp_path, odbc, table=table), [{"Id": "1", "lastname": "Lefèvre"}]
    )
    jet = (
        r"Provider=Microsoft.Jet.OLEDB.4.0;Data Source=c:\Annuaire;"
        'Extended Properties="text;HDR=Yes;FMT=Delimited"'
    )
    check_entries(
        opened("ole_db", tmp_path, jet, table=table), [{"Id": "1", "lastname": "Lefèvre"}]
    )
    check_words(Misconfigured, reading("odbc", tmp_path, odbc, table="../x.csv"), "x.csv")


def test_mysql(tmp_path: Path, server: mariadb.Server) -> None:
    text = (
        f"Driver={{mysql}};Server=127.0.0.1;Port={server.port};Option=131072;Stmt=;Database=crm;"
        f"User=reader;Password={braced(PASSWORD)};"
    )
    check_entries(opened("odbc", tmp_path, text, table="people"), EXPECTED)
    select = "SELECT id FROM people WHERE id > 1"
    check_entries(opened("odbc", tmp_path, text, table=select), [{"id": "2"}])
    check_leaves_nothing_open(opened("odbc", tmp_path, text, table="many"))
    other = text.replace("=reader", "=nobody")
    check_words(Refused, reading("odbc", tmp_path, other, table="people"), secret=PASSWORD)
    mine = opened("odbc", tmp_path, other, table="people", user="reader")
    check_entries(mine, EXPECTED)


def test_as400(tmp_path: Path, odbc: Path) -> None:
    text = (
        "Driver={Client Access ODBC Driver (32-bit)};System=my_system_name;"
        "Uid=myUsername;Pwd=myPassword;"
    )
    words = "Client Access ODBC Driver (32-bit)", "not installed", "IBM i Access ODBC Driver"
    read = reading("odbc", tmp_path, text, table="LIB.PEOPLE")
    check_words(Misconfigured, read, *words, "SQLite3", secret="myPassword")
    ole = "Provider=IBMDA400;Data Source=my_system_name;User Id=me;Password=myPassword;"
    read = reading("ole_db", tmp_path, ole, table="LIB.PEOPLE")
    check_words(Misconfigured, read, "IBM i Access", secret="myPassword")
    ini = odbc / "odbcinst.ini"
    ini.write_text(ini.read_text().replace("[Broken]", "[IBM i Access ODBC Driver]"))
    check_words(Misconfigured, read, "open lib", secret="myPassword")


def test_unixodbc_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whether the package or our extra is missing, the words say which to install."""
    monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)
    read = reading("odbc", tmp_path, "DSN=crm", table="people")
    with pytest.raises(Misconfigured, match=r"unixodbc|tws\[odbc\]|Data source name not found"):
        read()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("odbc", "Driver={Client Access ODBC Driver (32-bit)};System=as400;"),
        ("odbc", "Driver={iSeries Access ODBC Driver};System=as400;"),
        ("ole_db", "Provider=IBMDA400;Data Source=as400;"),
    ],
)
def test_as400_where_nothing_is_installed(
    kind: str, text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Both that are missing are named: the manager of drivers, and IBM's driver."""
    monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)
    read = reading(kind, tmp_path, text, table="LIB.PEOPLE")
    with pytest.raises(Misconfigured, match=r"IBM i Access ODBC Driver|tws\[odbc\]"):
        read()


# ---------------------------------------------------------------- what a string stands for


ASKED = Asked(table="people", user="", password="", timeout=60)


@pytest.mark.parametrize(
    ("text", "product", "expected"),
    [
        (
            r"Provider=SQLOLEDB.1;Data Source=db1\CRM;Initial Catalog=crm;User ID=me",
            "sql_server",
            {"host": "db1", "options": {"instance": "CRM"}, "database": "crm", "user": "me"},
        ),
        (
            "Provider=MSOLEDBSQL;Server=tcp:db1,1444;Database=crm;UID=me;Encrypt=yes",
            "sql_server",
            {"host": "db1", "port": 1444, "tls": "required", "options": {}},
        ),
        (
            "Driver={ODBC Driver 17 for SQL Server};Server=(local);Database=crm;UID=me",
            "sql_server",
            {"host": "localhost", "port": 0},
        ),
        (
            "Provider=OraOLEDB.Oracle;Data Source=//db1:1522/crm.local;User Id=me",
            "oracle",
            {"host": "db1", "port": 1522, "database": "crm.local"},
        ),
        (
            "Provider=MSDAORA;Data Source=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db1)"
            "(PORT=1521))(CONNECT_DATA=(SID=CRM)));User Id=me",
            "oracle",
            {"host": "db1", "port": 1521, "options": {"sid": "CRM"}},
        ),
        (
            "Driver={PostgreSQL Unicode(x64)};Servername=db1;Port=5433;Database=crm;Uid=me;"
            "SSLmode=verify-full",
            "postgresql",
            {"host": "db1", "port": 5433, "tls": "verified"},
        ),
    ],
)
def test_servers(text: str, product: str, expected: dict[str, Any]) -> None:
    parts = ConnectionString(text, quotes=True)
    assert drivers._product(drivers._named(parts)) == product
    request = drivers._request(product, parts, ASKED)
    assert {name: getattr(request, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("ole_db", "Provider=SQLOLEDB;Server=db1;Integrated Security=SSPI", "Windows account"),
        ("ole_db", "Provider=OraOLEDB.Oracle;Data Source=CRM;User Id=me", "tnsnames"),
        ("ole_db", "Provider=VFPOLEDB.1;Data Source=x.dbf", "VFPOLEDB.1"),
        ("odbc", "Driver={SQL Server};Database=crm;Uid=me", "name of the server"),
        ("odbc", "Driver={mysql};Server=/run/mysqld;Uid=me", "name of the server"),
        ("odbc", "Driver={mysql};Server=db1;Port=x", "port"),
        ("odbc", "Server=db1", "neither a driver nor a DSN"),
    ],
)
def test_strings_that_cannot_be_read(tmp_path: Path, name: str, text: str, words: str) -> None:
    check_words(Misconfigured, reading(name, tmp_path, text, table="people"), words)


# ---------------------------------------------------------------- real drivers


@pytest.mark.parametrize("text", ["DSN=sqlite", "Driver={SQLite3};Database=ours.db;"])
def test_sqlite(odbc: Path, files: Path, text: str) -> None:
    check_entries(opened("odbc", files, text, table="people"), EXPECTED)
    select = "SELECT id, 'é' AS x FROM people WHERE id = 2"
    check_entries(opened("odbc", files, text, table=select), [{"id": "2", "x": "é"}])
    check_leaves_nothing_open(opened("odbc", files, text, table="many"))
    check_words(Misconfigured, reading("odbc", files, text, table="nobody"), "nobody")
    check_words(Misconfigured, reading("odbc", files, text, table=""), "Which table")


def test_the_name_of_a_dsn_alone(odbc: Path, files: Path) -> None:
    check_entries(opened("odbc", files, "", database="sqlite", table="people"), EXPECTED)
    ole = "Provider=MSDASQL;Extended Properties='DSN=sqlite'"
    check_entries(opened("ole_db", files, ole, table="people"), EXPECTED)
    check_entries(
        opened("ole_db", files, "Provider=MSDASQL;Data Source=sqlite", table="people"), EXPECTED
    )


def test_mariadb_by_its_driver(maria: str, files: Path) -> None:
    check_entries(opened("odbc", files, maria, table="people"), EXPECTED)
    check_leaves_nothing_open(opened("odbc", files, maria, table="many"))
    check_words(Refused, reading("odbc", files, maria, table="secrets"), secret=PASSWORD)
    check_words(
        Misconfigured,
        reading("odbc", files, maria, table="SELECT nothing FROM people"),
        "nothing",
        secret=PASSWORD,
    )
    wrong = reading("odbc", files, "DSN=maria;Uid=reader;Pwd=Wr0ngPass", table="people")
    check_words(Refused, wrong, "denied", secret="Wr0ngPass")


def test_drivers_that_take_all_rows_into_memory(maria: str, files: Path) -> None:
    """Debian's do. It ends with words, and nothing else ends."""
    for text, long in ((maria, "repeat('x', 10000)"), ("DSN=sqlite", "hex(zeroblob(5000))")):
        select = f"SELECT id, {long} AS note FROM many"  # noqa: S608
        check_words(Misconfigured, reading("odbc", files, text, table=select), "ODBC")


def test_a_server_that_stalls(maria: str, files: Path, server: mariadb.Server) -> None:
    rows = opened("odbc", files, maria, table="many", timeout=1).entries()
    next(rows)
    with server.held_still():
        read = reading("odbc", files, maria, table="people", timeout=1)
        check_words(Unreachable, read, secret=PASSWORD)
    rows.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Driver={SQLite3};Database=../theirs.db", "no file theirs.db"),
        ("Driver={SQLite3};Database=/etc/passwd", "no file passwd"),
        ("Driver={SQLite3};Database=file:ours.db?mode=rw", "no file"),
        ("Driver={SQLite3};Database=ours.db;LoadExt=/tmp/evil.so", "loadext"),
        ("Driver=/tmp/evil.so;Database=ours.db", "registered"),
        ("Driver={evil.so};Database=ours.db", "registered"),
        ("Driver={Some Driver};Server=/run/mysqld/mysqld.sock", "no path"),
        ("Driver={Some Driver};Server=db1;PLUGIN_DIR=/tmp", "plugindir"),
        ("Driver={Some Driver};Server=db1;INITSTMT=DROP TABLE people", "initstmt"),
        ("Driver={Broken};Server=db1", "open lib"),
        ("DSN=sqlite;Database=/etc/passwd", "database"),
        ("DSN={sqlite;Driver=x}", "DSN"),
        ("DSN=sqlite;Pwd={x;LoadExt=/tmp/evil.so}", "PWD"),
        ("Driver={SQLite3};Database=ours.db;Uid={x;LoadExt=/tmp/evil.so}", "UID"),
        ("FILEDSN=/tmp/x.dsn", "neither"),
        ("DSN=nothing", "not found"),
    ],
)
def test_what_a_string_may_not_do(odbc: Path, files: Path, text: str, words: str) -> None:
    """Neither other files of this machine, nor code of somebody's: companies share it."""
    check_words(Misconfigured, reading("odbc", files, text, table="people"), words)


def test_nothing_is_changed(odbc: Path, files: Path) -> None:
    with pytest.raises(ConnectorError):
        reading("odbc", files, "DSN=sqlite", table="DELETE FROM people")()
    with pytest.raises((ConnectorError, Invalid)):
        reading("odbc", files, "DSN=sqlite", table="SELECT 1; DELETE FROM people")()
    check_entries(opened("odbc", files, "DSN=sqlite", table="people"), EXPECTED)
