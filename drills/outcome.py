"""What came of a drill, how it is printed as a row of a table, and how it is kept."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
HEAD = (
    "drill",
    "controlled again after",
    "bare limit",
    "events lost",
    "lines",
    "lost",
    "doubled",
    "screen meanwhile",
    "met",
)
_WIDTHS = (30, 23, 18, 18, 6, 5, 8, 44, 6)


class CannotRun(Exception):
    """This machine does not permit, or has not, what the drill needs; says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One drill. `broken`: what may never be; `slow`: goals of time that were missed."""

    drill: str
    controlled: float
    """Seconds from when the part was there again (or gone, where another has to take its place)
    to the first command that the PBX did. 0 = none failed."""
    goal: float | None = None
    bare: float | None = None
    "Seconds that the same takes without TWS, in the same run."
    bare_of: str = ""
    events_lost: int = 0
    "Steps of calls that were told to a server that listened, and are not in the journal."
    unheard: int = 0
    "Steps of calls while nobody could hear them."
    lines: int = 0
    "Lines of the journal that there have to be."
    lost: int = 0
    doubled: int = 0
    screen: str
    broken: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        return not self.broken and not self.slow

    @property
    def cells(self) -> tuple[str, ...]:
        goal = "" if self.goal is None else f" (goal {self.goal:g} s)"
        bare = "-" if self.bare is None else f"{self.bare:.2f} s {self.bare_of}".rstrip()
        unheard = f" (+{self.unheard} unheard)" if self.unheard else ""
        return (
            self.drill,
            f"{self.controlled:.2f} s{goal}",
            bare,
            f"{self.events_lost}{unheard}",
            str(self.lines),
            str(self.lost),
            str(self.doubled),
            self.screen,
            "met" if self.met else "MISSED",
        )


def row(cells: Sequence[str]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True))
    return "  ".join(padded).rstrip()


def told(outcome: Outcome) -> str:
    """Its row, and beneath it what does not fit into one."""
    more = [f"    {note}" for note in outcome.notes]
    more += [f"    MISSED: {why}" for why in (*outcome.broken, *outcome.slow)]
    return "\n".join([row(outcome.cells), *more])


def keep(name: str, outcomes: Sequence[Outcome]) -> Path:
    """Write them beside what the machine was like."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    content = {
        "drill": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "outcomes": [{**asdict(outcome), "met": outcome.met} for outcome in outcomes],
    }
    path.write_text(json.dumps(content, indent=2) + "\n")
    return path
