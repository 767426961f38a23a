"""A party behind a Local channel, which Asterisk takes out of the way when it likes."""

from tests.links.asterisk.bench import DEVICES, NAMES, Bench
from tests.links.asterisk.test_contract import block, call
from tws.telephony.commands import CommandId, HoldCall
from tws.telephony.event_reports import CommandRefused
from tws.telephony.model import ConnectionId, DeviceId

OWN = DeviceId(DEVICES[0])


def held(bench: Bench) -> list[str]:
    """Whose variable is set, in order."""
    return [x["Channel"] for x in bench.actions if x["Action"] == "Setvar"]


def on_the_phone() -> Bench:
    """1001 talks with a Local channel that stays longer than anybody waits for it to go."""
    bench = Bench()
    bench.connect()
    bench.feed(call("u1", "u4", answered=True).decode().replace("\r\n", "\n"))
    (own,) = bench.driver.watch.calls.values()
    bench.actions.clear()
    bench.order(HoldCall(id=CommandId("hold"), device=OWN, connection=ConnectionId(own.id, OWN)))
    bench.do(("time", 0.6))
    assert held(bench) == [NAMES["u4"]]
    return bench


def test_one_that_goes_as_it_is_named_leaves_its_party_to_be_held() -> None:
    bench = on_the_phone()
    bench.answer(bench.actions.pop(), good=False)
    party = {"Channel": NAMES["u3"], "Uniqueid": "u3"}
    text = (
        block(Event="Newchannel", ChannelStateDesc="Up", **party)
        + block(
            Event="BridgeEnter", BridgeUniqueid="b1", BridgeTechnology="simple_bridge", **party
        )
        + block(Event="Hangup", Channel=NAMES["u4"], Uniqueid="u4", Cause="16")
    )
    bench.feed(text.decode().replace("\r\n", "\n"))
    assert held(bench) == [NAMES["u3"]]
    assert bench.ended["hold"] == 0


def test_a_refusal_for_another_reason_is_told() -> None:
    bench = on_the_phone()
    bench.answer(bench.actions.pop(), good=False)
    bench.do(("time", 0.6))
    assert bench.ended["hold"] == 1
    assert isinstance(bench.told[-1], CommandRefused)
