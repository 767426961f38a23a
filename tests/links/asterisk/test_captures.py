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


def recorded(name: str) -> bytes:
    return (CAPTURES / f"{name}.ami").read_bytes()


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


def play(data: bytes, seed: int) -> tuple[list[str], AsteriskDriver, Mirror]:
    """The call events that these bytes make."""
    driver = AsteriskDriver(AsteriskSettings(host="pbx", password="gateway"))
    mirror = Mirror(driver)
    driver.start(0.0)
    driver.connected(PEER, 0.0)
    told: list[Event] = []
    for piece in pieces(data, seed):
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
    told, driver, mirror = play(recorded(name), seed)
    assert told == (CAPTURES / f"{name}.events").read_text().splitlines()
    assert driver.watch.calls == {}
    assert not mirror.wrong


def test_a_pickup_may_be_told_after_the_bridge_that_it_leads_to() -> None:
    messages = recorded("pickup").split(b"\r\n\r\n")
    names = [message.partition(b"\r\n")[0] for message in messages]
    late = messages.pop(names.index(b"Event: Pickup"))
    messages.insert(names.index(b"Event: BridgeLeave") - 1, late)
    gone = messages.pop(names.index(b"Event: Hangup") - 1)  # of the phone that rang
    messages.insert(names.index(b"Event: BridgeLeave") - 1, gone)
    told, driver, mirror = play(b"\r\n\r\n".join(messages), 0)
    assert told == (CAPTURES / "pickup.events").read_text().splitlines()
    assert driver.watch.calls == {}
    assert not mirror.wrong
