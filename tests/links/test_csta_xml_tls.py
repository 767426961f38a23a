"""A CSTA link over TLS: what is trusted, what is refused and in which words, what mends it."""

import contextlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.links.test_csta_xml_simulator import ALICE, BRUNO, CHLOE, Desk, monitored
from tests.simulator.running import Simulator, running_simulator
from tws.telephony.events import LinkStatus
from tws.telephony.model import LinkState

OURS = Path(__file__).parents[1] / "contracts" / "localhost.pem"
"Of localhost and 127.0.0.1."
OTHER = Path(__file__).with_name("pbx.example.pem")
"Of pbx.example only."


@contextlib.asynccontextmanager
async def simulator(certificate: Path | None) -> AsyncIterator[Simulator]:
    files = {}
    if certificate is not None:
        key = certificate.with_suffix(".key")
        files = {"tls_certificate": str(certificate), "tls_key": str(key)}
    async with running_simulator(link=files) as running:
        yield running


@contextlib.asynccontextmanager
async def desk(pbx: Simulator, **settings: object) -> AsyncIterator[Desk]:
    it = Desk(pbx, **settings)
    for device in (ALICE, BRUNO, CHLOE):
        it.supervisor.watch(device)
    try:
        await it.supervisor.start()
        yield it
    finally:
        await it.supervisor.stop()


async def ended(it: Desk) -> LinkStatus:
    """Once the first attempt has come to nothing."""
    await it.until(lambda: it.supervisor.status.why is not None)
    return it.supervisor.status


@pytest.mark.parametrize(
    "checks", [{"ca_file": str(OURS)}, {"verify": False}], ids=["trusted", "unchecked"]
)
async def test_a_call_over_tls(checks: dict[str, object]) -> None:
    async with simulator(OURS) as pbx, desk(pbx, tls=True, **checks) as it:
        await monitored(it)
        assert it.supervisor.status.state is LinkState.UP
        await it.talking(ALICE, BRUNO)


@pytest.mark.parametrize(
    ("certificate", "settings", "words"),
    [
        (OURS, {"tls": True, "ca_file": str(OTHER)}, "certificate is not accepted: self"),
        (OURS, {"tls": True}, "certificate is not accepted: self"),
        (OTHER, {"tls": True, "ca_file": str(OTHER)}, "not valid for '127.0.0.1'"),
        (None, {"tls": True, "ca_file": str(OURS)}, "does the peer speak TLS on this port?"),
        (
            OURS,
            {"tls": True, "ca_file": "/nowhere/ca.pem"},
            "CA file /nowhere/ca.pem: no certificate",
        ),
        (OURS, {"tls": True, "ca_file": __file__}, "no certificate in PEM form is read there"),
        (OURS, {"tls": False}, "the peer closed the connection"),
    ],
    ids=["wrong CA", "no CA", "wrong name", "no TLS there", "no file", "no PEM", "no TLS here"],
)
async def test_what_is_refused_says_why(
    certificate: Path | None, settings: dict[str, object], words: str
) -> None:
    async with simulator(certificate) as pbx, desk(pbx, **settings) as it:
        status = await ended(it)
        assert status.state is LinkState.DOWN
        assert words in str(status.why)
        assert (await pbx.state()).pbx.monitors == 0


async def test_a_link_that_distrusted_its_pbx_comes_up_when_the_pbx_is_mended(
    tmp_path: Path,
) -> None:
    """Down, and not misconfigured: nobody has to touch the link's settings."""
    served = tmp_path / "served.pem"
    certify(served, OTHER)
    async with (
        simulator(served) as pbx,
        desk(pbx, tls=True, ca_file=str(OURS)) as it,
    ):
        assert (await ended(it)).state is LinkState.DOWN
        await pbx.kill()
        certify(served, OURS)
        await pbx.restart()
        await monitored(it)
        assert it.supervisor.status.state is LinkState.UP


def certify(place: Path, certificate: Path) -> None:
    for ending in (".pem", ".key"):
        shutil.copy(certificate.with_suffix(ending), place.with_suffix(ending))
