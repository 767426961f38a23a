"""Two companies: one with something of everything, and one that is empty."""

from tests.organisation.conftest import place, world

__all__ = ["place", "world"]
