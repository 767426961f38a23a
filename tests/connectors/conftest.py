"""Servers that the tests of directories share."""

from collections.abc import Iterator

import pytest

from tests.connectors.people import tree
from tests.peers import require_peer
from tests.peers.slapd import Slapd, running_slapd


@pytest.fixture(scope="session")
def slapd() -> Iterator[Slapd]:
    """With `people.COUNT` people, read only."""
    require_peer("slapd")
    with running_slapd(tree()) as server:
        yield server
