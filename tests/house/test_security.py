"""docs/security.md answers every requirement of OWASP ASVS 4.0.3, levels 1 and 2, and the tests
that it names are there; and what it says of the whole source."""

import ast
import json
import re
from collections.abc import Iterator

import pytest

from tests.house.test_rules import ROOT, nodes, sources, tracked
from tws.web.server import openapi

PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d", line)
]
ITEMS = """
1.1: 1-7; 1.2: 1-4; 1.4: 1 4 5; 1.5: 1-4; 1.6: 1-4; 1.7: 1 2; 1.8: 1 2; 1.9: 1 2; 1.10: 1;
1.11: 1 2; 1.12: 2; 1.14: 1-6; 2.1: 1-12; 2.2: 1-3; 2.3: 1-3; 2.4: 1-5; 2.5: 1-7; 2.6:
1-3; 2.7: 1-6; 2.8: 1-7; 2.9: 1-3; 2.10: 1-4; 3.1: 1; 3.2: 1-4; 3.3: 1-4; 3.4: 1-5; 3.5:
1-3; 3.7: 1; 4.1: 1-3 5; 4.2: 1 2; 4.3: 1-3; 5.1: 1-5; 5.2: 1-8; 5.3: 1-10; 5.4: 1-3; 5.5:
1-4; 6.1: 1-3; 6.2: 1-6; 6.3: 1 2; 6.4: 1 2; 7.1: 1-4; 7.2: 1 2; 7.3: 1 3 4; 7.4: 1-3;
8.1: 1-4; 8.2: 1-3; 8.3: 1-8; 9.1: 1-3; 9.2: 1-4; 10.2: 1 2; 10.3: 1-3; 11.1: 1-8; 12.1:
1-3; 12.2: 1; 12.3: 1-6; 12.4: 1 2; 12.5: 1 2; 12.6: 1; 13.1: 1 3-5; 13.2: 1-3 5 6; 13.3:
1 2; 13.4: 1 2; 14.1: 1-4; 14.2: 1-6; 14.3: 2 3; 14.4: 1-7; 14.5: 1-4
"""
"Of each section: those of levels 1 and 2 that are not deleted."
UNTESTED = {"1.10.1"}
"What holds by how the house is kept, which no test of it can show."


def items() -> Iterator[str]:
    for section, numbers in re.findall(r"([\d.]+):([\d\s-]+)", ITEMS):
        for one in numbers.split():
            first, _, last = one.partition("-")
            yield from (f"{section}.{n}" for n in range(int(first), int(last or first) + 1))


def test_each_requirement_is_answered() -> None:
    assert [row[0] for row in ROWS] == list(items())
    for id, level, what, answer, how, shown in ROWS:
        assert level in "12" and what, id
        assert answer in ("holds", "partly", "no", "n/a"), id
        assert shown or answer in ("n/a", "no", "partly") or id in UNTESTED, id
        assert how or answer == "holds", f"{id}: why"
    counts = [sum(row[3] == answer for row in ROWS) for answer in ("holds", "partly", "no", "n/a")]
    holds, partly, no, none = counts
    said = (
        f"Of {len(ROWS)} requirements {holds} hold, {partly} hold in part, {no} do not, {none} do"
    )
    assert said in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_tests_that_are_named_are_there(row: list[str]) -> None:
    found = NAMED.findall(row[5])
    assert len(found) == row[5].count("`tests/"), "one is not named as it should be"
    for file, name in found:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^(async )?def {name}\(", text, re.MULTILINE), f"{file}::{name}"


# ---------------------------------------------------------------- what it says of the source

DANGEROUS = {"eval", "exec", "compile", "__import__"}
MODULES = {"pickle", "marshal", "shelve", "yaml", "dill"}


def test_no_dangerous_call_is_made() -> None:
    for name, tree in sources():
        for node in nodes(tree):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else ""
                assert called not in DANGEROUS, f"{name}:{node.lineno}"
                for each in node.keywords:
                    shell = each.arg == "shell" and ast.unparse(each.value) != "False"
                    assert not shell, f"{name}:{node.lineno}"
                assert ast.unparse(node.func) not in ("os.system", "os.popen"), name
            elif isinstance(node, ast.Import):
                assert not MODULES & {each.name.partition(".")[0] for each in node.names}, name
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] not in MODULES, name


