"""Resources as values, and their attributes by name: names are compared case-blind (RFC 7643,
2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CORE = frozenset({USER.lower(), GROUP.lower()})
CASE_EXACT = frozenset({"id", "externalid"})
"Of what is compared as text; all else is compared case-blind."
IDENTIFYING = frozenset({"members", "groups"})
"Whose `value` is the id of a resource."

Resource = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AttributePath:
    """`urn:…:User:name.familyName`; `schema` and `sub` are empty where nothing is said."""

    name: str
    sub: str = ""
    schema: str = ""

    @property
    def extension(self) -> str:
        """The schema, where it is not a resource's own."""
        return "" if self.schema.lower() in CORE else self.schema

    @property
    def folded(self) -> str:
        """By which it is looked up: `name.familyname`."""
        return f"{self.name}.{self.sub}".lower() if self.sub else self.name.lower()

    def __str__(self) -> str:
        name = f"{self.name}.{self.sub}" if self.sub else self.name
        return f"{self.schema}:{name}" if self.schema else name


def attribute_path(written: str) -> AttributePath:
    """What follows the last colon is the attribute: versions of schemas have dots, too."""
    schema, _, path = written.rpartition(":")
    name, _, sub = path.partition(".")
    return AttributePath(name, sub, schema)


def key_of(of: Mapping[str, Any], name: str) -> str | None:
    """How the member is written there."""
    if name in of:
        return name
    folded = name.lower()
    return next((key for key in of if key.lower() == folded), None)


def member(of: Any, name: str) -> Any:
    """None where it is not there, or `of` has no members."""
    if not isinstance(of, Mapping):
        return None
    key = key_of(of, name)
    return None if key is None else of[key]


def values_at(resource: Mapping[str, Any], path: AttributePath) -> list[Any]:
    """All that stand there: of an attribute with several values each one. A complex value stands
    for its `value`."""
    place: Any = member(resource, path.extension) if path.extension else resource
    found = member(place, path.name)
    several = found if isinstance(found, list) else [found]
    if path.sub:
        several = [member(one, path.sub) for one in several]
    else:
        several = [member(one, "value") if isinstance(one, Mapping) else one for one in several]
    return [one for one in several if one is not None]
