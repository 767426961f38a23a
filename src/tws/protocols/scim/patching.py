"""Changes of a resource (RFC 7644, 3.5.2): add, replace and remove, as a new resource.

Read as generously as providers need: operations in any case, paths as names of a value's members,
`active` as text, members to be removed as a value beside the path.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tws.protocols.scim.attributes import (
    AttributePath,
    Resource,
    key_of,
    member,
)
from tws.protocols.scim.errors import ScimError
from tws.protocols.scim.filters import And, Comparison, Filter, Parser, matches

PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
MANY = frozenset(
    {
        *("emails", "phonenumbers", "ims", "photos", "addresses", "entitlements", "roles"),
        *("x509certificates", "members", "groups"),
    }
)
"Attributes with several values, folded."
READ_ONLY = frozenset({"id", "meta", "schemas", "groups"})
OPERATIONS = frozenset({"add", "replace", "remove"})
MOST = 1_000
"Operations of a request."


@dataclass(frozen=True, slots=True)
class Path:
    """`emails[type eq "work"].value`."""

    attribute: AttributePath
    chosen: Filter | None = None
    sub: str = ""
    "Behind the filter."

    @property
    def many(self) -> bool:
        return self.attribute.name.lower() in MANY and not self.attribute.extension


@dataclass(frozen=True, slots=True)
class Operation:
    op: str
    path: Path | None
    value: Any


def parse_path(written: str) -> Path:
    """ScimError `invalidPath`."""
    parser = Parser(written, "invalidPath")
    attribute = parser.path()
    chosen, sub = None, None
    if parser.sign("["):
        chosen, sub = parser.inside(), parser.sub()
    parser.end()
    return Path(attribute, chosen, sub or "")


def operations(body: Any) -> list[Operation]:
    """Of a request. ScimError."""
    told = member(body, "Operations")
    if not isinstance(told, list) or not told:
        raise ScimError(400, "A change has a list of Operations.", "invalidSyntax")
    if len(told) > MOST:
        raise ScimError(400, f"At most {MOST} operations at once.", "tooMany")
    return [_operation(one) for one in told]


def _operation(told: Any) -> Operation:
    op, path = member(told, "op"), member(told, "path")
    if not isinstance(op, str) or op.lower() not in OPERATIONS:
        raise ScimError(400, "An operation is add, replace or remove.", "invalidSyntax")
    if path is not None and not isinstance(path, str):
        raise ScimError(400, "A path is text.", "invalidPath")
    value = member(told, "value")
    if op.lower() != "remove" and value is None and key_of(told, "value") is None:
        raise ScimError(400, f"{op} needs a value.", "invalidValue")
    return Operation(op.lower(), parse_path(path) if path else None, value)


def patched(resource: Mapping[str, Any], changes: list[Operation]) -> Resource:
    """ScimError where one cannot be done: then none is."""
    after = deepcopy(dict(resource))
    for change in changes:
        if change.path is None:
            _change_whole(after, change)
        else:
            if change.path.attribute.folded.partition(".")[0] in READ_ONLY:
                raise ScimError(400, f"{change.path.attribute} is read only.", "mutability")
            _change_at(after, change.op, change.path, change.value)
    return after


def _change_whole(resource: Resource, change: Operation) -> None:
    if change.op == "remove":
        raise ScimError(400, "What is to be removed is said by a path.", "noTarget")
    if not isinstance(change.value, Mapping):
        raise ScimError(400, "Without a path the value has members.", "invalidValue")
    for name, value in change.value.items():
        if isinstance(value, Mapping) and name.lower().startswith("urn:"):
            for inner, one in value.items():
                path = Path(AttributePath(inner, schema=name))
                _change_at(resource, change.op, path, one)
            continue
        path = parse_path(name)
        if path.attribute.name.lower() not in READ_ONLY:
            _change_at(resource, change.op, path, value)


def _change_at(resource: Resource, op: str, path: Path, value: Any) -> None:
    place = _place(resource, path.attribute)
    if path.chosen is not None:
        _change_chosen(place, op, path, path.chosen, value)
    elif path.attribute.sub and path.many:
        for one in _several(place, path.attribute.name):
            _set(one, op, path.attribute.sub, value)
    elif path.attribute.sub:
        complex_value = _inner(place, path.attribute.name)
        _set(complex_value, op, path.attribute.sub, value)
    elif path.many:
        _change_many(place, op, path.attribute.name, value)
    else:
        _set(place, op, path.attribute.name, value)


def _place(resource: Resource, attribute: AttributePath) -> Resource:
    return _inner(resource, attribute.extension) if attribute.extension else resource


def _inner(of: Resource, name: str) -> Resource:
    """The complex value of that name, made where there is none."""
    key = key_of(of, name) or name
    found = of.get(key)
    if not isinstance(found, dict):
        found = of[key] = {}
    return found


def _several(of: Resource, name: str) -> list[Resource]:
    found = member(of, name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _set(of: Resource, op: str, name: str, value: Any) -> None:
    """One plain or complex value. Members of a complex one that are not named stay."""
    key = key_of(of, name) or name
    if op == "remove" or value is None:
        of.pop(key, None)
    elif isinstance(value, Mapping):
        complex_value = _inner(of, key)
        for inner, one in value.items():
            _set(complex_value, op, inner, one)
    else:
        of[key] = deepcopy(value)


def _change_many(of: Resource, op: str, name: str, value: Any) -> None:
    key = key_of(of, name) or name
    there = of.get(key)
    before = list(there) if isinstance(there, list) else []
    given = [_element(one) for one in _listed(value)]
    if op == "remove":
        gone = {_identity(one) for one in given}
        of[key] = [one for one in before if given and not gone & {*_names(one)}]
    elif op == "replace":
        of[key] = given
    else:
        # Of many members one look at each, not one at each pair.
        known = {name: place for place, one in enumerate(before) for name in _names(one)}
        if any(one.get("primary") is True for one in given):
            before = [{**one, "primary": False} if one.get("primary") else one for one in before]
        for one in given:
            place = known.setdefault(_identity(one), len(before))
            if place == len(before):
                before.append(one)
            else:
                before[place] = {**before[place], **one}
        of[key] = before


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _element(value: Any) -> Resource:
    """A value alone is the `value` of an element."""
    return dict(value) if isinstance(value, Mapping) else {"value": value}


def _names(of: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What an element is the same as: one of its value and type, or of its value alone."""
    value, kind = _identity(of)
    return [(value, kind), (value, "")]


