"""Migrations hold no writer of a table that may be large: each is read, from 0047 on.

What is refused on a table that the migration does not make itself: an index made as usual, a
column that rewrites every row, a check of every row, a change of every row. How it is done
instead: `tws.storage.migrations.large`, and decision 0104.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tws.storage.migrations

FOLDER = Path(tws.storage.migrations.__file__).parent / "versions"
FIRST = "0047"
SMALL = {
    *("company", "domain", "link", "user_account", "user_device", "group", "api_key", "grant"),
    *("call_queue", "directory", "device", "preference", "parameter_value", "mail_server"),
}
"Tables that have a row for each of what administrators enter: changed in a moment."
SCANNING = {"create_foreign_key", "create_unique_constraint", "create_check_constraint"}
TAKING = {"drop_column", "drop_table", "drop_constraint", "rename_table"}
CHANGING = ("UPDATE ", "DELETE ", "CREATE INDEX", "CREATE UNIQUE", "CLUSTER", "VACUUM FULL")


def files() -> list[Path]:
    return [path for path in sorted(FOLDER.glob("0*.py")) if path.name >= FIRST]


def refused(source: str) -> list[str]:
    """Why a migration is not taken: the operations, in words."""
    tree = ast.parse(source)
    upgrade = [
        one
        for one in tree.body
        if isinstance(one, ast.FunctionDef)  # of which `upgrade` calls others
    ]
    calls = [call for one in upgrade for call in ast.walk(one) if isinstance(call, ast.Call)]
    own = {_text(call.args[0]) for call in calls if _name(call) == "create_table"}
    contracts = any(
        isinstance(one, ast.Assign)
        and isinstance(one.targets[0], ast.Name)
        and one.targets[0].id == "CONTRACTS"
        for one in tree.body
    )
    return [why for call in calls for why in _refused(call, own | SMALL, contracts=contracts)]


def _refused(call: ast.Call, free: set[str], *, contracts: bool) -> Iterator[str]:
    name = _name(call)
    if name == "execute":
        words = _text(call.args[0]).lstrip().upper()
        if words.startswith(CHANGING) or "SET NOT NULL" in words or " TYPE " in words:
            yield f"it changes or reads every row: {words[:40]}"
        return
    if name == "batch_alter_table":
        yield "batch_alter_table writes the whole table again on SQLite"
        return
    table = _text(call.args[1 if name in ("create_index", *SCANNING) else 0]) if call.args else ""
    if name in TAKING and not contracts:
        yield f"{name}: the version before uses it; a later one takes it away (CONTRACTS)"
    if table in free:
        return
    if name == "create_index":
        yield f"an index of {table} holds its writers: name it in LARGE"
    if name in SCANNING or name == "alter_column":
        yield f"{name} reads every row of {table} while its writers wait"
    if name == "add_column" and _rewrites(call.args[1]):
        yield f"a column of {table} that rewrites every row"


def _rewrites(column: ast.expr) -> bool:
    """A constant default, or none and null, is written nowhere but in the catalogue."""
    assert isinstance(column, ast.Call)
    given = {one.arg: one.value for one in column.keywords}
    default = given.get("server_default")
    if default is None:
        nullable = given.get("nullable")
        return isinstance(nullable, ast.Constant) and nullable.value is False
    constant = isinstance(default, ast.Constant)
    return not constant and ast.unparse(default) not in ("sa.false()", "sa.true()")


def _name(call: ast.Call) -> str:
    """Of an operation of alembic."""
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.attr if function.value.id == "op" else ""
    return ""


def _text(value: ast.expr) -> str:
    """A constant text, or how else it is given."""
    if isinstance(value, ast.Constant):
        return str(value.value)
    if isinstance(value, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "?" for part in value.values
        )
    return ast.unparse(value)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_a_migration_holds_no_writer(path: Path) -> None:
    assert refused(path.read_text()) == []


@pytest.mark.parametrize(
    "operation",
    [
        'op.create_index("ix_call_leg_number", "call_leg", ["number"])',
        'op.add_column("contact", sa.Column("kind", sa.String(8), nullable=False))',
        'op.add_column("contact", sa.Column("at", sa.DateTime(), server_default=sa.func.now()))',
        'op.alter_column("call_leg", "number", type_=sa.Text())',
        'op.create_foreign_key(None, "call_leg", "link", ["link"], ["id"])',
        "op.execute(\"UPDATE call_leg SET name = ''\")",
        'op.execute("ALTER TABLE call_leg ALTER number SET NOT NULL")',
        'op.drop_column("user_account", "photo")',
        'op.batch_alter_table("call_leg")',
    ],
)
def test_what_holds_them_is_refused(operation: str) -> None:
    assert len(refused(f"def upgrade() -> None:\n    {operation}\n")) == 1


@pytest.mark.parametrize(
    "operation",
    [
        'op.create_table("new", sa.Column("id"))\n    op.create_index("ix_new_id", "new", ["id"])',
        'op.create_index("ix_link_name", "link", ["name"])',
        'op.add_column("call_leg", sa.Column("kind", sa.String(8)))',
        'op.add_column("api_key", sa.Column("helper", sa.Boolean(), nullable=False,'
        " server_default=sa.false()))",
        'op.execute("DROP INDEX IF EXISTS ix_call_leg_company_created_id")',
    ],
)
def test_what_takes_a_moment_is_taken(operation: str) -> None:
    assert refused(f"def upgrade() -> None:\n    {operation}\n") == []
