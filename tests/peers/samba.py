"""An Active Directory domain controller: Samba, provisioned into a folder.

    with running_domain_controller() as dc:
        ... dc.host, dc.certificate

Samba knows the places of its files at compile time, and LDAP of Active Directory has one port: it
runs in a root directory of its own (its Debian packages, unpacked), on a loopback address of its
own. That takes root; `allowed()` says whether it can be done here. The domain is provisioned once
and copied, which takes a second.
"""

import os
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.peers.debian import Root, cache_folder, unpacked
from tests.peers.locks import locked
from tests.peers.ports import block_of_ports

BOOT = 60.0
PACKAGES, SUITES = ("samba-ad-dc", "samba-ad-provision", "winbind"), ("bookworm", "trixie", "sid")
INSIDE = "/srv/dc"
"Where the domain's folder is, in the root directory of Samba."
LOCK = f"{INSIDE}/lock"
REALM, DOMAIN = "LAB.TEST", "LAB"
SUFFIX = "dc=lab,dc=test"
ADMIN, PASSWORD = "administrator@lab.test", "Lab-Passw0rd!"
ENTER = """set -e
mount --rbind /dev "$0/dev"
mount --rbind /proc "$0/proc"
mount --bind "$1" "$0/srv/dc"
mkdir -p "$1/run" "$0/run/samba"
mount --bind "$1/run" "$0/run/samba"
root=$0; shift
exec chroot "$root" "$@"
"""


def allowed() -> bool:
    """Root, who may mount."""
    if os.geteuid() or not shutil.which("unshare"):
        return False
    return not subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode


def prepare() -> None:
    """For `require_peer("samba")`: raises PeerMissing."""
    provisioned()


@dataclass(frozen=True, slots=True)
class DomainController:
    host: str
    certificate: Path
    "PEM, of `host`."
    keytab: Path
    "Of the service that was asked for."
    ntlm_auth: Path | None
    "Samba's program, which asks winbind."


def _command(root: Root, folder: Path, *command: str) -> list[str]:
    """In a file system of its own, so that nothing stays mounted."""
    return ["unshare", "-m", "sh", "-c", ENTER, str(root.path), str(folder), *command]


@cache
def provisioned() -> tuple[Root, Path]:
    """The root directory, and the folder of a domain that nobody uses."""
    root = unpacked(PACKAGES, SUITES)
    domain = cache_folder() / f"samba-domain-{root.suite}"
    with locked(cache_folder() / "samba-domain.lock"):
        if not domain.exists():
            _furnish(root)
            partial = domain.with_suffix(".new")
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir()
            _provision(root, partial)
            partial.rename(domain)
    return root, domain


def _furnish(root: Root) -> None:
    for name in ("dev", "proc", "tmp", "srv/dc"):
        (root.path / name).mkdir(parents=True, exist_ok=True)
    etc = root.path / "etc"
    etc.joinpath("passwd").write_text("root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n")
    etc.joinpath("group").write_text("root:x:0:\nusers:x:100:\nnogroup:x:65534:\n")


