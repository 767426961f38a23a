"""Search filters as people write them (RFC 4515), made what a server reads (RFC 4511, 4.5.1.7)."""

import re

from tws.protocols.ldap.ber import SEQUENCE, TRUE, element, octets
from tws.sentences import Parameter, Sentence

DEEPEST = 50
"Filters within filters."
_SETS = {"&": 0xA0, "|": 0xA1, "!": 0xA2}
_EQUAL, _SUBSTRINGS, _PRESENT, _EXTENSIBLE = 0xA3, 0xA4, 0x87, 0xA9
_COMPARISONS = {"=": _EQUAL, ">=": 0xA5, "<=": 0xA6, "~=": 0xA8}
_INITIAL, _ANY, _FINAL = 0x80, 0x81, 0x82
_RULE, _TYPE, _VALUE, _WITH_DN = 0x81, 0x82, 0x83, 0x84
_ITEM = re.compile(
    r"\s*(?P<type>[\w.;-]*)(?P<dn>:dn)?(?::(?P<rule>[\w.-]+))?\s*(?P<sign>[:~<>]?=)(?P<value>.*)",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
_ESCAPED = re.compile(rb"\\([0-9a-fA-F]{2})?")
_NOT_ESCAPED = re.compile(r"[(*\0]")


class NoFilter(ValueError):
    def __init__(self, template: str, /, **parameters: Parameter) -> None:
        self.said = Sentence(template, parameters)
        super().__init__(str(self.said))


def encoded(text: str) -> bytes:
    """NoFilter for what is none. The outermost parentheses may be missing."""
    text = text.strip()
    if not text.startswith("("):
        text = f"({text})"
    made, end = _filter(text, 0, 0)
    if end != len(text):
        raise NoFilter("something follows the filter: {text}", text=text[end:])
    return made


def _filter(text: str, at: int, depth: int) -> tuple[bytes, int]:
    """The filter that begins at `at`, and where it ends."""
    if depth > DEEPEST:
        raise NoFilter("more than {most} filters within each other", most=DEEPEST)
    at = _after_blanks(text, at + 1)
    sign = text[at : at + 1]
    if sign in _SETS:
        parts = []
        at = _after_blanks(text, at + 1)
        while text.startswith("(", at):
            part, at = _filter(text, at, depth + 1)
            parts.append(part)
            at = _after_blanks(text, at)
        if sign == "!" and len(parts) != 1:
            raise NoFilter("! takes one filter")
        made = element(_SETS[sign], *parts)
    else:
        end = text.find(")", at)
        made, at = _item(text[at:end]), end
    if not text.startswith(")", at) or at < 0:
        raise NoFilter("a parenthesis is missing")
    return made, at + 1


def _after_blanks(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


def _item(text: str) -> bytes:
    """A comparison, without its parentheses."""
    found = _ITEM.fullmatch(text)
    if found is None:
        raise NoFilter("not a comparison: {text}", text=text)
    type_, sign, value = found["type"], found["sign"], found["value"]
    if sign == ":=":
        return _extensible(type_, found["rule"], bool(found["dn"]), value)
    if not type_ or found["dn"] or found["rule"]:
        raise NoFilter("not a comparison: {text}", text=text)
    if sign == "=" and value.strip() == "*":
        return octets(type_, _PRESENT)
    if sign == "=" and "*" in value:
        return _substrings(type_, value)
    return element(_COMPARISONS[sign], octets(type_), octets(_octets(value)))


def _substrings(type_: str, value: str) -> bytes:
    initial, *middle, final = map(_octets, value.split("*"))
    parts = [octets(initial, _INITIAL)] if initial else []
    parts += [octets(part, _ANY) for part in middle if part]
    parts += [octets(final, _FINAL)] if final else []
    if not parts:
        return octets(type_, _PRESENT)
    return element(_SUBSTRINGS, octets(type_), element(SEQUENCE, *parts))


def _extensible(type_: str, rule: str | None, with_dn: bool, value: str) -> bytes:
    if not (type_ or rule):
        raise NoFilter("neither an attribute nor a rule: {value}", value=value)
    parts = [octets(rule, _RULE)] if rule else []
    parts += [octets(type_, _TYPE)] if type_ else []
    parts.append(octets(_octets(value), _VALUE))
    parts += [element(_WITH_DN, TRUE)] if with_dn else []
    return element(_EXTENSIBLE, *parts)


def _octets(value: str) -> bytes:
    if _NOT_ESCAPED.search(value):
        raise NoFilter(r"( is written \28, * is written \2a: {value}", value=value)
    return _ESCAPED.sub(_one_octet, value.encode())


def _one_octet(found: re.Match[bytes]) -> bytes:
    if not found[1]:
        raise NoFilter(r"\ is written \5c")
    return bytes.fromhex(found[1].decode())
