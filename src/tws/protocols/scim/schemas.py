"""What this server says of itself (RFC 7643, 5 to 7): which resources it has, which of their
attributes it keeps, and what it can do."""

from collections.abc import Mapping
from typing import Any

from tws.protocols.scim.asking import MOST
from tws.protocols.scim.attributes import ENTERPRISE, GROUP, USER, Resource

CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
RESOURCE_TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema"
NOT_KEPT = "Taken, and not kept."


def _attribute(name: str, words: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": name,
        "type": kind,
        "multiValued": False,
        "description": words,
        "required": False,
        "mutability": "readWrite",
        "returned": "default",
    }
    if kind in ("string", "reference"):
        said |= {"caseExact": False, "uniqueness": "none"}
    return said | more


def _several(name: str, words: str, *subs: dict[str, Any], **more: Any) -> dict[str, Any]:
    return _attribute(name, words, "complex", multiValued=True, subAttributes=list(subs), **more)


_NAME = _attribute(
    "name",
    "What somebody is called.",
    "complex",
    subAttributes=[
        _attribute("familyName", "The last name."),
        _attribute("givenName", "The first name."),
        _attribute("formatted", "Both.", mutability="readOnly"),
    ],
)
_USER = [
    _attribute(
        "userName",
        "By which somebody signs in. Without blanks.",
        required=True,
        uniqueness="server",
    ),
    _NAME,
    _attribute("displayName", "First and last name.", mutability="readOnly"),
    _attribute("preferredLanguage", "Of the pages: fr or en; otherwise the browser's."),
    _attribute("active", "Who is not cannot sign in, and is signed out.", "boolean"),
    _several(
        "emails",
        "One is kept: the primary one, or else that of work, or else the first.",
        _attribute("value", "The address."),
        _attribute("type", "What is returned is work.", canonicalValues=["work"]),
        _attribute("primary", "Whether it is the one that counts.", "boolean"),
    ),
    _several(
        "phoneNumbers",
        "That of work becomes an extension, where the connection names a link.",
        _attribute("value", "The number."),
        _attribute("type", "Others are not kept.", canonicalValues=["work", "mobile"]),
    ),
    _several(
        "groups",
        "Those that this connection may see.",
        _attribute("value", "The id.", mutability="readOnly", caseExact=True),
        _attribute("display", "The name.", mutability="readOnly"),
        _attribute(
            "$ref", "The address.", "reference", mutability="readOnly", referenceTypes=["Group"]
        ),
        mutability="readOnly",
    ),
    _attribute("title", NOT_KEPT, returned="never"),
    _attribute("password", NOT_KEPT, mutability="writeOnly", returned="never"),
]
_GROUP = [
    _attribute("displayName", "Unique in its domain.", required=True, uniqueness="server"),
    _several(
        "members",
        "Users that this connection may see. Groups are no members.",
        _attribute("value", "The id.", mutability="immutable", caseExact=True),
        _attribute("display", "The name.", mutability="readOnly"),
        _attribute(
            "$ref", "The address.", "reference", mutability="immutable", referenceTypes=["User"]
        ),
    ),
]
_ENTERPRISE = [
    _attribute("department", NOT_KEPT, returned="never"),
    _attribute(
        "manager",
        NOT_KEPT,
        "complex",
        returned="never",
        subAttributes=[_attribute("value", NOT_KEPT, returned="never")],
    ),
]


def schemas(base: str) -> list[Resource]:
    """`base`: the address above the endpoints."""
    told: tuple[tuple[str, str, str, list[dict[str, Any]]], ...] = (
        (USER, "User", "A user of a domain.", _USER),
        (GROUP, "Group", "Users to whom something is granted together.", _GROUP),
        (ENTERPRISE, "EnterpriseUser", "Nothing of it is kept.", _ENTERPRISE),
    )
    return [
        {
            "schemas": [SCHEMA],
            "id": id,
            "name": name,
            "description": words,
            "attributes": attributes,
            "meta": {"resourceType": "Schema", "location": f"{base}/Schemas/{id}"},
        }
        for id, name, words, attributes in told
    ]


def resource_types(base: str) -> list[Resource]:
    return [
        {
            "schemas": [RESOURCE_TYPE],
            "id": name,
            "name": name,
            "description": words,
            "endpoint": f"/{name}s",
            "schema": schema,
            "schemaExtensions": extensions,
            "meta": {"resourceType": "ResourceType", "location": f"{base}/ResourceTypes/{name}"},
        }
        for name, words, schema, extensions in (
            ("User", "Users", USER, [{"schema": ENTERPRISE, "required": False}]),
            ("Group", "Groups", GROUP, []),
        )
    ]


def provider_config(base: str) -> Mapping[str, object]:
    return {
        "schemas": [CONFIG],
        "patch": {"supported": True},
        "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": MOST},
        "changePassword": {"supported": False},
        "sort": {"supported": False},
        "etag": {"supported": True},
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Bearer token",
                "description": "Made in Administration, for one domain.",
                "specUri": "https://www.rfc-editor.org/info/rfc6750",
                "primary": True,
            }
        ],
        "meta": {
            "resourceType": "ServiceProviderConfig",
            "location": f"{base}/ServiceProviderConfig",
        },
    }
