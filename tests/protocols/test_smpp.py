"""SMPP: our units as another library reads them, and whatever bytes come."""

import struct

import pytest
import smpp34
from hypothesis import given
from hypothesis import strategies as st

from tws.protocols.smpp.pdu import (
    HEADER,
    LONGEST,
    Address,
    Command,
    Malformed,
    Message,
    Pdu,
    Tag,
    message,
    taken,
)
from tws.protocols.smpp.receipts import Receipt, State, receipt_of
from tws.protocols.smpp.session import Answered, Received, Session, Unbound

NAMES = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20)
ADDRESSES = st.builds(Address, NAMES, st.integers(0, 6), st.integers(0, 18))
MESSAGES = st.builds(
    Message,
    source=ADDRESSES,
    destination=ADDRESSES,
    text=st.binary(max_size=254),
    esm_class=st.integers(0, 255),
    data_coding=st.integers(0, 255),
    registered_delivery=st.integers(0, 31),
    options=st.dictionaries(st.integers(0, 0x1400), st.binary(max_size=300), max_size=3),
)
RECEIPT = (
    b"id:%b sub:001 dlvrd:001 submit date:2611300845 done date:2611300846 stat:%b err:%b text:Hi"
)


@given(MESSAGES)
def test_others_read_what_we_write(one: Message) -> None:
    found = smpp34.decode(Pdu(Command.SUBMIT_SM, 7, one.body()).encoded())
    assert isinstance(found, smpp34.SubmitSm)
    assert (found.sequence_number, found.short_message) == (7, one.text)
    source, destination = one.source, one.destination
    assert (found.source_addr, found.source_addr_ton, found.source_addr_npi) == (
        source.text,
        source.ton,
        source.npi,
    )
    assert (found.destination_addr, found.dest_addr_ton) == (destination.text, destination.ton)
    assert (found.esm_class, found.data_coding) == (one.esm_class, one.data_coding)
    assert found.registered_delivery == one.registered_delivery
    assert {tlv.tag: bytes(tlv.value) for tlv in found.tlvs} == one.options


@given(MESSAGES)
def test_we_read_what_others_write(one: Message) -> None:
    written = smpp34.DeliverSm(
        one.source.text,
        one.destination.text,
        one.text,
        source_addr_ton=one.source.ton,
        source_addr_npi=one.source.npi,
        dest_addr_ton=one.destination.ton,
        dest_addr_npi=one.destination.npi,
        esm_class=one.esm_class,
        data_coding=one.data_coding,
        registered_delivery=one.registered_delivery,
        tlvs=[smpp34.Tlv(tag, value) for tag, value in one.options.items()],
        sequence_number=9,
    ).encode()
    pdu = taken(bytearray(written))
    assert pdu is not None and (pdu.command, pdu.sequence) == (Command.DELIVER_SM, 9)
    assert message(pdu.body) == one


@given(st.lists(st.binary(max_size=80), max_size=20))
def test_whatever_comes_ends_in_a_word_or_in_malformed(blocks: list[bytes]) -> None:
    session = Session()
    try:
        for block in blocks:
            for one in session.receive(block):
                assert isinstance(one, Answered | Received | Unbound)
    except Malformed:
        pass


@given(st.binary(max_size=300), st.integers(0, 0xFFFFFFFF))
def test_a_unit_with_any_body_is_answered(body: bytes, command: int) -> None:
    """A receipt is taken whatever it says: one that is refused comes for days."""
    session = Session()
    session.receive(Pdu(Command.DELIVER_SM, 5, body).encoded())
    answer = taken(bytearray(session.outputs()))
    assert answer is not None and (answer.command, answer.status) == (Command.DELIVER_SM_RESP, 0)
    session.receive(Pdu(command, 6, body).encoded())
    sent = bytearray(session.outputs())
    response = command & 0x80000000
    assert (taken(sent) is None) == bool(response)


def test_units_that_come_in_pieces_and_together() -> None:
    session = Session()
    first, second = (
        session.enquire(),
        session.submit(
            Message(source=Address(""), destination=Address("33612345678", 1, 1), text=b"Hi")
        ),
    )
    both = Pdu(Command.ENQUIRE_LINK_RESP, first).encoded()
    both += Pdu(Command.SUBMIT_SM_RESP, second, b"abc\0").encoded()
    happened = [one for at in range(len(both)) for one in session.receive(both[at : at + 1])]
    assert happened == [Answered(first, 0), Answered(second, 0, "abc")]


def test_a_length_that_cannot_be_is_malformed() -> None:
    for length in (0, HEADER.size - 1, LONGEST + 1, 0xFFFFFFFF):
        with pytest.raises(Malformed):
            taken(bytearray(HEADER.pack(length, 0x15, 0, 1)))
    assert taken(bytearray(HEADER.pack(LONGEST, 0x15, 0, 1))) is None


@pytest.mark.parametrize(
    ("text", "options", "found"),
    [
        (RECEIPT % (b"17", b"DELIVRD", b"000"), {}, Receipt("17", State.DELIVERED, "")),
        (RECEIPT % (b"0A-f", b"UNDELIV", b"027"), {}, Receipt("0A-f", State.UNDELIVERABLE, "027")),
        (RECEIPT % (b"17", b"REJECTED", b"1"), {}, Receipt("17", State.REJECTED, "1")),
        (RECEIPT % (b"17", b"Delivered", b"0"), {}, Receipt("17", State.DELIVERED, "")),
        (
            b"",
            {Tag.RECEIPTED_MESSAGE_ID: b"abc\0", Tag.MESSAGE_STATE: b"\x02"},
            Receipt("abc", State.DELIVERED, ""),
        ),
        (
            b"",
            {Tag.MESSAGE_PAYLOAD: RECEIPT % (b"9", b"EXPIRED", b"0")},
            Receipt("9", State.EXPIRED, ""),
        ),
        (b"Who is this?", {}, None),
        (RECEIPT % (b"17", b"WHATEVER", b"0"), {}, None),
    ],
)
def test_receipts(text: bytes, options: dict[int, bytes], found: Receipt | None) -> None:
    one = Message(
        source=Address("33612345678", 1, 1),
        destination=Address("SSDEI", 5),
        text=text,
        esm_class=4,
        options=options,
    )
    assert receipt_of(one) == found


def test_what_people_send_is_no_receipt() -> None:
    said = Message(
        source=Address("33612345678", 1, 1),
        destination=Address("38000"),
        text=RECEIPT % (b"17", b"DELIVRD", b"0"),
    )
    assert receipt_of(said) is None
    assert struct.calcsize(">IIII") == HEADER.size
