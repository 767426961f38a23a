"""What a connection string of Windows is on this machine: one of our own readers for the products
that we know, whichever driver the string names; the installed ODBC driver for the others."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath

from tws.connectors import databases
from tws.connectors.databases import MARIADB, ORACLE, POSTGRESQL, SQL_SERVER, Kind
from tws.connectors.databases.connection_strings import (
    PASSWORD,
    USER,
    ConnectionString,
    braced,
    written,
)
from tws.connectors.databases.ibm_i import IBM_I, is_of_ibm_i
from tws.connectors.databases.microsoft_access import Access, AccessSettings
from tws.connectors.databases.statement import statement
from tws.connectors.files.company_folder import found
from tws.connectors.files.csv_file import CsvFile, CsvSettings
from tws.connectors.files.excel import Excel, ExcelSettings
from tws.connectors.processes import parent
from tws.connectors.processes.child import Request, Tls
from tws.directory.connector import Entry, Header
from tws.net.encryption import ODBC
from tws.sentences import sentence
from tws.sources.clear import refuse_clear
from tws.sources.errors import Misconfigured

SERVER = ("server", "servername", "datasource", "address", "addr", "networkaddress", "host")
DATABASE = ("database", "initialcatalog", "databasename", "db")
FILE = ("dbq", "datasource", "database")
PRODUCTS: tuple[tuple[str, str], ...] = (
    (r"excel", "excel"),
    (r"textdriver|\*\.csv|\*\.txt", "csv"),
    (r"accessdriver|\*\.mdb|\*\.accdb|mdbtools", "access"),
    (r"mysql|mariadb", "mariadb"),
    (r"postgres|psqlodbc|pgoledb", "postgresql"),
    (r"sqlserver|sqloledb|msoledbsql|sqlncli|nativeclient|freetds", "sql_server"),
    (r"oracle|oraoledb|msdaora", "oracle"),
)
"What is in the name of a driver or provider, without blanks, and whose it is."
KINDS: Mapping[str, Kind] = {
    kind.reader: kind for kind in (MARIADB, POSTGRESQL, SQL_SERVER, ORACLE)
}
ACCEPTED = frozenset(
    "driver server servername host hostname system address port portnumber service servicename"
    " database databasename db dbq defaultlibraries libraries naming translate ccsid charset"
    " clientcharset encrypt trustservercertificate ssl sslmode security protocol"
    " tdsversion".split()
)
"Keys that a driver of somebody else's gets: none loads code, writes a file, or runs a statement."
YES = ("yes", "true", "1", "sspi", "mandatory", "strict", "required", "require")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the form has beside the string."""

    table: str
    user: str
    password: str
    timeout: int


def entries(parts: ConnectionString, asked: Asked, files: Path, header: Header) -> Iterator[Entry]:
    """Everything that the string leads to; its columns are told to `header`. Raises
    ConnectorError."""
    if _is_odbc(parts) and not parts.get("dsn", "driver", "datasource"):
        parts = parts.inner()
    name = _named(parts)
    product = "" if parts.get("dsn") else _product(name)
    if product in ("excel", "csv", "access"):
        file = _file(product, parts, asked, files)
        file.header = header
        yield from file.entries()
    elif product:
        yield from databases.entries(KINDS[product], _request(product, parts, asked), header)
    elif parts.get("provider") and not _is_odbc(parts) and not _is_as400(name):
        raise Misconfigured(
            'Nothing here stands for the OLE DB provider "{name}". Known are those '
            "for SQL Server, Oracle, MySQL, PostgreSQL, Excel, text, Access and ODBC "
            "(MSDASQL).",
            name=name,
        )
    else:
        yield from _by_odbc(name, parts, asked, files, header)


