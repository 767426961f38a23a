"""Templates of screen pops: what is read, what is refused and where, and that nothing else comes
of any input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.alerter.model import AnyElement, Button, Image, Template, Text
from tws.alerter.template import LARGEST, MOST_ELEMENTS, MOST_MISTAKES, Mistaken, parse, write

WHOLE = """<?xml version="1.0" encoding="utf-8"?>
<!-- The card of a customer. -->
<alerter vip="true">
  <image x="10" y="10">http://www.company.example/logo.jpg</image>
  <text x="80" y="5" directory="exchange, LDAP">[-DisplayName-]</text>
  <text x="80" y="5" directory="none">Unknown &amp; new</text>
  <button x="10" y="90" url="http://www.google.fr/search?q=[-DisplayName-]">Search</button>
  <button exe="c:\\Windows\\notepad.exe [-PhoneNumber-]">Note</button>
</alerter>
"""


def mistakes(text: str | bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(Mistaken) as refused:
        parse(text)
    return [(one.line, one.column, str(one.said)) for one in refused.value.mistakes]


def only(text: str | bytes) -> str:
    (one,) = mistakes(text)
    return one[2]


def one(element: str) -> str:
    return f"<alerter>{element}</alerter>"


def test_all_that_the_guide_has() -> None:
    assert parse(WHOLE) == Template(
        vip=True,
        elements=(
            Image(x=10, y=10, address="http://www.company.example/logo.jpg"),
            Text(x=80, y=5, directories=("exchange", "LDAP"), text="[-DisplayName-]"),
            Text(x=80, y=5, directories=("none",), text="Unknown & new"),
            Button(
                x=10,
                y=90,
                label="Search",
                url="http://www.google.fr/search?q=[-DisplayName-]",
            ),
            Button(label="Note", exe="c:\\Windows\\notepad.exe [-PhoneNumber-]"),
        ),
    )


def test_what_windows_wrote_is_read_too() -> None:
    text = '<?xml version="1.0" encoding="windows-1252"?><alerter><text>Été</text></alerter>'
    wanted = Template(elements=(Text(text="Été"),))
    assert parse(text.encode("cp1252")) == wanted
    assert parse(text) == wanted, "what is text already is in no encoding"
    assert parse(one("<text>Été</text>").encode("utf-16")) == wanted
    assert parse(one("<text>Été</text>").encode("cp1252")) == wanted, "without a word of it"
    assert parse(b"\xef\xbb\xbf" + one("<text>Été</text>").encode()) == wanted


def test_everything_that_is_wrong_is_told_with_its_place() -> None:
    text = """<alerter vip="yes" colour="red">
 loose
 <text x="ten" y="-1">a</text>
 <text colour="red">b</text>
 <video>c</video>
 <image>javascript:alert(1)</image>
 <button>d</button>
 <text><b>e</b></text>
 <text/>
