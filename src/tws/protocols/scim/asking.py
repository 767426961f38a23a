"""Which resources are asked for, how many of them, and which of their attributes (RFC 7644,
3.4.2, 3.9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tws.protocols.scim.attributes import AttributePath, Resource, attribute_path, key_of
from tws.protocols.scim.errors import ScimError
from tws.protocols.scim.filters import Filter, parse

LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
COUNT, MOST = 100, 500
"Resources of an answer, unless more or fewer are asked for."
ALWAYS = frozenset({"id", "schemas"})
"Returned whatever is left out."


@dataclass(frozen=True, slots=True)
class Shown:
    """Of a resource: only these, or all but these."""

    only: tuple[AttributePath, ...] = ()
    without: tuple[AttributePath, ...] = ()

    def of(self, resource: Mapping[str, Any]) -> Resource:
        if self.only:
            return _only(resource, self.only)
        return _without(resource, self.without) if self.without else dict(resource)

    def shows(self, name: str) -> bool:
        """Whether that attribute is wanted: members of large groups need not be told else."""
        if self.only:
            return any(path.name.lower() == name for path in self.only)
        return not any(path.folded == name for path in self.without)


@dataclass(frozen=True, slots=True)
class Asked:
    filter: Filter | None = None
    start: int = 1
    count: int = COUNT
    shown: Shown = Shown()

    def page(self, found: Sequence[Any]) -> Sequence[Any]:
        return found[self.start - 1 : self.start - 1 + self.count]


def asked(given: Mapping[str, Any]) -> Asked:
    """By the parameters of an address, or by the members of a search. ScimError."""
    written = _given(given, "filter")
    start, count = _whole(given, "startIndex", 1), _whole(given, "count", COUNT)
    return Asked(
        filter=None if written in (None, "") else parse(_text(written, "filter")),
        start=max(1, start),
        count=min(max(0, count), MOST),
        shown=shown(given),
    )


def shown(given: Mapping[str, Any]) -> Shown:
    return Shown(_paths(_given(given, "attributes")), _paths(_given(given, "excludedAttributes")))


def listed(resources: Iterable[Resource], total: int, start: int = 1) -> Resource:
    found = list(resources)
    return {
        "schemas": [LIST],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": len(found),
        "Resources": found,
    }


def _given(given: Mapping[str, Any], name: str) -> Any:
    key = key_of(given, name)
    return None if key is None else given[key]


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise ScimError(400, f"{name} is text.", "invalidValue")
    return value


def _whole(given: Mapping[str, Any], name: str, default: int) -> int:
    value = _given(given, name)
    if value is None or value == "":
        return default
    text = str(value)
    if isinstance(value, bool) or not text.removeprefix("-").isdecimal() or len(text) > 9:
        raise ScimError(400, f"{name} is a whole number.", "invalidValue")
    return int(text)


def _paths(written: Any) -> tuple[AttributePath, ...]:
    names = written if isinstance(written, list) else str(written or "").split(",")
    return tuple(attribute_path(_text(one, "attributes").strip()) for one in names if one)


def _only(resource: Mapping[str, Any], paths: Iterable[AttributePath]) -> Resource:
    """In their order in the resource."""
    wanted = list(paths)
    found: Resource = {}
    for key, value in resource.items():
        if key.lower() in ALWAYS:
            found[key] = value
            continue
        of_it = [p for p in wanted if (p.extension or p.name).lower() == key.lower()]
        if not of_it:
            continue
        subs = {(p.name if p.extension else p.sub).lower() for p in of_it}
        found[key] = value if "" in subs else _members(value, subs, keep=True)
    return found


def _without(resource: Mapping[str, Any], paths: Iterable[AttributePath]) -> Resource:
    left_out: dict[str, set[str]] = {}
    for p in paths:
        key, sub = (p.extension, p.name) if p.extension else (p.name, p.sub)
        left_out.setdefault(key.lower(), set()).add(sub.lower())
    found: Resource = {}
    for key, value in resource.items():
        subs = left_out.get(key.lower())
        if subs is None or key.lower() in ALWAYS:
            found[key] = value
        elif "" not in subs:
            found[key] = _members(value, subs, keep=False)
    return found


def _members(value: Any, names: set[str], *, keep: bool) -> Any:
    if isinstance(value, list):
        return [_members(one, names, keep=keep) for one in value]
    if not isinstance(value, Mapping):
        return value
    return {name: one for name, one in value.items() if (name.lower() in names) is keep}
