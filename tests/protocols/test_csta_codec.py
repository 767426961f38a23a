"""Messages to XML and back; how much disorder reading survives, and what it refuses."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from tests.protocols.csta_examples import full
from tws.protocols.csta import EDITIONS, Malformed, Message, Unknown, Unwritable, read, write
from tws.protocols.csta import messages as m
from tws.protocols.csta.messages import BY_NAME
from tws.protocols.csta.values import (
    NOT_KNOWN,
    ConnectionID,
    DeviceID,
    ExtendedDeviceID,
    RedirectionDeviceID,
    connection,
    device,
)

CAPTURES = Path(__file__).parent.parent / "captures" / "csta"
KINDS = sorted(BY_NAME.values(), key=lambda kind: kind.__name__)
ED3 = "http://www.ecma-international.org/standards/ecma-323/csta/ed3"
DELIVERED = m.DeliveredEvent(
    monitor_cross_ref_id="77",
    connection=connection("501", "4002"),
    device=device("4002"),
    calling_device=device("4001"),
    called_device=device("4002"),
    local_connection_info="alerting",
    cause="newCall",
)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_message_with_every_field_comes_back_as_it_was(
    kind: type[Message], edition: int
) -> None:
    message = full(kind, edition)
    back = read(write(message, edition))
    assert back == message
    assert back.notes == ()
    assert back.edition == (None if kind.SESSION else edition)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_an_older_edition_lacks_is_left_out(kind: type[Message]) -> None:
    old = read(write(full(kind, 6), 3))
    for field in ("location_info_list", "ring_duration", "call_linkage_data_list"):
        if field == "call_linkage_data_list" and issubclass(kind, m.CallEvent):
            continue  # the events had it from the start
        assert getattr(old, field, None) is None


def test_deflection_has_one_destination_as_text_before_edition_5() -> None:
    deflect = m.DeflectCall(
        call_to_be_diverted=connection("501", "4002"), new_destination=(DeviceID("4003"),)
    )
    assert b"<newDestination>4003</newDestination>" in write(deflect, 4)
    assert b"<newDestination><device>4003</device></newDestination>" in write(deflect, 5)
    assert read(write(deflect, 4)) == read(write(deflect, 5)) == deflect


def test_a_connection_may_be_written_in_either_order_or_in_part() -> None:
    text = (
        f'<AnswerCall xmlns="{ED3}"><callToBeAnswered>{{}}</callToBeAnswered></AnswerCall>'.format
    )
    swapped = read(text("<deviceID>4002</deviceID><callID>501</callID>").encode())
    assert swapped == m.AnswerCall(call_to_be_answered=connection("501", "4002"))
    partial = read(text("<deviceID>4002</deviceID>").encode())
    assert partial == m.AnswerCall(call_to_be_answered=ConnectionID(None, DeviceID("4002")))


def test_a_prefix_a_bom_blanks_and_a_closing_nul_are_no_hindrance() -> None:
    text = f"""\ufeff
      <csta:MonitorStop xmlns:csta="{ED3}">
        <csta:monitorCrossRefID> 77 </csta:monitorCrossRefID>
      </csta:MonitorStop>\n\0"""
    assert read(text.encode()) == m.MonitorStop(monitor_cross_ref_id="77")


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_the_declared_encoding_is_read(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><SetDoNotDisturb xmlns="{ED3}">'
    text += "<device>N&lt;4001&gt;Zoé</device><doNotDisturbOn>true</doNotDisturbOn>"
    message = read((text + "</SetDoNotDisturb>").encode(encoding))
    assert message == m.SetDoNotDisturb(device=DeviceID("N<4001>Zoé"), do_not_disturb_on=True)


def test_a_message_without_namespace_or_with_a_strange_one_is_known_by_its_name() -> None:
    for space in ("", ' xmlns="urn:somebody"', ' xmlns="http://www.ecma.ch/csta"'):
        message = read(f"<MonitorStopResponse{space}/>".encode())
        assert message == m.MonitorStopResponse()
        assert message.edition is None
        assert message.notes[0].startswith("namespace")
    old = read(b'<SystemStatusResponse xmlns="http://www.ecma.ch/standards/ecma-323/csta/ed2"/>')
    assert (old.edition, old.notes) == (2, ())


def test_unknown_and_unreadable_optional_parts_are_noted_and_left_out() -> None:
    message = read(
        f'<SetForwarding xmlns="{ED3}"><device>4001</device>'
        "<activateForward>TRUE</activateForward><forwardingType>forwardImmediate</forwardingType><ringCount></ringCount>"
        "<moonPhase>full</moonPhase></SetForwarding>".encode()
    )
    assert message == m.SetForwarding(
        device=DeviceID("4001"), activate_forward=True, forwarding_type="forwardImmediate"
    )
    assert message.notes == ("unreadableElement ringCount", "unknownElement moonPhase")


def test_a_message_without_what_it_is_about_is_malformed() -> None:
    with pytest.raises(Malformed, match="ClearConnection without connectionToBeCleared"):
        read(f'<ClearConnection xmlns="{ED3}"/>'.encode())
    with pytest.raises(Malformed, match="SetDoNotDisturb without doNotDisturbOn"):
        read(
            f'<SetDoNotDisturb xmlns="{ED3}"><device>1</device>'
            "<doNotDisturbOn>perhaps</doNotDisturbOn></SetDoNotDisturb>".encode()
        )


def test_missing_status_and_cause_have_the_usual_value() -> None:
    assert read(f'<SystemStatus xmlns="{ED3}"/>'.encode()) == m.SystemStatus()
    cleared = read(
        f'<ConnectionClearedEvent xmlns="{ED3}"><monitorCrossRefID>7</monitorCrossRefID>'
        "<droppedConnection><callID>1</callID></droppedConnection>"
        "</ConnectionClearedEvent>".encode()
    )
    assert isinstance(cleared, m.ConnectionClearedEvent)
    assert (cleared.cause, cleared.device) == ("normalClearing", NOT_KNOWN)


def test_an_unknown_root_is_kept() -> None:
    message = read(b'<GetDeviceId xmlns="http://vendor.example/csta"><switchName/></GetDeviceId>')
    assert isinstance(message, Unknown)
    assert message.name == "GetDeviceId"
    with pytest.raises(Unwritable):
        write(message, 3)


def test_vendors_extensions_go_through_as_they_are() -> None:
    text = (
        f'<MonitorStop xmlns="{ED3}"><monitorCrossRefID>7</monitorCrossRefID><extensions>'
        '<privateData><private><v:dn xmlns:v="urn:vendor" v:kind="1">17 &amp; 3</v:dn></private>'
        "</privateData></extensions></MonitorStop>"
    )
    message = read(text.encode())
    again = etree.fromstring(write(message, 6))
    (dn,) = again.iter("{urn:vendor}dn")
    assert (dn.text, dn.get("{urn:vendor}kind")) == ("17 & 3", "1")
    assert read(write(message, 6)) == message


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not XML"),
        (b"hello", "not XML"),
        (b"<a>", "not XML"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "not"),
        (b'<!DOCTYPE a [<!ENTITY x "boom">]><MonitorStopResponse/>', "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><MonitorStopResponse/>', "document type"),
        (b"<MonitorStop>&undefined;</MonitorStop>", "not XML"),
        (b"<a>" * 65 + b"</a>" * 65, "deep"),
        (b"<a " + b" ".join(b'x%d="1"' % i for i in range(65)) + b"/>", "attributes"),
        (b"<a>" + b" " * 65536 + b"</a>", "at most"),
        (b"<MonitorStopResponse/>\x01", "not XML"),
    ],
)
def test_what_is_no_message_is_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        read(data)


def test_a_bomb_of_entities_never_goes_off() -> None:
    levels = "".join(
        f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" for _ in range(10))}">' for n in range(1, 12)
    )
    bomb = f'<!DOCTYPE b [<!ENTITY l0 "boom">{levels}]><DeflectCall>&l11;</DeflectCall>'
    with pytest.raises(Malformed):
        read(bomb.encode())
    with pytest.raises(Malformed):
        read(bomb.encode("utf-16"))


def test_a_character_that_xml_has_not_is_refused_when_writing() -> None:
    for text in ("12\x00", "12\x1b", "\ud800", "\ufffe"):
        dial = m.MakeCall(calling_device=DeviceID("4001"), called_directory_number=DeviceID(text))
        with pytest.raises(Unwritable):
            write(dial, 3)
    with pytest.raises(Unwritable, match="edition 7"):
        write(m.RequestSystemStatus(), 7)


@given(st.text())
@example('<a href="x">&amp;</a>')
def test_any_text_is_carried_or_refused_whole(text: str) -> None:
    dial = m.MakeCall(calling_device=DeviceID("4001"), called_directory_number=DeviceID(text))
    try:
        written = write(dial, 5)
    except Unwritable:
        return
    back = read(written)
    assert isinstance(back, m.MakeCall)
    assert back.called_directory_number.text == text.strip().replace("\r\n", "\n").replace(
        "\r", "\n"
    )


WRITTEN = write(DELIVERED, 6)


@given(st.data())
def test_damage_is_refused_or_read_but_nothing_else(data: st.DataObject) -> None:
    damaged = bytearray(WRITTEN)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged)))
        cut = data.draw(st.integers(0, 20))
        damaged[at : at + cut] = data.draw(st.binary(max_size=6))
    try:
        assert isinstance(read(bytes(damaged)), Message)
    except Malformed as error:
        assert str(error)


@given(st.integers(0, len(WRITTEN) - 1))
def test_a_message_cut_short_is_malformed(length: int) -> None:
    with pytest.raises(Malformed):
        read(WRITTEN[:length])


@given(st.binary(max_size=200))
def test_garbage_is_malformed(garbage: bytes) -> None:
    with pytest.raises(Malformed):
        read(b"\x07" + garbage)


EXPECTED: dict[str, Message] = {
    "prefixed-error": m.CSTAErrorCode(system_resource_availability="overallMonitorLimitExceeded"),
    "no-namespace-session": m.StartApplicationSessionPosResponse(
        session_id="0042", actual_session_duration=600
    ),
    "textual-delivered": m.DeliveredEvent(
        monitor_cross_ref_id="1100000001",
        connection=connection("FF0001000000000000C0FFEE00000000", "4002"),
        device=device("N<4002>;noa=nk"),
        calling_device=device("N<+33140000001>Alice;displayNumber=0140000001"),
        called_device=device("N<4002>;noa=nk"),
        local_connection_info="alerting",
        cause="enteringDistribution",
    ),
    "private-caller": m.DeliveredEvent(
        monitor_cross_ref_id="9",
        connection=connection("-12", "sip:4002@pbx.example"),
        device=device("sip:4002@pbx.example"),
        calling_device=ExtendedDeviceID(restricted=True),
        called_device=ExtendedDeviceID(DeviceID("tel:4002", private_number=True)),
        last_redirection_device=RedirectionDeviceID(DeviceID("tel:4003")),
        cause="redirected",
    ),
    "disordered-forwarding": m.SetForwarding(
        device=DeviceID("4001"),
        forwarding_type="forwardImmediate",
        activate_forward=True,
        forward_dn=DeviceID("4002"),
    ),
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_switches_send_is_understood(name: str) -> None:
    message = read((CAPTURES / f"{name}.xml").read_bytes())
    apart: dict[str, Any] = {
        field: None
        for field in ("correlator_data", "services_permitted", "extensions")
        if hasattr(message, field)
    }
    assert replace(message, **apart) == EXPECTED[name]


def test_hexadecimal_digits_may_be_broken_and_indented() -> None:
    message = read((CAPTURES / "textual-delivered.xml").read_bytes())
    assert isinstance(message, m.DeliveredEvent)
    assert message.correlator_data is not None
    assert message.correlator_data.string == b"urn:example"
