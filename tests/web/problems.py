"""What every error looks like."""

from typing import Any

import httpx


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Check that `answer` is that problem, and return it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status and body["code"] == code, body
    assert body["type"] == f"urn:tws:problem:{code}"
    assert body["title"] and body["detail"]
    assert body.get("why") or code != "notAllowed", "a denial without its reason"
    return body
