"""What the catalogue of parameters says of each is true of the source and of the documentation."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.parameters_page import FRENCH, said_in_french, tables
from tests.house.parameters_page import PAGES as DOCUMENTED
from tests.house.test_rules import ROOT, sources
from tws.organisation.parameters.catalogue import DEFINITIONS

CATALOGUE = "tws/organisation/parameters/catalogue/"
PAGES = ROOT / "frontend/src"
NAMES = {each.name for each in DEFINITIONS}


def constants() -> dict[str, str]:
    """Those of the catalogue, and the parameters that they name."""
    return {
        node.targets[0].id: str(node.value.value)
        for name, tree in sources()
        if name.startswith(CATALOGUE)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and node.value.value in NAMES
    }


def elsewhere() -> Iterator[tuple[str, ast.AST]]:
    for name, tree in sources():
        if not name.startswith(CATALOGUE):
            for node in ast.walk(tree):
                yield name, node


def pages() -> Iterator[Path]:
    for path in PAGES.rglob("*.ts*"):
        if ".test." not in path.name and ".generated." not in path.name:
            yield path


def test_what_is_said_to_be_of_use_is_read_and_nothing_else() -> None:
    known = constants()
    read = {
        known[node.id]
        for _, node in elsewhere()
        if isinstance(node, ast.Name) and node.id in known
    }
    text = "\n".join(path.read_text(encoding="utf-8") for path in pages())
    read |= {name for name in NAMES if f'"{name}"' in text}
    assert len(read) > 10, "they are not looked for where they are"
    assert {each.name for each in DEFINITIONS if each.served} == read


def test_a_parameter_is_named_by_its_constant() -> None:
    for name, node in elsewhere():
        if isinstance(node, ast.Constant):
            assert node.value not in NAMES, f"{name}:{getattr(node, 'lineno', 0)}"


def test_the_documentation_has_all_of_them() -> None:
    """Written by `python -m tests.house.parameters_page`."""
    for page, words in DOCUMENTED.items():
        assert page.read_text(encoding="utf-8").endswith(tables(words)), page


def test_the_french_documentation_is_in_french() -> None:
    found = said_in_french()
    assert all(each.help in found for each in DEFINITIONS)
    assert not [each for each in DEFINITIONS if f"| {each.help}" in tables(FRENCH)]
