"""What every test shares."""

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
