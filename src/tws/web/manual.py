"""The documentation, which the installation brings with it, as pages: `/manual/admin/csv.md`.

Its links are relative, so that it reads the same here and where the source is.
"""

import re
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from markdown_it import MarkdownIt
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

PLACES = (Path(__file__).parent / "manual", Path(__file__).parents[3] / "docs")
"In the wheel; in a checkout of the source."
PARTS = ("admin", "user", "toolkit", "protocols", "decisions")
CACHED = {"Cache-Control": "no-cache"}
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} - TWS</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; }}
table {{ border-collapse: collapse; display: block; overflow-x: auto; }}
th, td {{ border: 1px solid #8886; padding: .3rem .6rem; text-align: left; vertical-align: top; }}
pre {{ overflow-x: auto; padding: .8rem; border: 1px solid #8886; border-radius: .4rem; }}
</style></head>
<body><nav><a href="/manual/">Documentation</a></nav><main>
{body}</main></body></html>
"""

router = APIRouter(prefix="/manual", include_in_schema=False)


@router.get("/")
async def contents() -> Response:
    """All of it by its titles."""
    return HTMLResponse(_contents(), headers=CACHED)


@router.get("/{page:path}")
async def one_page(page: str) -> Response:
    if page not in _pages():  # a path that leaves the folder is no page either
        raise HTTPException(404)
    return HTMLResponse(_page(page), headers=CACHED)


# It is the same as long as the server runs: each page is read and rendered once.


@cache
def _contents() -> str:
    parts = [
        f"## {part.capitalize()}\n\n"
        + "\n".join(f"- [{_title(page)}](/manual/{page})" for page in pages)
        for part in PARTS
        if (pages := [name for name in _pages() if name.startswith(f"{part}/")])
    ]
    text = "# Documentation\n\n" + "\n\n".join(parts)
    return PAGE.format(title="Documentation", body=_rendered(text))


@cache
def _page(name: str) -> str:
    return PAGE.format(title=_title(name), body=_rendered(_text(name)))


@cache
def _pages() -> tuple[str, ...]:
    found = [
        file.relative_to(_folder()).as_posix()
        for part in PARTS
        for file in sorted((_folder() / part).rglob("*.md"))
    ]
    return tuple(found)


@cache
def _folder() -> Path:
    return next((place for place in PLACES if place.is_dir()), PLACES[0])


def _text(page: str) -> str:
    return (_folder() / page).read_text(encoding="utf-8")


def _title(page: str) -> str:
    return _text(page).partition("\n")[0].removeprefix("# ")


def _rendered(text: str) -> str:
    """Headings can be linked to, as where the source is shown."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            words = re.sub(r"[^\w\s-]", "", tokens[place + 1].content.lower())
            token.attrSet("id", re.sub(r"\s", "-", words))
    return str(reader.renderer.render(tokens, reader.options, {}))
