"""Users as SCIM has them, and what becomes of a user by what a provider says of him. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tws.errors import Invalid
from tws.imports.wrong import what_is_wrong
from tws.numbering import split_numbers
from tws.organisation.model import Group, ScimConnection, User, UserDevice
from tws.organisation.users import checked
from tws.protocols.scim.attributes import USER, Resource, member
from tws.protocols.scim.errors import ScimError
from tws.provisioning.reading import boolean, elements, text

WORK, MOBILE = "work", "mobile"
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Wanted:
    user: User
    numbers: tuple[str, ...]
    "Of work, in their order."


def resource(
    user: User, connection: ScimConnection, devices: Iterable[UserDevice], groups: Iterable[Group]
) -> Resource:
    """Without what is said of the resource itself, and addresses. What he has not is left out."""
    numbers = [{"value": n, "type": WORK} for n in numbers_of(connection, devices)]
    if user.mobile:
        numbers.append({"value": user.mobile, "type": MOBILE})
    names = {
        "formatted": f"{user.first_name} {user.last_name}".strip(),
        "familyName": user.last_name,
        "givenName": user.first_name,
    }
    told: Resource = {
        "schemas": [USER],
        "id": user.id,
        "externalId": user.external_key,
        "userName": user.username,
        "name": {name: value for name, value in names.items() if value},
        "displayName": user.display_name,
        "preferredLanguage": user.culture if user.culture in LANGUAGES else "",
        "active": user.enabled,
        "emails": [{"value": user.email, "type": WORK, "primary": True}] if user.email else [],
        "phoneNumbers": numbers,
        "groups": [{"value": g.id, "display": g.name, "type": "direct"} for g in groups],
    }
    return {name: value for name, value in told.items() if value not in ("", [], {})}


def numbers_of(connection: ScimConnection, devices: Iterable[UserDevice]) -> list[str]:
    """Extensions that the connection has given."""
    return [
        one.number
        for one in devices
        if one.user_import == connection.id and one.link == connection.link
    ]


def made(id: str) -> str:
    """When the row of that id was made, in RFC 3339: its id says it (RFC 9562, 5.7)."""
    at = datetime.fromtimestamp((UUID(id).int >> 80) / 1000, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def wanted(sent: Mapping[str, Any], base: User, connection: ScimConnection) -> Wanted:
    """What `base` becomes; what SCIM has no word for stays. ScimError."""
    username = text(sent, "userName")
    if not username.strip():
        raise ScimError(400, "userName is needed.", "invalidValue")
    name = member(sent, "name")
    enabled, missing = _standing(boolean(sent, "active"), base)
    after = replace(
        base,
        username=username,
        external_key=text(sent, "externalId"),
        first_name=text(name, "givenName"),
        last_name=text(name, "familyName"),
        email=_email(sent),
        mobile=next(iter(_numbers(sent, MOBILE)), ""),
        culture=_culture(sent, base.culture),
        user_import=connection.id,
        enabled=enabled,
        missing=missing,
    )
    try:
        after = checked(after)
    except Invalid as error:
        raise ScimError(400, f"{what_is_wrong(error)}.", "invalidValue") from error
    return Wanted(after, tuple(_numbers(sent, WORK)))


def _standing(active: bool | None, base: User) -> tuple[bool, bool]:
    """`enabled` and `missing`. Whom an administrator has disabled is not enabled again by a
    provider (as of imports)."""
    if active is None:
        return base.enabled, base.missing
    if active:
        return base.enabled or base.missing, False
    return False, base.enabled or base.missing


def _email(sent: Mapping[str, Any]) -> str:
    """The primary one, or else that of work, or else the first."""
    found = [one for one in elements(sent, "emails") if text(one, "value")]
    found.sort(key=lambda one: (not boolean(one, "primary"), text(one, "type").lower() != WORK))
    return text(found[0], "value") if found else ""


def _numbers(sent: Mapping[str, Any], kind: str) -> list[str]:
    """`tel:` of RFC 3966 is taken off. One of which no type is said is of work."""
    found: list[str] = []
    for one in elements(sent, "phoneNumbers"):
        if (text(one, "type").lower() or WORK) == kind:
            written = text(one, "value").removeprefix("tel:").partition(";")[0].strip()
            found += split_numbers(written) if kind == WORK else [written]
    return [one for one in found if one]


def _culture(sent: Mapping[str, Any], before: str) -> str:
    """`fr-CA` is French. It stays where nothing is said; another language is the browser's."""
    written = text(sent, "preferredLanguage") or text(sent, "locale")
    if not written:
        return before
    spoken = written.replace("_", "-").partition("-")[0].lower()
    return spoken if spoken in LANGUAGES else "Auto"
