"""Each page of the documentation for administrators and users is there in French, with the same
headings, tables, code and links, so that neither falls behind; and the README leads to each."""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, normpath, relpath
from posixpath import join as joined

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.house.typography import corrected

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
COMMENT = re.compile(r"(^|\s+)# .*$", re.MULTILINE)
"Comments in code are put into French."


def pages(language: str) -> dict[str, Path]:
    """By their names in English."""
    found = {}
    for part in ("admin", "user"):
        for file in sorted((DOCS / part).rglob("*.md")):
            name = file.relative_to(DOCS / part).as_posix()
            if name.startswith("fr/") == (language == "fr"):
                found[f"{part}/{name.removeprefix('fr/')}"] = file
    return found


ENGLISH, FRENCH = pages("en"), pages("fr")
BOTH = sorted(ENGLISH.keys() & FRENCH.keys())


def read(file: Path) -> list[Token]:
    text = file.read_text(encoding="utf-8")
    return MarkdownIt("commonmark").enable("table").parse(text)


def headings(tokens: list[Token]) -> list[str]:
    return [each.tag for each in tokens if each.type == "heading_open"]


def tables(tokens: list[Token]) -> list[list[int]]:
    """The number of cells in each row of each."""
    found: list[list[int]] = []
    for each in tokens:
        if each.type == "table_open":
            found.append([])
        elif each.type == "tr_open":
            found[-1].append(0)
        elif each.type in ("td_open", "th_open"):
            found[-1][-1] += 1
    return found


def code(tokens: list[Token]) -> list[str]:
    blocks = [each.content for each in tokens if each.type in ("fence", "code_block")]
    return [COMMENT.sub("", block) for block in blocks]


def items(tokens: list[Token]) -> int:
    return sum(each.type == "list_item_open" for each in tokens)


def links(tokens: list[Token], page: str) -> Iterator[str]:
    """To files, by what they are called in English."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                target = str(child.attrGet("href")).partition("#")[0]
                if target and "://" not in target:
                    yield re.sub(r"^(\w+)/fr/", r"\1/", normpath(joined(dirname(page), target)))


def test_each_page_is_there_in_french_and_no_other() -> None:
    assert len(ENGLISH) > 30, "they are not looked for where they are"
    assert ENGLISH.keys() == FRENCH.keys()


@pytest.mark.parametrize("name", BOTH)
def test_the_french_page_has_what_the_english_one_has(name: str) -> None:
    english, french = read(ENGLISH[name]), read(FRENCH[name])
    assert headings(french) == headings(english)
    assert tables(french) == tables(english)
    assert code(french) == code(english)
    assert items(french) == items(english)
    here = relpath(FRENCH[name].as_posix(), DOCS.as_posix())
    assert sorted(links(french, here)) == sorted(links(english, name))


@pytest.mark.parametrize("name", BOTH)
def test_french_typography(name: str) -> None:
    """Corrected by `python -m tests.house.typography`."""
    page = FRENCH[name].read_text(encoding="utf-8")
    assert corrected(page) == page


def test_the_readme_leads_to_each_page() -> None:
    """Those of directories by the page of them all."""
    led = set(links(read(ROOT / "README.md"), "README.md"))
    of_directories = set(links(read(ENGLISH["admin/directories.md"]), "admin/directories.md"))
    for name in ENGLISH:
        if name.startswith("admin/directories/"):
            assert name in of_directories
        else:
            assert f"docs/{name}" in led
