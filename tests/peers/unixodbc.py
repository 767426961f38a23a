"""unixODBC with the drivers for SQLite and MariaDB, in a folder; its DSNs are those of a test.

They are loaded by a process of ours, so they come from this machine's own release, and what the
system has itself (libc) is left out. mdbtools, which reads Access files, is a peer beside.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.peers.debian import Root, release, unpacked

PACKAGES = ("unixodbc", "odbcinst", "odbc-mariadb", "libsqliteodbc")
DRIVERS = {
    "SQLite3": "odbc/libsqlite3odbc.so",
    "Some Driver": "odbc/libmaodbc.so",
    "Broken": "odbc/none.so",
}
"Names in odbcinst.ini. MariaDB's is one that nobody can guess the product from."
_SYSTEM = re.compile(
    r"(ld-linux|libc|libm|libdl|libpthread|librt|libresolv|libutil|libnss|libstdc|libgcc|libpcp"
    r"|libanl|libthread|libBroken|libmemusage|libmvec|libnsl)[-_.+0-9]"
)


def prepare() -> None:
    """Find or unpack unixODBC; raises PeerMissing."""
    root()


@cache
def root() -> Root:
    return unpacked(PACKAGES, (release(),))


def environment(folder: Path, dsns: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """With which a process finds the libraries, drivers and DSNs. Written into `folder`."""
    libraries = folder / "libraries"
    libraries.mkdir()
    found = root().libraries
    for each in (*found.glob("*.so*"), *(root().path / "usr/lib").glob("*.so*")):
        if not _SYSTEM.match(each.name) and not (libraries / each.name).is_symlink():
            (libraries / each.name).symlink_to(root().inside(each))
    drivers = {name: {"Driver": str(found / file)} for name, file in DRIVERS.items()}
    (folder / "odbcinst.ini").write_text(_ini(drivers))
    (folder / "odbc.ini").write_text(_ini(dsns))
    return {
        "LD_LIBRARY_PATH": str(libraries),
        "ODBCSYSINI": str(folder),
        "ODBCINI": str(folder / "odbc.ini"),
    }


def _ini(sections: Mapping[str, Mapping[str, str]]) -> str:
    return "\n".join(
        f"[{name}]\n" + "".join(f"{key}={value}\n" for key, value in section.items())
        for name, section in sections.items()
    )
