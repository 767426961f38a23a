"""Inputs that once raised, fed again without atheris: files in `fuzz/regressions/<target>`."""

from collections.abc import Iterator
from pathlib import Path

from fuzz.register import TARGETS

FOLDER = Path(__file__).parent / "regressions"


def inputs() -> Iterator[tuple[str, Path]]:
    """Targets and files; KeyError for a folder that is no target's."""
    for path in sorted(FOLDER.glob("*/*")):
        if path.parent.name not in TARGETS:
            raise KeyError(path.parent.name)
        yield path.parent.name, path
