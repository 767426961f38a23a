"""Grants as `create_grant` takes them, and as the API does."""

from collections.abc import Mapping
from typing import Any

from pydantic.alias_generators import to_camel

from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind


def application(name: str, **to: str) -> dict[str, Any]:
    """`to`: one grantee's kind and id, as in `group="..."`."""
    return _grant(GrantKind.APPLICATION, ObjectKind.APPLICATION, name, to)


def directory(id: str, **to: str) -> dict[str, Any]:
    return _grant(GrantKind.DIRECTORY, ObjectKind.DIRECTORY, id, to)


def calendars(of: Mapping[str, str], **to: str) -> dict[str, Any]:
    """`of`: one owner's kind and id."""
    return of_people(GrantKind.CALENDAR, of, **to)


def of_people(kind: GrantKind, of: Mapping[str, str], **to: str) -> dict[str, Any]:
    """`of`: a user or a group, by its kind and id."""
    [(name, id)] = of.items()
    return _grant(kind, ObjectKind(to_camel(name)), id, to)


def queue(id: str, **to: str) -> dict[str, Any]:
    return _grant(GrantKind.QUEUE, ObjectKind.QUEUE, id, to)


def intercom_group(id: str, **to: str) -> dict[str, Any]:
    return _grant(GrantKind.INTERCOM_GROUP, ObjectKind.INTERCOM_GROUP, id, to)


def _grant(kind: GrantKind, of: ObjectKind, object: str, to: Mapping[str, str]) -> dict[str, Any]:
    [(name, id)] = to.items()
    return {
        "kind": kind,
        "object_kind": of,
        "object": object,
        "grantee_kind": GranteeKind(to_camel(name)),
        "grantee": id,
    }


def sent(grant: Mapping[str, Any]) -> dict[str, str]:
    """The body of a request."""
    return {to_camel(name): str(value) for name, value in grant.items()}
