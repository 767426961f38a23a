"""The helper of a desk as one file, for computers that have Python and no TWS."""

import functools
import io
import zipfile
from pathlib import Path

from fastapi import Response

import tws
from tws.web.answers import Described, refusals
from tws.web.identity import Anyone
from tws.web.operation import Operations

router = Operations("/desk", tags=["desk"])
PACKAGE = Path(tws.__file__).parent
FOLDER = "desktop"
START = "from tws.desktop.command import main\n\nmain()\n"
FIRST = b"#!/usr/bin/env python3\n"
"As PEP 441 has it: a line for the system, then the archive."
SAME_TIME = (1980, 1, 1, 0, 0, 0)
"Of every file in it: the same sources make the same bytes."
PYZ: Described = {
    200: {
        "description": "A Python zip application.",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    },
    **refusals("notSignedIn", "notAllowed"),
}


@functools.cache
def packed() -> bytes:
    """Whole, and small: it is read once."""
    sources = {"__main__.py": START, "tws/__init__.py": (PACKAGE / "__init__.py").read_text()}
    for path in sorted((PACKAGE / FOLDER).glob("*.py")):
        sources[f"tws/{FOLDER}/{path.name}"] = path.read_text()
    made = io.BytesIO(FIRST)
    made.seek(0, io.SEEK_END)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sources.items():
            archive.writestr(zipfile.ZipInfo(name, SAME_TIME), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


@router.get("/program", operation_id="getHelperProgram", responses=PYZ)
async def get_helper_program(actor: Anyone) -> Response:
    """`tws-helper.pyz`: the helper of a desk. It needs Python 3.11 or newer, and python-xlib for
    keys under X11."""
    return Response(
        packed(),
        media_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="tws-helper.pyz"'},
    )
