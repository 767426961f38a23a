"""Everything that the PBX says in a long day against the schemas of ECMA-323.

They lie beside a workshop's copy of this repository; without them these tests are skipped.
"""

import random
from pathlib import Path

import pytest
from lxml import etree

from tests.simulator.test_properties import HANDS, REQUESTS, Bench, act
from tws.protocols.csta import J2Framer

SCHEMAS = Path(__file__).parents[3] / "shared" / "protocols" / "csta" / "xsd"
NAMES = {3: "csta-ed3-reconstructed.xsd", 6: "csta-ed6-reconstructed.xsd"}

pytestmark = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="no CSTA schemas in ../shared/protocols/csta/xsd"
)


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
@pytest.mark.parametrize("edition", NAMES)
def test_everything_said_is_valid(edition: int, names: str) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / NAMES[edition]))
    source = random.Random(edition)
    bench = Recorded(edition=edition, names=names, offered=True, digits_dialed=True)
    for _ in range(1200):
        which = source.randrange(len(REQUESTS) + len(HANDS))
        act(bench, (which, source.randint(0, 20), source.randint(0, 20)))
    roots = {body: etree.fromstring(body) for body in bench.said}
    assert len({str(root.tag) for root in roots.values()}) > 30
    for body, root in roots.items():
        assert schema.validate(root), (schema.error_log.last_error, body)
