"""Connection strings as people copy them from everywhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws import connectors
from tws.connectors.databases.connection_strings import ConnectionString, braced, written
from tws.connectors.databases.odbc import OdbcSettings, OleDbSettings
from tws.errors import Invalid
from tws.sources.errors import Misconfigured

EXCEL = r"Driver= {Microsoft Excel Driver (*.xls)};Dbq=C:\Annuaire\Annuaire.xls;"
SECRETS = ["Secret12", "s;e}c'r\"et=12", "{Secret12", "Secret 12}"]


def test_how_values_are_written() -> None:
    excel = ConnectionString(EXCEL)
    assert excel.get("driver") == "Microsoft Excel Driver (*.xls)"
    assert excel.get("dbq") == r"C:\Annuaire\Annuaire.xls"
    odbc = ConnectionString("DRIVER={a}}b;c} ; ServerName = host;; User_Id=me\r\n;Pwd='x'")
    assert odbc.get("driver") == "a}b;c"
    assert odbc.get("server", "servername") == "host"
    assert odbc.get("userid") == "me"
    assert odbc.get("pwd") == "'x'", "no quotes in ODBC"
    ole = "Provider=A.B.1;Data Source=\"a;\"\"b\";Password='it''s';Extended Properties='Excel 8.0'"
    db = ConnectionString(ole, quotes=True)
    assert db.get("datasource") == 'a;"b'
    assert db.get("password") == "it's"
    assert db.get("extendedproperties") == "Excel 8.0"
    nested = ConnectionString('Extended Properties="Excel 8.0;HDR=No;IMEX=1"', quotes=True)
    assert nested.inner().get("hdr") == "No"
    assert ConnectionString("").parts == ()


@pytest.mark.parametrize("text", ["nothing", "a={b", "a={b}c;d=e", "=a", "a;b=c"])
def test_strings_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="connection string"):
        ConnectionString(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_value_in_braces_is_what_it_was(value: str, other: str) -> None:
    read = ConnectionString(f"PWD={braced(value)};b={braced(other)}")
    assert [part.value for part in read.parts] == [value, other]
    assert read.without_secrets() == f"b={braced(other)}"


@given(st.text(alphabet="ab {};=)'\"", max_size=20))
def test_a_driver_gets_what_was_meant(value: str) -> None:
    try:
        text = written({"PWD": value, "UID": "me"})
    except Misconfigured:
        assert re.search(r";[^;]*=", value)
    else:
        assert [part.value for part in ConnectionString(text).parts] == [value, "me"]
        assert written({"Database": "/a b/x.db"}) == "Database=/a b/x.db"


@given(st.text(alphabet="aP={};'\" \\\n", max_size=60), st.booleans())
def test_whatever_is_written_is_read_or_refused(text: str, quotes: bool) -> None:
    try:
        read = ConnectionString(text, quotes)
    except ValueError as why:
        assert "connection string" in str(why)
    else:
        assert len(read.parts) <= len(text)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "key", ["Pwd", "PWD", "password", "Pass word", "Passwd", "Jet OLEDB:Database Password"]
)
def test_no_secret_stays_in_the_string(secret: str, key: str) -> None:
    text = f"Driver={{mysql}};{key}={braced(secret)};Server=host;"
    stored = connectors.validate("odbc", {"connection_string": text, "table": "people"})
    assert stored["connection_string"] == "Driver={mysql};Server=host;"
    quoted = secret.replace("'", "''")
    ole = f"Provider=SQLOLEDB;{key}='{quoted}';Data Source=host"
    other = connectors.validate("ole_db", {"connection_string": ole, "table": "people"})
    assert other["connection_string"] == "Provider=SQLOLEDB;Data Source=host"
    if "Jet" not in key:
        assert (stored["password"], other["password"]) == (secret, secret)
    for name, values in (("odbc", stored), ("ole_db", other)):
        assert connectors.validate(name, values) == values


def test_a_secret_inside_extended_properties() -> None:
    text = "Provider=MSDASQL;Extended Properties=\"DSN=crm;PWD='a;b''c';UID=me\";Locale=1"
    stored = connectors.validate("ole_db", {"connection_string": text, "table": "people"})
    assert stored["password"] == "a;b'c"
    kept = 'Provider=MSDASQL;Extended Properties="DSN=crm;UID=me";Locale=1'
    assert stored["connection_string"] == kept


def test_the_newer_password_is_the_one_just_written() -> None:
    text = "DSN=crm;PWD=new"
    assert OdbcSettings(connection_string=text, password="old").password == "new"
    assert OdbcSettings(connection_string="DSN=crm", password="old").password == "old"


@pytest.mark.parametrize(
    "text", ["Secret12", "DSN=a;Pwd={Secret12", "DSN=a;Pwd={Secret12}x;", "a=b;Secret12"]
)
def test_no_secret_in_words(text: str) -> None:
    for name in ("odbc", "ole_db"):
        with pytest.raises(Invalid) as wrong:
            connectors.validate(name, {"connection_string": text, "table": "people"})
        assert wrong.value.details["field"] == "settings.connection_string"
        cause = wrong.value.__cause__
        assert "Secret12" not in f"{wrong.value!r} {cause!r} {cause and cause.__cause__!r}"
    hidden = (
        OdbcSettings(connection_string="DSN=a;Pwd=Secret12"),
        OleDbSettings(connection_string="Provider=a;Password=Secret12"),
    )
    assert "Secret12" not in repr(hidden)
    assert "Secret12" not in repr(ConnectionString("DSN=a;Pwd=Secret12"))


def test_what_the_form_keeps_secret() -> None:
    assert connectors.secret_fields("odbc") == connectors.secret_fields("ole_db") == {"password"}
    with pytest.raises(Invalid, match=re.escape("DSN")):
        connectors.validate("odbc", {"table": "people"})
