"""Whether what reads an input takes longer than its length allows.

Parts of the seeds and the words of a format are repeated, and what stands in front and behind is
kept; the time of such an input is compared with that of one of four times its length. What is
linear takes four times as long, what is quadratic sixteen.
"""

import time
from collections.abc import Callable, Iterator
from statistics import median

from fuzz.register import target
from fuzz.target import Found, Target

SMALL, TIMES, ROUNDS = 8 * 1024, 4, 3
"Bytes of the shorter input; how many times as long the other one is; of each the median of three."
LEAST = 0.004
"Seconds below which the longer one says nothing."
MOST = 2.5
"How much longer a byte of the longer input may take."
PARTS = 12
"Of each seed."


def shown(names: list[str]) -> bool:
    """Print the worst of each target; whether all of them are linear."""
    print("| target | time of a byte, four times as long | of |\n|---|---:|---|")
    good = True
    for name in names:
        ratio, part = worst(target(name))
        print(f"| {name} | x {ratio:.1f} | `{part[:40]!r}` |", flush=True)
        good = good and ratio <= MOST
    return good


def worst(of: Target) -> tuple[float, bytes]:
    """The largest ratio of the times of a byte, and what was repeated for it."""
    found = (1.0, b"")
    for front, part, end in repeated(of):
        short = _seconds(of.feed, front + part * (SMALL // len(part)) + end)
        long = _seconds(of.feed, front + part * (TIMES * SMALL // len(part)) + end)
        if long >= LEAST:
            found = max(found, (long / max(short, 1e-6) / TIMES, part))
    return found


def repeated(of: Target) -> Iterator[tuple[bytes, bytes, bytes]]:
    """What stands in front, what is repeated, and what stands behind."""
    for word in of.words:
        yield b"", word, b""
    for seed in of.seeds:
        if not 0 < len(seed) <= SMALL:
            continue
        yield b"", seed, b""
        step = max(1, len(seed) // PARTS)
        for at in range(0, len(seed), step):
            for length in (1, step):
                end = at + length
                yield seed[:at], seed[at:end], seed[end:]


def _seconds(feed: Callable[[bytes], None], data: bytes) -> float:
    """Of the processor: the machine may have more to do."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        try:
            feed(data)
        except Found:
            return 0.0
        taken.append(time.process_time() - begun)
    return median(taken)