def _named(parts: ConnectionString) -> str:
    """The driver or the provider. Jet reads several kinds of files: which, stands behind it."""
    provider = parts.get("provider")
    if "jet.oledb" in provider.lower() or "ace.oledb" in provider.lower():
        kind = parts.get("extendedproperties").lower()
        return next((f"{each} driver" for each in ("excel", "text") if each in kind), "*.mdb")
    return parts.get("driver") or provider if _is_odbc(parts) else provider or parts.get("driver")


def _is_odbc(parts: ConnectionString) -> bool:
    return parts.get("provider").lower().partition(".")[0] in ("", "msdasql")


def _is_as400(name: str) -> bool:
    return name.lower().startswith("ibmda400")


def _product(name: str) -> str:
    squeezed = "".join(name.lower().split())
    return next((product for known, product in PRODUCTS if re.search(known, squeezed)), "")


# ---------------------------------------------------------------- files


def _file(
    product: str, parts: ConnectionString, asked: Asked, files: Path
) -> CsvFile | Excel | Access:
    if parts.inner().get("hdr").lower() in ("no", "false"):
        raise Misconfigured("HDR=No: the first line must have the names of the fields.")
    table = _one_table(asked.table)
    if product == "csv":
        name = table.strip("[]`\"'").replace("#", ".")
        return CsvFile(CsvSettings(file=name), files)
    file = parts.get(*FILE)
    if product == "excel":
        return Excel(ExcelSettings(file=file, sheet=table), files)
    return Access(AccessSettings(file=file, table=table.strip("[]`\"'")), files)


def _one_table(written: str) -> str:
    """`SELECT * FROM [Contacts$]` is that table."""
    simple = re.fullmatch(r"select\s+\*\s+from\s+(.+?)[\s;]*", written.strip(), re.IGNORECASE)
    table = simple[1] if simple else written.strip()
    if re.match(r"select\s", table, re.IGNORECASE) or re.search(
        r"[\w\])]\s+(where|order|join|group)\s", table, re.IGNORECASE
    ):
        raise Misconfigured("A file has no SELECT: give the name of the sheet or table.")
    return table


# ---------------------------------------------------------------- servers


def _request(product: str, parts: ConnectionString, asked: Asked) -> Request:
    user = asked.user or parts.get(*USER)
    trusted = parts.get("integratedsecurity", "trustedconnection").lower() in YES
    if trusted and not user:
        raise Misconfigured(
            "Windows accounts do not work from here: give a user and a password of the database."
        )
    request = Request(
        source=asked.table,
        database=parts.get(*DATABASE),
        user=user,
        password=asked.password,
        tls=_tls(parts),
        timeout=asked.timeout,
    )
    if product == "oracle":
        return _oracle(request, parts.get("dbq", *SERVER))
    return _addressed(request, parts.get(*SERVER), parts.get("port"))


def _tls(parts: ConnectionString) -> Tls:
    mode = parts.get("sslmode").lower()
    if mode.startswith("verify"):
        return "verified"
    required = mode == "require" or parts.get("encrypt").lower() in YES
    return "required" if required else "preferred"


def _addressed(request: Request, server: str, port: str) -> Request:
    r"""`tcp:host,1433`, `host\instance`, `(local)`."""
    host, _, behind = server.strip().removeprefix("tcp:").partition(",")
    host, _, instance = host.strip().partition("\\")
    port = behind.strip() or port
    if port and not port.isdecimal():
        raise Misconfigured("The port in the connection string is no number.")
    return replace(
        request,
        host="localhost" if host.lower() in ("(local)", ".") else host,
        port=int(port or 0),
        options={"instance": instance} if instance and not port else {},
    )


def _oracle(request: Request, place: str) -> Request:
    """`host:1521/service`, or a whole `(DESCRIPTION=...)`; the names of a tnsnames.ora are another
    machine's."""

    def named(key: str) -> str:
        inside = re.search(rf"\(\s*{key}\s*=\s*([^()\s]+)\s*\)", place, re.IGNORECASE)
        return inside[1] if inside else ""

    simple = re.fullmatch(r"(?://)?([\w.-]+)(?::(\d+))?/([\w.$-]+)", place.strip())
    if simple is not None:
        host, port, service = simple.groups()
        return replace(request, host=host, port=int(port or 0), database=service)
    if not named("host"):
        raise Misconfigured(
            "Oracle: names of a tnsnames.ora are not known here: write host:1521/service instead."
        )
    sid = named("sid")
    return replace(
        request,
        host=named("host"),
        port=int(named("port") or 0),
        database=named("service_name"),
        options={"sid": sid} if sid else {},
    )


