"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

import tws

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src/tws").rglob("*.py"))
LONGEST = 700
"Lines of a file, where one idea has many cases."
MAY_CATCH_ALL = {"bus.py", "net/telling.py", "web/guard.py", "web/server.py", "web/wire.py"}
"The bus, the carriers and the boundary of the web."


def trees() -> list[tuple[str, ast.Module]]:
    return [
        (str(path.relative_to(ROOT / "src/tws")), ast.parse(path.read_text(encoding="utf-8")))
        for path in SOURCES
    ]


TREES = trees()


def test_every_module_says_what_it_is_for() -> None:
    silent = [name for name, tree in TREES if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_no_file_is_a_drawer() -> None:
    long = [p.name for p in SOURCES if len(p.read_text(encoding="utf-8").splitlines()) > LONGEST]
    assert long == []
    words = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [p.name for p in SOURCES if p.stem in words or p.parent.name in words] == []


def test_imports_stand_at_the_top() -> None:
    inside = [
        f"{name}:{node.lineno}"
        for name, tree in TREES
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []
    tricks = [name for name, tree in TREES if "TYPE_CHECKING" in ast.dump(tree)]
    assert tricks == []


def test_everything_is_caught_at_the_boundaries_only() -> None:
    places = {
        name
        for name, tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
        )
    }
    assert places <= MAY_CATCH_ALL


def test_nothing_blocks_the_event_loop_by_sleeping() -> None:
    sleeping = [name for name, tree in TREES if re.search(r"time.*'sleep'", ast.dump(tree))]
    found = [
        name
        for name in sleeping
        if "time.sleep" in (ROOT / "src/tws" / name).read_text(encoding="utf-8")
    ]
    assert found == []


def test_the_changelog_knows_this_version() -> None:
    assert f"## [{tws.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_tracked_file_names_a_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout: which files are tracked is not known")
    home = re.compile(r"/(?:root|work)/[a-z.]")
    index = re.compile(r"\b(?:pypi\.org|registry\.npmjs\.org|deb\.debian\.org)\b")
    bad = []
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if not name or not path.is_file() or name == "tests/house/test_rules.py":
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        if home.search(text) or index.search(text):
            bad.append(name)
    assert bad == []
