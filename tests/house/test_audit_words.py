"""Every action of the audit log has its words on the page, in both languages."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.test_rules import ROOT, sources

TELL = {"audit", "_audit", "_tell", "_told"}
KINDS = {"Kind", "StoredKind"}
ACTION = re.compile(r"[A-Za-z-]+(?: [a-z-]+)+")
NO_ROOM = ("tws/links/", "tws/connectors/", "tws/remote.py")
"There `_tell` speaks to a PBX, and other things are of some kind."
CALLED = {"grant"}
"Each is called by what it grants."


def literals(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def name_of(call: ast.Call) -> str:
    function = call.func.value if isinstance(call.func, ast.Subscript) else call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def actions() -> tuple[set[str], set[str]]:
    """What is written whole, and the kinds of rows that are created, changed and deleted."""
    whole, kinds = set(), set()
    for name, tree in sources():
        if name.startswith(NO_ROOM):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node) in TELL and len(node.args) > 1:
                whole |= {x for arg in node.args[1:3] for x in literals(arg)}
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "action":
                whole |= set(literals(node.value))
            elif isinstance(node, ast.Call) and name_of(node) in KINDS and node.args:
                kinds |= set(literals(node.args[0]))
    return {one for one in whole if ACTION.fullmatch(one)}, kinds


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_action_has_words(language: str) -> None:
    words = (ROOT / f"frontend/src/admin/words/audit.{language}.ts").read_text(encoding="utf-8")
    known = set(re.findall(r"^\s+([A-Za-z_]+|\"[^\"]+\"):", words, re.MULTILINE))
    known = {one.strip('"') for one in known}
    whole, kinds = actions()
    assert len(whole) > 20 and len(kinds) > 10
    wanted = {one.replace(" ", "_") for one in (whole | kinds) - CALLED}
    # "user erased" of the kind `user` could be put together; "group changed" is.
    wanted -= {f"{kind}_{done}" for kind in known for done in ("created", "changed", "deleted")}
    assert wanted <= known, wanted - known
