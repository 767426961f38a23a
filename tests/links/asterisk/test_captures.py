"""What a real Asterisk said, played to a driver: the same events in whatever pieces."""

import random

import pytest

from tests.links.asterisk.mirror import Mirror
from tests.links.asterisk.pump import words
from tests.links.asterisk.recording import CAPTURES
from tws.links.asterisk import AsteriskDriver, AsteriskSettings
from tws.telephony.commands import CommandId, MonitorStart
from tws.telephony.event_reports import CallEvent, Event, LinkStarted
from tws.telephony.link import Peer
from tws.telephony.model import DeviceId

PEER = Peer("ami")
DEVICES = ("1001", "1002", "1003", "1004", "1006")
PAUSE = 0.3
"Seconds: longer than a channel may be nowhere."
NAMES = sorted(path.stem for path in CAPTURES.glob("*.ami"))


def recorded(name: str) -> bytes:
    return (CAPTURES / f"{name}.ami").read_bytes()


def pieces(data: bytes, seed: int) -> list[bytes]:
    """Each message by itself, or cut anywhere; what was read at the start ends a piece, as nobody
    asks for a telephone before that."""
    last = data.find(b"Event: StatusComplete")
    read = data.find(b"\r\n\r\n", last) + 4 if last >= 0 else 0
    return [*_cut(data[:read], seed), *_cut(data[read:], seed)]


def _cut(data: bytes, seed: int) -> list[bytes]:
    if seed == 0:
        return [message + b"\r\n\r\n" for message in data.split(b"\r\n\r\n")]
    cuts = random.Random(seed)
    found = []
    while data:
        size = cuts.randint(1, 700)
        found.append(data[:size])
        data = data[size:]
    return found


def play(data: bytes, seed: int, late: bytes = b"") -> tuple[list[str], AsteriskDriver, Mirror]:
    """The call events that these bytes make; `late` come after a pause."""
    driver = AsteriskDriver(AsteriskSettings(host="pbx", password="gateway"))
    mirror = Mirror(driver)
    driver.start(0.0)
    driver.connected(PEER, 0.0)
    told: list[Event] = []
    early = [(0.0, piece) for piece in pieces(data, seed)]
    for now, piece in [*early, *((PAUSE, piece) for piece in pieces(late, seed))]:
        if now:
            driver.handle_timer(now)
        driver.receive_data(PEER, piece, now)
        driver.outputs()
        events = driver.events()
        if any(isinstance(event, LinkStarted) for event in events):
            for device in DEVICES:
                driver.send(MonitorStart(id=CommandId(device), device=DeviceId(device)), now)
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


def first(messages: list[bytes], *parts: bytes) -> int:
    """Where the first message with all these parts is."""
    return next(n for n, text in enumerate(messages) if all(part in text for part in parts))


@pytest.mark.parametrize("after", [b"Event: Newstate", b"Event: DialState", b"Event: BridgeEnter"])
def test_who_dials_a_local_channel_may_be_told_after_who_rings_beyond_it(after: bytes) -> None:
    """Two threads of Asterisk tell that: the phone may have answered before."""
    messages = recorded("through_local").split(b"\r\n\r\n")
    late = messages.pop(first(messages, b"Event: DialBegin", b"Channel: PJSIP/1001"))
    messages.insert(first(messages, after) + 1, late)
    told, driver, mirror = play(b"\r\n\r\n".join(messages), 0)
    assert told == (CAPTURES / "through_local.events").read_text().splitlines()
    assert driver.watch.calls == {}
    assert not mirror.wrong


@pytest.mark.parametrize("place", [b"Event: BridgeEnter", b"Event: BridgeLeave"])
def test_a_local_channel_may_be_out_of_the_way_before_the_caller_is_in_its_bridge(
    place: bytes,
) -> None:
    messages = recorded("through_local").split(b"\r\n\r\n")
    late = messages.pop(first(messages, b"Event: BridgeEnter", b"Channel: PJSIP/1001"))
    swap = first(messages, b"SwapUniqueid: ")
    messages.insert(swap + 1 + first(messages[swap:], place), late)
    told, driver, mirror = play(b"\r\n\r\n".join(messages), 0)
    assert told == (CAPTURES / "through_local.events").read_text().splitlines()
    assert driver.watch.calls == {}
    assert not mirror.wrong


@pytest.mark.parametrize("left", [b"Channel: PJSIP/1002", b"Channel: Local/1002"])
def test_a_local_channel_may_be_taken_out_of_the_way_slowly(left: bytes) -> None:
    """The far end is in no bridge for a while, and nobody has left the call."""
    messages = recorded("through_local").split(b"\r\n\r\n")
    pause = first(messages, b"Event: BridgeLeave", left) + 1
    early, late = (b"\r\n\r\n".join(part) for part in (messages[:pause], messages[pause:]))
    told, driver, mirror = play(early, 0, late)
    assert told == (CAPTURES / "through_local.events").read_text().splitlines()
    assert driver.watch.calls == {}
    assert not mirror.wrong
