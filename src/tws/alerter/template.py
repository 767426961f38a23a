"""Templates in the XML of the guide (9.2.1): read, with every mistake at its place, and written.
Pure.

    <alerter vip="true">
      <image x="10" y="10">[-Picture-]</image>
      <text x="80" y="10" directory="exchange,ldap">[-DisplayName-]</text>
      <button x="10" y="90" url="https://crm.example/[-Id-]">Customer card</button>
    </alerter>

A document type is refused where it begins, so that there are no entities but those of XML itself.
"""

import re
from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from tws.alerter.addresses import DRAWN, LONGEST, OPENED, is_good
from tws.alerter.model import AnyElement, Button, Image, Mistake, Template, Text
from tws.alerter.tokens import PICTURE, is_token, parts
from tws.sentences import Sentence, sentence

LARGEST = 64 * 1024
"Bytes. What is large is a picture, which a template only names."
MOST_ELEMENTS, MOST_MISTAKES = 200, 50
FARTHEST = 10_000
"Pixels."
LONGEST_TEXT = 1000
ROOT = "alerter"
ELEMENTS = ("text", "image", "button")
EVERYWHERE = ("x", "y", "directory")
OF_BUTTONS = ("exe", "url")
_ENCODING = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_.-]{1,40})[\"']"
)
_KNOWN = re.compile(r"utf-?8|us-ascii|iso-?8859-?\d{1,2}|windows-?125\d|cp125\d", re.IGNORECASE)
_PIXELS = re.compile(r"[0-9]{1,5}")


