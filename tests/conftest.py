"""What every test shares."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import (
    bus,
    database_url,
    migrated_url,
    postgresql,
    sqlite_storage,
    storage,
)

__all__ = ["bus", "database_url", "migrated_url", "postgresql", "sqlite_storage", "storage"]

# Times differ between machines: only the number of examples is promised, never how long one takes.
settings.register_profile(
    "tws", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tws")

LONGEST = ("pages", "end_to_end", "maintenance", "links/asterisk", "simulator", "web", "web/live")
"Folders of tests that wait for real programs and browsers."


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first: several workers then end together, each file on one of them."""
    first = {config.rootpath / "tests" / folder: -n for n, folder in enumerate(LONGEST[::-1], 1)}
    items.sort(key=lambda item: first.get(item.path.parent, 0))


def pytest_collection_finish() -> None:
    """Tests and what they import stay to the end: looking through them time and again is a sixth
    of the time of a test that starts a house. What tests make is looked through less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
