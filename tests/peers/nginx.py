"""A private nginx with the configuration that is delivered, on two ports of loopback."""

import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import rmtree, which

from tests.peers.answering import BOOT, CERTIFICATE, KEY, until_it_answers
from tests.peers.debian import unpacked
from tests.peers.ports import block_of_ports

SUITES = ("bookworm", "trixie", "sid")
DELIVERED = Path(__file__).parents[2] / "packaging" / "proxy" / "nginx.conf"
FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def prepare() -> None:
    """For `require_peer("nginx")`."""
    program()


@cache
def program() -> tuple[str, ...]:
    """This machine's own, else Debian's. Raises PeerMissing."""
    if own := which("nginx") or which("/usr/sbin/nginx"):
        return (own,)
    return tuple(unpacked(["nginx"], SUITES).command("usr/sbin/nginx"))


def _configuration(folder: Path, places: Mapping[str, str]) -> str:
    delivered = DELIVERED.read_text()
    for what, here in places.items():
        assert what in delivered, what
        delivered = delivered.replace(what, here)
    temporary = "\n".join(f"{name}_temp_path {folder}/{name};" for name in FOLDERS)
    return f"""
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{ access_log off; {temporary}
{delivered}
}}
"""


@contextmanager
def running_nginx(nodes: Mapping[str, int], encrypted_as: str = "") -> Iterator[tuple[str, str]]:
    """Before servers at these ports, by the names that the configuration has for them; the
    addresses of its HTTPS and its HTTP. `encrypted_as`: the name that their certificates have,
    with the lines for nodes that serve https, which are comments."""
    folder = Path(tempfile.mkdtemp(prefix="tws-nginx-"))
    try:
        with block_of_ports() as ports:
            places = {f"{name}:8080": f"127.0.0.1:{port}" for name, port in nodes.items()}
            places |= {
                "listen 80 ": f"listen 127.0.0.1:{ports[0]} ",
                "listen 443 ": f"listen 127.0.0.1:{ports[1]} ",
                "/etc/nginx/tls/server.pem": str(CERTIFICATE),
                "/etc/nginx/tls/server.key": str(KEY),
            }
            if encrypted_as:
                places |= {
                    "        proxy_pass http://tws;\n": "",
                    "#proxy_pass https://": "proxy_pass https://",
                    "#proxy_ssl_": "proxy_ssl_",
                    "/etc/nginx/tls/authority.pem": str(CERTIFICATE),
                    "proxy_ssl_name tws.company.example": f"proxy_ssl_name {encrypted_as}",
                }
            (folder / "nginx.conf").write_text(_configuration(folder, places))
            log = folder / "log"
            with log.open("wb") as output:
                process = subprocess.Popen(
                    [
                        *program(),
                        "-p",
                        str(folder),
                        "-c",
                        "nginx.conf",
                        "-e",
                        str(folder / "error"),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
            try:
                until_it_answers(process, log, ports[0], ports[1])
                yield f"https://localhost:{ports[1]}", f"http://localhost:{ports[0]}"
            finally:
                process.send_signal(signal.SIGKILL)
                process.wait(BOOT)
    finally:
        rmtree(folder, ignore_errors=True)
