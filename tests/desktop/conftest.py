"""The houses of the web's tests."""

from tests.web.conftest import (
    _plain_logs,
    database,
    furnished,
    house,
    pytest_asyncio_loop_factories,
)

__all__ = ["_plain_logs", "database", "furnished", "house", "pytest_asyncio_loop_factories"]
