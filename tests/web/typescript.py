"""The types of the pages, made of the description of the API: `python -m tests.web.typescript`.

One type for each schema, under its own name; the pages give them the names that people use in
`types.ts`. Only what our description contains is understood: anything else is a KeyError here.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tws.web.server import openapi

PLACE = Path(__file__).parents[2] / "frontend/src/shared/api/types.generated.ts"
HEAD = "/** What the API and the live stream say and are told. Written by `make types`. */\n"
WIDTH = 100
PLAIN = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}
Schema = Mapping[str, Any]


def typescript(document: Schema) -> str:
    """The whole file."""
    schemas = document["components"]["schemas"]
    asked = [
        operation["operationId"]
        for methods in document["paths"].values()
        for operation in methods.values()
        if "telephony" in operation["tags"]
    ]
    telephony = {"description": "What a telephone can be asked to do.", "enum": sorted(asked)}
    types = {**schemas, "TelephonyOperation": telephony}
    return HEAD + "".join(_declared(name, schema) for name, schema in sorted(types.items()))


def _declared(name: str, schema: Schema) -> str:
    text = f"export type {name} = {_type(schema)};"
    if len(text.partition("\n")[0]) > WIDTH and "enum" in schema:
        text = text.replace(" = ", " =\n  | ").replace('" | "', '"\n  | "')
    return f"\n{_comment(schema)}{text}\n"


def _comment(schema: Schema, indent: str = "") -> str:
    words = " ".join(schema.get("description", "").split())
    return f"{indent}/** {words} */\n" if words else ""


def _type(schema: Schema, indent: str = "") -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(each, indent) for each in schema["anyOf"]))
    if "type" not in schema:
        return "unknown"
    if schema["type"] == "array":
        items = _type(schema["items"], indent)
        return f"({items})[]" if " | " in items else f"{items}[]"
    if schema["type"] == "object":
        return _object(schema, indent)
    return PLAIN[schema["type"]]


def _object(schema: Schema, indent: str) -> str:
    if "properties" not in schema:
        more = schema.get("additionalProperties")
        return f"Record<string, {_type(more, indent) if isinstance(more, Mapping) else 'unknown'}>"
    deeper = indent + "  "
    required = schema.get("required", ())
    members = "".join(
        f"{_comment(member, deeper)}{deeper}{name}{'' if name in required else '?'}: "
        f"{_type(member, deeper)};\n"
        for name, member in schema["properties"].items()
    )
    return f"{{\n{members}{indent}}}"


if __name__ == "__main__":
    PLACE.write_text(typescript(openapi()))
