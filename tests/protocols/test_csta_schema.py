"""What we write against the schemas of ECMA-323 and ECMA-354, what others wrote read by us.

Both need the reference material: where it is not present these tests are skipped. Where it is,
what the driver of a link and the simulator write in their own tests is checked in the same way.
"""

from pathlib import Path

import pytest
from lxml import etree

from tests.protocols.csta_examples import full
from tests.protocols.csta_reference import (
    SCHEMAS,
    SESSION_SCHEMA,
    check,
    complaint,
    files,
    needs_reference,
    schema,
)
from tws.protocols.csta import EDITIONS, J2Framer, Message, Unknown, read, write
from tws.protocols.csta import messages as m
from tws.protocols.csta.messages import BY_NAME

KINDS = sorted(BY_NAME.values(), key=lambda kind: kind.__name__)
NOT_MESSAGES = {"GetDeviceId"}
"Of a vendor's own, in the recordings."

pytestmark = needs_reference


@pytest.mark.parametrize("edition", SCHEMAS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_message_with_every_field_is_valid(kind: type[Message], edition: int) -> None:
    name = SESSION_SCHEMA if kind.SESSION else SCHEMAS[edition]
    written = etree.fromstring(write(full(kind, edition), edition))
    validator = schema(name)
    assert validator.validate(written), validator.error_log.last_error


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_edition_has_schemas_to_be_judged_by(kind: type[Message], edition: int) -> None:
    check(write(full(kind, edition), edition))


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_wrong_message_is_noticed(edition: int) -> None:
    right = write(full(m.MakeCall, edition), edition)
    assert complaint(right.replace(b"callingDevice", b"caller"))
    assert complaint(right.replace(b"doNotPrompt<", b"sometimes<"))


def content(element: etree._Element) -> object:
    """An element without prefixes and white space."""
    name = etree.QName(element).localname
    return name, (element.text or "").strip(), [content(child) for child in element]


@pytest.mark.parametrize("path", files("samples", "xml"), ids=lambda path: path.stem)
def test_a_sample_is_rewritten_as_it_was(path: Path) -> None:
    message = read(path.read_bytes())
    assert not isinstance(message, Unknown)
    assert message.notes == ()
    edition = message.edition or 6
    rewritten = write(message, edition)
    assert content(etree.fromstring(rewritten)) == content(etree.fromstring(path.read_bytes()))


@pytest.mark.parametrize("path", files("traces", "xml"), ids=lambda path: path.stem)
def test_a_recorded_message_is_read(path: Path) -> None:
    message = read(path.read_bytes())
    if isinstance(message, Unknown):
        assert message.name in NOT_MESSAGES
        return
    assert type(message).__name__ in path.stem
    assert not [note for note in message.notes if note.startswith("unknownElement")]
    assert read(write(message, 6)) == message


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("path", files("traces", "frame"), ids=lambda path: path.stem)
def test_a_recorded_frame_is_read(path: Path, size: int) -> None:
    data, framer = path.read_bytes(), J2Framer()
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    (received,) = [one for part in parts for one in framer.receive(part)]
    assert received.invoke_id == 9999
    assert type(read(received.body)).__name__ == path.stem.partition("_")[2]
