"""Everything that the PBX says in a long day against the schemas of ECMA-323.

They are part of the reference material: where it is not present these tests are skipped.
"""

import random

import pytest
from lxml import etree

from tests.protocols.csta_reference import SCHEMAS, check, needs_reference
from tests.simulator.test_properties import HANDS, REQUESTS, Bench, act
from tws.protocols.csta import J2Framer

pytestmark = needs_reference


class Recorded(Bench):
    """A PBX whose messages are kept."""

    def __init__(self, **link: object) -> None:
        self.said: set[bytes] = set()
        self._frames = J2Framer()
        super().__init__(**link)

    def write(self, data: bytes) -> None:
        self.said.update(one.body for one in self._frames.receive(data))
        super().write(data)


@pytest.mark.parametrize("names", ["none", "all"])
@pytest.mark.parametrize("edition", SCHEMAS)
def test_everything_said_is_valid(edition: int, names: str) -> None:
    source = random.Random(edition)
    bench = Recorded(edition=edition, names=names, offered=True, digits_dialed=True)
    for _ in range(1200):
        which = source.randrange(len(REQUESTS) + len(HANDS))
        act(bench, (which, source.randint(0, 20), source.randint(0, 20)))
    assert len({str(etree.fromstring(body).tag) for body in bench.said}) > 30
    for body in bench.said:
        check(body)
