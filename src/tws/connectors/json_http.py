"""Any service that gives a list of contacts as JSON over HTTP."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Literal

import httpx

from tws.connectors.http.client import Http
from tws.connectors.http.json_fields import at, fields
from tws.connectors.http.places import linked
from tws.connectors.http.settings import TlsSettings, check_address
from tws.directory.connector import Entry
from tws.forms import About
from tws.sentences import Sentence, sentence
from tws.sources.errors import Misconfigured, Unreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonSettings(TlsSettings):
    url: str = field(
        metadata=About(where=True, kind="url", help="Address of the list, or of its first page.")
    )
    items: str = field(
        default="", metadata=About(help="Where the list is, such as data.contacts; empty: at top.")
    )
    authentication: Literal["none", "basic", "bearer", "header", "query"] = field(
        default="none",
        metadata=About(help="A key is in the header, or the parameter, that is named below."),
    )
    user: str = field(default="", metadata=About(help="For Basic."))
    secret: str = field(
        default="", metadata=About(secret=True, help="The password, token or key.")
    )
    header: str = field(
        default="X-Api-Key",
        metadata=About(expert=True, help="Name of the header, or the parameter, of the key."),
    )
    paging: Literal["none", "link", "page", "offset"] = field(
        default="none",
        metadata=About(help="An answer names the next page, or TWS counts."),
    )
    next: str = field(
        default="next", metadata=About(expert=True, help="Where the link to the next page is.")
    )
    parameter: str = field(
        default="page",
        metadata=About(expert=True, help="Parameter with the page or the offset."),
    )
    first: int = field(
        default=1, metadata=About(expert=True, minimum=0, help="Number of the first page.")
    )
    size_parameter: str = field(
        default="", metadata=About(expert=True, help="Parameter with the size of a page.")
    )
    size: int = field(
        default=500, metadata=About(expert=True, minimum=1, help="Contacts of one page.")
    )

    def __post_init__(self) -> None:
        check_address("url", self.url)
        if self.authentication != "none" and not self.secret:
            raise ValueError("secret: needed for this authentication")


class JsonHttp:
    title: ClassVar[str] = "JSON over HTTP"
    Settings: ClassVar[type[JsonSettings]] = JsonSettings
    private: ClassVar[bool] = False
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "id",
        "last_name": "lastName",
        "first_name": "firstName",
        "organisation": "company",
        "work": "phone",
        "mobile": "mobile",
        "email1": "email",
    }

    def __init__(self, settings: JsonSettings, files: Path) -> None:
        self._settings, self._files = settings, files

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        with self._http() as http:
            for page in self._pages(http):
                for item in page:
                    if not isinstance(item, dict):
                        raise Misconfigured("The list holds something else than objects.")
                    if values := fields(item):
                        yield Entry(values)

    def _pages(self, http: Http) -> Iterator[list[Any]]:
        given = self._settings
        url, parameters = "", self._parameters(0, 0)
        count, number = 0, 0
        seen: set[object] = set()
        while True:
            answer = http.get(url, params=parameters or None)
            # A server that ignores the parameter gives its first page for ever.
            mark = url if given.paging == "link" else hash(answer.content)
            content = answer.json()
            page = at(content, given.items)
            if not isinstance(page, list):
                raise Misconfigured(
                    "There is no list at {place} of what {host} answers: {shape}.",
                    place=given.items or sentence("the top"),
                    host=answer.host,
                    shape=_shape(content),
                )
            if mark in seen and page:
                raise Unreachable(
                    "{host} gives the same page again: is paging right?", host=answer.host
                )
            seen.add(mark)
            yield page
            count, number = count + len(page), number + 1
            if given.paging == "none":
                return
            if given.paging == "link":
                link = at(content, given.next)
                if not link:
                    return
                url, parameters = linked(answer.url, str(link)), self._key()
            elif not page:
                return
            else:
                parameters = self._parameters(number, count)

    def _parameters(self, page: int, count: int) -> dict[str, str]:
        given, parameters = self._settings, self._key()
        if given.paging == "page":
            parameters[given.parameter] = str(given.first + page)
        elif given.paging == "offset":
            parameters[given.parameter] = str(count)
        if given.size_parameter and given.paging != "none":
            parameters[given.size_parameter] = str(given.size)
        return parameters

    def _key(self) -> dict[str, str]:
        """Links to further pages may come without it."""
        given = self._settings
        return {given.header: given.secret} if given.authentication == "query" else {}

    def _http(self) -> Http:
        given = self._settings
        auth, headers = None, {"Accept": "application/json"}
        if given.authentication == "basic":
            auth = httpx.BasicAuth(given.user, given.secret)
        elif given.authentication == "bearer":
            headers["Authorization"] = f"Bearer {given.secret}"
        elif given.authentication == "header":
            headers[given.header] = given.secret
        return Http(
            given.url,
            auth=auth,
            headers=headers,
            tls=partial(given.context, self._files),
            secrets=[given.secret],
        )


def _shape(content: object) -> Sentence:
    """What is there instead, so that the path can be mended."""
    if isinstance(content, dict):
        names = ", ".join(sorted(map(str, content))[:10])
        return sentence("it has {names}", names=names or sentence("nothing"))
    return sentence("it is a {kind}", kind=type(content).__name__)
