"""Ten thousand inputs for each target, led by coverage: what `make fuzz` does for hours."""

from pathlib import Path

import pytest
from fuzz.orders import Orders
from fuzz.register import TARGETS

from fuzz import running

INPUTS = 10_000
"Of each target: all of them together take less than a minute of a processor."
SECONDS = 500
"Which only a machine that hangs reaches."


@pytest.mark.timeout(600)
def test_no_target_finds_anything(tmp_path: Path) -> None:
    if why := running.missing():
        pytest.skip(why)
    orders = Orders(
        inputs=INPUTS,
        seconds=SECONDS,
        corpora=str(tmp_path / "corpora"),
        findings=str(tmp_path / "findings"),
        told="",
        seed=1,
        jobs=2,
        short=True,
    )
    outcomes = list(running.ran(list(TARGETS), orders))
    assert [one.name for one in outcomes] == list(TARGETS)
    told = [running.told(one) for one in outcomes if not one.good]
    assert not told, "\n".join(told)
    # Fewer would say that a run stopped early, none that nothing was watched.
    assert not [one.name for one in outcomes if one.inputs < INPUTS or not one.edges]
