"""Other people's pictures and pages, in frames of their own (decision 0083).

Our pages show nothing that comes from elsewhere: their policy says so, and a mistake in them could
then tell nobody anything. What a template names is shown by a page that holds nothing else, has
no script, and is let go no further than its frame.
"""

from html import escape
from typing import Annotated

from fastapi import Query
from starlette.responses import HTMLResponse

from tws.alerter.addresses import DRAWN, is_good
from tws.errors import Invalid
from tws.web.identity import Anyone
from tws.web.operation import Operations

router = Operations("/frames", under="", in_schema=False)
Source = Annotated[str, Query(max_length=4000)]
STYLE = "html,body{margin:0;height:100%;background:none}img{display:block}"
FRAME = "iframe{display:block;border:0;width:100%;height:100%}"
LET = "allow-scripts allow-forms allow-same-origin allow-popups allow-downloads"
"What a page may do in its frame: everything but lead away the page around it."
BEGIN = '<!doctype html><html><head><meta charset="utf-8"><title>TWS</title><style>{style}</style>'


@router.get("/image")
async def image(actor: Anyone, src: Source) -> HTMLResponse:
    """A picture of somebody else's, at its own size."""
    shown = f'<img alt="" referrerpolicy="no-referrer" src="{_address(src)}">'
    return _page(STYLE, shown, "img-src http: https:", "sandbox")


@router.get("/page")
async def page(actor: Anyone, src: Source) -> HTMLResponse:
    """A page of somebody else's."""
    shown = (
        f'<iframe title="TWS Alerter" referrerpolicy="no-referrer" sandbox="{LET}"'
        f' src="{_address(src)}"></iframe>'
    )
    return _page(STYLE + FRAME, shown, "frame-src http: https:")


def _address(src: str) -> str:
    """As it stands in an attribute."""
    if not is_good(src, DRAWN):
        raise Invalid("An address that begins with http:// or https:// is expected.", field="src")
    return escape(src, quote=True)


def _page(style: str, body: str, *policy: str) -> HTMLResponse:
    content = f"{BEGIN.format(style=style)}</head><body>{body}</body></html>"
    rules = (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        *policy,
    )
    headers = {
        "Content-Security-Policy": "; ".join(rules),
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(content, headers=headers)
