"""That a look-up goes by the indexes: the difference is seen with 100,000 contacts only."""

from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from tws.directory import store
from tws.storage import Storage


async def test_a_number_is_found_by_its_indexes_alone(sqlite_storage: Storage) -> None:
    values = {"company": "c", "user": "u", "e164": "+331", "low": "1", "high": "2"}
    query = store.WITH_NUMBER.statement.params(**values, unknown=False, directories=["d"])
    compiled = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    async with sqlite_storage.reading() as reader:
        rows = await reader.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))
        plan = [str(row[3]) for row in rows]
    found = [line for line in plan if "contact_number" in line]
    assert [line.partition("(")[2] for line in found] == [
        "company=? AND e164=?)",
        "company=? AND reversed>? AND reversed<?)",
        "contact=?)",
    ]
    assert not [line for line in plan if line.startswith("SCAN contact")]
