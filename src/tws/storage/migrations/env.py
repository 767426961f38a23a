"""What alembic runs for each of its commands."""

import importlib
from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from tws.storage.columns import Json, UtcTime, metadata
from tws.storage.migrations import BY_HAND, STORES


def made_by_us(name: str | None, kind: str, parents: object) -> bool:
    return not (kind in ("table", "index") and name is not None and name.startswith(BY_HAND))


def rendered(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Column types of ours in SQLAlchemy's words: a migration must not change when our code
    does."""
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and item is Json:
        autogen.imports.add("from sqlalchemy.dialects.postgresql import JSONB")
        return 'sa.JSON().with_variant(JSONB(), "postgresql")'
    return False


def run(connection: Connection) -> None:
    if context.config.attributes["compare"]:
        for store in STORES:
            importlib.import_module(store)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        include_name=made_by_us,
        render_item=rendered,
        # SQLite too: a migration cut short leaves nothing behind.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
