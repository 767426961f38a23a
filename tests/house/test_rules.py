"""The rules of the house that no linter holds, read off the source itself."""

import ast
import gc
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import tws

ROOT = Path(__file__).parents[2]
LONGEST = 700
"Lines of a Python file; above 400 it is a question."
LONGEST_TESTS = 500
"Lines of a file of tests: they are told apart by idea more easily than a state machine is."
LONGEST_FUNCTION = 60
"Lines; mostly under 40."
LONG_FUNCTIONS = {
    *((f"tws/measures/{room}.py", "sources") for room in ("people", "server", "work")),
    ("tws/app/rooms.py", "all_rooms"),  # one room after another, with little between them
    # What made a database that is out there: it is never touched again.
    ("tws/storage/migrations/versions/0001_the_first_tables.py", "upgrade"),
    ("tws/storage/migrations/versions/0005_directories.py", "upgrade"),
}
SLEEPING = {
    "tests/links/asterisk/pump.py": "it redials as a carrier does, with a pause",
    "tests/peers/baresip.py": "another program, which tells nobody when it listens",
    "tests/peers/sipp.py": "another program, which tells nobody when it listens",
}
"Where a test may let time go by, and why there is nothing to wait for."
BROAD = {
    "tws/bus.py": "of a handler, that the others hear of it too",
    "tws/storage/reading.py": "of a question, that who asked it hears of it",
    "tws/net/telling.py": "of one connection, that the others go on",
    "tws/telephony/network.py": "of a link that is started, that the others are",
    "tws/web": "of a request, that it is answered",
}
"Where everything may be caught, and of what."
TASKS = {
    "tws/cluster/tasks.py": "logged by its name and counted; whoever asked is told of no answer",
    "tws/maintenance/services.py": "shown and logged: the server goes on without that part",
    "tws/schedule.py": "counted and logged: a job that failed",
    "tws/storage/uninterrupted.py": "raised to whoever waits",
    "tws/telephony/requests.py": "a refusal, of which whoever waited has heard, or is gone",
    "tws/web/idempotency.py": "raised to whoever waits, and to whoever asks again",
}
"Where it is looked at what a task raised, and what becomes of it."
OF_PEOPLE = {
    *("actor", "caller", "device", "label", "number", "party", "user"),
    *("username", "first_name", "last_name", "display_name"),
}
"Words for numbers and names of people, in the fields of log lines."
ROOMS = (
    *("access", "imports", "incidents", "licences", "mail", "maintenance", "presence"),
    *("push", "queues", "rules"),
)
SQL = {
    "tws/storage",
    *(f"tws/{room}/store.py" for room in ROOMS),
    *(f"tws/{room}/store" for room in ("directory", "journal", "organisation")),
    "tws/messaging/chat/store.py",
    "tws/messaging/emails/store.py",
    "tws/messaging/external/store.py",
    "tws/messaging/sms/store",
    "tws/presence/calendars/store.py",
    "tws/records/changing.py",  # which looks into the columns that it is given
}
"Where SQL is known."
REGISTERS = {
    *("tws/register.py", "tws/storage/postgresql.py", "tws/storage/schema.py"),
    "tws/__main__.py",
    "tws/maintenance/support/machine.py",
}
"""Resolve names on first use: windows, the driver that an extra installs, a migration; the whole
program, which is loaded in a way of its own. The last one lists what is installed."""


