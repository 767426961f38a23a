"""What was found once stays mended, and every target reads what it begins with."""

from pathlib import Path

import pytest
from fuzz.register import TARGETS, target

from fuzz import replaying

FOUND = list(replaying.inputs())


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_reads_its_own_seeds(name: str) -> None:
    tried = target(name)
    assert tried.seeds
    for seed in tried.seeds:
        tried.feed(seed[: tried.longest])
    tried.feed(b"")


@pytest.mark.parametrize(
    ("name", "path"), FOUND, ids=[f"{name}-{path.name}" for name, path in FOUND]
)
def test_what_was_found_is_mended(name: str, path: Path) -> None:
    target(name).feed(path.read_bytes())
