"""What the helper asks of its server."""

import json
import secrets
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any

from tws.desktop.settings import Settings
from tws.desktop.websocket import WebSocket

PATIENCE = 30.0
"Seconds: the PBX may be slow."
SILENCE = 50.0
"Seconds; the live stream ticks every 15."


class Refused(Exception):
    """The server said no: `why` and `detail` of its problem (RFC 9457)."""

    def __init__(self, problem: Mapping[str, Any], status: int) -> None:
        self.why = str(problem.get("why") or "")
        super().__init__(str(problem.get("detail") or f"HTTP {status}"))


class Server:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._base = f"{settings.server.rstrip('/')}/api/v1"
        self._context = ssl.create_default_context(cafile=settings.ca_file)
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=self._context), _NoRedirect()
        )

    def live(self) -> WebSocket:
        """The live stream, before the hello. OSError."""
        headers = {"Authorization": f"Bearer {self._settings.key}"}
        return WebSocket(f"{self._base}/live", headers, SILENCE, self._context)

    def call_selected(self, number: str) -> None:
        """Raises Refused, OSError."""
        body = {"number": number, "device": self._settings.device}
        self._send("POST", "/desk/helper/callSelected", body)

    def call_chosen(self, key: int) -> None:
        """Of Ctrl+Fn. Raises Refused, OSError."""
        body = {"key": key, "device": self._settings.device}
        self._send("POST", "/desk/helper/callChosen", body)

    def report(self, order: str, outcome: str) -> None:
        """Raises Refused, OSError."""
        self._send("PUT", f"/desk/helper/runs/{order}", {"outcome": outcome})

    def _send(self, method: str, path: str, body: Mapping[str, object]) -> None:
        headers = {
            "Authorization": f"Bearer {self._settings.key}",
            "Content-Type": "application/json",
        }
        if method == "POST":
            headers["Idempotency-Key"] = secrets.token_hex(16)
        request = urllib.request.Request(  # noqa: S310 - https, or this computer: Settings
            self._base + path, data=json.dumps(body).encode(), headers=headers, method=method
        )
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            raise Refused(_problem(error), error.code) from error
        except HTTPException as error:
            raise ConnectionError(f"no answer that can be read: {error}") from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The key is for the server that it was made by."""

    def redirect_request(self, *_: object) -> None:
        return None


def _problem(error: urllib.error.HTTPError) -> dict[str, Any]:
    try:
        found = json.load(error)
    except (ValueError, OSError):
        return {}
    return found if isinstance(found, dict) else {}
