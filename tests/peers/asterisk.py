"""A private Asterisk on loopback, with its own configuration and ports.

    async with running_asterisk() as pbx:
        settings = pbx.settings            # what an administrator would fill in
        await pbx.cli("core show channels")

It is a child of the test's process; leaving the block ends it.
"""

import asyncio
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.peers import PeerMissing, asterisk_files
from tests.peers.asterisk_files import Ports
from tests.peers.debian import Root, unpacked
from tests.peers.ports import block_of_ports
from tws.links.asterisk.settings import Settings

BOOT = 30.0
"Seconds within which Asterisk is fully booted."
PACKAGES = ("asterisk", "asterisk-moh-opsound-gsm", "asterisk-core-sounds-en-gsm")


@cache
def installed(suite: str | None = None) -> Root:
    """Asterisk 22 of Debian sid, else 16 of bullseye. Raises PeerMissing.

    TWS_ASTERISK_SUITE in the environment chooses: `TWS_ASTERISK_SUITE=bullseye make test`.
    """
    suite = suite or os.environ.get("TWS_ASTERISK_SUITE")
    suites = (suite,) if suite else ("sid", "bullseye")
    root = unpacked(PACKAGES, suites, {"bullseye": ["asterisk-voicemail"]})
    sounds = root.path / "usr/share/asterisk/sounds"
    english = next(iter(sorted(sounds.glob("en_*"))), None)
    if english and not (sounds / "en").exists():  # an installation has this link from dpkg
        with suppress(FileExistsError):
            (sounds / "en").symlink_to(english.name)
    return root


def prepare(suite: str | None = None) -> None:
    """For `require_peer("asterisk")`."""
    installed(suite)
    if shutil.which("openssl") is None:
        raise PeerMissing("no openssl to make the certificate of its manager port")


class Asterisk:
    """One Asterisk. Its folder keeps its database and configuration over restarts."""

    def __init__(self, folder: Path, root: Root, settings: Settings, ports: Ports) -> None:
        self.folder, self.root, self.ports = folder, root, ports
        self.settings = replace(settings, host="127.0.0.1", port=ports.ami)
        self.certificate = folder / "ami.pem"
        self.process: asyncio.subprocess.Process | None = None
        self._outside = itertools.cycle(ports.outside)

    @property
    def version(self) -> str:
        return self.root.version

    @property
    def registrar(self) -> str:
        return f"127.0.0.1:{self.ports.sip}"

    @property
    def tls_settings(self) -> Settings:
        return replace(
            self.settings, port=self.ports.ami_tls, tls=True, ca_file=str(self.certificate)
        )

    def outside_port(self) -> int:
        """For one caller: what is still sent to those before must not reach the next."""
        return next(self._outside)

    def command(self, *arguments: str) -> list[str]:
        config = str(self.folder / "etc/asterisk.conf")
        return self.root.command("usr/sbin/asterisk", "-C", config, *arguments)

    async def start(self) -> None:
        """Start and wait until it takes calls; raises RuntimeError with its last words."""
        console = self.folder / "log/console"
        with console.open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.command("-f"),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8"},
            )
        try:
            async with asyncio.timeout(BOOT):
                while "fully booted" not in await self.cli("core waitfullybooted"):
                    if self.process.returncode is not None:
                        raise RuntimeError(f"Asterisk ended: {console.read_text()[-2000:]}")
        except TimeoutError as error:
            await self.kill()
            raise RuntimeError(f"Asterisk did not boot: {console.read_text()[-2000:]}") from error

    async def cli(self, text: str) -> str:
        """What the command line of Asterisk answers."""
        process = await asyncio.create_subprocess_exec(
            *self.command("-rx", text),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        answer, _ = await process.communicate()
        return answer.decode(errors="replace")

    async def channels(self) -> list[dict[str, str]]:
        """Its channels now: name, context, exten, state, application, bridge, uniqueid..."""
        names = (
            "name context exten priority state application data caller account peer_account "
            "amaflags duration bridge uniqueid"
        ).split()
        lines = (await self.cli("core show channels concise")).splitlines()
        return [
            dict(zip(names, line.split("!"), strict=False))
            for line in lines
            if line.count("!") > 9
        ]

    async def kill(self) -> None:
        """As by a power cut."""
        if self.process and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()

    async def restart(self) -> None:
        await self.kill()
        await self.start()

    async def stop(self) -> None:
        if self.process and self.process.returncode is None:
            self.process.terminate()
            try:
                async with asyncio.timeout(10):
                    await self.process.wait()
            except TimeoutError:
                await self.kill()


def _ports(own: range) -> Ports:
    sip, ami, ami_tls, trunk = own[:4]
    return Ports(sip, ami, ami_tls, own[100], own[-1], trunk, outside=own[10:100])


def _make_certificate(path: Path) -> None:
    options = (
        "-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost "
        "-addext subjectAltName=DNS:localhost,IP:127.0.0.1"
    )
    files = ["-keyout", f"{path}.key", "-out", str(path)]
    subprocess.run(["openssl", "req", *options.split(), *files], check=True, capture_output=True)


@asynccontextmanager
async def running_asterisk(
    settings: Settings | None = None, suite: str | None = None
) -> AsyncIterator[Asterisk]:
    """An Asterisk that takes calls, configured for `settings` (host and port are filled in)."""
    root = await asyncio.to_thread(installed, suite)
    # a short path: the control socket's name has at most 107 bytes
    folder = Path(tempfile.mkdtemp(prefix="tws-ast-"))
    wanted = settings or Settings(host="127.0.0.1", password="gateway")
    with block_of_ports() as ports:
        pbx = Asterisk(folder, root, wanted, _ports(ports))
        try:
            await asyncio.to_thread(_make_certificate, pbx.certificate)
            asterisk_files.write(folder, root, pbx.ports, pbx.settings, pbx.certificate)
            await pbx.start()
            yield pbx
            await pbx.stop()
        finally:
            await pbx.kill()
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