@cache
def sources(folder: str = "src") -> tuple[tuple[str, ast.Module], ...]:
    """Path from `folder`, and tree, of every Python file."""
    # What other tests left to the collector warns as it goes, and Python parses source to word the
    # warning: within another `ast.parse` CPython 3.11 then miscounts its depth (SystemError).
    gc.collect()
    return tuple(
        (str(path.relative_to(ROOT / folder)), ast.parse(path.read_text()))
        for path in sorted((ROOT / folder).rglob("*.py"))
    )


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Kept: each rule looks through all of them."""
    return tuple(ast.walk(tree))


def everything() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("src", "tests", "bench", "drills", "fuzz"):
        for name, tree in sources(folder):
            yield (name if folder == "src" else f"{folder}/{name}"), tree


@cache
def tracked() -> tuple[str, ...]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout: nothing says which files are ours")
    return tuple(name for name in done.stdout.splitlines() if (ROOT / name).is_file())


def test_the_layers_hold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    config = str(ROOT / "pyproject.toml")
    assert lint_imports(config_filename=config, no_cache=True) == EXIT_STATUS_SUCCESS


def test_what_says_that_it_is_pure_is_held_to_it() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (engines,) = (c for c in contracts["contracts"] if c["name"].startswith("Engines, "))
    held = engines["source_modules"]
    assert len(held) == len(set(held))
    for name, tree in sources():
        if re.search(r"\bPure\b", ast.get_docstring(tree) or ""):
            module = name.removesuffix(".py").replace("/", ".")
            assert any(f"{module}.".startswith(f"{one}.") for one in held), f"{name} is not listed"


def test_who_decodes_expects_all_that_decoding_raises() -> None:
    """Of bytes of others msgspec raises more than its own error (`tws.undecodable`)."""
    for name, tree in sources():
        for node in nodes(tree):
            if isinstance(node, ast.ExceptHandler) and node.type is not None:
                caught = ast.unparse(node.type)
                assert not re.search(r"msgspec\.(DecodeError|MsgspecError)", caught), name


def test_no_file_is_too_long() -> None:
    for folder in ("src", "tests", "bench", "drills", "fuzz"):
        longest = LONGEST_TESTS if folder == "tests" else LONGEST
        for path in (ROOT / folder).rglob("*.py"):
            assert len(path.read_text().splitlines()) <= longest, path


def test_every_module_says_what_it_is_for() -> None:
    for name, tree in everything():
        if tree.body:
            assert ast.get_docstring(tree), f"{name} has no docstring"


def test_no_import_is_hidden() -> None:
    for name, tree in everything():
        found = (node for node in nodes(tree) if isinstance(node, ast.Import | ast.ImportFrom))
        if all(node.col_offset == 0 for node in found):
            continue
        for function in nodes(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                inside = isinstance(node, ast.Import | ast.ImportFrom)
                assert not inside, f"{name}:{node.lineno} imports inside a function"  # type: ignore[attr-defined]


def test_no_type_checking_trick() -> None:
    for name, tree in everything():
        for node in nodes(tree):
            trick = isinstance(node, ast.Name | ast.Attribute) and "TYPE_CHECKING" in (
                getattr(node, "id", ""),
                getattr(node, "attr", ""),
            )
            assert not trick, f"{name} uses TYPE_CHECKING"


def test_nothing_sleeps_on_the_clock() -> None:
    for name, tree in everything():
        for node in nodes(tree):
            if isinstance(node, ast.Attribute) and node.attr == "sleep":
                owner = node.value
                clock = isinstance(owner, ast.Name) and owner.id == "time"
                assert not clock, f"{name}:{node.lineno} uses time.sleep"


def sleeps(tree: ast.Module) -> Iterator[int]:
    """Lines that let time go by, in asyncio or in a browser; a turn of the loop takes none."""
    for node in nodes(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            turn = node.args and isinstance(node.args[0], ast.Constant) and not node.args[0].value
            if name in ("sleep", "wait_for_timeout") and not turn:
                yield node.lineno


def test_no_test_waits_by_sleeping() -> None:
    found = {
        f"tests/{name}": lines for name, tree in sources("tests") if (lines := list(sleeps(tree)))
    }
    assert found.keys() == SLEEPING.keys(), f"these sleep: {found}"


def test_no_function_is_too_long() -> None:
    for name, tree in sources():
        for node in nodes(tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            allowed = (name, node.name) in LONG_FUNCTIONS
            assert allowed or lines <= LONGEST_FUNCTION, f"{name} {node.name}: {lines} lines"


def logged(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Each field of each log line, by its name."""
    for node in nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if isinstance(of, ast.Name) and of.id == "log":
                yield from ((key.arg or "", key.value) for key in node.keywords)


def test_people_are_logged_as_such() -> None:
    for name, tree in sources():
        for field, value in logged(tree):
            masked = isinstance(value, ast.Call) and ast.unparse(value.func) == "personal"
            words = {field} | set(re.findall(r"\w+", ast.unparse(value)))
            told = words & OF_PEOPLE
            assert masked or not told, f"{name} logs {told} that may be somebody's, not personal()"


def everything_of(kinds: list[ast.expr]) -> bool:
    return any(
        isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException") for kind in kinds
    )


def called(node: ast.Call) -> str:
    of = node.func
    return of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")


def broad(tree: ast.Module) -> Iterator[int]:
    """Lines that catch everything and do not raise it again, in whatever words."""
    for node in nodes(tree):
        if isinstance(node, ast.ExceptHandler):
            named = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            kinds = [kind for kind in named if kind is not None]
            again = any(isinstance(line, ast.Raise) and line.exc is None for line in node.body)
            if (not kinds or everything_of(kinds)) and not again:
                yield node.lineno
        elif isinstance(node, ast.Call):
            kept = any(keyword.arg == "return_exceptions" for keyword in node.keywords)
            if kept or (called(node) == "suppress" and everything_of(node.args)):
                yield node.lineno


