"""`python -m fuzz.child ORDERS NAME...`: targets under atheris, each in a process of its own.

All of them are loaded once, and this process forked for each: loading costs more than the ten
thousand inputs of a short run. An input that raises is kept and passed over, so that a run goes on
to its end. Started by `fuzz.running`.
"""

import os
import sys
import tempfile
from pathlib import Path

import atheris
import msgspec

from fuzz import register
from fuzz.findings import Findings
from fuzz.orders import Ended, Orders
from fuzz.target import Target
from fuzz.watching import watched


def main() -> None:
    orders, names = msgspec.json.decode(sys.argv[1], type=Orders), sys.argv[2:]
    modules = [each for name in names for each in register.TARGETS[name].watched]
    with watched(modules, comparisons=not orders.short):
        targets = {name: register.target(name) for name in names}
    running: dict[int, str] = {}
    for name, target in targets.items():
        if len(running) >= orders.jobs:
            _wait(running, orders)
        if (child := os.fork()) == 0:
            _run(name, target, orders)
        running[child] = name
    while running:
        _wait(running, orders)


def _wait(running: dict[int, str], orders: Orders) -> None:
    child, status, usage = os.wait4(-1, 0)
    ended = Ended(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime)
    Path(orders.told, f"{running.pop(child)}.json").write_bytes(msgspec.json.encode(ended))


def _run(name: str, target: Target, orders: Orders) -> None:
    """Never comes back: libFuzzer ends the process. Whoever started it removes what it leaves."""
    told = os.open(Path(orders.told, f"{name}.log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(told, 1)
    os.dup2(told, 2)
    found, corpus = Path(orders.findings, name), Path(orders.corpora, name)
    place = Path(tempfile.mkdtemp())
    seeds, words = place / "seeds", place / "words"
    for folder in (found, corpus, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    longest = (orders.short and target.short) or target.longest
    for number, seed in enumerate(target.seeds):
        (seeds / f"{number:04}").write_bytes(seed)
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words))
    findings = Findings(found)

    def one(data: bytes) -> None:
        try:
            target.feed(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            findings.note(data, error)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        # Every other time bytes change as libFuzzer does it, which is led by comparisons.
        if seed & 1 or target.mutate is None:
            return bytes(atheris.Mutate(data, most))
        return target.mutate(data, most, seed >> 1)

    arguments = [
        f"-runs={orders.inputs}",
        f"-max_total_time={orders.seconds}",
        f"-max_len={longest}",
        f"-timeout={target.seconds:.0f}",
        # Less is the machine's, which does other things.
        f"-report_slow_units={target.seconds:.0f}",
        f"-rss_limit_mb={orders.memory}",
        f"-artifact_prefix={found}/",
        f"-dict={words}",
        f"-seed={orders.seed}",
        "-len_control=0",
        "-print_final_stats=1",
        *(str(corpus), str(seeds)),
    ]
    more = {} if target.mutate is None else {"custom_mutator": mutate}
    atheris.Setup([sys.argv[0], *arguments], one, **more)
    atheris.Fuzz()


def _escaped(word: bytes) -> str:
    """As a dictionary of libFuzzer has it."""
    return "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in word
    )


if __name__ == "__main__":
    main()
