"""The wall to other people's directories: one product a file; this is the register.

A connector is loaded when it is first used. To add one: write it, add its line here.
"""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tws import forms
from tws.directory.connector import DirectoryConnector
from tws.organisation.errors import Invalid
from tws.organisation.model import DirectoryKind
from tws.register import Misconfigured, Register

REGISTER: Register[type[DirectoryConnector]] = Register(
    {
        "a5000_ext": "tws.connectors.a5000:A5000External",
        "a5000_int": "tws.connectors.a5000:A5000Internal",
        "access": "tws.connectors.access:Access",
        "active_directory": "tws.connectors.active_directory:ActiveDirectory",
        "carddav": "tws.connectors.carddav:Carddav",
        "csv": "tws.connectors.csv_file:CsvFile",
        "domino_ldap": "tws.connectors.domino_ldap:DominoLdap",
        "domino_rest": "tws.connectors.domino_rest:DominoRest",
        "excel": "tws.connectors.excel:Excel",
        "exchange": "tws.connectors.exchange:Exchange [exchange]",
        "exchange_webdav": "tws.connectors.exchange_webdav:ExchangeWebdav",
        "google": "tws.connectors.google:Google",
        "json": "tws.connectors.json_http:JsonHttp",
        "ldap": "tws.connectors.ldap.directory:LdapDirectory",
        "odbc": "tws.connectors.odbc:Odbc",
        "office365": "tws.connectors.office365:Office365",
        "ole_db": "tws.connectors.odbc:OleDb",
        "sql": "tws.connectors.sql:Sql",
        "vcard": "tws.connectors.vcard_file:VcardFile",
    }
)


def connector(name: str) -> type[DirectoryConnector]:
    """The connector of that name; raises `Invalid` where there is none, or it cannot be used."""
    if name not in REGISTER:
        raise Invalid(f"No such kind of directory: {name}.", field="connector")
    try:
        return REGISTER.load(name)
    except Misconfigured as why:
        raise Invalid(str(why), field="connector") from why


def connectors() -> Mapping[str, type[DirectoryConnector] | Misconfigured]:
    """All of them, loaded; or why one cannot be used."""
    return REGISTER.listing()


def settings(name: str, values: Mapping[str, object]) -> Any:
    """The connector's Settings made of a form's values; raises `Invalid` naming what is wrong."""
    try:
        return forms.convert(connector(name).Settings, values)
    except forms.WrongSetting as wrong:
        field = "settings" if wrong.field is None else f"settings.{wrong.field}"
        raise Invalid(str(wrong), field=field) from wrong


def validate(name: str, values: Mapping[str, object]) -> Mapping[str, object]:
    """What is to be stored: every setting, defaults included."""
    return dataclasses.asdict(settings(name, values))


def secret_fields(name: str) -> frozenset[str]:
    """Settings that are never shown, and kept when a form leaves them out."""
    return forms.secret_fields(connector(name).Settings)


def kinds(name: str) -> frozenset[DirectoryKind]:
    """Which kinds of directories it can be, disabled ones apart."""
    found = connector(name)
    offered = {DirectoryKind.PRIVATE: found.private, DirectoryKind.PUBLIC: found.public}
    return frozenset(kind for kind, there in offered.items() if there)


def opened(name: str, values: Mapping[str, object], files: Path) -> DirectoryConnector:
    """A connector ready to read. `Invalid` as for `settings`."""
    return connector(name)(settings(name, values), files)
