"""`python -m bench.soak.document`: write the tables and plots of docs/performance.md from what the
last runs of `bench.soak` and `bench.soak.curve` left in bench/results.

In the page each stands between `<!-- NAME -->` and `<!-- end -->`; what was not run since stays.
"""

import json
import re
import statistics
from pathlib import Path
from typing import Any

import msgspec

from bench.figures import RESULTS, shown
from bench.soak.curve import BUSY, HEADS
from bench.soak.report import OURS, TABLE, after_filling, after_warm_up, cpu_of_a_call, slopes
from bench.soak.size import Size

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
PICTURES = ROOT / "docs" / "performance"
ROW = "| {} |\n"


def of(result: dict[str, Any]) -> str:
    size = msgspec.convert(result["size"], Size)
    return f"{size}; {result['database']}"


def soak(result: dict[str, Any]) -> str:
    samples, bare = result["samples"], result["bare"]
    steady, least = after_warm_up(samples), bare[len(bare) // 3 :]
    text = f"{of(result)}. {samples[-1]['at'] / 60:.1f} minutes; load of the machine when it "
    text += f"began: {result['load']:.1f}. Beginning: {result['site']}.\n\n"
    text += "| after a third of the time | | median | worst | bare |\n|---|---|--:|--:|--:|\n"
    for name, unit, value in TABLE:
        found = [one for one in map(value, steady) if one is not None]
        limit = [one for one in map(value, least) if one is not None]
        if found:
            bare_ = statistics.median(limit) if limit and value not in OURS else None
            cells = [name, unit, *map(shown, (statistics.median(found), max(found), bare_))]
            text += ROW.format(" | ".join(cells))
    ours, theirs = cpu_of_a_call(steady), cpu_of_a_call(bare) if bare else None
    cells = ["server: processor of a call", "ms", shown(ours), "", shown(theirs)]
    text += ROW.format(" | ".join(cells)) + "\n"
    after = after_filling(samples)[0]["at"] / 60
    text += f"| slope from minute {after:.1f} on | | an hour, 95 % | at |\n|---|---|--:|--:|\n"
    for name, one in slopes(samples).items():
        says = "**grows**" if one.grows else "flat within the noise"
        cells = [name, says, f"{one.per_hour:+.3g} ± {one.within:.2g}", f"{one.mean:.4g}"]
        text += ROW.format(" | ".join(cells))
    said = (result["account"], result.get("seen"))
    return f"{text}\n{' '.join(f'{one}.' for one in said if one)}\n"


def curve(result: dict[str, Any]) -> str:
    text = f"{of(result)}; {result['nodes']} server(s).\n\n"
    head = "| " + " | ".join(head for head, _ in HEADS) + " |\n"
    line = "|" + "--:|" * len(HEADS) + "\n"
    text += head + line + _steps(result["steps"])
    return text + f"\nThe bare limit:\n\n{head}{line}{_steps(result['bare'])}"


def _steps(steps: list[dict[str, float]]) -> str:
    rows = (" | ".join(shown(step[name]) for _, name in HEADS) for step in steps)
    return "".join(ROW.format(row) for row in rows)


def sizing(curve: dict[str, Any], soak: dict[str, Any]) -> str:
    """What is to be multiplied, from what was measured."""
    step = min(curve["steps"], key=lambda one: one["per_call"])
    samples, memory, size = soak["samples"], soak["memory"], soak["size"]
    last = samples[-1]
    opened = 1000 * (memory["with pages"] - memory["without pages"]) / size["pages"]
    reached = sum(one["uss"] for one in last["servers"]) - memory["without pages"]
    rows = (
        (f"{step['per_call']:.2g} ms", "of a core for a call, with all pages that are told"),
        (
            f"{BUSY * 3_600_000 / step['per_call']:,.0f}",
            f"calls an hour on one core at {100 * BUSY:.0f} %, if that stays so up to there",
        ),
        (
            f"{memory['without pages']:,.0f} MB",
            f"for {size['users']:,} users with {size['links'] * size['devices']:,} devices",
        ),
        (f"{opened:.0f} kB", "more for a page that is opened"),
        (
            f"{1000 * reached / size['pages']:.0f} kB",
            "for a page that has been open for a while, with the calls under way",
        ),
    )
    return "| measured | |\n|--:|---|\n" + "".join(ROW.format(f"{a} | {b}") for a, b in rows)


def replaced(page: str, name: str, text: str) -> str:
    block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not block.search(page):
        raise SystemExit(f"{PAGE} has no place for {name}")
    return block.sub(lambda found: f"{found[1]}{text}{found[2]}", page)


def main() -> None:
    page = PAGE.read_text()
    PICTURES.mkdir(exist_ok=True)
    found: dict[str, dict[str, Any]] = {}
    for name, make in (("soak", soak), ("curve", curve), ("curve_2", curve)):
        path = RESULTS / f"{name}.json"
        if path.exists():
            found[name] = json.loads(path.read_text())
            picture = path.with_suffix(".svg").read_text()
            (PICTURES / f"{name}.svg").write_text(picture)
            shows = f"\n![{name}](performance/{name}.svg)\n"
            page = replaced(page, name, make(found[name]) + shows)
    if "soak" in found and "curve" in found:
        page = replaced(page, "sizing", sizing(found["curve"], found["soak"]))
    PAGE.write_text(page)


if __name__ == "__main__":
    main()
