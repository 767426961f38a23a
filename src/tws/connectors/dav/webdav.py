"""WebDAV as address books and calendars use it: PROPFIND and REPORT, and what is found where
(RFC 4918, RFC 6764). Knows nothing of what is in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from lxml import etree

from tws.connectors.http.client import Answer, Http
from tws.connectors.http.places import linked
from tws.sentences import sentence
from tws.sources.errors import Misconfigured, Unreachable

DAV = "{DAV:}"
NAMESPACES = (
    'xmlns:D="DAV:" xmlns:A="urn:ietf:params:xml:ns:carddav" '
    'xmlns:C="urn:ietf:params:xml:ns:caldav"'
)
HEADERS = {"Content-Type": "application/xml; charset=utf-8"}
TRUNCATED = 507
NONE_THERE = (404, 405, 501)


@dataclass(frozen=True, slots=True)
class Found:
    """One `response` of a multistatus: its properties, or a status of its own."""

    url: str
    status: int
    properties: dict[str, etree._Element]
    "Those with success, by name: `{DAV:}getetag`."

    def text(self, name: str) -> str:
        element = self.properties.get(name)
        return "" if element is None else (element.text or "").strip()

    def hrefs(self, name: str) -> list[str]:
        """Whole addresses within a property."""
        element = self.properties.get(name)
        found = [] if element is None else element.findall(f"{DAV}href")
        return [linked(self.url, (one.text or "").strip()) for one in found]

    def has_type(self, name: str) -> bool:
        kinds = self.properties.get(f"{DAV}resourcetype")
        return kinds is not None and kinds.find(name) is not None


def propfind(
    http: Http, url: str, depth: int, names: str, expected: tuple[int, ...] = ()
) -> list[Found]:
    """`names`: as `<D:displayname/>`. Empty where the answer has an `expected` status."""
    body = f"<D:propfind {NAMESPACES}><D:prop>{names}</D:prop></D:propfind>"
    return _ask(http, "PROPFIND", url, body, depth, expected)


def report(http: Http, url: str, body: str, depth: int) -> list[Found]:
    """`body`: a whole report with NAMESPACES. Unreachable where only a part is given."""
    found = _ask(http, "REPORT", url, body, depth, ())
    if any(one.status == TRUNCATED for one in found):
        # What is missing would look as if it had been deleted.
        raise Unreachable("The server gives only a part of what it has.")
    return found


@dataclass(frozen=True, slots=True)
class Kind:
    """Collections of one kind. `title`: one of them, in words."""

    title: str
    type: str
    home: str
    "The property with the places where somebody's are."
    asked: str
    "What is to be known of each: as for `propfind`."
    well_known: str

    def at(self, http: Http, url: str, *, own: bool) -> list[Found]:
        """Those at that address, of that principal, or (`own`) of whoever we are (RFC 6764)."""
        asked = f"<D:resourcetype/><D:displayname/><D:current-user-principal/>{self.asked}"
        for start in (url, urljoin(url, self.well_known)) if own else (url,):
            for found in propfind(http, start, 0, asked, NONE_THERE):
                if found.has_type(self.type):
                    return [found]
                homes = found.hrefs(self.home)
                if not homes and own:
                    homes = self._of_principal(http, found)
                within = [each for home in homes or [found.url] for each in self._in(http, home)]
                if within:
                    return within
        raise Misconfigured("There is no {title} at this address.", title=self.title)

    def _of_principal(self, http: Http, found: Found) -> list[str]:
        return [
            home
            for principal in found.hrefs(f"{DAV}current-user-principal")
            for of in propfind(http, principal, 0, self.asked)
            for home in of.hrefs(self.home)
        ]

    def _in(self, http: Http, home: str) -> list[Found]:
        asked = f"<D:resourcetype/><D:displayname/>{self.asked}"
        return [one for one in propfind(http, home, 1, asked) if one.has_type(self.type)]

    def chosen(self, found: list[Found], names: str) -> list[Found]:
        """Those of these names, between commas; all of them where none is given."""
        wanted = [name.strip() for name in names.split(",") if name.strip()]
        named = {_name(each): each for each in found}
        missing = [name for name in wanted if name not in named]
        if missing:
            raise Misconfigured(
                "There is no {title} {missing}; there are: {there}.",
                title=self.title,
                missing=", ".join(missing),
                there=", ".join(sorted(named)) or sentence("none"),
            )
        return [named[name] for name in wanted] or found


def _name(found: Found) -> str:
    return found.text(f"{DAV}displayname") or found.url.rstrip("/").rpartition("/")[2]


def href(url: str) -> str:
    """For a report's body."""
    return f"<D:href>{escape(url)}</D:href>"


def _ask(
    http: Http, method: str, url: str, body: str, depth: int, expected: tuple[int, ...]
) -> list[Found]:
    answer = http.request(
        method,
        url,
        headers={**HEADERS, "Depth": str(depth)},
        content=f'<?xml version="1.0" encoding="utf-8"?>{body}'.encode(),
        expected=expected,
    )
    return [] if answer.status in expected else list(_found(answer))


def _found(answer: Answer) -> Iterator[Found]:
    for response in answer.xml().iterfind(f"{DAV}response"):
        properties = {}
        for group in response.iterfind(f"{DAV}propstat"):
            if _status(group) == 200:
                for one in group.iterfind(f"{DAV}prop/*"):
                    properties[str(one.tag)] = one
        where = linked(answer.url, response.findtext(f"{DAV}href", "").strip())
        yield Found(where, _status(response), properties)


def _status(element: etree._Element) -> int:
    """Of `HTTP/1.1 404 Not Found`; 200 where none is said."""
    _, _, rest = element.findtext(f"{DAV}status", "HTTP/1.1 200").strip().partition(" ")
    return int(rest[:3]) if rest[:3].isdecimal() else 200