SPREADS = {
    "tws/desktop/command.py",
    "tws/messaging/external/connecting.py",
    "tws/messaging/external/lines.py",
    "tws/net/stream.py",
    "tws/simulator/control/traffic.py",
}
"Where chance only spreads what many would do at once."


def test_what_must_not_be_guessed_is_random() -> None:
    """`secrets` or `os.urandom`; `random`, which can be predicted, elsewhere only."""
    used = {
        name
        for name, tree in sources()
        for node in nodes(tree)
        if isinstance(node, ast.Import) and any(each.name == "random" for each in node.names)
    }
    assert used == SPREADS
    for name in ("sessions.py", "signing.py", "keys.py", "resets.py", "challenges.py"):
        assert "uuid" not in (ROOT / "src/tws/access" / name).read_text()


KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}")


def test_no_key_is_in_the_source() -> None:
    for name in tracked():
        if not name.startswith("tests/") and name.endswith((".py", ".ts", ".tsx", ".md", ".env")):
            assert not KEY.search((ROOT / name).read_text(encoding="utf-8")), name


def test_no_address_takes_a_secret() -> None:
    """But that of an SMS gateway's reports, which can show its key in no other way. The key of a
    file that is sent tells a repetition, and opens nothing."""
    secret = re.compile(r"token|password|secret|passphrase|session$|^key$", re.IGNORECASE)
    found = {
        (path, one["name"])
        for path, of in openapi()["paths"].items()
        for operation in of.values()
        for one in operation.get("parameters", ())
        if one["in"] in ("query", "path") and secret.search(one["name"])
    }
    found -= {(path, "key") for path in openapi()["paths"] if "sms" in path}
    assert found == {("/api/v1/chat-files", "key")}


def pages() -> Iterator[tuple[str, str]]:
    for name in tracked():
        if name.startswith("frontend/src/") and name.endswith((".ts", ".tsx")):
            yield name, (ROOT / name).read_text(encoding="utf-8")


def test_no_page_writes_markup() -> None:
    for name, text in pages():
        for wrong in ("dangerouslySetInnerHTML", ".innerHTML", "document.write", "new Function("):
            assert wrong not in text, name


def test_each_field_of_a_password_can_be_looked_at() -> None:
    assert sum("PasswordInput" in text for _, text in pages()) > 3
    for name, text in pages():
        assert 'type="password"' not in text, name


OPENS = re.compile(
    r"\b(create_connection|open_connection|create_datagram_endpoint|start_server|create_server"
    r"|SSLContext|create_default_context|httpx\.(Async)?Client|aiosmtplib\.SMTP|sock_connect)\("
)
ASKED = re.compile(r"\brefuse(_clear|_address|_clear_address)?\(|\bGoal\.of\(|\bRule\b")
APART = {
    "tws/app/encrypting.py": "checks a file",
    "tws/connectors/databases/mariadb.py": "what its register asked",
    "tws/connectors/ldap/settings.py": "makes contexts for its session",
    "tws/connectors/sms/smpp/link.py": "its session asks",
    "tws/connectors/xmpp/stream.py": "TLS alone",
    "tws/desktop/server.py": "on users' computers",
    "tws/desktop/websocket.py": "on users' computers",
    "tws/remote.py": "the command line",
    "tws/storage/postgresql.py": "`Way`",
    "tws/web/tls.py": "serves",
}


def test_sockets_are_opened_in_known_places_only() -> None:
    """Each asks first whether clear text is allowed, or is here with why not."""
    found = set()
    for name, _ in sources():
        text = (ROOT / "src" / name).read_text(encoding="utf-8")
        if not name.startswith("tws/simulator/") and OPENS.search(text):
            if not ASKED.search(text):
                found.add(name)
    assert found == APART.keys()


def test_what_is_installed_is_locked_by_hashes() -> None:
    for lock in ("run", "dev"):
        text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
        names = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE | re.IGNORECASE)
        assert len(names) > 20 and text.count("--hash=sha256:") >= len(names)
    locked = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))
    for name, package in locked["packages"].items():
        assert "integrity" in package or not name, name
