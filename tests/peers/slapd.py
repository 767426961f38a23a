"""A private OpenLDAP server with people in it: slapd, in the foreground, on two ports.

    with running_slapd(people) as server:
        ... server.port, server.tls_port

It has StartTLS on the first port and LDAPS on the second, with the certificate of the tests. Its
data are written by slapadd before it starts, which takes 20,000 entries in a few seconds.
"""

import base64
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.peers.answering import BOOT, CERTIFICATE, KEY, until_it_answers
from tests.peers.debian import unpacked
from tests.peers.ports import block_of_ports

SUITES = ("bookworm", "trixie", "sid")
SCHEMAS = ("core", "cosine", "inetorgperson")
OTHER = "127.0.0.2"
"Where it listens too, though its certificate does not say so."
SUFFIX = "dc=example,dc=com"
PEOPLE = f"ou=people,{SUFFIX}"
ADMIN, PASSWORD = f"cn=admin,{SUFFIX}", "s3cret-of-slapd"
"The password is everybody's."
READER = f"cn=reader,{SUFFIX}"
LIMITED, LIMIT = f"cn=limited,{SUFFIX}", 500
"Who gets no more entries than this."
UNPAGED = f"cn=unpaged,{SUFFIX}"
"To whom paged results are refused."

Attributes = Mapping[str, str | bytes | Sequence[str | bytes]]


def prepare() -> None:
    """For `require_peer("slapd")`."""
    program()


@dataclass(frozen=True)
class Program:
    command: tuple[str, ...]
    modules: Path
    schema: Path


@cache
def program() -> Program:
    """This machine's own slapd, else Debian's. Raises PeerMissing."""
    own = Path("/usr/sbin/slapd")
    if own.exists() and Path("/etc/ldap/schema").exists():
        return Program((str(own),), Path("/usr/lib/ldap"), Path("/etc/ldap/schema"))
    root = unpacked(["slapd"], SUITES)
    command = tuple(root.command("usr/sbin/slapd"))
    return Program(command, root.path / "usr/lib/ldap", root.path / "etc/ldap/schema")


@dataclass(frozen=True, slots=True)
class Slapd:
    host: str
    port: int
    tls_port: int
    log: Path


def ldif(entries: Iterable[tuple[str, Attributes]]) -> Iterator[str]:
    """RFC 2849: every value in base64, which suits all of them."""
    for dn, attributes in entries:
        yield f"dn:: {_base64(dn)}\n"
        for name, values in attributes.items():
            for value in [values] if isinstance(values, str | bytes) else values:
                yield f"{name}:: {_base64(value)}\n"
        yield "\n"


def _base64(value: str | bytes) -> str:
    raw = value.encode() if isinstance(value, str) else value
    return base64.b64encode(raw).decode()


def _root() -> Iterator[tuple[str, Attributes]]:
    yield SUFFIX, {"objectClass": ["dcObject", "organization"], "o": "Example", "dc": "example"}
    yield PEOPLE, {"objectClass": "organizationalUnit", "ou": "people"}
    for dn in (READER, LIMITED, UNPAGED):
        classes = ["organizationalRole", "simpleSecurityObject"]
        name = dn.partition(",")[0].removeprefix("cn=")
        yield dn, {"objectClass": classes, "cn": name, "userPassword": PASSWORD}


def _configuration(folder: Path, schema: Sequence[str], tls: bool) -> str:
    found = program()
    certificate = [f"TLSCertificateFile {CERTIFICATE}", f"TLSCertificateKeyFile {KEY}"]
    return "\n".join(
        [
            *(f"include {found.schema}/{name}.schema" for name in SCHEMAS),
            *schema,
            f"pidfile {folder}/pid",
            f"modulepath {found.modules}",
            "moduleload back_mdb",
            *(certificate if tls else ()),
            "sizelimit unlimited",
            "database mdb",
            f"suffix {SUFFIX}",
            f"rootdn {ADMIN}",
            f"rootpw {PASSWORD}",
            f"directory {folder}/db",
            "maxsize 1073741824",
            "dbnosync",
            "index objectClass eq",
            f'limits dn.exact="{LIMITED}" size={LIMIT} size.prtotal={LIMIT}',
            f'limits dn.exact="{UNPAGED}" size.prtotal=disabled',
            "",
        ]
    )


@contextmanager
def running_slapd(
    entries: Iterable[tuple[str, Attributes]],
    *,
    schema: Sequence[str] = (),
    tls: bool = True,
) -> Iterator[Slapd]:
    """`schema`: more lines of slapd.conf(5). Without `tls` it has no StartTLS."""
    folder = Path(tempfile.mkdtemp(prefix="tws-slapd-"))
    try:
        (folder / "db").mkdir()
        conf = folder / "slapd.conf"
        conf.write_text(_configuration(folder, schema, tls))
        data = folder / "data.ldif"
        with data.open("w") as file:
            file.writelines(ldif(_root()))
            file.writelines(ldif(entries))
        _added(conf, data)
        with block_of_ports() as ports, _served(folder, conf, ports, tls) as server:
            yield server
    finally:
        shutil.rmtree(folder)


def _added(conf: Path, data: Path) -> None:
    command = [*program().command, "-T", "add", "-q", "-f", str(conf), "-l", str(data)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)


@contextmanager
def _served(folder: Path, conf: Path, ports: range, tls: bool) -> Iterator[Slapd]:
    server = Slapd("localhost", ports[0], ports[1], folder / "log")
    urls = [f"ldap://127.0.0.1:{server.port}", f"ldap://{OTHER}:{server.port}"]
    urls += [f"ldaps://127.0.0.1:{server.tls_port}"] if tls else []
    with server.log.open("wb") as output:
        process = subprocess.Popen(
            [*program().command, "-d", "0", "-f", str(conf), "-h", " ".join(urls)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        wanted = (server.port, server.tls_port) if tls else (server.port,)
        until_it_answers(process, server.log, *wanted)
        yield server
    finally:
        process.terminate()
        process.wait(BOOT)
