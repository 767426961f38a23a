"""A private Prometheus that scrapes one target, and its promtool."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import which

from tests.peers.answering import BOOT, until_it_answers
from tests.peers.debian import unpacked
from tests.peers.ports import block_of_ports

SUITES = ("bookworm", "trixie", "sid")


def prepare() -> None:
    """For `require_peer("prometheus")`."""
    command("prometheus")
    command("promtool")


@cache
def command(program: str) -> tuple[str, ...]:
    """This machine's own, else Debian's. Raises PeerMissing."""
    if own := which(program):
        return (own,)
    return tuple(unpacked(["prometheus"], SUITES).command(f"usr/bin/{program}"))


def check(metrics: bytes) -> str:
    """What `promtool check metrics` finds wrong."""
    done = subprocess.run(
        [*command("promtool"), "check", "metrics"], input=metrics, capture_output=True
    )
    return (done.stdout + done.stderr).decode() if done.returncode else ""


def try_rules(rules: Path, tests: Path) -> str:
    """What `promtool` finds wrong with rules, by themselves and by their tests."""
    wrong = ""
    for words in (["check", "rules", str(rules)], ["test", "rules", str(tests)]):
        done = subprocess.run([*command("promtool"), *words], capture_output=True)
        wrong += (done.stdout + done.stderr).decode() if done.returncode else ""
    return wrong


@contextmanager
def running_prometheus(target: str, path: str, authorisation: str) -> Iterator[str]:
    """Its address. `authorisation`: the rest of the job's configuration, in YAML."""
    folder = Path(tempfile.mkdtemp(prefix="tws-prometheus-"))
    try:
        with block_of_ports() as ports:
            (folder / "prometheus.yml").write_text(
                "global: {scrape_interval: 1s, scrape_timeout: 1s}\n"
                "scrape_configs:\n"
                "- job_name: tws\n"
                f"  metrics_path: {path}\n"
                f"  {authorisation}\n"
                f"  static_configs: [{{targets: ['{target}']}}]\n"
            )
            with (folder / "log").open("wb") as output:
                process = subprocess.Popen(
                    [
                        *command("prometheus"),
                        f"--config.file={folder}/prometheus.yml",
                        f"--storage.tsdb.path={folder}/data",
                        f"--web.listen-address=127.0.0.1:{ports[0]}",
                        f"--web.console.templates={folder}",
                        f"--web.console.libraries={folder}",
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                )
            try:
                until_it_answers(process, folder / "log", ports[0])
                yield f"http://127.0.0.1:{ports[0]}"
            finally:
                process.terminate()
                process.wait(BOOT)
    finally:
        shutil.rmtree(folder)
