"""A Kerberos realm: MIT's KDC with its own database, on a port of loopback, and curl.

    with running_kdc("LAB.TEST", {"alice": "secret"}) as realm:
        realm.keytab(path, "HTTP/localhost")
        realm.ticket("alice", "secret", cache)
        realm.curl(cache, "http://localhost:8080/")

It stands for the domain controller of Active Directory, whose tickets are the same (RFC 4120);
what is Microsoft's own in them (the PAC) nobody here reads.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.peers import PeerMissing
from tests.peers.answering import BOOT, until_it_answers
from tests.peers.debian import Root, unpacked
from tests.peers.ports import block_of_ports
from tws.connectors.windows import gssapi

PACKAGES = ("krb5-kdc", "krb5-admin-server", "krb5-user", "curl", "faketime")
SUITES = ("bookworm", "trixie", "sid")
MASTER = "the key of the database"


def prepare() -> None:
    """For `require_peer("krb5_kdc")`: raises PeerMissing."""
    try:
        gssapi.library()
    except OSError:
        command = ["apt-get", "-q", "-y", "install", gssapi.PACKAGE]
        if os.geteuid() or shutil.which("apt-get") is None or subprocess.call(command):
            raise PeerMissing(f"{gssapi.PACKAGE} is not installed") from None
    root()


@cache
def root() -> Root:
    return unpacked(PACKAGES, SUITES)


@dataclass(frozen=True, eq=False)
class Realm:
    name: str
    folder: Path
    port: int
    clock: str = ""
    "How far its clocks are off, as libfaketime writes it: `-2d`."
    host: str = "127.0.0.1"
    neighbours: "dict[str, Realm]" = field(default_factory=dict)

    @property
    def environment(self) -> Mapping[str, str]:
        """Of whoever lives in this realm."""
        library = next(root().libraries.glob("faketime/libfaketime.so.1"))
        other = {"LD_PRELOAD": str(library), "FAKETIME": self.clock} if self.clock else {}
        return {
            **os.environ,
            **other,
            "KRB5_CONFIG": str(self.folder / "krb5.conf"),
            "KRB5_KDC_PROFILE": str(self.folder / "kdc.conf"),
            "LC_ALL": "C",
        }

    def holding(self, cache: Path) -> Mapping[str, str]:
        """Whoever has the tickets in that file."""
        return {**self.environment, "KRB5CCNAME": f"FILE:{cache}"}

    def administered(self, *query: str) -> str:
        """What kadmin.local says."""
        words = ["usr/sbin/kadmin.local", "-r", self.name, *query]
        return self._run(*words)

    def keytab(self, path: Path, *services: str, options: tuple[str, ...] = ()) -> None:
        """New keys of these services, which are made."""
        for service in services:
            if service not in self.administered("listprincs"):
                self.administered("addprinc", "-randkey", service)
            self.administered("ktadd", "-k", str(path), *options, service)

    def ticket(self, user: str, password: str, cache: Path, *options: str) -> None:
        """What a Windows session has."""
        words = ["usr/bin/kinit", *options, f"{user}@{self.name}"]
        self._run(*words, given=f"{password}\n", cache=cache)

    def curl(self, cache: Path, *words: str) -> str:
        """What it prints, of whoever has these tickets."""
        start = ["usr/bin/curl", "-sS", "--noproxy", "*", "--negotiate", "-u", ":"]
        return self._run(*start, *words, cache=cache)

    def trusts(self, other: "Realm") -> None:
        """People of the other realm get tickets for services of this one."""
        for place in (self, other):
            place.administered("addprinc", "-pw", MASTER, f"krbtgt/{self.name}@{other.name}")
        other.neighbours[self.name] = self
        _configure(other)

    def _run(self, *words: str, given: str = "", cache: Path | None = None) -> str:
        done = subprocess.run(
            root().command(*words),
            env=self.environment if cache is None else self.holding(cache),
            input=given,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{words[0]}: {done.stderr or done.stdout}")
        return done.stdout


def curl() -> list[str]:
    """How curl is started that goes with it: it speaks Negotiate and NTLM."""
    return root().command("usr/bin/curl", "-sS", "--noproxy", "*")


def _configure(realm: Realm) -> None:
    known = {realm.name: realm, **realm.neighbours}
    places = "\n".join(f"{x.name} = {{\n  kdc = {x.host}:{x.port}\n}}" for x in known.values())
    services = next(iter(realm.neighbours), realm.name)
    (realm.folder / "krb5.conf").write_text(
        f"""[libdefaults]
default_realm = {realm.name}
dns_lookup_kdc = false
dns_lookup_realm = false
dns_canonicalize_hostname = false
rdns = false
udp_preference_limit = 1
[realms]
{places}
[domain_realm]
localhost = {services}
"""
    )
    (realm.folder / "kdc.conf").write_text(
        f"""[kdcdefaults]
kdc_listen = 127.0.0.1:{realm.port}
kdc_tcp_listen = 127.0.0.1:{realm.port}
[realms]
{realm.name} = {{
  database_name = {realm.folder}/principal
  key_stash_file = {realm.folder}/stash
  acl_file = {realm.folder}/kadm5.acl
}}
[dbmodules]
db_module_dir = {root().libraries}/krb5/plugins/kdb
[logging]
kdc = FILE:{realm.folder}/kdc.log
"""
    )


def realm_of(host: str, name: str, folder: Path) -> Realm:
    """The realm of a domain controller that is there already."""
    realm = Realm(name, folder, 88, host=host)
    _configure(realm)
    return realm


@contextmanager
def running_kdc(name: str, people: Mapping[str, str], clock: str = "") -> Iterator[Realm]:
    """`people`: the password of each."""
    folder = Path(tempfile.mkdtemp(prefix="tws-kdc-"))
    try:
        with block_of_ports() as ports:
            realm = Realm(name, folder, ports[0], clock)
            _configure(realm)
            realm._run(
                *("usr/sbin/kdb5_util", "-r", name, "create", "-s", "-W"),
                given=f"{MASTER}\n{MASTER}\n",
            )
            for user, password in people.items():
                realm.administered("addprinc", "-pw", password, user)
            with _served(realm):
                yield realm
    finally:
        shutil.rmtree(folder)


@contextmanager
def _served(realm: Realm) -> Iterator[None]:
    process = subprocess.Popen(
        root().command("usr/sbin/krb5kdc", "-n", "-r", realm.name),
        env=realm.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_it_answers(process, realm.folder / "kdc.log", realm.port)
        yield
    finally:
        process.terminate()
        process.wait(BOOT)
