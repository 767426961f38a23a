"""Whether a pooled connection to PostgreSQL still answers, asked before it is used.

SQLAlchemy's own question (`pool_pre_ping`) has as long as any statement: from a database that
hangs, whoever signs in would be told after half a minute that it is away.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine

ANSWERS_WITHIN = 3.0
"Seconds."
NOTHING = ";"


def ask_before_use(engine: AsyncEngine, errors: tuple[type[Exception], ...]) -> None:
    """`errors` are the driver's. After a failure all that the pool has is given up: what is asked
    next gets a new connection, or is told why there is none."""

    failures: tuple[type[Exception], ...] = (OSError, *errors)

    def ask(connection: Any, record: object, proxy: object) -> None:
        try:
            connection.run_async(_question)
        except failures as error:
            raise InvalidatePoolError(str(error)) from error

    event.listen(engine.sync_engine, "checkout", ask)


async def _question(driver: Any) -> None:
    await driver.fetchrow(NOTHING, timeout=ANSWERS_WITHIN)
