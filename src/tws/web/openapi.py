"""`/api/openapi.json`: OpenAPI 3.1, made from the operations and the types that are encoded."""

import copy
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from tws import __version__
from tws.web.answers import REF, SCHEMAS, refusals
from tws.web.errors import CODES
from tws.web.identity import COOKIE
from tws.web.live.frames import Frame
from tws.web.shown.values import Value

DESCRIPTION = """\
The telephony gateway's API: telephones and calls, call log, contacts, administration.

Sign in with `login`, which sets a cookie, or send an API key: `Authorization: Bearer KEY`.
Every error is `application/problem+json` with a stable `code`.
What happens is told on one WebSocket, `/api/v1/live`: a snapshot, then numbered changes.
"""
TAGS = [
    {
        "name": "access",
        "description": "Signing in, passwords, API keys, parameters, the first start.",
    },
    {"name": "desk", "description": "The helper of a desk: programs and keys of the computer."},
    {"name": "telephony", "description": "What the telephone can be asked to do."},
    {"name": "calls", "description": "Devices, calls, the call log, the live stream."},
    {"name": "contacts", "description": "Searching, looking up, and keeping contacts."},
    {"name": "presence", "description": "How colleagues are, and what you say of yourself."},
    {"name": "chat", "description": "What colleagues write to each other."},
    {"name": "sms", "description": "Text messages to mobiles."},
    {"name": "queues", "description": "Shared call queues: who waits, and who answers."},
    {"name": "calendars", "description": "What calendars say of colleagues; own accounts."},
    {"name": "administration", "description": "Companies, users, links. For administrators."},
    {"name": "server", "description": "The server itself."},
]
PROBLEM = {
    "title": "Problem",
    "description": "An error (RFC 9457). More members may stand beside these: `field` and "
    "`errors` of invalid content, `cause` of the PBX, `version` of a row that has changed.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "description": "A URI of the kind of error."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {
            "type": "string",
            "description": "Stable, for programs.",
            "examples": sorted(CODES),
        },
        "detail": {"type": "string", "description": "For people: what happened, what to do."},
        "field": {"type": "string", "description": "Which member of the body is meant."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {
                    "field": {"type": "string"},
                    "message": {"type": "string"},
                    "kind": {"type": "string"},
                },
            },
        },
        "cause": {"type": "string", "description": "The ECMA-269 error of the PBX."},
        "retryAfter": {"type": "number", "description": "Seconds."},
        "request": {
            "type": "string",
            "description": "The trace id of the request (W3C Trace Context): the log of the "
            "server has it.",
        },
    },
}
SECURITY = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "Set by `login` and `loginAdministrator`.",
    },
    "apiKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key made by `createApiKey`.",
    },
}
EITHER: list[dict[str, list[str]]] = [{"session": []}, {"apiKey": []}]
LIVE = {
    "get": {
        "operationId": "live",
        "tags": ["calls"],
        "summary": "The live stream",
        "description": (
            "A WebSocket. Send one `LiveHello`; a `LiveSnapshot` or a `LiveResumed` comes back, "
            "then `LiveChange`, `LiveMoment` and `LiveTick`. It may say later whom it shows, by "
            "`LiveWatch`, and whether somebody looks at it, by `LiveSight`. A client that reads "
            "too slowly gets "
            "`LiveRestart` and must connect again without its stream. Close code 4401 = signed "
            "out. A stream can be resumed for a minute after its connection is lost."
        ),
        "responses": {
            "101": {"description": "The connection becomes a WebSocket."},
            "401": {"description": "`notSignedIn` comes as close code 4401, once it is open."},
            "403": {"description": "`foreignOrigin`: asked for by another site's page."},
        },
        "x-websocket": {
            "client": {
                "oneOf": [
                    {"$ref": SCHEMAS + name} for name in ("LiveHello", "LiveWatch", "LiveSight")
                ]
            },
            "server": {
                "oneOf": [
                    {"$ref": SCHEMAS + name}
                    for name in (
                        "LiveSnapshot",
                        "LiveResumed",
                        "LiveChange",
                        "LiveMoment",
                        "LiveTick",
                        "LiveRestart",
                    )
                ]
            },
        },
    }
}


def describe(app: FastAPI) -> dict[str, Any]:
    """The whole description."""
    document = get_openapi(
        title="TWS",
        version=__version__,
        openapi_version="3.1.0",
        description=DESCRIPTION,
        routes=app.routes,
        tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    document["paths"]["/api/v1/live"] = copy.deepcopy(LIVE)
    document["security"] = EITHER
    for path in document["paths"].values():
        for method, operation in path.items():
            _complete(operation)
            if method != "get" and "requestBody" not in operation:
                _refuses_a_body(operation["responses"])
    document.setdefault("components", {})["securitySchemes"] = SECURITY
    schemas = document["components"].setdefault("schemas", {})
    schemas |= _spoken()
    schemas["Problem"] = PROBLEM
    for schema in schemas.values():
        if schema.get("additionalProperties") is False:
            schema.setdefault("examples", [_example(schema, schemas)])
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def _complete(operation: dict[str, Any]) -> None:
    """Who needs no session; and only our own errors."""
    responses = operation["responses"]
    if "ValidationError" in str(responses.get("422")):
        del responses["422"]
        if any(one["in"] == "query" for one in operation["parameters"]):
            responses["422"] = refusals("invalid")[422]
    if "notSignedIn" not in str(responses.get("401")):
        operation["security"] = []


def _refuses_a_body(responses: dict[str, Any]) -> None:
    if "422" not in responses:
        responses["422"] = refusals("invalid")[422]


def _example(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """A body as somebody might send it: what is required, and what has an example of its own."""
    if "$ref" in schema:
        return _example(schemas[schema["$ref"].removeprefix(SCHEMAS)], schemas)
    for known in ("examples", "enum"):
        if known in schema:
            return schema[known][0]
    match schema.get("type"):
        case "object":
            return {
                name: _example(member, schemas)
                for name, member in schema.get("properties", {}).items()
                if name in schema.get("required", ()) or "examples" in member
            }
        case "array":
            return []
        case "boolean":
            return True
        case "integer":
            return max(1, schema.get("minimum", 1))
    return "x" * max(8, schema.get("minLength", 8))


def _spoken() -> dict[str, Any]:
    """The schemas of every frame and value, and of what they are made of."""
    kinds = sorted({*_below(Value), *_below(Frame)}, key=lambda kind: kind.__name__)
    _, components = msgspec.json.schema_components(kinds, ref_template=REF)
    return components


def _below(kind: type[Any]) -> list[type[Any]]:
    return [x for below in kind.__subclasses__() for x in (below, *_below(below))]
