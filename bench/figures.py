"""Figures: medians over repetitions, their targets, how they are printed and kept."""

import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value. Exactly one of `at_most` and `at_least` is set where it has a target."""

    name: str
    unit: str
    value: float
    bare: float | None = None
    "The bare limit of the same run, in the same unit."
    at_most: float | None = None
    at_least: float | None = None
    runs: tuple[float, ...] = ()
    "Of which `value` is the median."
    note: str = ""

    @property
    def met(self) -> bool | None:
        if self.at_most is not None:
            return self.value <= self.at_most
        if self.at_least is not None:
            return self.value >= self.at_least
        return None

    def __str__(self) -> str:
        words = f"{self.name:<52}{shown(self.value):>10} {self.unit:<9}"
        words += f"bare {shown(self.bare):>8}  " if self.bare is not None else " " * 15
        if self.at_most is not None or self.at_least is not None:
            sign, limit = (
                ("<=", self.at_most) if self.at_most is not None else (">=", self.at_least)
            )
            words += f"target {sign} {limit:g}  {'met' if self.met else 'MISSED'}"
        return f"{words}  {self.note}".rstrip()


def shown(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def median(name: str, unit: str, runs: Sequence[float], **more: float | str | None) -> Figure:
    """The median of several runs; None in `more` is left out."""
    given = {key: value for key, value in more.items() if value is not None}
    return Figure(
        name=name,
        unit=unit,
        value=statistics.median(runs),
        runs=tuple(runs),
        **given,  # type: ignore[arg-type]
    )


def percentile(samples: Sequence[float], share: float) -> float:
    """The sample below which `share` (0 to 1) of them lie."""
    ordered = sorted(samples)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def keep(benchmark: str, figures: Sequence[Figure]) -> Path:
    """Write the figures beside what the machine was like."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{benchmark}.json"
    content = {
        "benchmark": benchmark,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "figures": [{**asdict(figure), "met": figure.met} for figure in figures],
    }
    path.write_text(json.dumps(content, indent=2) + "\n")
    return path
