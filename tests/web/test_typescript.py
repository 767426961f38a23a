"""The types of the pages are those of the API."""

import pytest

from tests.web.typescript import PLACE, typescript
from tws.web.server import openapi


def test_the_pages_know_what_the_api_says() -> None:
    assert PLACE.read_text() == typescript(openapi()), "the API has changed: run `make types`"


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"enum": ["a", "b"]}, '"a" | "b"'),
        ({"anyOf": [{"type": "integer"}, {"type": "number"}, {"type": "null"}]}, "number | null"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Y"}}, "Y[]"),
        ({"type": "array", "items": {"enum": [1, 2]}}, "(1 | 2)[]"),
        (
            {"type": "object", "additionalProperties": {"type": "boolean"}},
            "Record<string, boolean>",
        ),
        ({"type": "object"}, "Record<string, unknown>"),
        (
            {
                "type": "object",
                "required": ["a"],
                "properties": {"a": {"type": "string", "description": "A."}, "b": {}},
            },
            "{\n  /** A. */\n  a: string;\n  b?: unknown;\n}",
        ),
    ],
)
def test_a_schema_as_a_type(schema: dict[str, object], text: str) -> None:
    document = {"paths": {}, "components": {"schemas": {"X": schema}}}
    assert f"export type X = {text};\n" in typescript(document)


def test_telephony_operations_are_known_by_name() -> None:
    operations = {
        "/a": {"post": {"operationId": "makeCall", "tags": ["telephony"]}},
        "/b": {"get": {"operationId": "listUsers", "tags": ["administration"]}},
    }
    made = typescript({"paths": operations, "components": {"schemas": {}}})
    assert 'export type TelephonyOperation = "makeCall";' in made
