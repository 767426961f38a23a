"""Programs of a Debian suite, unpacked into a folder: no root, no change to the system.

The packages come by this machine's own apt configuration (mirror, proxy, credentials), with
their signatures checked. A program runs with the loader and the libraries of the suite that it
came from, so the libc of this machine does not matter.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.peers import PeerMissing
from tests.peers.locks import locked

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
TOOLS = ("apt-get", "apt-config", "dpkg-deb", "dpkg", "tar")
HELPERS = re.compile(r"(perl|libperl|gnupg|gpg|dirmngr|pinentry|passwd|adduser|debconf|login)")
"Packages that only maintainer scripts need: those are never run here."
MERGED_USR = {"lib": "usr/lib", "lib64": "usr/lib64", "bin": "usr/bin", "sbin": "usr/sbin"}
MARK = ".unpacked"


@dataclass(frozen=True)
class Root:
    """A folder that holds a part of a Debian system."""

    path: Path
    suite: str
    version: str
    "Of the first package asked for."

    @property
    def libraries(self) -> Path:
        return next(iter(sorted((self.path / "usr/lib").glob("*-linux-gnu*"))))

    def inside(self, path: Path) -> Path:
        """Follow symbolic links as if this folder were the root directory."""
        for _ in range(20):
            if not path.is_symlink():
                return path
            target = os.readlink(path)
            absolute = target.startswith("/")
            path = self.path / target.lstrip("/") if absolute else path.parent / target
        raise PeerMissing(f"a loop of links at {path}")

    def loader(self) -> Path:
        for pattern in ("lib64/ld-linux*.so*", "lib/*-linux-gnu*/ld-*.so*", "lib/ld-linux*.so*"):
            for found in sorted(self.path.glob(pattern)):
                if (real := self.inside(found)).is_file():
                    return real
        raise PeerMissing(f"no dynamic loader in {self.path}")

    def command(self, program: str, *arguments: str) -> list[str]:
        """How to run `program`, a path inside this folder."""
        folders = (self.libraries, self.path / "lib" / self.libraries.name, self.path / "usr/lib")
        search = ":".join(str(folder) for folder in folders if folder.exists())
        start = [str(self.loader()), "--library-path", search, str(self.path / program)]
        return [*start, *arguments]


def release() -> str:
    """Of this machine: programs that need its own libraries come from the same."""
    lines = Path("/etc/os-release").read_text().splitlines()
    known = dict(line.split("=", 1) for line in lines if "=" in line)
    return known.get("VERSION_CODENAME", "unknown").strip('"')


def cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "tws-peers"


def unpacked(
    packages: Sequence[str],
    suites: Sequence[str] = ("sid",),
    extra: Mapping[str, Sequence[str]] | None = None,
) -> Root:
    """The folder with `packages` from the first of `suites` that has them; unpacked once.

    `extra` names what to add in some suites. Raises PeerMissing.
    """
    folder = cache_folder()
    with locked(folder / f"{packages[0]}.lock"):
        for suite in suites:
            if root := _found(folder / f"{packages[0]}-{suite}", suite):
                return root
        if absent := [tool for tool in TOOLS if shutil.which(tool) is None]:
            raise PeerMissing(f"{packages[0]}: no {', '.join(absent)} on this machine")
        why = []
        for suite in suites:
            try:
                wanted = [*packages, *(extra or {}).get(suite, ())]
                return _unpack(folder / f"{packages[0]}-{suite}", suite, wanted)
            except subprocess.CalledProcessError as error:
                words = (error.stderr or "").strip().splitlines()
                why.append(f"{suite}: {words[-1] if words else error}")
        raise PeerMissing(f"{packages[0]}: {'; '.join(why)}")


def _found(path: Path, suite: str) -> Root | None:
    mark = path / MARK
    return Root(path, suite, mark.read_text().strip()) if mark.exists() else None


def _run(*command: str, env: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    return done.stdout


def _archive() -> str:
    """Where this machine gets Debian from: the archive, not its security updates."""
    listed = _run("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages")
    uris = [uri for uri in dict.fromkeys(listed.split()) if "security" not in uri]
    debian = [uri for uri in uris if uri.rstrip("/").endswith("/debian")]
    if not uris:
        raise PeerMissing("apt on this machine knows no archive")
    return (debian or uris)[0]


def _private_apt(folder: Path, suite: str) -> dict[str, str]:
    """An apt of our own beside the machine's: its environment."""
    for name in ("parts", "state/lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True)
    (folder / "status").write_text("")
    signed = f" [signed-by={KEYRING}]" if KEYRING.exists() else ""
    (folder / "sources.list").write_text(f"deb{signed} {_archive()} {suite} main\n")
    options = {
        "Dir::Etc::sourcelist": folder / "sources.list",
        "Dir::Etc::sourceparts": folder / "parts",
        "Dir::Etc::parts": folder / "parts",
        "Dir::Etc::preferencesparts": folder / "parts",
        "Dir::State": folder / "state",
        "Dir::State::status": folder / "status",
        "Dir::Cache": folder / "cache",
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "",
        "APT::Architecture": _run("dpkg", "--print-architecture").strip(),
        "Acquire::Languages": "none",
        # a mirror may keep a suite that moves past the end of its validity
        "Acquire::Check-Valid-Until": "false",
    }
    text = _run("apt-config", "dump", "Acquire")
    text += "".join(f'{key} "{value}";\n' for key, value in options.items())
    (folder / "apt.conf").write_text(text)
    return {**os.environ, "APT_CONFIG": str(folder / "apt.conf"), "LC_ALL": "C"}


def _unpack(root: Path, suite: str, packages: Sequence[str]) -> Root:
    apt, new = root.with_name(root.name + ".apt"), root.with_name(root.name + ".new")
    for left_over in (apt, new, root):
        shutil.rmtree(left_over, ignore_errors=True)
    env = _private_apt(apt, suite)
    _run("apt-get", "-q", "update", env=env)
    _run("apt-get", "-q", "-y", "--download-only", "install", *packages, env=env)
    for link, target in MERGED_USR.items():
        (new / target).mkdir(parents=True, exist_ok=True)
        (new / link).symlink_to(target)
    archives = sorted((apt / "cache/archives").glob("*.deb"))
    for archive in archives:
        if not HELPERS.match(archive.name):
            _extract(archive, new)
    first = next(archive for archive in archives if archive.name.startswith(f"{packages[0]}_"))
    version = _run("dpkg-deb", "--field", str(first), "Version").strip()
    (new / MARK).write_text(version + "\n")
    new.rename(root)
    shutil.rmtree(apt)
    return Root(root, suite, version)


def _extract(archive: Path, into: Path) -> None:
    with subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", str(archive)], stdout=subprocess.PIPE
    ) as files:
        subprocess.run(
            ["tar", "-x", "-C", str(into), "--keep-directory-symlink", "--no-same-owner"]
            + [f"--exclude=./usr/share/{unread}" for unread in ("doc", "man", "locale")],
            stdin=files.stdout,
            check=True,
            capture_output=True,
        )
    if files.returncode:
        raise subprocess.CalledProcessError(files.returncode, "dpkg-deb", stderr=archive.name)
