"""The pages: files built beforehand, with one fallback for each page's own addresses."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

STATIC = Path(__file__).parent / "static"
ASSETS = "assets/"
"Names in this folder carry a hash of their content, so that they never change."
FOR_EVER = "public, max-age=31536000, immutable"
MANIFEST, MANIFEST_TYPE = ".webmanifest", "application/manifest+json"
"W3C, Web Application Manifest; lists of types of most systems lack it."

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>TWS</title>
<h1>The pages are not built</h1>
<p>TWS is running, but its pages are missing from this installation. In a checkout of the source,
<code>make run</code> builds them; a released package has them inside.</p>
<p>The API answers all the same: <a href="/api/openapi.json">/api/openapi.json</a>.</p>
</html>
"""


class Pages:
    """ASGI application for everything that is not the API."""

    def __init__(self, folder: Path = STATIC) -> None:
        self.folder = folder
        self._files = StaticFiles(directory=folder, check_dir=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise HTTPException(404)
        path = scope["path"].lstrip("/")
        if path.split("/")[0] == "api":
            raise HTTPException(404)
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        response = await self._file(path, scope)
        await response(scope, receive, send)

    async def _file(self, path: str, scope: Scope) -> Response:
        last = path.rpartition("/")[2]
        if "." in last:  # a file: it is there or it is not
            response = await self._files.get_response(path, scope)
            fixed = path.startswith(ASSETS) and response.status_code in (200, 304)
            response.headers["Cache-Control"] = FOR_EVER if fixed else "no-cache"
            if path.endswith(MANIFEST) and response.status_code == 200:
                response.headers["Content-Type"] = MANIFEST_TYPE
            return response
        return self._page("admin.html" if path.split("/")[0] == "admin" else "index.html")

    def _page(self, name: str) -> Response:
        page = self.folder / name
        if not page.is_file():
            return HTMLResponse(NOT_BUILT, 503, {"Cache-Control": "no-store"})
        return FileResponse(page, headers={"Cache-Control": "no-cache"})
