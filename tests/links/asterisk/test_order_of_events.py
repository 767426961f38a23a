"""Events that Asterisk wrote in one order and sent in another."""

from tests.links.asterisk.bench import DEVICES, Bench
from tests.links.asterisk.test_contract import block
from tws.telephony.commands import CommandId, MakeCall
from tws.telephony.event_reports import CallEvent, CommandDone, ServiceInitiated
from tws.telephony.model import ConnectionId, DeviceId

OWN = DeviceId(DEVICES[0])


def test_a_state_that_comes_late_takes_nothing_back() -> None:
    """A phone that rings is told to be dialled with the state that it had before it rang."""
    bench = Bench()
    bench.connect()
    bench.order(MakeCall(id=CommandId("make"), device=OWN, called="1002"))
    (action,) = [one for one in bench.actions if one["Action"] == "Originate"]
    uid = action["ChannelId"]
    phone = {"Channel": "PJSIP/1001-00000001", "Uniqueid": uid}
    dial = {"DestChannel": phone["Channel"], "DestUniqueid": uid}
    bench.answer(action, good=True)
    events = (
        block(Event="Newchannel", ChannelStateDesc="Down", **phone),
        block(Event="Newstate", ChannelStateDesc="Ringing", **phone),
        block(Event="DialBegin", DestChannelStateDesc="Down", **dial),
        block(Event="Newstate", ChannelStateDesc="Up", **phone),
        block(Event="DialState", DestChannelStateDesc="Ringing", DialStatus="RINGING", **dial),
    )
    for event in events:
        bench.feed(event.decode().replace("\r\n", "\n"))
    (made,) = [told for told in bench.told if isinstance(told, CommandDone) and told.id == "make"]
    assert isinstance(made.result, ConnectionId)
    assert list(bench.driver.watch.calls) == [made.result.call]
    told = [event for event in bench.told if isinstance(event, CallEvent)]
    assert [type(event) for event in told[:1]] == [ServiceInitiated]
    assert {event.connection.call for event in told} == {made.result.call}  # type: ignore[attr-defined]
