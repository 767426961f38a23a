"""Answers, and their description for `/api/openapi.json`, from one and the same type."""

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import Response

from tws.web.errors import CODES, MEDIA_TYPE

SCHEMAS = "#/components/schemas/"
REF = SCHEMAS + "{name}"
JSON = "application/json"
encode = msgspec.json.Encoder().encode

Described = dict[int | str, dict[str, Any]]
"The `responses` of an operation."


def answer(value: object, status: int = 200) -> Response:
    """A value as JSON."""
    return Response(encode(value), status, media_type=JSON)


def answers(
    kind: Any,
    *errors: str,
    status: int = 200,
    description: str = "Done.",
    example: object = None,
) -> Described:
    """What an operation answers: `kind` (None = no content), or one of the error codes."""
    given: dict[str, Any] = {"description": description}
    if kind is not None:
        (schema,), _ = msgspec.json.schema_components([kind], ref_template=REF)
        given["content"] = {JSON: {"schema": schema}}
        if example is not None:
            given["content"][JSON]["example"] = example
    return {status: given, **refusals(*errors)}


def refusals(*codes: str) -> Described:
    """The errors of an operation by status, each with an example."""
    found: Described = {}
    for code in codes:
        status, title = CODES[code]
        entry = found.setdefault(
            status,
            {
                "description": "",
                "content": {MEDIA_TYPE: {"schema": {"$ref": SCHEMAS + "Problem"}, "examples": {}}},
            },
        )
        words = f"`{code}`: {title}."
        entry["description"] = f"{entry['description']} {words}".strip()
        entry["content"][MEDIA_TYPE]["examples"][code] = {"value": problem_example(code)}
        if status in (429, 503):
            entry["headers"] = {
                "Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}
            }
    return found


def problem_example(code: str) -> Mapping[str, object]:
    status, title = CODES[code]
    example: dict[str, object] = {
        "type": f"urn:tws:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": f"{title}.",
    }
    if code == "refused":
        example |= {"detail": "The PBX refused.", "cause": "invalidConnectionState"}
    if code == "invalid":
        example |= {"field": "called"}
    return example
