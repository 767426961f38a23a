"""The link itself: login, TLS, Asterisk killed in mid-call, a new owner, bad input."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from tests.links.asterisk.conftest import USERS, Lab
from tests.links.asterisk.pump import Pump, Refused, monitor, pumped
from tests.peers import require_peer
from tests.peers.asterisk import Asterisk, running_asterisk
from tests.peers.phones import running_phones
from tws.links.asterisk import AsteriskSettings
from tws.telephony.commands import (
    ClearConnection,
    ConsultationCall,
    HoldCall,
    MakeCall,
    MonitorStart,
    RetrieveCall,
    TransferCall,
)
from tws.telephony.event_reports import (
    CallEvent,
    ConnectionCleared,
    Delivered,
    Established,
    LinkStarted,
    LinkStopped,
)
from tws.telephony.model import CallId, ConnectionId, DeviceId
from tws.telephony.model import ConnectionState as S

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.peer("asterisk"),
    pytest.mark.peer("phones"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pbx() -> AsyncIterator[Asterisk]:
    require_peer("asterisk")
    require_peer("phones")
    async with running_asterisk() as running:
        yield running


async def stopped(settings: AsteriskSettings) -> LinkStopped:
    pump = Pump(settings)
    pump.start()
    try:
        return await pump.event(LinkStopped)
    finally:
        await pump.stop()


async def test_a_wrong_password(pbx: Asterisk) -> None:
    event = await stopped(replace(pbx.settings, password="wrong"))
    assert event.misconfigured
    assert str(event.why).endswith("manager user or its secret: Authentication failed")


async def test_a_user_who_may_too_little(pbx: Asterisk) -> None:
    config = pbx.folder / "etc/manager.conf"
    config.write_text(config.read_text() + "[poor]\nsecret=poor\nread=call,system\nwrite=call\n")
    await pbx.cli("manager reload")
    event = await stopped(replace(pbx.settings, user="poor", password="poor"))
    assert event.misconfigured
    assert "may not send Originate" in str(event.why)


async def test_a_port_that_is_not_a_manager_s(pbx: Asterisk) -> None:
    event = await stopped(replace(pbx.settings, port=pbx.ports.sip))
    assert "no answer" in str(event.why) or "not an Asterisk" in str(event.why)


async def test_nobody_listens_there(pbx: Asterisk) -> None:
    event = await stopped(replace(pbx.settings, port=pbx.ports.trunk))
    assert not event.misconfigured


async def test_tls(pbx: Asterisk) -> None:
    async with pumped(pbx.tls_settings, "1001") as pump:
        started = pump.log[0]
        assert isinstance(started, LinkStarted)
        assert started.version is not None
        assert started.version.startswith("Asterisk ")
        assert await pump.snapshot("1001") == ()


async def test_an_unknown_certificate_is_refused(pbx: Asterisk) -> None:
    event = await stopped(replace(pbx.tls_settings, ca_file=None))
    assert "certificate" in str(event.why).lower()


async def test_tls_without_checking(pbx: Asterisk) -> None:
    settings = replace(pbx.tls_settings, ca_file=None, verify=False)
    async with pumped(settings, "1001") as pump:
        assert pump.driver.commands(DeviceId("1001"))


async def test_secrets_are_not_traced(pbx: Asterisk) -> None:
    pump = Pump(pbx.settings)
    pump.driver.trace(True)
    pump.start()
    try:
        await pump.event(LinkStarted)
        text = "\n".join(pdu.text for pdu in pump.trace)
        assert "Action: Login" in text
        assert "Key: ***" in text
        assert pbx.settings.password not in text
    finally:
        await pump.stop()


async def test_asterisk_killed_in_mid_call(pbx: Asterisk) -> None:
    """No ghost: after the restart there is no call, and everything works again."""
    async with (
        running_phones(pbx.registrar, *USERS) as phones,
        pumped(pbx.settings, *USERS) as pump,
    ):
        lab = Lab(pbx, phones, pump)
        own = await lab.talk()
        pending = HoldCall(id=pump.id(), device=DeviceId("1001"), connection=own)
        pump.mark()
        await pbx.kill()
        await pump.event(LinkStopped)
        pump.tell(pending)
        outcome = await pump.outcome(pending)
        assert getattr(outcome, "cause", None) == "linkDown"
        assert pump.driver.commands(DeviceId("1001")) == frozenset()
        pump.mark()
        await pbx.start()
        await pump.event(LinkStarted)
        await monitor(pump, *USERS)
        for user in USERS:
            assert await pump.snapshot(user) == ()
        assert not pump.since(CallEvent)
        for phone in phones.phones.values():
            await phone.forget()
            await phone.register()
        await lab.talk()
        await lab.a.hears(lab.b)


async def test_a_new_owner_finds_the_same_calls(pbx: Asterisk) -> None:
    """Ids, holds and consultations are read back from the marks on the channels."""
    async with running_phones(pbx.registrar, *USERS) as phones:
        async with pumped(pbx.settings, *USERS) as pump:
            lab = Lab(pbx, phones, pump)
            first = await lab.talk()
            second = await lab.consult(first)
            held = await lab.talk("1004", "1001")  # a second line of 1001
            await pump.event(Established, device="1001")
            # The telephone holds what it had, a moment after it answered the second.
            await pump.until(
                lambda: (
                    Counter(one.state for one in pump.driver.snapshot(DeviceId("1001")))
                    == {S.HOLD: 2, S.CONNECTED: 1}
                    or None
                ),
                "three calls, two of them held",
            )
            before = {user: await pump.snapshot(user) for user in USERS}
            await pump.until(lambda: not pump.driver.watch.marks_wanted() or None, "all marked")
            await pump.snapshot("1001")
        async with pumped(pbx.settings, *USERS) as pump:
            lab = Lab(pbx, phones, pump)
            for user in USERS:
                found = {c.connection: (c.state, c.direction) for c in await pump.snapshot(user)}
                assert found == {c.connection: (c.state, c.direction) for c in before[user]}
            await lab.do(ClearConnection, "1004", connection=held)
            await pump.idle("1004")
            # the phone held its first line to answer the second
            await lab.do(RetrieveCall, connection=second)
            await lab.do(TransferCall, held=first, active=second)
            await lab.b.hears(lab.c)
            await lab.phones.reset()
            await pump.idle(*USERS)


async def test_a_call_placed_meanwhile_is_found(pbx: Asterisk) -> None:
    async with running_phones(pbx.registrar, *USERS) as phones:
        call = await phones["1001"].dial("1002")
        await phones["1002"].rings()
        async with pumped(pbx.settings, *USERS) as pump:
            lab = Lab(pbx, phones, pump)
            (ringing,) = await pump.snapshot("1002")
            assert ringing.state is S.ALERTING
            assert str(ringing.thread) == str(ringing.connection.call)
            assert [(other, state) for other, state, _ in ringing.others] == [
                ("1001", S.CONNECTED)
            ]
            await lab.b.live[0].answer()
            await pump.state("1002", S.CONNECTED)
            await call.hang_up()
            await pump.idle(*USERS)


async def test_a_held_party_whose_holder_hung_up_meanwhile(pbx: Asterisk) -> None:
    async with running_phones(pbx.registrar, *USERS) as phones:
        async with pumped(pbx.settings, *USERS) as pump:
            lab = Lab(pbx, phones, pump)
            await lab.do(HoldCall, connection=await lab.talk())
        await phones["1001"].live[0].hang_up()
        async with pumped(pbx.settings, *USERS) as pump:
            again = await phones["1001"].rings()
            assert again.remote_number == "1002"
            await again.answer()
            await phones["1002"].hears(phones["1001"])


async def test_what_others_do_is_followed(pbx: Asterisk) -> None:
    """Somebody moves a call by Asterisk's own command line."""
    async with (
        running_phones(pbx.registrar, *USERS) as phones,
        pumped(pbx.settings, *USERS) as pump,
    ):
        lab = Lab(pbx, phones, pump)
        own = await lab.talk()
        (channel,) = [c for c in await pbx.channels() if c["name"].startswith("PJSIP/1002-")]
        await pbx.cli(f"channel redirect {channel['name']} internal,1003,1")
        await pump.event(ConnectionCleared, device="1001")
        delivered = await pump.event(Delivered, device="1003")
        assert delivered.connection.call == own.call
        await (await lab.c.rings()).answer()
        await lab.b.hears(lab.c)


async def test_line_breaks_in_numbers_go_nowhere(pbx: Asterisk) -> None:
    async with pumped(pbx.settings) as pump:
        device = DeviceId("1001\r\nAction: Originate")
        await pump.do(MonitorStart(id=pump.id(), device=device))
        with pytest.raises(Refused):
            await pump.do(MakeCall(id=pump.id(), device=device, called="1002"))
        with pytest.raises(Refused) as refused:
            await pump.do(
                ConsultationCall(
                    id=pump.id(),
                    device=DeviceId("1001"),
                    existing=ConnectionId(CallId("none"), DeviceId("1001")),
                    consulted="1003\r\nAction: Hangup",
                )
            )
        assert refused.value.cause == "invalidCalledDeviceID"
        assert await pbx.channels() == []
