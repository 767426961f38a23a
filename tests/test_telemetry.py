"""What a line of the log says, and what nobody makes it say."""

import json
import subprocess
import sys
from typing import Any

import pytest

HOSTILE = "x\n2026-11-29 [info] somebody signed in\x1b[2J"
SAYS = """
import sys, structlog
from tws import telemetry
telemetry.set_up(form=sys.argv[1], level="info")
log = structlog.get_logger()
log.info("called", number=telemetry.personal("0155171889"), host=sys.argv[2])
try:
    secret = "open sesame"
    raise ValueError(1)
except ValueError:
    log.exception("failed")
"""


def said(form: str) -> str:
    command = [sys.executable, "-c", SAYS, form, HOSTILE]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stderr


@pytest.mark.parametrize("form", ["json", "console"])
def test_nobody_else_begins_a_line_and_nobody_is_named(form: str) -> None:
    text = said(form)
    assert not [line for line in text.splitlines() if line.startswith("2026-11-29 [info]")]
    assert "\x1b[2J" not in text and "somebody signed in" in text
    assert "0155171889" not in text and "***" in text
    # Tracebacks have no variables.
    assert "ValueError" in text and "sesame" not in text


def test_a_line_of_json_is_one_and_says_when_in_utc() -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in said("json").splitlines()]
    assert [line["event"] for line in lines] == ["called", "failed"]
    assert all(line["timestamp"].endswith("Z") and line["level"] for line in lines)


def test_each_line_says_which_node_wrote_it() -> None:
    says = (
        "import structlog; from tws import telemetry;"
        "telemetry.set_up(form='json', node='node1');"
        "structlog.get_logger().info('node gone', other='node2')"
    )
    done = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True)
    line = json.loads(done.stderr)
    assert (line["node"], line["other"]) == ("node1", "node2")


@pytest.mark.parametrize(
    ("level", "calls", "written"),
    [("info", "True", True), ("info", "False", False), ("warning", "True", False)],
)
def test_lines_of_steps_are_made_only_where_they_are_written(
    level: str, calls: str, written: bool
) -> None:
    says = (
        "from tws import telemetry;"
        f"telemetry.set_up(level='{level}', calls={calls});"
        "print(telemetry.logs_steps())"
    )
    done = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(written)
