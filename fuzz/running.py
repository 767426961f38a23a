"""Runs targets, each in a process of its own, several at a time, and says what came of each."""

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec.structs import replace

from fuzz import scratch
from fuzz.orders import Ended, Orders

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".cache" / "fuzz"
"Corpora and findings, by target."
_STATUS = re.compile(r"#(\d+)\s+DONE\s+(?:cov: (\d+) )?.*?corp: (\d+)/")
_LAST = re.compile(r"#(\d+)\s")
_STATS = re.compile(r"stat::(\w+):\s+(\d+)")
LONGEST_WORDS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Of one target."""

    name: str
    asked: int
    inputs: int = 0
    seconds: float = 0.0
    "Of a processor: the machine may do other things."
    edges: int = 0
    corpus: int = 0
    findings: tuple[Path, ...] = ()
    "Inputs that raised, one for each place."
    ended: str = ""
    "How the run ended before its time, in its own words; empty = it did not."

    @property
    def rate(self) -> float:
        return self.inputs / self.seconds if self.seconds else 0.0

    @property
    def good(self) -> bool:
        return not self.findings and not self.ended


def missing() -> str:
    """Why nothing can be fuzzed here; empty = it can."""
    if importlib.util.find_spec("atheris") is not None:
        return ""
    here = f"Python {sys.version_info.major}.{sys.version_info.minor} on {sys.platform}"
    return (
        f"atheris is not installed. It has wheels for CPython on Linux x86_64 (this is {here}): "
        "`make fuzz` installs it where there is one; elsewhere nothing is fuzzed."
    )


def ran(names: Sequence[str], orders: Orders) -> Iterator[Outcome]:
    """All of them from one process, which loads them once; in their order, at the end."""
    before = {name: set(_inputs(Path(orders.findings, name))) for name in names}
    with tempfile.TemporaryDirectory(prefix="tws-fuzz-", dir=scratch.parent()) as place:
        orders = replace(orders, told=place)
        child = subprocess.run(
            [sys.executable, "-m", "fuzz.child", msgspec.json.encode(orders).decode(), *names],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": place},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        for name in names:
            found = [
                one for one in _inputs(Path(orders.findings, name)) if one not in before[name]
            ]
            log, ended = Path(place, f"{name}.log"), Path(place, f"{name}.json")
            if not ended.exists():
                yield Outcome(name=name, asked=orders.inputs, ended=child.stderr[-LONGEST_WORDS:])
                continue
            told = log.read_text(errors="replace")
            yield outcome(
                name,
                orders.inputs,
                told,
                msgspec.json.decode(ended.read_bytes(), type=Ended),
                found,
            )


def _inputs(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix != ".txt")


def outcome(name: str, asked: int, told: str, ended: Ended, found: Sequence[Path]) -> Outcome:
    """By what libFuzzer wrote. Of a run that it gave up (no answer in time, too much memory) the
    last line that counts."""
    done = _STATUS.search(told)
    stats = {key: int(value) for key, value in _STATS.findall(told)}
    inputs = [int(number) for number in _LAST.findall(told)]
    return Outcome(
        name=name,
        asked=asked,
        inputs=stats.get("number_of_executed_units", inputs[-1] if inputs else 0),
        seconds=ended.seconds,
        edges=int(done[2] or 0) if done else 0,
        corpus=int(done[3]) if done else 0,
        findings=tuple(found),
        ended="" if done and ended.status == 0 else told[-LONGEST_WORDS:],
    )


def nightly(names: Sequence[str], inputs: int, seconds: int, jobs: int) -> list[Outcome]:
    """Each from a process of its own, which watches nothing else; printed as they come."""
    orders = Orders(inputs, seconds, str(KEPT / "corpora"), str(KEPT / "findings"), "")

    def one(name: str) -> Outcome:
        (outcome,) = ran([name], orders)
        return outcome

    with ThreadPoolExecutor(jobs) as pool:
        outcomes = []
        for each in pool.map(one, names):
            print(line(each), flush=True)
            outcomes.append(each)
        return outcomes


HEAD = "| target | inputs | inputs/s | edges | corpus | findings |\n|---|---:|---:|---:|---:|---:|"


def line(one: Outcome) -> str:
    """A row of the table. A run that its time ended says so, and one that broke."""
    inputs = f"{one.inputs:,}" + ("" if one.inputs >= one.asked else f" of {one.asked:,}")
    findings = str(len(one.findings)) + (", and it broke" if one.ended else "")
    return f"| {one.name} | {inputs} | {one.rate:,.0f} | {one.edges} | {one.corpus} | {findings} |"


def told(one: Outcome) -> str:
    """What was found, and how a run broke, in words."""
    words = []
    for path in one.findings:
        text = path.with_name(f"{path.name}.txt")
        said = text.read_text() if text.exists() else "It took too long, or too much memory."
        words.append(f"{one.name}: {path}\n{path.read_bytes()[:200]!r}\n{said}")
    if one.ended:
        words.append(f"{one.name} broke:\n{one.ended}")
    return "\n".join(words)
