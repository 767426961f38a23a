"""Filters (RFC 7644, 3.4.2.2): parsed, and held against resources.

Beside the RFC's grammar `emails[type eq "work"].value eq "x"` is read, which providers send.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from tws.protocols.scim.attributes import (
    CASE_EXACT,
    IDENTIFYING,
    AttributePath,
    attribute_path,
    member,
    values_at,
)
from tws.protocols.scim.errors import ScimError
from tws.undecodable import UNDECODABLE

LONGEST, DEEPEST = 4_000, 20
_TOKEN: Final = re.compile(
    r"""\s*(?:
    (?P<sign>[()\[\]])
  | (?P<text>"(?:[^"\\]|\\.)*")
  | (?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w$.:-])
  | (?P<word>[A-Za-z$][\w$.:-]*)
  | (?P<sub>\.[A-Za-z$][\w$-]*)
    )""",
    re.VERBOSE,
)
OPERATORS = frozenset({"eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"})
_NAME: Final = re.compile(r"(?:[A-Za-z][\w.:-]*:)?[A-Za-z$][\w$-]*(?:\.[A-Za-z$][\w$-]*)?")
_LITERALS: Final = {"true": True, "false": False, "null": None}

Literal = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    path: AttributePath
    operator: str
    "One of `OPERATORS`."
    value: Literal


@dataclass(frozen=True, slots=True)
class Present:
    path: AttributePath


@dataclass(frozen=True, slots=True)
class And:
    left: "Filter"
    right: "Filter"


@dataclass(frozen=True, slots=True)
class Or:
    left: "Filter"
    right: "Filter"


@dataclass(frozen=True, slots=True)
class Not:
    inner: "Filter"


@dataclass(frozen=True, slots=True)
class Among:
    """`emails[type eq "work"]`, and what is said of what is chosen by it."""

    path: AttributePath
    inner: "Filter"
    then: "Comparison | Present | None" = None
    "About a member of the value."


Filter = Comparison | Present | And | Or | Not | Among


def parse(written: str) -> Filter:
    """ScimError `invalidFilter`."""
    return Parser(written, "invalidFilter").whole()


class Parser:
    """One filter, from left to right. Paths of changes are read by it too."""

    def __init__(self, written: str, wrong: Any) -> None:
        """`wrong`: the kind of error of what cannot be read."""
        self._kind, self._depth, self._at = wrong, 0, 0
        if len(written) > LONGEST:
            raise self.wrong("it is too long")
        self._tokens = list(self._read(written))

    def whole(self) -> Filter:
        found = self.either()
        self.end()
        return found

    def end(self) -> None:
        if self._at < len(self._tokens):
            raise self.wrong(f"{self._tokens[self._at][1]} cannot stand there")

    def either(self) -> Filter:
        found = self._both()
        while self._word("or"):
            found = Or(found, self._both())
        return found

    def _both(self) -> Filter:
        found = self._one()
        while self._word("and"):
            found = And(found, self._one())
        return found

    def _one(self) -> Filter:
        if self._word("not"):
            self._sign("(")
            return Not(self._inside(")"))
        if self.sign("("):
            return self._inside(")")
        path = self.path()
        if self.sign("["):
            return self._among(path)
        return self._said_of(path)

    def _among(self, path: AttributePath) -> Filter:
        inner = self._inside("]")
        sub = self.sub()
        if sub is None:
            return Among(path, inner)
        then = self._said_of(AttributePath(sub))
        return Among(path, inner, then)

    def _said_of(self, path: AttributePath) -> Comparison | Present:
        operator = self._take("word").lower()
        if operator == "pr":
            return Present(path)
        if operator not in OPERATORS:
            raise self.wrong(f"there is no operator {operator}")
        return Comparison(path, operator, self._literal())

    def _literal(self) -> Literal:
        kind, written = self._next()
        if kind == "word" and written.lower() in _LITERALS:
            return _LITERALS[written.lower()]
        if kind not in ("text", "number"):
            raise self.wrong(f"{written or 'its end'} is no value")
        try:
            value: Literal = msgspec.json.decode(written)
        except (*UNDECODABLE, UnicodeEncodeError):
            raise self.wrong(f"{written} is no value") from None
        return value

    def inside(self) -> Filter:
        """Up to the closing bracket."""
        return self._inside("]")

    def _inside(self, closing: str) -> Filter:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self.wrong("it is nested too deeply")
        found = self.either()
        self._sign(closing)
        self._depth -= 1
        return found

    def path(self) -> AttributePath:
        written = self._take("word")
        if not _NAME.fullmatch(written):
            raise self.wrong(f"{written} names no attribute")
        return attribute_path(written)

    # ------------------------------------------------------------ tokens

    def _read(self, written: str) -> Iterator[tuple[str, str]]:
        place, end = 0, len(written.rstrip())
        while place < end:
            found = _TOKEN.match(written, place)
            if found is None:
                raise self.wrong(f"it cannot be read from {written[place : place + 20]!r} on")
            kind = found.lastgroup or ""
            yield kind, found[kind]
            place = found.end()

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            return "", ""
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, kind: str) -> str:
        found, written = self._next()
        if found != kind:
            raise self.wrong(f"{written or 'its end'} cannot stand there")
        return written

    def _word(self, word: str) -> bool:
        if self._at < len(self._tokens):
            kind, written = self._tokens[self._at]
            if kind == "word" and written.lower() == word:
                self._at += 1
                return True
        return False

    def sign(self, sign: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == ("sign", sign):
            self._at += 1
            return True
        return False

    def sub(self) -> str | None:
        """`.value`, behind a bracket."""
        if self._at < len(self._tokens) and self._tokens[self._at][0] == "sub":
            self._at += 1
            return self._tokens[self._at - 1][1][1:]
        return None

    def _sign(self, sign: str) -> None:
        if not self.sign(sign):
            raise self.wrong(f"{sign} is missing")

    def wrong(self, why: str) -> ScimError:
        what = "filter" if self._kind == "invalidFilter" else "path"
        return ScimError(400, f"This is no {what}: {why}.", self._kind)


# ---------------------------------------------------------------- holding against


def matches(what: Filter, resource: Mapping[str, Any], within: str = "") -> bool:
    """`within`: the attribute among whose values it is asked."""
    match what:
        case And(left, right):
            return matches(left, resource, within) and matches(right, resource, within)
        case Or(left, right):
            return matches(left, resource, within) or matches(right, resource, within)
        case Not(inner):
            return not matches(inner, resource, within)
        case Present(path):
            return any(_is_something(one) for one in _raw(resource, path))
        case Among(path, inner, then):
            chosen = [one for one in elements(resource, path) if matches(inner, one, path.name)]
            if then is None:
                return bool(chosen)
            return any(matches(then, one, path.name) for one in chosen)
        case Comparison():
            return _compared(what, resource, within)


def elements(resource: Mapping[str, Any], path: AttributePath) -> list[Mapping[str, Any]]:
    """The complex values of an attribute."""
    return [one for one in _raw(resource, path) if isinstance(one, Mapping)]


def _raw(resource: Mapping[str, Any], path: AttributePath) -> list[Any]:
    if path.sub:
        return values_at(resource, path)
    place = member(resource, path.extension) if path.extension else resource
    found = member(place, path.name)
    return found if isinstance(found, list) else [found]


def _is_something(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _compared(what: Comparison, resource: Mapping[str, Any], within: str) -> bool:
    values = values_at(resource, what.path)
    if what.operator == "ne":
        return not any(_ordered("eq", value, what, within) for value in values or [None])
    if not values:
        return what.operator == "eq" and what.value is None
    return any(_ordered(what.operator, value, what, within) for value in values)


_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: bool(a == b),
    "gt": lambda a, b: bool(a > b),
    "ge": lambda a, b: bool(a >= b),
    "lt": lambda a, b: bool(a < b),
    "le": lambda a, b: bool(a <= b),
    "co": lambda a, b: b in a,
    "sw": lambda a, b: bool(a.startswith(b)),
    "ew": lambda a, b: bool(a.endswith(b)),
}


def _ordered(operator: str, value: Any, what: Comparison, within: str) -> bool:
    wanted: Any = what.value
    if isinstance(value, str) and isinstance(wanted, str):
        if not _is_exact(what.path, within):
            value, wanted = value.casefold(), wanted.casefold()
        return _ORDER[operator](value, wanted)
    if isinstance(value, bool):
        # Some providers send "True" where a boolean is meant.
        wanted = _LITERALS.get(wanted.lower()) if isinstance(wanted, str) else wanted
        return operator == "eq" and value is wanted
    numbers = isinstance(value, int | float) and isinstance(wanted, int | float)
    if numbers and not isinstance(wanted, bool) and operator not in ("co", "sw", "ew"):
        return _ORDER[operator](value, wanted)
    return False


def _is_exact(path: AttributePath, within: str) -> bool:
    if within:
        return within.lower() in IDENTIFYING and path.name.lower() == "value"
    if path.name.lower() in IDENTIFYING:
        return path.sub.lower() in ("", "value")
    return path.folded in CASE_EXACT


# ---------------------------------------------------------------- what it says for certain


def demanded(what: Filter) -> dict[str, str]:
    """Texts that attributes must have for it to hold: by the folded name. By these resources are
    found without looking at each."""
    match what:
        case And(left, right):
            return demanded(right) | demanded(left)
        case Comparison(path, "eq", str(value)) if not path.extension:
            return {path.folded: value}
        case _:
            return {}
