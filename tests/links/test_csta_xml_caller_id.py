"""Calls without a number: the switch of the telephone is as it was, whatever comes between."""

from functools import partial
from pathlib import Path

from tests.links.csta_switch import Switch, ours, theirs
from tws.protocols.csta import Request
from tws.protocols.csta import messages as m
from tws.telephony import commands as c
from tws.telephony.model import LinkId
from tws.telephony.withheld import Withheld

OWN, LINK = theirs("1", "4001"), LinkId("link")


class Telephone:
    """4001, with its switch; calls are answered when the test says so."""

    def __init__(self, tells: bool = True, withheld: Withheld | None = None) -> None:
        self.tells, self.shown = tells, list[bool]()
        self.switch = Switch()
        if withheld is not None:
            keep = partial(withheld.keep, LINK)
            self.switch.driver.remembers_withheld(withheld.of(LINK), keep)
        services = m.SupportedServices(
            logical_serv_list=(
                "makeCall",
                "consultationCall",
                "getCallerIDStatus",
                "setCallerIDStatus",
            )
        )
        self.switch.answers |= {
            m.GetCSTAFeatures: m.GetCSTAFeaturesResponse(supported_services=services),
            m.GetCallerIDStatus: lambda _: m.GetCallerIDStatusResponse(
                caller_id_provided=self.tells
            ),
            m.SetCallerIDStatus: self._set,
            m.MakeCall: self._called,
            m.ConsultationCall: self._called,
        }
        self.switch.up()
        assert self.switch.driver.hides_number(ours("1", "4001").device)

    def tells_it(self) -> bool:
        return self.tells

    def _set(self, request: m.SetCallerIDStatus) -> m.SetCallerIDStatusResponse:
        self.tells = request.caller_id_provided
        return m.SetCallerIDStatusResponse()

    def _called(self, request: Request) -> None:
        """Not answered yet."""
        self.shown.append(self.tells)

    def call(self, hide: bool = True) -> c.CommandId:
        return self.switch.send(c.MakeCall, called="4002", hide_number=hide)

    def reached(self, id: int | None = None) -> None:
        """The call that was asked under that invoke id, else last, is made."""
        self.switch.reply(m.MakeCallResponse(calling_device=OWN), id)
        self.switch.pump()


def test_one_call_without_a_number_after_the_other() -> None:
    phone = Telephone()
    first, second = phone.call(), phone.call()
    assert phone.shown == [False], "the second waits"
    phone.reached()
    assert phone.switch.result(first) == ours("1", "4001")
    assert (phone.shown, phone.tells_it()) == ([False, False], False)
    phone.reached()
    assert phone.switch.result(second) == ours("1", "4001")
    assert phone.tells_it()


def test_a_call_with_its_number_waits_for_nothing_and_puts_nothing_back() -> None:
    phone = Telephone()
    phone.call()
    hidden = phone.switch.last_id
    plain = phone.call(hide=False)
    assert not phone.tells_it(), "the call that hides it may not have left yet"
    phone.reached()
    assert phone.switch.result(plain) == ours("1", "4001") and not phone.tells_it()
    phone.reached(hidden)
    assert phone.tells_it()


def test_a_consultation_without_a_number() -> None:
    phone = Telephone()
    asked = phone.switch.send(
        c.ConsultationCall, existing=ours("2", "4001"), consulted="4002", hide_number=True
    )
    assert phone.shown == [False]
    phone.switch.reply(m.ConsultationCallResponse(initiated_call=OWN))
    phone.switch.pump()
    assert phone.switch.result(asked) == ours("1", "4001") and phone.tells_it()


def test_what_was_lost_with_the_link_is_put_back_with_it() -> None:
    phone = Telephone()
    refused = [phone.call(), phone.call()]
    phone.switch.lose()
    assert [phone.switch.refusal(id) for id in refused] == ["linkDown", "linkDown"]
    assert not phone.tells_it()
    phone.switch.connect()
    assert phone.tells_it()
    # The next starts afresh.
    phone.call()
    phone.reached()
    assert phone.shown == [False, False] and phone.tells_it()


def test_who_was_killed_in_between_puts_it_back_when_started_again(tmp_path: Path) -> None:
    file = tmp_path / "state" / "withheld.json"
    killed = Telephone(withheld=Withheld(file))
    killed.call()
    assert not killed.tells_it()
    again = Telephone(tells=False, withheld=Withheld(file))
    assert again.tells_it()
    # Once only: what its user chooses from then on is his.
    assert not Telephone(tells=False, withheld=Withheld(file)).tells_it()


def test_nothing_is_left_behind_at_the_end() -> None:
    phone = Telephone()
    phone.call()
    phone.switch.driver.stop(phone.switch.now)
    phone.switch.pump()
    assert phone.tells_it()


def test_who_has_withheld_it_himself_has_it_so_still() -> None:
    phone = Telephone(tells=False)
    phone.call()
    phone.reached()
    assert phone.shown == [False] and not phone.tells_it()


def test_a_switch_that_does_not_obey_makes_no_call() -> None:
    phone = Telephone()
    phone.switch.answers[m.SetCallerIDStatus] = m.CSTAErrorCode(operation="serviceNotSupported")
    assert phone.switch.refusal(phone.call()) == "serviceNotSupported"
    assert not phone.shown
