"""What a real Asterisk said, played to a driver: the same events in whatever pieces."""

import random

import pytest

from tests.links.asterisk.mirror import Mirror
from tests.links.asterisk.pump import words
from tests.links.asterisk.recording import CAPTURES
from tws.links.asterisk import AsteriskDriver, AsteriskSettings
from tws.telephony.commands import CommandId, MonitorStart
from tws.telephony.events import CallEvent, Event, LinkStarted
from tws.telephony.link import Peer
from tws.telephony.model import DeviceId

PEER = Peer("ami")
DEVICES = ("1001", "1002", "1003", "1004", "1006")
NAMES = sorted(path.stem for path in CAPTURES.glob("*.ami"))


def pieces(data: bytes, seed: int) -> list[bytes]:
    """Each message by itself, or cut anywhere."""
    if seed == 0:
        return [message + b"\r\n\r\n" for message in data.split(b"\r\n\r\n")]
    cuts = random.Random(seed)
    found = []
    while data:
        size = cuts.randint(1, 700)
        found.append(data[:size])
        data = data[size:]
    return found


def play(name: str, seed: int) -> tuple[list[str], AsteriskDriver, Mirror]:
    """The call events that a recording makes."""
    driver = AsteriskDriver(AsteriskSettings(host="pbx", password="gateway"))
    mirror = Mirror(driver)
    driver.start(0.0)
    driver.connected(PEER, 0.0)
    told: list[Event] = []
    for piece in pieces((CAPTURES / f"{name}.ami").read_bytes(), seed):
        driver.receive_data(PEER, piece, 0.0)
        driver.outputs()
        events = driver.events()
        if any(isinstance(event, LinkStarted) for event in events):
            for device in DEVICES:
                driver.send(MonitorStart(id=CommandId(device), device=DeviceId(device)), 0.0)
            events += driver.events()
        mirror.take(events)
        told += events
    return [words(e) for e in told if isinstance(e, CallEvent)], driver, mirror


def test_there_are_recordings() -> None:
    assert len(NAMES) >= 10


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("name", NAMES)
def test_a_recording_means_what_it_meant(name: str, seed: int) -> None:
    told, driver, mirror = play(name, seed)
    assert told == (CAPTURES / f"{name}.events").read_text().splitlines()
    assert driver.watch.calls == {}
    assert not mirror.wrong
