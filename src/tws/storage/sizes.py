"""How large the database is: rows of each table, bytes of all."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, inspect, literal_column, select, table, text

MOST = 1_000_000
"Rows that are counted; beyond that it is told that there are more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    dialect: str
    version: str
    schema: str | None
    "The last migration that ran here."
    rows: Mapping[str, int]
    "By table; `MOST` + 1 where there are more."
    bytes: int


def sizes(db: Connection) -> Sizes:
    rows = {}
    for name in sorted(inspect(db).get_table_names()):
        some = select(literal_column("1")).select_from(table(name)).limit(MOST + 1).subquery()
        rows[name] = db.execute(select(func.count()).select_from(some)).scalar_one()
    version = ".".join(str(part) for part in db.dialect.server_version_info or ())
    schema = None
    if "alembic_version" in rows:
        schema = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return Sizes(
        dialect=db.dialect.name, version=version, schema=schema, rows=rows, bytes=_bytes(db)
    )


def _bytes(db: Connection) -> int:
    if db.dialect.name == "postgresql":
        found = db.execute(text("SELECT pg_database_size(current_database())"))
        return int(found.scalar_one())
    pages, size = (
        db.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size")
    )
    return int(pages) * int(size)