class Mistaken(ValueError):
    """What was read is no template."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("; ".join(f"{one.line}:{one.column} {one.said}" for one in mistakes))
        self.mistakes = mistakes


def parse(content: bytes | str) -> Template:
    """Raises Mistaken, with all that is wrong where it can be told."""
    if len(content) > LARGEST:
        large = sentence("A template has at most {most} bytes.", most=LARGEST)
        raise Mistaken((Mistake(1, 1, large),))
    reading = _Reading()
    reading.read(content if isinstance(content, str) else as_text(content))
    if reading.mistakes:
        raise Mistaken(tuple(reading.mistakes))
    return Template(vip=reading.vip, elements=tuple(reading.elements))


def as_text(content: bytes) -> str:
    """As it says in what it is written; what does not say so, or cannot be that, is in UTF-8 or
    in what Windows writes here."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    said = _ENCODING.search(content[:200])
    named = said[1].decode() if said is not None else ""
    for encoding in (named if _KNOWN.fullmatch(named) else "utf-8-sig", "utf-8-sig"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


def write(template: Template) -> str:
    """What `parse` reads back as the same."""
    lines = [f'<alerter vip="{"true" if template.vip else "false"}">']
    for one in template.elements:
        attributes = f' x="{one.x}" y="{one.y}"'
        if one.directories:
            attributes += f" directory={quoteattr(','.join(one.directories))}"
        if isinstance(one, Button):
            attributes += f" url={quoteattr(one.url)}" if one.url else ""
            attributes += f" exe={quoteattr(one.exe)}" if one.exe else ""
        kind, inside = _inside(one)
        lines.append(f"  <{kind}{attributes}>{escape(inside)}</{kind}>")
    return "\n".join([*lines, "</alerter>", ""])


def _inside(element: AnyElement) -> tuple[str, str]:
    match element:
        case Text():
            return "text", element.text
        case Image():
            return "image", element.address
        case Button():
            return "button", element.label


class _Stop(Exception):
    """Nothing after this can be read."""


class _Reading:
    def __init__(self) -> None:
        self.vip = False
        self.elements: list[AnyElement] = []
        self.mistakes: list[Mistake] = []
        self._open: list[str] = []
        self._attributes: Mapping[str, str] = {}
        self._text = ""
        self._at = (1, 1)
        "Where the element began whose text is read."

    def read(self, text: str) -> None:
        try:
            # It is in no encoding any more, whatever it says of itself.
            self._parser = expat.ParserCreate("utf-8")
            self._parser.StartElementHandler = self._start
            self._parser.EndElementHandler = self._end
            self._parser.CharacterDataHandler = self._characters
            self._parser.StartDoctypeDeclHandler = self._doctype
            self._parser.Parse(text.encode(), True)
        except _Stop:
            return
        except expat.ExpatError as error:
            why = sentence("This is not XML: {said}.", said=expat.ErrorString(error.code))
            self.mistakes.append(Mistake(error.lineno, error.offset + 1, why))
        except UnicodeEncodeError as error:  # half a sign
            why = sentence("This cannot be read: {said}.", said=error.reason)
            self.mistakes.append(Mistake(1, 1, why))

    def _wrong(self, said: Sentence, at: tuple[int, int] | None = None) -> None:
        line, column = at or self._here()
        self.mistakes.append(Mistake(line, column, said))
        if len(self.mistakes) >= MOST_MISTAKES:
            raise _Stop

    def _here(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _doctype(self, *_: object) -> None:
        self._wrong(sentence("A document type (<!DOCTYPE) and entities are not allowed."))
        raise _Stop

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(name)
        match len(self._open):
            case 1:
                self._root(name, attributes)
            case 2:
                self._at, self._text, self._attributes = self._here(), "", attributes
                if len(self.elements) >= MOST_ELEMENTS:
                    many = sentence("A template has at most {most} elements.", most=MOST_ELEMENTS)
                    self._wrong(many)
                    raise _Stop
                self._known(name, attributes)
            case _:
                outer = self._open[-2]
                self._wrong(
                    sentence("<{inner}> cannot stand inside <{outer}>.", inner=name, outer=outer)
                )

    def _root(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != ROOT:
            self._wrong(
                sentence("A template begins with <alerter>, not with <{name}>.", name=name)
            )
        for attribute, value in attributes.items():
            if attribute != "vip":
                self._attribute(ROOT, attribute)
            elif value not in ("true", "false"):
                self._wrong(sentence("{name} is true or false.", name="vip"))
        self.vip = attributes.get("vip") == "true"

    def _known(self, name: str, attributes: Mapping[str, str]) -> None:
        if name not in ELEMENTS:
            known = "<text>, <image>, <button>"
            self._wrong(sentence("There is no element <{name}>: {known}.", name=name, known=known))
            return
        for attribute in attributes:
            if attribute not in (*EVERYWHERE, *(OF_BUTTONS if name == "button" else ())):
                self._attribute(name, attribute)
        for attribute in ("x", "y"):
            value = attributes.get(attribute, "0")
            if not _PIXELS.fullmatch(value) or int(value) > FARTHEST:
                self._wrong(
                    sentence(
                        "{name} is a whole number of pixels, from 0 to {most}.",
                        name=attribute,
                        most=FARTHEST,
                    )
                )

    def _attribute(self, element: str, attribute: str) -> None:
        self._wrong(
            sentence("<{element}> has no attribute {name}.", element=element, name=attribute)
        )

    def _characters(self, text: str) -> None:
        if len(self._open) == 2:
            self._text += text
        elif len(self._open) == 1 and text.strip():
            self._wrong(sentence("Text stands in <text>, <image> or <button> only."))

    def _end(self, name: str) -> None:
        self._open.pop()
        if len(self._open) != 1 or name not in ELEMENTS:
            return
        before = len(self.mistakes)
        text = self._text.strip()
        if not text:
            self._wrong(sentence("<{name}> is empty.", name=name), self._at)
        elif len(text) > (LONGEST if name == "image" else LONGEST_TEXT):
            self._wrong(sentence("<{name}> is too long.", name=name), self._at)
        elif name == "image":
            self._address("image", text, DRAWN)
        if name == "button":
            self._button()
        # Of one that has a mistake already nothing is taken: the whole is refused.
        if len(self.mistakes) == before and not self.mistakes:
            self.elements.append(self._made(name, text))

    def _button(self) -> None:
        url, exe = self._attributes.get("url", "").strip(), self._attributes.get("exe", "").strip()
        if not url and not exe:
            self._wrong(sentence("A button needs url or exe: what it opens or runs."), self._at)
        if url:
            self._address("url", url, OPENED)
        if len(exe) > LONGEST:
            self._wrong(sentence("{name} is too long.", name="exe"), self._at)
        elif exe and _names_no_program(exe):
            words = sentence("The program of exe is named in the template, by no token.")
            self._wrong(words, self._at)

    def _address(self, name: str, text: str, schemes: frozenset[str]) -> None:
        """A token at the beginning is an address itself: it is looked at in each call."""
        begins = next(parts(text), ("", False))
        if begins[1] or (name == "image" and is_token(text, PICTURE)):
            return
        tried = "".join("x" if token else part.replace(" ", "%20") for part, token in parts(text))
        if len(text) > LONGEST or not is_good(tried, schemes):
            self._wrong(
                sentence(
                    "{name} is no address that begins with one of {schemes}.",
                    name=name,
                    schemes=", ".join(f"{one}:" for one in sorted(schemes)),
                ),
                self._at,
            )

    def _made(self, name: str, text: str) -> AnyElement:
        given = self._attributes
        x, y = int(given.get("x", "0")), int(given.get("y", "0"))
        listed = (part.strip() for part in given.get("directory", "").split(","))
        directories = tuple(part for part in listed if part)
        if name == "text":
            return Text(x=x, y=y, directories=directories, text=text)
        if name == "image":
            return Image(x=x, y=y, directories=directories, address=text)
        url, exe = given.get("url", "").strip(), given.get("exe", "").strip()
        return Button(x=x, y=y, directories=directories, label=text, url=url, exe=exe)


def _names_no_program(exe: str) -> bool:
    """Whether the first word of a command line has a token in it, or nothing."""
    first = ""
    quoted = False
    for part, token in parts(exe):
        if token:
            return True
        for sign in part:
            if sign == '"':
                quoted = not quoted
            elif sign.isspace() and not quoted:
                return not first
            else:
                first += sign
    return not first