def _provision(root: Root, folder: Path) -> None:
    words = f"""
        python3 /usr/bin/samba-tool domain provision --realm={REALM} --domain={DOMAIN}
        --server-role=dc --dns-backend=NONE --adminpass={PASSWORD} --host-name=dc1
        --host-ip=127.0.0.1 --targetdir={INSIDE}/domain --option=posix:eadb={INSIDE}/eadb.tdb
        --option='vfs objects=dfs_samba4 acl_xattr xattr_tdb'
    """
    done = subprocess.run(
        _command(root, folder, *shlex.split(words)),
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/usr/sbin", "LC_ALL": "C.UTF-8"},
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def _people(root: Root, folder: Path, people: Mapping[str, str], service: str) -> None:
    """Accounts with these passwords, and one that has the name of the service, with its keytab."""
    tool = f"samba-tool {{}} -s {INSIDE}/domain/etc/smb.conf"
    account = service.replace("/", "-")
    commands = [f"user create {name} {word}" for name, word in people.items()]
    commands += [f"user create {account} --random-password", f"spn add {service} {account}"]
    commands += [f"domain exportkeytab {INSIDE}/service.keytab --principal={service}"]
    for command in commands:
        done = subprocess.run(
            _command(root, folder, *shlex.split(tool.format(command))),
            capture_output=True,
            text=True,
            env={"PATH": "/usr/bin:/usr/sbin", "LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            raise RuntimeError(done.stderr)


@contextmanager
def running_domain_controller(
    people: Mapping[str, str] | None = None, service: str = "", *, winbind: bool = False
) -> Iterator[DomainController]:
    """With `people` and a `service` it gives tickets too; with `winbind` this machine is one of
    the domain, whose `ntlm_auth` asks it."""
    root, domain = provisioned()
    folder = Path(tempfile.mkdtemp(prefix="tws-samba-"))
    try:
        shutil.copytree(domain / "domain", folder / "domain", symlinks=True)
        if people is not None:
            _people(root, folder, people, service)
        with block_of_ports() as ports:
            # 127.0.0.0/8 is all loopback: an address for each test run
            host = f"127.77.{ports.start // 256}.{ports.start % 256}"
            certificate = _certificate(folder, host)
            options = {
                "server services": "ldap" if people is None else "ldap kdc",
                "interfaces": f"{host}/8",
                "bind interfaces only": "yes",
                "pid directory": INSIDE,
                "ncalrpc dir": f"{INSIDE}/ncalrpc",
                "tls certfile": f"{INSIDE}/dc.pem",
                "tls keyfile": f"{INSIDE}/dc.key",
                "tls cafile": "",
            }
            words = ["samba", "-F", "-M", "single", "--no-process-group", "--debug-stdout"]
            words += ["-s", f"{INSIDE}/domain/etc/smb.conf"]
            if winbind:
                options |= {
                    "server services": "ldap cldap rpc kdc winbindd",
                    "lock directory": LOCK,
                }
                (folder / "lock").mkdir()
            _configure(folder, options)
            keytab = folder / "service.keytab"
            ntlm_auth = _program(root, folder) if winbind else None
            with _served(_command(root, folder, *words), folder, host, winbind=winbind):
                yield DomainController(host, certificate, keytab, ntlm_auth)
    finally:
        shutil.rmtree(folder)


def _configure(folder: Path, options: Mapping[str, str]) -> None:
    """In the file, since what Samba starts reads that alone."""
    file = folder / "domain/etc/smb.conf"
    lines = "".join(f"\t{name} = {value}\n" for name, value in options.items())
    file.write_text(file.read_text().replace("[global]\n", f"[global]\n{lines}", 1))


def _program(root: Root, folder: Path) -> Path:
    """`ntlm_auth` as a program of this machine (`TWS_NTLM_AUTH`)."""
    conf = f"--configfile={INSIDE}/domain/etc/smb.conf"
    command = _command(root, folder, "/usr/bin/ntlm_auth", conf)
    script = folder / "ntlm_auth"
    script.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
    script.chmod(0o755)
    return script


@contextmanager
def _served(command: list[str], folder: Path, host: str, *, winbind: bool) -> Iterator[None]:
    log, pipe = folder / "log", folder / "run/winbindd/pipe"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={"PATH": "/usr/bin:/usr/sbin:/bin:/sbin", "LC_ALL": "C.UTF-8"},
        )
    try:
        deadline = time.monotonic() + BOOT
        while not _answers(host) or (winbind and not pipe.exists()):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
            if process.returncode is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text())
        yield
    finally:
        process.terminate()
        process.wait(BOOT)


def _answers(host: str) -> bool:
    with suppress(OSError), socket.create_connection((host, 389), 1):
        return True
    return False


def _certificate(folder: Path, host: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = folder / "dc.pem"
    public.write_bytes(pem)
    file = folder / "dc.key"
    file.touch(mode=0o600)
    file.write_bytes(private)
    return public
