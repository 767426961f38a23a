"""Every column that a seal is found in is one that a new key is taken to."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.web.house import House
from tests.web.things import things
from tws.organisation.actor import SYSTEM
from tws.storage.sealed_columns import sealed_tables
from tws.storage.secrets import SEAL


def with_seals(database: Path) -> set[tuple[str, str]]:
    """Tables and columns of any type, whoever declares them."""
    with closing(sqlite3.connect(database)) as db:
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            (table, column)
            for (table,) in names
            for _, column, *_ in db.execute(f'PRAGMA table_info("{table}")').fetchall()
            if db.execute(
                f'SELECT 1 FROM "{table}" WHERE CAST("{column}" AS TEXT) LIKE ? LIMIT 1',  # noqa: S608
                (f"%{SEAL}%",),
            ).fetchone()
        }


async def test_each_is_declared(house: House, database: Path) -> None:
    organisation, secret = house.rooms.organisation, "correct horse battery staple"
    named = await things(house, "Paris")
    user = house.rooms.registry.users[named["user"]]  # type: ignore[index]
    await organisation.users.update_user(SYSTEM, user.id, user.version, voicemail_password="1234")
    device = house.rooms.registry.devices[named["second device"]]  # type: ignore[index]
    await organisation.devices.update_device(SYSTEM, device.id, device.version, password=secret)
    queue = house.rooms.registry.queues[named["queue"]]  # type: ignore[index]
    await organisation.queues.update_queue(SYSTEM, queue.id, queue.version, password=secret)
    await organisation.parameters.set_parameter(
        SYSTEM, parameter="SmtAuthPassword", value=secret, company=user.company
    )
    declared = {(table.name, each.name) for table, columns in sealed_tables() for each in columns}
    found = with_seals(database)
    assert found <= declared
    assert found >= {
        ("user_account", "voicemail_password"),
        ("user_device", "password"),
        ("call_queue", "password"),
        ("parameter_value", "value"),
        ("second_factor", "secret"),
        ("push_key", "sealed"),
    }
