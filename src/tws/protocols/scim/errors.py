"""What SCIM answers instead of doing it (RFC 7644, 3.12)."""

from typing import Literal

ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
ScimType = Literal[
    "invalidFilter",
    "tooMany",
    "uniqueness",
    "mutability",
    "invalidSyntax",
    "invalidPath",
    "noTarget",
    "invalidValue",
    "invalidVers",
    "sensitive",
]


class ScimError(Exception):
    """`detail` is for people: it is what an identity provider shows in its log."""

    def __init__(self, status: int, detail: str, kind: ScimType | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind = status, detail, kind


def error_body(status: int, detail: str, kind: ScimType | None = None) -> dict[str, object]:
    body: dict[str, object] = {"schemas": [ERROR], "status": str(status), "detail": detail}
    return body if kind is None else body | {"scimType": kind}
