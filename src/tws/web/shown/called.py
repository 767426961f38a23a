"""What rows are called: by whoever reads of them where only their ids were written down."""

from collections.abc import Iterator, Mapping
from typing import Any

from tws.organisation.registry import Registry

NAMES = (
    ("name",),
    ("username",),
    ("first_name", "last_name"),
    ("number",),
    ("parameter",),
    ("label",),
)
"Of the fields of a row those by which people know it."
ID = 36
"Characters of an id."


def called(value: object) -> str:
    """By what was written down of it; empty where nothing was that people know it by."""
    if not isinstance(value, dict):
        return ""
    for names in NAMES:
        found = [value[name] for name in names if isinstance(value.get(name), str)]
        if words := " ".join(found).strip():
            return words
    return ""


def names_in(registry: Registry, *values: object) -> dict[str, str]:
    """Id -> name, of the rows there are now whose ids stand in what was written down."""
    ids = {one for value in values for one in _ids(value)}
    return {id: name for id in sorted(ids) if (name := name_of(registry, id))}


def name_of(registry: Registry, id: str) -> str:
    """Empty for what is not there, or not any more."""
    tables: tuple[Mapping[Any, Any], ...] = (
        registry.users,
        registry.groups,
        registry.domains,
        registry.devices,
        registry.links,
        registry.directories,
        registry.queues,
        registry.intercom_groups,
        registry.collaboration_sources,
        registry.sms_providers,
        registry.companies,
        registry.administrators,
    )
    for rows in tables:
        if (row := rows.get(id)) is not None:
            fields = ("name", "username", "number")
            return next((getattr(row, each) for each in fields if hasattr(row, each)), "")
    return ""


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) == ID:
            yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _ids(each)
    elif isinstance(value, list):
        for each in value:
            yield from _ids(each)
