"""Values out of what a provider sent. ScimError says which is none."""

from collections.abc import Mapping
from typing import Any

from tws.protocols.scim.attributes import member
from tws.protocols.scim.errors import ScimError

_BOOLEANS = {"true": True, "false": False}


def document(sent: Any) -> Mapping[str, Any]:
    if not isinstance(sent, Mapping):
        raise ScimError(400, "The body is a JSON object.", "invalidSyntax")
    return sent


def text(of: Any, name: str) -> str:
    """Empty where it is not there."""
    found = member(of, name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise ScimError(400, f"{name} is text.", "invalidValue")
    return found


def boolean(of: Any, name: str) -> bool | None:
    """None where it is not there. Also as text, as Entra ID sends it."""
    found = member(of, name)
    if isinstance(found, str):
        found = _BOOLEANS.get(found.strip().lower(), found)
    if found is None or isinstance(found, bool):
        return found
    raise ScimError(400, f"{name} is true or false.", "invalidValue")


def elements(of: Any, name: str) -> list[Mapping[str, Any]]:
    """A plain value is the `value` of one."""
    found = member(of, name)
    several = found if isinstance(found, list) else [] if found is None else [found]
    return [one if isinstance(one, Mapping) else {"value": one} for one in several]