</alerter>"""
    assert mistakes(text) == [
        (1, 1, "vip is true or false."),
        (1, 1, "<alerter> has no attribute colour."),
        (2, 1, "Text stands in <text>, <image> or <button> only."),
        (3, 2, "x is a whole number of pixels, from 0 to 10000."),
        (3, 2, "y is a whole number of pixels, from 0 to 10000."),
        (4, 2, "<text> has no attribute colour."),
        (5, 2, "There is no element <video>: <text>, <image>, <button>."),
        (6, 2, "image is no address that begins with one of http:, https:."),
        (7, 2, "A button needs url or exe: what it opens or runs."),
        (8, 8, "<b> cannot stand inside <text>."),
        (8, 2, "<text> is empty."),
        (9, 2, "<text> is empty."),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,x",
        "file:///c:/x",
        "vbscript:x",
        "//company.example/x",
        "company.example",
        "http:",
        "http://",
        "https://[::1",
        "http:\\\\company.example",
        "mailto:",
        "javascript[-Url-]:alert(1)",
    ],
)
def test_a_button_leads_nowhere_that_could_hurt(url: str) -> None:
    assert mistakes(one(f'<button url="{url}">x</button>'))


@pytest.mark.parametrize(
    "url",
    [
        *("http://a.example/?q=[-Last Name-]", "https://a.example", "mailto:[-Email1-]"),
        *("tel:[-PhoneNumber-]", "sip:[-MyDevice-]@pbx.example", "[-Url-]", "[-Custom3-]/card"),
    ],
)
def test_a_button_leads_to_people_and_pages(url: str) -> None:
    assert parse(one(f'<button url="{url}">x</button>')).elements


def test_no_document_type_and_no_entities() -> None:
    lol = (
        '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>'
        "<alerter><text>&y;</text></alerter>"
    )
    assert "DOCTYPE" in only(lol)
    away = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><alerter/>'
    assert "DOCTYPE" in only(away)
    assert only(one("<text>&other;</text>")) == "This is not XML: undefined entity."


def test_what_is_no_xml_is_told_with_its_place() -> None:
    found = mistakes("<alerter>\n <text>a</alerter>")
    assert found == [(2, 11, "This is not XML: mismatched tag.")]
    assert mistakes("") == [(1, 1, "This is not XML: no element found.")]
    assert parse(b'<?xml version="1.0" encoding="klingon"?><alerter/>') == Template()
    assert "cannot be read" in only("<alerter>\ud800</alerter>")
    assert only("<popup/>") == "A template begins with <alerter>, not with <popup>."


def test_nested_buttons_are_refused() -> None:
    inner = '<button url="http://a.example">x<button url="http://b.example">y</button></button>'
    assert only(one(inner)) == "<button> cannot stand inside <button>."


def test_nothing_grows_beyond_measure() -> None:
    assert "bytes" in only(" " * (LARGEST + 1))
    assert "elements" in only(one("<text>a</text>" * (MOST_ELEMENTS + 1)))
    assert len(mistakes(one("<b/>" * 100))) == MOST_MISTAKES
    assert only(one(f"<text>{'a' * 1001}</text>")) == "<text> is too long."
    assert only(one(f"<image>data:image/png;base64,{'A' * 60_000}</image>")) == (
        "<image> is too long."
    )


@pytest.mark.parametrize("exe", ["[-Custom0-] x", '"[-Custom0-]"', '""', "c:\\[-Id-]\\x.exe"])
def test_the_caller_names_no_program(exe: str) -> None:
    quoted = exe.replace('"', "&quot;")
    assert "named in the template" in only(one(f'<button exe="{quoted}">x</button>'))


# ---------------------------------------------------------------- any input

PIXELS = st.integers(0, 10_000)
WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_characters="\x7f\x85\u2028"),
    min_size=1,
    max_size=40,
).filter(lambda text: text == text.strip())
NAMES = st.lists(WORDS.filter(lambda text: "," not in text), max_size=3).map(tuple)
ADDRESS = st.sampled_from(
    ["http://a.example/?a=1&b=2", "https://a.example/[-Id-]", "[-Picture-]", "[-Url-]/x"]
)
EXE = st.sampled_from(["", "c:\\x.exe [-Id-]", '"c:\\Program Files\\x.exe" /a "[-Lastname-]"'])
PLACED = {"x": PIXELS, "y": PIXELS, "directories": NAMES}
ELEMENTS: st.SearchStrategy[AnyElement] = st.one_of(
    st.builds(Text, text=WORDS, **PLACED),
    st.builds(Image, address=ADDRESS, **PLACED),
    st.builds(Button, label=WORDS, url=ADDRESS, exe=EXE, **PLACED),
)
TEMPLATES = st.builds(
    Template, vip=st.booleans(), elements=st.lists(ELEMENTS, max_size=8).map(tuple)
)
PIECES = st.sampled_from(
    [
        *("<alerter>", "</alerter>", "<text", " x='1'", " directory='none'", ">", "</text>"),
        *("<button", " url='javascript:x'", " exe='[-a-]'", "/>", "&amp;", "&x;"),
        *("<!DOCTYPE a [", "]]>", "<?", "[-Id-]", "\x00", "\ud800", "é", "<![CDATA["),
    ]
)


@given(TEMPLATES)
def test_what_is_written_is_read_back(template: Template) -> None:
    assert parse(write(template)) == template
    assert parse(write(template).encode()) == template


@given(st.one_of(st.text(), st.binary(), st.lists(PIECES, max_size=30).map("".join)))
def test_nothing_but_mistakes_comes_of_any_input(content: str | bytes) -> None:
    try:
        parse(content)
    except Mistaken as error:
        assert error.mistakes and all(m.line >= 1 and m.column >= 1 for m in error.mistakes)
