"""Answers of SCIM: their type, their tags, and errors in the form of RFC 7644, 3.12."""

from collections.abc import Callable, Mapping

import msgspec
from starlette.exceptions import HTTPException
from starlette.responses import Response

from tws.errors import Conflict, Invalid, NotAllowed, NotFound, ServiceError, TooMany, Unavailable
from tws.protocols.scim.attributes import Resource
from tws.protocols.scim.errors import ScimError, ScimType, error_body
from tws.storage import StorageUnavailable
from tws.web.errors import CODES, RETRY_AFTER, Problem

PREFIX = "/scim/v2"
MEDIA_TYPE = "application/scim+json"
KINDS = (MEDIA_TYPE, "application/json")
STATUSES: Mapping[type[ServiceError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    Invalid: 400,
    TooMany: 429,
    Unavailable: 503,
}


def answer(
    body: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(msgspec.json.encode(body), status, dict(headers or {}), MEDIA_TYPE)


def resource(told: Resource, shown: Callable[[Resource], Resource], status: int = 200) -> Response:
    meta = told["meta"]
    headers = {"ETag": meta["version"], "Location": meta["location"]}
    return answer(shown(told), status, headers)


def error(
    status: int,
    detail: str,
    kind: ScimType | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    sent = dict(headers or {})
    if status == 401:
        sent["WWW-Authenticate"] = 'Bearer realm="tws"'
    if status in (429, 503):
        sent["Retry-After"] = str(RETRY_AFTER)
    return answer(error_body(status, detail, kind), status, sent)


REFUSED = (ScimError, ServiceError, StorageUnavailable, HTTPException, Problem)
"What is answered as an error; all else is one of ours."


def refusal(why: Exception) -> Response:
    """Of one of `REFUSED`."""
    match why:
        case ScimError():
            return error(why.status, why.detail, why.kind)
        case ServiceError():
            status = next((STATUSES[x] for x in type(why).__mro__ if x in STATUSES), 500)
            return error(status, why.message, "invalidValue" if status == 400 else None)
        case StorageUnavailable():
            return error(503, "The database is away for a moment; nothing was changed.")
        case HTTPException():
            words = "The body is too large." if why.status_code == 413 else str(why.detail)
            return error(why.status_code, words)
        case Problem():
            return error(CODES[why.code][0], why.detail)
        case _:
            raise why
