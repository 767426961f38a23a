"""Which addresses a template may lead to. Pure.

Nothing that runs in the page or reads the computer's own files: no `javascript:`, `data:`,
`file:`...
"""

import re
from urllib.parse import urlsplit

OPENED = frozenset({"http", "https", "mailto", "tel", "sip"})
"What a button may open."
DRAWN = frozenset({"http", "https"})
"Where an image may come from, and a page of mode URL."
LONGEST = 2000
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
"Browsers leave some of them out: `java\\nscript:` is none of ours then."


def scheme_of(address: str) -> str:
    """In lower case; empty where there is none."""
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def is_good(address: str, schemes: frozenset[str]) -> bool:
    """Whether a whole address, without tokens, may be opened or drawn."""
    if not address or len(address) > 2 * LONGEST or _CONTROL.search(address):
        return False
    scheme = scheme_of(address)
    if scheme not in schemes:
        return False
    if scheme not in DRAWN:
        return len(address) > len(scheme) + 1
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False