# ---------------------------------------------------------------- ODBC


def _by_odbc(
    name: str, parts: ConnectionString, asked: Asked, files: Path, header: Header
) -> Iterator[Entry]:
    if not asked.table.strip():
        raise Misconfigured("Which table is to be read? Give its name, or a SELECT.")
    statement(asked.table)
    refuse_clear(ODBC, 0)
    dsn = "" if _is_as400(name) or parts.get("driver") else parts.get("dsn", "datasource")
    if _is_as400(name):
        name, chosen = "Client Access ODBC Driver", {"System": parts.get("datasource")}
    elif dsn:
        chosen = {"DSN": _dsn(dsn, parts)}
    else:
        chosen = _accepted(name, parts, files)
    user = asked.user or parts.get(*USER)
    chosen |= {"UID": user} if user else {}
    chosen |= {"PWD": asked.password} if asked.password else {}
    connection = written(chosen)
    request = Request(
        source=asked.table,
        connection=connection if dsn else f"Driver={braced(name)};{connection}",
        password=asked.password,
        timeout=asked.timeout,
    )
    what = (
        sentence("The DSN {name}", name=dsn) if dsn else sentence("The driver {name}", name=name)
    )
    try:
        yield from parent.entries("odbc", request, what, header, files)
    except Misconfigured as why:
        if "libodbc" in str(why) and is_of_ibm_i(name):
            raise Misconfigured(
                "unixODBC is not installed on this machine: install it (Debian: unixodbc), and "
                "IBM's driver for the AS/400, {driver}, of IBM i Access Client Solutions.",
                driver=IBM_I,
            ) from why
        if "libodbc" in str(why):
            raise Misconfigured(
                "unixODBC is not installed on this machine: install it (Debian: unixodbc)."
            ) from why
        raise


def _dsn(dsn: str, parts: ConnectionString) -> str:
    others = set(parts.keys()) - {"dsn", "datasource", "provider", "persistsecurityinfo"}
    for key in sorted(others - {*USER, *PASSWORD, "extendedproperties"}):
        raise Misconfigured(
            "With a DSN only user and password are given here, not {key}.", key=key
        )
    if not re.fullmatch(r"[\w .-]+", dsn):
        raise Misconfigured("The name of the DSN has signs that no DSN has.")
    return dsn


def _accepted(name: str, parts: ConnectionString, files: Path) -> dict[str, str]:
    """What a driver gets of the string. A file is one of the company's folder."""
    if not name:
        raise Misconfigured("The connection string names neither a driver nor a DSN.")
    if re.search(r"[/\\]|\.(so|dll)\b", name):
        raise Misconfigured("A driver is named as it is registered, not by its file.")
    chosen = {}
    for part in parts.parts:
        if part.key in (*USER, *PASSWORD, "provider", "driver", "persistsecurityinfo"):
            continue
        if part.key not in ACCEPTED:
            raise Misconfigured("{key} is not accepted here: put it into a DSN.", key=part.key)
        value = part.value
        if part.key in FILE and (_is_path(value) or "sqlite" in name.lower()):
            value = str(found(files, PureWindowsPath(value).name))
        elif _is_path(value):
            raise Misconfigured("{key}: no path is accepted here.", key=part.key)
        key = parts.text[part.begin : part.end].partition("=")[0].strip()
        chosen[key] = value
    return chosen


def _is_path(value: str) -> bool:
    return any(sign in value for sign in ("/", "\\", "..")) or value.lower().startswith("file:")