def test_everything_is_caught_in_few_places_only() -> None:
    found = set()
    for name, tree in sources():
        if lines := list(broad(tree)):
            place = next((p for p in BROAD if name == p or name.startswith(f"{p}/")), None)
            assert place is not None, f"{name} catches everything on line {lines}"
            found.add(place)
    assert found == BROAD.keys()


def test_what_a_task_raised_is_looked_at_where_something_becomes_of_it() -> None:
    found = {
        name
        for name, tree in sources()
        for node in nodes(tree)
        if isinstance(node, ast.Call) and called(node) == "exception" and not node.args
    }
    assert found == TASKS.keys()


@pytest.mark.parametrize(
    "line",
    [
        "try: pass\nexcept: pass",
        "try: pass\nexcept (KeyError, Exception): pass",
        "try: pass\nexcept* Exception: pass",
        "asyncio.gather(one, return_exceptions=True)",
        "with suppress(Exception): pass",
        "with contextlib.suppress(KeyError, BaseException): pass",
    ],
)
def test_whatever_catches_everything_is_seen(line: str) -> None:
    assert list(broad(ast.parse(line)))


def test_names_are_resolved_at_run_time_in_registers_only() -> None:
    for name, tree in sources():
        imports = [node for node in nodes(tree) if isinstance(node, ast.ImportFrom | ast.Import)]
        dynamic = any(
            (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("importlib"))
            or any(alias.name.startswith("importlib") for alias in node.names)
            for node in imports
        )
        env = name.startswith("tws/storage/migrations/")
        assert not dynamic or env or name in REGISTERS, f"{name} imports importlib"


def test_sql_is_known_in_stores_only() -> None:
    found = set()
    for name, tree in sources():
        modules = {
            *(n.module or "" for n in nodes(tree) if isinstance(n, ast.ImportFrom)),
            *(a.name for n in nodes(tree) if isinstance(n, ast.Import) for a in n.names),
        }
        if any(module.split(".")[0] == "sqlalchemy" for module in modules):
            place = next((p for p in SQL if name == p or name.startswith(f"{p}/")), None)
            assert place is not None, f"{name} imports sqlalchemy"
            found.add(place)
    assert found == SQL


def test_no_file_knows_this_machine() -> None:
    """Nor any package registry: an installation uses what its own tools are set up with."""
    hosts = "|".join(
        re.escape(host) for host in ("pypi" + ".org", "npmjs" + ".org", "pythonhosted" + ".org")
    )
    wrong = re.compile(rf"(?:^|[\s\"'=(])/(?:work|root|Users)/|{hosts}")
    binary = {".png", ".woff2", ".ico", ".wav", ".bin", ".gsm"}
    for name in tracked():
        if Path(name).suffix in binary:
            continue
        text = (ROOT / name).read_text(errors="replace")
        assert not wrong.findall(text), f"{name} names {wrong.findall(text)}"


def test_one_version_everywhere() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text()
    newest = re.search(r"^## \[?(\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    assert newest is not None and newest[1] == tws.__version__
    assert version("tws") == tws.__version__


@pytest.mark.parametrize(
    ("name", "longest"), [("README.md", 150), ("CONTRIBUTING.md", 150), ("ARCHITECTURE.md", 150)]
)
def test_documents_stay_short(name: str, longest: int) -> None:
    assert len((ROOT / name).read_text().splitlines()) <= longest


def test_the_picture_of_the_house_names_all_of_it() -> None:
    picture = re.findall(r"\w+", (ROOT / "ARCHITECTURE.md").read_text().split("```")[1])
    for path in (ROOT / "src/tws").iterdir():
        package = path.is_dir() and (path / "__init__.py").exists()
        if package or (path.suffix == ".py" and path.stem != "__init__"):
            assert path.stem in picture, f"ARCHITECTURE.md does not show tws.{path.stem}"


def test_links_between_documents_lead_somewhere() -> None:
    for name in tracked():
        if not name.endswith(".md"):
            continue
        path = ROOT / name
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text()):
            if "://" not in target and not target.startswith(("mailto:", "/")):
                assert (path.parent / target).exists(), f"{name} links to {target}"


def test_nothing_points_to_a_list_that_is_not_here() -> None:
    """`AMB-12` and the like name no document of the project."""
    tracked = subprocess.run(
        ["git", "grep", "-lE", "AMB-[0-9]", "--", ":!tests/house/test_rules.py"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert tracked.stdout == ""
