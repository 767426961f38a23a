"""Passwords for tests that say nothing of what a hash costs."""

from argon2 import PasswordHasher

from tws.access.passwords import Hashing


def quick() -> Hashing:
    """The real thing at the lowest cost."""
    return Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
