"""The documentation, which the installation brings with it, as pages: `/manual/fr/admin/csv.md`.

Without a language in it, an address gives what the browser prefers. A page that nobody has put
into French is shown in English, with French around it.
"""

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from fastapi import Request
from markdown_it import MarkdownIt
from markdown_it.token import Token
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from tws.web.operation import Operations

PLACES = (Path(__file__).parent / "manual", Path(__file__).parents[3] / "docs")
"In the wheel; in a checkout of the source."
PARTS = {
    "admin": {"en": "Administration", "fr": "Administration"},
    "user": {"en": "For users", "fr": "Pour les utilisateurs"},
    "toolkit": {"en": "Toolkit", "fr": "Toolkit"},
    "protocols": {"en": "PBXs", "fr": "Les PBX"},
    "decisions": {"en": "Decisions", "fr": "Décisions"},
}
LANGUAGES = {"en": "English", "fr": "Français"}
FIRST = ("admin/first-steps.md", "admin/install.md", "admin/settings.md")
"Before the others, which are in the order of their names."
SWITCHES = {"en": "This page in English", "fr": "Cette page en français"}
NO_FRENCH = '<p><em lang="fr">Cette page n’existe qu’en anglais.</em></p>\n'
HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} - TWS</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; }}
nav {{ display: flex; justify-content: space-between; gap: 1rem; }}
table {{ border-collapse: collapse; display: block; overflow-x: auto; }}
th, td {{ border: 1px solid #8886; padding: .3rem .6rem; text-align: left; vertical-align: top; }}
pre {{ overflow-x: auto; padding: .8rem; border: 1px solid #8886; border-radius: .4rem; }}
</style></head>
<body><nav><a href="/manual/{language}/">Documentation</a>{switch}</nav>
<main lang="{written}">
{body}</main></body></html>
"""

router = Operations("/manual", under="", in_schema=False)


@router.get("/")
async def contents(request: Request) -> Response:
    """All of it by its titles."""
    return HTMLResponse(_contents(_preferred(request)), headers=HEADERS)


@router.get("/{page:path}")
async def one_page(page: str, request: Request) -> Response:
    language, _, named = page.partition("/")
    if language not in LANGUAGES:
        language, named = _preferred(request), page
    if not named:
        return HTMLResponse(_contents(language), headers=HEADERS)
    if named not in _pages():  # a path that leaves the folder is no page either
        raise HTTPException(404)
    return HTMLResponse(_page(named, language), headers=HEADERS)


def _preferred(request: Request) -> str:
    """The language that the browser asks for first, of those that there are (RFC 9110, 12.5.4)."""
    found = "en", 0.0
    for asked in request.headers.get("accept-language", "").lower().split(","):
        tag, _, weight = asked.replace(" ", "").partition(";q=")
        language = tag.partition("-")[0]
        much = float(weight) if re.fullmatch(r"[01](\.\d{0,3})?", weight) else 1.0
        if language in LANGUAGES and much > found[1]:
            found = language, much
    return found[0]


# It is the same as long as the server runs: each page is read and rendered once.


@cache
def _contents(language: str) -> str:
    parts = [
        f"## {titles[language]}\n\n"
        + "\n".join(_entry(page, language) for page in sorted(pages, key=_order))
        for part, titles in PARTS.items()
        if (pages := [name for name in _pages() if name.startswith(f"{part}/")])
    ]
    text = "# Documentation\n\n" + "\n\n".join(parts)
    return _shown("Documentation", language, language, "", _rendered(text))


def _order(page: str) -> tuple[int, str]:
    """A folder's pages come after the page of the same name."""
    return FIRST.index(page) if page in FIRST else len(FIRST), page.removesuffix(".md")


def _entry(page: str, language: str) -> str:
    deeper = "  " * (page.count("/") - 1)
    return f"{deeper}- [{_title(page, language)}](/manual/{language}/{page})"


@cache
def _page(name: str, language: str) -> str:
    file, written = _file(name, language)
    body = (NO_FRENCH if written != language else "") + _rendered(_text(file), file, language)
    return _shown(_title(name, language), language, written, name, body)


def _shown(title: str, language: str, written: str, page: str, body: str) -> str:
    (other,) = LANGUAGES.keys() - {language}
    switch = (
        f'<a href="/manual/{other}/{page}" hreflang="{other}" lang="{other}"'
        f' title="{SWITCHES[other]}">{LANGUAGES[other]}</a>'
    )
    return PAGE.format(title=title, language=language, written=written, switch=switch, body=body)


@cache
def _pages() -> tuple[str, ...]:
    """By the names of their English files."""
    found = [
        file.relative_to(_folder()).as_posix()
        for part in PARTS
        for file in sorted((_folder() / part).rglob("*.md"))
    ]
    return tuple(name for name in found if _english(name) == name)


def _file(page: str, language: str) -> tuple[str, str]:
    """Its file in this language, if there is one, and the language that it is written in."""
    part, _, rest = page.partition("/")
    french = f"{part}/fr/{rest}"
    if language == "fr" and (_folder() / french).is_file():
        return french, "fr"
    return page, "en"


def _english(file: str) -> str:
    """What the file is called as a page."""
    return re.sub(r"^(\w+)/fr/", r"\1/", file)


@cache
def _folder() -> Path:
    return next((place for place in PLACES if place.is_dir()), PLACES[0])


def _text(file: str) -> str:
    return (_folder() / file).read_text(encoding="utf-8")


def _title(page: str, language: str) -> str:
    return _text(_file(page, language)[0]).partition("\n")[0].removeprefix("# ")


def _rendered(text: str, file: str = "", language: str = "en") -> str:
    """Headings can be linked to, as where the source is shown."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            words = re.sub(r"[^\w\s-]", "", tokens[place + 1].content.lower())
            token.attrSet("id", re.sub(r"\s", "-", words))
        for child in token.children or ():
            if file and child.type == "link_open":
                _lead(child, file, language)
    return str(reader.renderer.render(tokens, reader.options, {}))


def _lead(link: Token, file: str, language: str) -> None:
    """A link between files, which is relative, to the page of the other in this language."""
    target, mark, place = str(link.attrGet("href")).partition("#")
    page = _english(normpath(join(dirname(file), target)))
    if target and page in _pages():
        link.attrSet("href", f"/manual/{language}/{page}{mark}{place}")
