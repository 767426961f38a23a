"""Moments within quiet hours and outside them: the server, the helper of a desk and the page
(`frontend/src/shared/time/quiet.test.ts`) decide each of them alike."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
)


def moment(case: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(case["at"])