def _identity(of: Mapping[str, Any]) -> tuple[str, str]:
    kind = member(of, "type")
    return str(member(of, "value")), str(kind or "").lower()


def _change_chosen(of: Resource, op: str, path: Path, chosen: Filter, value: Any) -> None:
    name = path.attribute.name
    key = key_of(of, name) or name
    there = of.get(key)
    before = [_element(one) for one in there] if isinstance(there, list) else []
    found = [one for one in before if matches(chosen, one, name)]
    if op == "remove" and not path.sub:
        of[key] = [one for one in before if not any(one is each for each in found)]
        return
    if op != "remove" and not found:
        # The RFC would refuse a replacement; providers mean the element that the filter says.
        new = _said_by(chosen)
        if new is None:
            raise ScimError(400, f"No value of {name} is so.", "noTarget")
        before.append(new)
        found = [new]
    for one in found:
        if path.sub:
            _set(one, op, path.sub, value)
        else:
            one.update(deepcopy(_element(value)))
    of[key] = before


def _said_by(chosen: Filter) -> Resource | None:
    """The element that `type eq "work"` describes; None where it describes none."""
    match chosen:
        case And(left, right):
            one, other = _said_by(left), _said_by(right)
            return None if one is None or other is None else one | other
        case Comparison(path, "eq", value) if value is not None and not path.sub:
            return {path.name: value}
        case _:
            return None
