"""Inputs that raised: one kept for each place, whatever their number."""

import hashlib
import traceback
from pathlib import Path

import tws
from fuzz.target import Found

MOST = 100
"Kept of one run."
TWS, FUZZ = (str(Path(file).parent) for file in (tws.__file__, __file__))


class Findings:
    """In a folder: `<digest>` is an input, `<digest>.txt` what it raised."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: set[tuple[str, str, int]] = set()

    def note(self, data: bytes, error: Exception) -> None:
        """The first of each place where something is raised."""
        place = where(error)
        if place in self._known or len(self._known) >= MOST:
            return
        self._known.add(place)
        self._folder.mkdir(parents=True, exist_ok=True)
        kept = self._folder / hashlib.sha256(data).hexdigest()[:16]
        kept.write_bytes(data)
        words = "".join(traceback.format_exception(error, limit=-12))
        kept.with_suffix(".txt").write_text(words, errors="backslashreplace")


def where(error: BaseException) -> tuple[str, str, int]:
    """What was raised, and the last line of ours that it came through. What a target holds against
    an input is told apart by its words."""
    if isinstance(error, Found):
        return str(error), "", 0
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if one.filename.startswith((TWS, FUZZ))]
    last = ours[-1] if ours else frames[-1]
    return type(error).__name__, last.filename, last.lineno or 0
