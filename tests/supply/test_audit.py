"""An audit is clean, finds something, or could not ask: the third is never taken for the first."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.supply import audit
from tests.supply.audit import Audited, Outcome

LOCK = audit.ROOT / "requirements" / "run.lock"
HOLE = {"id": "PYSEC-1", "fix_versions": ["2.5"]}
KNOWN = {"name": "jinja2", "version": "2.4.1", "vulns": [HOLE]}
SKIPPED = {"name": "jinja2", "skip_reason": "Dependency not found on PyPI"}
GOOD = {"name": "fastapi", "version": "1", "vulns": []}


def answering(known: object, lock: object) -> audit.Ask:
    """pip-audit, of the one that must be known and of a lock."""

    def ask(command: Sequence[str], folder: Path) -> str:
        dependencies = known if command[-1].endswith("known.txt") else lock
        return json.dumps({"dependencies": dependencies}) if dependencies is not None else ""

    return ask


@pytest.mark.parametrize(
    ("known", "lock", "outcome"),
    [
        ([KNOWN], [GOOD], Outcome.CLEAN),
        ([KNOWN], [GOOD, KNOWN], Outcome.VULNERABLE),
        ([KNOWN], [KNOWN, SKIPPED], Outcome.VULNERABLE),
        ([KNOWN], [GOOD, SKIPPED], Outcome.COULD_NOT_ASK),
        ([KNOWN], [], Outcome.COULD_NOT_ASK),
        ([KNOWN], None, Outcome.COULD_NOT_ASK),
        ([SKIPPED], [GOOD], Outcome.COULD_NOT_ASK),
        ([{**KNOWN, "vulns": []}], [GOOD], Outcome.COULD_NOT_ASK),
        (None, None, Outcome.COULD_NOT_ASK),
    ],
)
def test_python(known: object, lock: object, outcome: Outcome) -> None:
    found = audit.of_python(LOCK, answering(known, lock))
    assert found.outcome is outcome
    assert bool(found.lines) is (outcome is not Outcome.CLEAN)


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ('{"auditReportVersion":2,"vulnerabilities":{}}', Outcome.CLEAN),
        (
            '{"auditReportVersion":2,"vulnerabilities":{"a":{"severity":"low"}}}',
            Outcome.VULNERABLE,
        ),
        ('{"message":"405 Method Not Allowed"}', Outcome.COULD_NOT_ASK),
        ("", Outcome.COULD_NOT_ASK),
    ],
)
def test_npm(written: str, outcome: Outcome) -> None:
    assert audit.of_npm(Path("frontend"), lambda *_: written).outcome is outcome


def test_what_is_vulnerable_comes_before_what_is_not_known() -> None:
    parts = [Audited("a", Outcome.COULD_NOT_ASK), Audited("b", Outcome.VULNERABLE)]
    assert audit.whole(parts) is Outcome.VULNERABLE
    assert audit.whole(parts[:1]) is Outcome.COULD_NOT_ASK
    assert audit.whole([]) is Outcome.CLEAN


def test_a_command_that_is_not_there_says_nothing() -> None:
    assert audit.ask(("no such command",), audit.ROOT) == ""
