"""Errors as problem+json (RFC 9457), with a `code` that is stable and for programs."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi.exceptions import RequestValidationError
from pydantic.alias_generators import to_camel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

from tws.errors import ServiceError
from tws.storage import StorageUnavailable
from tws.telemetry import request_id

MEDIA_TYPE = "application/problem+json"

CODES: Mapping[str, tuple[int, str]] = {
    "badRequest": (400, "The request cannot be understood"),
    "unknownHost": (400, "This server does not answer to that name"),
    "notSignedIn": (401, "Sign in first"),
    "loginRefused": (401, "Name or password refused"),
    "secondFactorNeeded": (401, "A code is needed besides the password"),
    "notAllowed": (403, "Not allowed"),
    "foreignOrigin": (403, "The request comes from another site"),
    "notFound": (404, "Not found"),
    "methodNotAllowed": (405, "This address has no such method"),
    "refused": (409, "The PBX refused"),
    "conflict": (409, "It clashes with what exists"),
    "tooLarge": (413, "The request is too large"),
    "unsupportedMediaType": (415, "The body must be JSON"),
    "invalid": (422, "The request's content cannot be right"),
    "idempotencyKeyReused": (422, "This Idempotency-Key was used for another request"),
    "tooMany": (429, "Slow down"),
    "error": (500, "Something went wrong here"),
    "unavailable": (503, "Not now"),
    "linkDown": (503, "The link to the PBX is down"),
    "outcomeUnknown": (503, "It is not known whether the PBX did it"),
    "noAnswer": (504, "The PBX did not answer in time"),
}
"Every code of the API: its status and its title."

BY_STATUS: Mapping[int, str] = {
    400: "badRequest",
    404: "notFound",
    405: "methodNotAllowed",
    413: "tooLarge",
    415: "unsupportedMediaType",
}
RETRY_AFTER = 5
"Seconds after which to try again where nothing better is known."
REFUSED = "tws.refused"
"In the scope of a request: the code of its problem, and why."
RESERVED = frozenset({"type", "title", "status", "code", "detail", "request"})
BY_NAME = frozenset({"settings", "mapping", "labels", "fields"})
"Members of bodies whose own members are named by windows and directories, not by us."


class Problem(Exception):
    """An error of the web's own, by its code."""

    def __init__(self, code: str, detail: str, **details: object) -> None:
        super().__init__(detail)
        self.code, self.detail, self.details = code, detail, details


def problem(
    code: str,
    detail: str,
    details: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
    like: str | None = None,
) -> Response:
    """The answer for an error; `details` are more members of it.

    `like`: the listed code whose status and title a code that is not listed has.
    """
    status, title = CODES[like or code]
    body: dict[str, object] = {
        "type": f"urn:tws:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
    }
    if request := request_id():
        body["request"] = request
    sent = dict(headers or {})
    for name, value in (details or {}).items():
        if value is not None and name not in RESERVED:
            body[to_camel(name)] = value
    if status in (429, 503):
        seconds = (details or {}).get("retry_after")
        wait = seconds if isinstance(seconds, int | float) else RETRY_AFTER
        sent.setdefault("Retry-After", str(max(1, round(wait))))
    if status == HTTPStatus.UNAUTHORIZED:
        sent.setdefault("WWW-Authenticate", 'Bearer realm="tws"')
    return Response(
        msgspec.json.encode(body, enc_hook=str), status, media_type=MEDIA_TYPE, headers=sent
    )


async def of_service(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    request.scope[REFUSED] = error.code, error.why
    return service_problem(error)


def service_problem(error: ServiceError) -> Response:
    """A room's refusal. One whose code is not listed answers with the status of its kind."""
    kinds = (getattr(kind, "code", "") for kind in type(error).__mro__)
    like = next((code for code in kinds if code in CODES), "error")
    details = {**error.details, "why": error.why, "parameters": error.parameters}
    if isinstance(field := details.get("field"), str):
        member, *inner = field.split(".")
        if member not in BY_NAME:
            inner = [to_camel(part) for part in inner]
        details["field"] = ".".join([to_camel(member), *inner])
    return problem(error.code, error.message, details, like=like)


async def of_web(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    request.scope[REFUSED] = error.code, None
    return problem(error.code, error.detail, error.details)


async def of_storage(_: Request, error: Exception) -> Response:
    assert isinstance(error, StorageUnavailable)
    return problem("unavailable", "The database is away for a moment; nothing was changed.")


async def of_framework(request: Request, error: Exception) -> Response:
    """What the framework itself refuses: unknown addresses, methods, unreadable bodies."""
    assert isinstance(error, HTTPException)
    words = {
        404: "There is nothing at this address.",
        405: "This address has no such method.",
        400: "The body cannot be read.",
        413: "The body is too large.",
    }
    code = BY_STATUS.get(error.status_code, "error")
    detail = words.get(error.status_code, str(error.detail))
    headers = dict(error.headers or {})
    request.scope[REFUSED] = code, None
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(sorted(methods_at(request.scope)))
    return problem(code, detail, None, headers)


def methods_at(scope: Scope) -> set[str]:
    """All that an address knows (RFC 9110, 10.2.1); the framework names those of one operation.

    Of `/contacts/directories` those of that very address, and not those of `/contacts/{id}`.
    """
    routes = [route for route in scope["app"].routes if isinstance(route, Route)]
    here = [route for route in routes if route.matches(scope)[0] is not Match.NONE]
    plainest = min((route.path for route in here), key=lambda path: path.count("{"), default="")
    same = [route for route in here if route.path == plainest]
    return {method for route in same for method in route.methods or ()}


async def of_validation(_: Request, error: Exception) -> Response:
    """Content of the wrong shape. What was sent is not repeated: it may be secret."""
    assert isinstance(error, RequestValidationError)
    errors = [
        {"field": _field(e["loc"]), "message": e["msg"], "kind": e["type"]} for e in error.errors()
    ]
    if any(e["type"] == "json_invalid" for e in error.errors()):
        return problem("badRequest", "The body is not JSON.")
    first = errors[0]
    detail = f"{first['field']}: {first['message']}" if first["field"] else str(first["message"])
    why, parameters = _why(error.errors()[0])
    details = {"field": first["field"], "errors": errors, "why": why, "parameters": parameters}
    return problem("invalid", detail, details)


def _why(error: Mapping[str, Any]) -> tuple[str | None, Mapping[str, object] | None]:
    """What the framework found, by the codes that rooms use."""
    about = error.get("ctx") or {}
    match error["type"]:
        case "missing" | "string_too_short":
            return "needed", None
        case "string_too_long":
            return "longerThan", {"most": about.get("max_length")}
        case "greater_than_equal":
            return "atLeast", {"least": about.get("ge")}
        case "less_than_equal":
            return "atMost", {"most": about.get("le")}
        case _:
            return None, None


def _field(location: tuple[int | str, ...]) -> str:
    """`("body", "domain", "timeZone")` -> `domain.timeZone`."""
    return ".".join(str(part) for part in location[1:])
