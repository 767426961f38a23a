"""What sentences are in other languages, for mails: no page says them there. The pages' French is
the source, `python -m tests.house.french` writes ours from it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tws.sentences import Sentence, translated

FRENCH = Path(__file__).with_name("french.json")
ENGLISH: Mapping[str, str] = {}


@cache
def _french() -> Mapping[str, str]:
    found: dict[str, str] = json.loads(FRENCH.read_text(encoding="utf-8"))
    return found


def in_language(of: Sentence, culture: str) -> str:
    """`culture`: `fr`, or another one for English."""
    return translated(of, _french() if culture == "fr" else ENGLISH)
