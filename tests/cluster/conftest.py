"""A real NATS for the tests of several nodes."""

from collections.abc import Iterator

import pytest

from tests.peers import require_peer
from tests.peers.nats import Nats, running_nats


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nats]:
    require_peer("nats")
    with running_nats(tmp_path_factory.mktemp("nats")) as server:
        yield server
