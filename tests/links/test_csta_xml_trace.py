"""What the trace of a CSTA link shows: both ways, and no secret."""

from tests.links.csta_switch import Switch, ours, theirs
from tws.protocols.csta import frame
from tws.protocols.csta import messages as m
from tws.telephony import commands as c
from tws.telephony.model import DeviceId

ONE = ours("1", "4001")


def test_the_trace_shows_both_ways_without_secrets() -> None:
    switch = Switch(user="tws", password="Pa$$<1>", session="on")
    switch.driver.trace(True)
    switch.connect()
    switch.reply(m.StartApplicationSessionPosResponse(session_id="s1"))
    switch.pump()
    switch.send(c.GenerateDigits, connection=ONE, digits="4711")
    switch.say(
        m.DeliveredEvent(
            monitor_cross_ref_id="1", connection=theirs("1", "N<4002>Bob"), cause="newCall"
        )
    )
    switch.bytes(frame(9999, b"<broken"))
    pdus = switch.driver.pdus()
    text = "\n".join(pdu.text for pdu in pdus)
    assert "Pa$$" not in text
    assert "&lt;1&gt;" not in text
    assert "4711" not in text
    assert "<userName>tws</userName>" in text
    digits = next(pdu for pdu in pdus if "GenerateDigits" in pdu.text)
    assert (digits.sent, digits.devices) == (True, (DeviceId("4001"),))
    delivered = next(pdu for pdu in pdus if "DeliveredEvent" in pdu.text)
    assert (delivered.sent, delivered.devices) == (False, (DeviceId("4002"),))
    assert pdus[-1].text == "<broken"
    switch.driver.trace(False)
    switch.send(c.GetDoNotDisturb)
    assert switch.driver.pdus() == []
