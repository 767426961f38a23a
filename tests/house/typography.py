"""The spaces and apostrophes of French, in the French pages of the documentation.

`python -m tests.house.typography` corrects them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

DOCS = Path(__file__).parents[2] / "docs"
HARD = "\N{NO-BREAK SPACE}"
CODE = re.compile(r"(`[^`]+`|\]\([^)]*\))")
"What is no prose: code within a line, and where links lead."
RULES = [
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r" +(?=[:;?!](?:[\s*|)]|$))"), HARD),
    (re.compile(r" +(?=»)"), HARD),
    (re.compile(r"« +"), f"«{HARD}"),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), HARD),
    (re.compile(r"(?<=\d) (?=(?:s|h|Kio|Mo|Go)\b)"), HARD),
]


def french_pages() -> Iterator[Path]:
    for part in ("admin", "user"):
        yield from sorted((DOCS / part / "fr").rglob("*.md"))


def corrected(page: str) -> str:
    lines = page.splitlines(keepends=True)
    found, at = "", 0
    for token in MarkdownIt("commonmark").enable("table").parse(page):
        if token.type in ("fence", "code_block") and token.map:
            begins, ends = token.map
            found += prose("".join(lines[at:begins])) + "".join(lines[begins:ends])
            at = ends
    return found + prose("".join(lines[at:]))


def prose(text: str) -> str:
    parts = CODE.split(text)
    for place in range(0, len(parts), 2):
        for wrong, right in RULES:
            parts[place] = wrong.sub(right, parts[place])
    return "".join(parts)


if __name__ == "__main__":
    for file in french_pages():
        file.write_text(corrected(file.read_text(encoding="utf-8")), encoding="utf-8")
