"""`python -m tests.supply.audit`: is anything that we install known to be vulnerable?

Three outcomes, for each part and for the whole: clean (0), vulnerable (1), could not ask (3). An
audit that was answered by nobody is not clean: what tools say of packages that they could not ask
about is counted, and one that has been vulnerable for years must be told as such (decision 0100).
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
KNOWN = "jinja2==2.4.1"
"Vulnerable since 2014 (CVE-2014-0012): who does not know it knows nothing."
SECONDS = 300
"After which nobody answers."


class Outcome(IntEnum):
    """The exit status."""

    CLEAN = 0
    VULNERABLE = 1
    COULD_NOT_ASK = 3


WORDS = {
    Outcome.CLEAN: "clean",
    Outcome.VULNERABLE: "VULNERABLE",
    Outcome.COULD_NOT_ASK: "COULD NOT ASK: nobody knows whether it is",
}


@dataclass(frozen=True, slots=True)
class Audited:
    """One part. `lines`: what is vulnerable and by what, or why nobody could be asked."""

    part: str
    outcome: Outcome
    lines: tuple[str, ...] = ()


Ask = Callable[[Sequence[str], Path], str]
"What a command writes, run in a folder; empty where it cannot be run, or takes too long."


def ask(command: Sequence[str], folder: Path) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def of_python(lock: Path, ask: Ask) -> Audited:
    part = f"Python, {lock.name}"
    with tempfile.TemporaryDirectory() as folder:
        known = Path(folder, "known.txt")
        known.write_text(f"{KNOWN}\n")
        answer = _read(ask(_pip_audit(known, "--no-deps"), ROOT))
    if not any(one.get("vulns") for one in _listed(answer, "dependencies")):
        why = f"the service does not know that {KNOWN} is vulnerable"
        return Audited(part, Outcome.COULD_NOT_ASK, (why,))
    found = _listed(_read(ask(_pip_audit(lock, "--require-hashes"), ROOT)), "dependencies")
    vulnerable = tuple(
        f"{one['name']} {one['version']}: {hole['id']}, mended in"
        f" {', '.join(hole.get('fix_versions', ())) or 'no version'}"
        for one in found
        for hole in one.get("vulns", ())
    )
    if vulnerable:
        return Audited(part, Outcome.VULNERABLE, vulnerable)
    skipped = tuple(
        f"{one['name']}: {one['skip_reason']}" for one in found if "skip_reason" in one
    )
    if skipped or not found:
        return Audited(part, Outcome.COULD_NOT_ASK, skipped or ("no answer",))
    return Audited(part, Outcome.CLEAN)


def of_npm(folder: Path, ask: Ask) -> Audited:
    part = f"npm, {folder.name}"
    answer = _read(ask(("npm", "audit", "--json", "--package-lock-only"), folder))
    if "auditReportVersion" not in answer:
        return Audited(part, Outcome.COULD_NOT_ASK, (str(answer.get("message", "no answer")),))
    holes: Mapping[str, Any] = answer.get("vulnerabilities", {})
    lines = tuple(f"{name}: {one.get('severity')}" for name, one in holes.items())
    return Audited(part, Outcome.VULNERABLE if lines else Outcome.CLEAN, lines)


def whole(parts: Sequence[Audited]) -> Outcome:
    """What is vulnerable comes before what is not known."""
    for worst in (Outcome.VULNERABLE, Outcome.COULD_NOT_ASK):
        if any(one.outcome is worst for one in parts):
            return worst
    return Outcome.CLEAN


def _pip_audit(requirements: Path, how: str) -> tuple[str, ...]:
    start = (sys.executable, "-m", "pip_audit", "--disable-pip", how)
    shown = ("--format", "json", "--progress-spinner", "off")
    return (*start, *shown, "--vulnerability-service", "pypi", "-r", str(requirements))


def _read(written: str) -> Mapping[str, Any]:
    """An object of JSON; an empty one for anything else."""
    try:
        found = json.loads(written)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _listed(of: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = of.get(name)
    return found if isinstance(found, list) else []


def main() -> None:
    parts = [of_python(ROOT / "requirements" / "dev.lock", ask), of_npm(ROOT / "frontend", ask)]
    for one in parts:
        print(f"{one.part}: {WORDS[one.outcome]}")
        for line in one.lines[:20]:
            print(f"  {line}")
        if len(one.lines) > 20:
            print(f"  and {len(one.lines) - 20} more")
    outcome = whole(parts)
    print(f"audit of dependencies: {WORDS[outcome]}")
    sys.exit(outcome)


if __name__ == "__main__":
    main()
