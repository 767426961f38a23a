"""Real programs that the tests talk to, each run by a module of its own.

`require_peer("asterisk")` at the start of a test (or fixture) that needs one: the module
`tests.peers.asterisk` has a function `prepare()` that finds or installs its program and raises
`PeerMissing`. A peer that is missing skips the test with a line that names it, unless it has to
be here: in continuous integration, or where this machine has the means to install it.
"""

import os
from functools import cache
from importlib import import_module

import pytest


class PeerMissing(Exception):
    """A program is not here. `installable`: this machine has the means, so it is a failure."""

    def __init__(self, why: str, *, installable: bool = False) -> None:
        super().__init__(why)
        self.installable = installable


@cache
def _missing(name: str) -> PeerMissing | None:
    try:
        import_module(f"tests.peers.{name}").prepare()
    except PeerMissing as missing:
        return missing
    return None


def must_be_here(missing: PeerMissing) -> bool:
    return missing.installable or os.environ.get("CI", "").lower() in ("1", "true", "yes")


def require_peer(name: str) -> None:
    """Skip the test, naming the peer, unless it can be used; fail where it has to be here."""
    missing = _missing(name)
    if missing is None:
        return
    if must_be_here(missing):
        pytest.fail(f"peer {name} has to be here: {missing}", pytrace=False)
    pytest.skip(f"peer {name} is missing: {missing}")
