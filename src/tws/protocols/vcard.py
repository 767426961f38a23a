"""vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as programs write them: bytes to properties.

Lenient where files of real programs need it: bare parameters (`TEL;WORK`), quoted-printable with
its own line breaks, base64 that is not indented, UTF-8 or else Windows-1252, or UTF-16. A card
that cannot be read is told as such, and the next one is read.
"""

import binascii
import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from tws.sentences import Sentence, sentence

LARGEST_CARD = 20 * 1024 * 1024
"Bytes; a larger one is not read: its end is missing, or it is none."
LONGEST_HEAD = 1000
"Bytes of a property's name and parameters."
_HEAD = re.compile(rb'([^":;]+)((?:;(?:[^":;]|"[^"]*")*)*):', re.DOTALL)
_PARAMETER = re.compile(rb';((?:[^";]|"[^"]*")*)')
_PARTS = re.compile(r'(?:[^",]|"[^"]*")+')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_TRANSFERS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_VALUES = frozenset({"URL", "URI", "CID", "CONTENT-ID", "INLINE"})
_BASE64 = frozenset({"BASE64", "B"})


class Property(NamedTuple):
    """One line of a card. Names and parameters in capitals, parameters' values as written."""

    group: str
    name: str
    parameters: Mapping[str, tuple[str, ...]]
    value: str | bytes
    "Bytes where it was in base64. Escapes are still in it: `texts` takes them out."
    types: frozenset[str] = frozenset()
    "TYPE in capitals, also where one value holds several."


class Unreadable(NamedTuple):
    """A card that is left out. `line`: where it begins, from 1."""

    line: int
    why: Sentence


VCard = tuple[Property, ...]


def cards(lines: Iterable[bytes]) -> Iterator[VCard | Unreadable]:
    """All of a file; `lines` end in line feeds, or carriage return and line feed. What stands
    between cards is left out."""
    began, size, found, within = 0, 0, list[bytes](), False
    for number, line in enumerate(lines, 1):
        word = b"".join(line.split()).upper() if len(line) < 20 else b""
        if word == b"BEGIN:VCARD":
            within = bool(found) and found[-1][:6].upper() == b"AGENT:"
            if within:  # version 2.1: an assistant's card inside of a card
                found.pop()
                continue
            if began:
                yield Unreadable(began, sentence("it has no end"))
            began, size, found = number, 0, []
        elif word == b"END:VCARD":
            if began and not within:
                yield _read(found, began)
                began, found = 0, []
            within = False
        elif began and not within:
            size += len(line)
            found.append(line)
            if size > LARGEST_CARD:
                yield Unreadable(
                    began, sentence("it has more than {most} MB", most=LARGEST_CARD >> 20)
                )
                began, found = 0, []
    if began:
        yield Unreadable(began, sentence("it has no end"))


def texts(value: str | bytes, separator: str) -> list[str]:
    """The components of a structured value (`;`), or the values of a list (`,`), unescaped."""
    whole = value.decode(errors="replace") if isinstance(value, bytes) else value
    if "\\" not in whole:
        return whole.split(separator)
    parts, part, escaped = [], "", False
    for c in whole:
        if c == separator and not escaped:
            parts.append(part)
            part = ""
        else:
            part += c
        escaped = c == "\\" and not escaped
    return [unescaped(each) for each in (*parts, part)]


def unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def utf8(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a file that may be in UTF-16, which a byte order mark says."""
    ended = iter(lines)
    first = next(ended, b"")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        decoder = codecs.getincrementaldecoder("utf-16")("replace")
        rest = b""
        for line in (first, *ended) if first else ():
            *whole, rest = (rest + decoder.decode(line).encode()).split(b"\n")
            yield from whole
        yield rest
        return
    yield first.removeprefix(codecs.BOM_UTF8)
    yield from ended


# ---------------------------------------------------------------- one card


def _read(lines: list[bytes], began: int) -> VCard | Unreadable:
    found = []
    for line in _unfolded(lines):
        one = _property(line)
        if isinstance(one, Sentence):
            return Unreadable(began, one)
        found.append(one)
    return tuple(found) if found else Unreadable(began, sentence("it is empty"))


def _unfolded(lines: list[bytes]) -> Iterator[bytes]:
    """Logical lines. Those of quoted-printable go on after `=`, the others are indented; base64
    of version 2.1 goes on to an empty line, and not every program indents it."""
    parts: list[bytes] = []
    quoted = packed = False
    for line in lines:
        line = line.rstrip(b"\r\n")
        if parts and quoted and parts[-1].endswith(b"="):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif line[:1] in (b" ", b"\t"):
            parts.append(line.strip() if packed else line[1:])
        elif packed and parts and line and b":" not in line and b";" not in line:
            parts.append(line)
        else:
            if parts:
                yield b"".join(parts)
            parts = [line] if line else []
            head = line.partition(b":")[0].upper() if b";" in line else b""
            quoted = b"QUOTED-PRINTABLE" in head
            packed = b"BASE64" in head or b"ENCODING=B" in head
    if parts:
        yield b"".join(parts)


def _property(line: bytes) -> Property | Sentence:
    """Or why it is none."""
    head = _HEAD.match(line)
    if head is None or head.end() > LONGEST_HEAD:
        return sentence("no property: {line}", line=repr(_text(line[:40], "")))
    group, name, parameters, types = _head(head[1], head[2])
    value: bytes = line[head.end() :]
    charset, transfer = "", ""
    if parameters:
        charset = next(iter(parameters.get("CHARSET", ())), "")
        transfer = next(iter(parameters.get("ENCODING", ())), "").upper()
    if transfer == "QUOTED-PRINTABLE":
        value = binascii.a2b_qp(value)
    elif transfer in _BASE64:
        try:
            return Property(group, name, parameters, binascii.a2b_base64(value), types)
        except binascii.Error:
            return sentence("{property} is no base64", property=name)
    return Property(group, name, parameters, _text(value, charset), types)


@lru_cache(maxsize=1024)
def _head(
    name: bytes, written: bytes
) -> tuple[str, str, Mapping[str, tuple[str, ...]], frozenset[str]]:
    """Group, name, parameters and types. The cards of a file have the same few."""
    group, _, last = name.decode(errors="replace").upper().strip().rpartition(".")
    parameters = _parameters(written) if written else {}
    types = ",".join(parameters.get("TYPE", ())).upper().split(",")
    return group, last, parameters, frozenset(filter(None, (one.strip() for one in types)))


def _parameters(written: bytes) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in _PARAMETER.findall(written):
        name, equals, value = one.decode(errors="replace").strip().partition("=")
        name = name.strip().upper()
        if not equals:  # version 2.1: what it is shows from the value
            transfer, place = name in _TRANSFERS, name in _VALUES
            name, value = "ENCODING" if transfer else "VALUE" if place else "TYPE", name
        values = tuple(part.strip().strip('"') for part in _PARTS.findall(value))
        found[name] = found.get(name, ()) + values
    return found


def _text(value: bytes, charset: str) -> str:
    for encoding in filter(None, (charset, "utf-8")):
        try:
            return value.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return value.decode("windows-1252", errors="replace")
