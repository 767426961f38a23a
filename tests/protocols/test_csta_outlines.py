"""Documents read by their outline say what a parser says of them, or are left to the parser."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from tests.protocols.csta_examples import full
from tws.protocols.csta import EDITIONS, Malformed, Message, write
from tws.protocols.csta import messages as m
from tws.protocols.csta.codec import plan
from tws.protocols.csta.messages import BY_NAME
from tws.protocols.csta.outlines import MOST_REMEMBERED, Outlines
from tws.protocols.csta.reading import Places, Texts

KINDS = sorted(BY_NAME.values(), key=lambda kind: kind.__name__)
ED5 = "http://www.ecma-international.org/standards/ecma-323/csta/ed5"
ED3 = ED5.replace("ed5", "ed3")
MARK = "@text@"
BODY = (
    f"<monitorCrossRefID>7</monitorCrossRefID>"
    f"<connection><callID>{MARK}</callID><deviceID>4002</deviceID></connection>"
    f'<alertingDevice><deviceIdentifier typeOfNumber="a&amp;b">{MARK}</deviceIdentifier>'
    f"</alertingDevice><callingDevice>\n <odd/><deviceIdentifier>{MARK}</deviceIdentifier>"
    f"</callingDevice><moonPhase>{MARK}</moonPhase><cause>\n {MARK}\n</cause>"
    f"<userData><string>{MARK}</string></userData>"
    f"<extensions><v:x xmlns:v='urn:v' v:y='1'>{MARK}<z/>{MARK}</v:x></extensions>"
)
FORWARDING = (
    f"<monitorCrossRefID>7</monitorCrossRefID><forwardStatus>{MARK}</forwardStatus>"
    f"<ringCount>{MARK}</ringCount>"
)
DOCUMENTS = [
    f'<DeliveredEvent xmlns="{ED5}">{BODY}</DeliveredEvent>',
    f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
    f'<DeliveredEvent xmlns="urn:strange">{BODY}</DeliveredEvent>\n',
    f'<?xml version="1.0" encoding="iso-8859-1"?><DeliveredEvent xmlns="{ED3}">{BODY}'
    "</DeliveredEvent>",
    f'<?xml version="1.0" encoding="iso-8859-15"?><DeliveredEvent xmlns="{ED3}">{BODY}'
    "</DeliveredEvent>",
    f'<?xml version="1.0"?><ForwardingEvent xmlns="{ED5}">{FORWARDING}</ForwardingEvent>',
    f'<?xml version="1.0"?><GetDeviceId xmlns="{ED5}">{MARK}<a>{MARK}</a></GetDeviceId>',
]
REFERENCES = "&amp; &lt; &gt; &quot; &apos; &#233; &#xE9; &#13; &#0; &#xD800; &#x1f4de; &#9999999;"
NO_TEXTS = "&none; & &#; &amp < > ]]> <b/> <!--c--> <![CDATA[a<b]]> <?pi?>"
PARTS = st.sampled_from(
    [
        *REFERENCES.split(),
        *NO_TEXTS.split(),
        *("12", "true", "\r\n", "\r", "\t", " ", "\0", "\x01", "\x7f", "\x85"),
        *("é", "€", "\ufffe", "\ufeff", "📞"),
    ]
)
TEXTS = st.lists(PARTS | st.text(max_size=4), max_size=3).map("".join)


def outcome(read: Callable[[bytes], Message], data: bytes) -> object:
    try:
        message = read(data)
    except Malformed as error:
        return str(error)
    return message, message.notes, message.edition


def knowing(*documents: bytes) -> Outlines[Message]:
    """As when these, or what differs from them in texts only, came before."""
    outlines = Outlines(plan)
    for document in documents * 2:
        outcome(outlines.read, document)
    return outlines


def parsed(data: bytes) -> object:
    return outcome(Outlines(plan).read, data)


WRITTEN = [text.replace(MARK, "1").encode() for text in DOCUMENTS]
ALL = knowing(*WRITTEN)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_known_document_is_read_as_the_first_time(kind: type[Message], edition: int) -> None:
    data = write(full(kind, edition), edition)
    assert outcome(knowing(data).read, data) == parsed(data)


@given(st.sampled_from(DOCUMENTS), st.data())
def test_whatever_stands_in_the_texts_is_read_as_by_a_parser(
    document: str, data: st.DataObject
) -> None:
    first, *others = document.split(MARK)
    text = first + "".join(data.draw(TEXTS) + other for other in others)
    for encoding in ("utf-8", "iso-8859-1"):
        written = text.encode(encoding, "replace")
        assert outcome(ALL.read, written) == parsed(written)


@given(st.sampled_from(WRITTEN), st.integers(0), st.integers(0, 8), st.binary(max_size=4))
@example(WRITTEN[1], WRITTEN[1].index(b"?>") + 2, 0, b"junk")
@example(WRITTEN[1], WRITTEN[1].index(b"?>") + 2, 1, b"junk")
@example(WRITTEN[0], 0, 0, b"\xef\xbb\xbf")
@example(WRITTEN[0], WRITTEN[0].index(b"4002"), 4, b"4>2")
@example(WRITTEN[0], WRITTEN[0].index(b"4002"), 4, b"4" * 65_536)
@example(WRITTEN[0], WRITTEN[0].index(b"4002"), 4, b"")
@example(WRITTEN[2], WRITTEN[2].index(b"4002"), 4, "é".encode())
@example(WRITTEN[0], WRITTEN[0].index(b"4002"), 4, b"&#0;")
@example(WRITTEN[0], WRITTEN[0].index(b"4002"), 4, b"&#xD800;")
@example(WRITTEN[3], WRITTEN[3].index(b"4002"), 4, "é".encode())
def test_damage_is_noticed_as_by_a_parser(document: bytes, at: int, cut: int, junk: bytes) -> None:
    at %= len(document)
    damaged = document[:at] + junk + document[at + cut :]
    assert outcome(ALL.read, damaged) == parsed(damaged)


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ("<!--<b>1</b>-->7", "<!--<b>1--2</b>-->7"),
        ("<![CDATA[<b>1</b>]]>", "<![CDATA[<b>&amp;</b>]]>"),
        ("<?a <b>1</b>?>7", "<?a <b>&</b>?>7"),
        ("1>2", "1>3"),
        ('<b a=">1"/>7', '<b a=">2"/>7'),
    ],
)
def test_what_only_a_parser_understands_is_left_to_it(known: str, other: str) -> None:
    text = f'<MonitorStop xmlns="{ED5}"><monitorCrossRefID>{{}}</monitorCrossRefID></MonitorStop>'
    outlines = knowing(text.format(known).encode())
    for one in (known, other, known):
        data = text.format(one).encode()
        assert outcome(outlines.read, data) == parsed(data)


def test_vendors_additions_are_those_of_their_own_document() -> None:
    text = f'<MonitorStop xmlns="{ED5}"><monitorCrossRefID>7</monitorCrossRefID><extensions>'
    text += "<a/><b>é {0}</b></extensions></MonitorStop>"
    for declaration in ("", '<?xml version="1.0" encoding="iso-8859-1"?>'):
        encoding = "iso-8859-1" if declaration else "utf-8"
        written = [(declaration + text.format(n)).encode(encoding) for n in range(4)]
        outlines = knowing(written[0])
        read = [outlines.read(one).extensions for one in written]
        assert [one and one.content for one in read] == [f"<a/><b>é {n}</b>" for n in range(4)]


class Counting:
    """How often the elements of a document were looked at."""

    def __init__(self) -> None:
        self.times = 0
        self.outlines = Outlines(self.plan)

    def plan(self, root: etree._Element, places: Places) -> Callable[[Texts], Message]:
        self.times += 1
        return plan(root, places)

    def read(self, cross: object, name: str = "a") -> None:
        data = (
            f"<MonitorStop><monitorCrossRefID>{cross}</monitorCrossRefID><{name}/></MonitorStop>"
        )
        message = self.outlines.read(data.encode())
        assert message == m.MonitorStop(monitor_cross_ref_id=str(cross))


def test_from_its_third_time_on_an_outline_is_not_parsed() -> None:
    counting = Counting()
    counting.read(1)
    counting.read(2)
    known = counting.times
    for n in range(3, 9):
        counting.read(n)
    assert counting.times == known


def test_the_oldest_outline_is_forgotten_when_there_are_too_many() -> None:
    counting = Counting()
    for n in range(MOST_REMEMBERED + 1):
        counting.read(1, f"n{n}")
        counting.read(2, f"n{n}")
    known = counting.times
    counting.read(3, "n1")
    assert counting.times == known
    counting.read(3, "n0")
    assert counting.times > known
