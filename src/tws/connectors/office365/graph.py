"""Microsoft Graph as an application without a user (app-only): where its clouds are, its tokens
and its pages. Directories and calendars use it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from tws.connectors.http.client import Bearer, Http
from tws.connectors.http.oauth import token
from tws.forms import About
from tws.sources.errors import Misconfigured

VERSION = "/v1.0"
HEADERS = {"Accept": "application/json", "Prefer": 'IdType="ImmutableId"'}
"With immutable ids a contact that is moved to another folder stays the same card."


@dataclass(frozen=True, slots=True)
class Cloud:
    """Origins of one cloud."""

    login: str
    graph: str


CLOUDS: Mapping[str, Cloud] = {
    "worldwide": Cloud("https://login.microsoftonline.com", "https://graph.microsoft.com"),
    "us government": Cloud("https://login.microsoftonline.us", "https://graph.microsoft.us"),
    "us defence": Cloud("https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
    "china": Cloud("https://login.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphSettings:
    """An application registered in Entra, with permissions granted by an administrator."""

    tenant: str = field(
        metadata=About(where=True, help="Directory (tenant) ID, or a domain of the tenant.")
    )
    client_id: str = field(metadata=About(help="Application (client) ID."))
    client_secret: str = field(
        metadata=About(secret=True, help="Value of a client secret of the application.")
    )
    cloud: Literal["worldwide", "us government", "us defence", "china"] = field(
        default="worldwide", metadata=About(where=True, expert=True, help="Where the tenant is.")
    )


def client(given: GraphSettings, clouds: Mapping[str, Cloud] = CLOUDS) -> Http:
    """Asks for a token when it is first used."""
    cloud = clouds[given.cloud]

    def fetch() -> str:
        return token(
            f"{cloud.login}/{quote(given.tenant, safe='')}/oauth2/v2.0/token",
            {
                "grant_type": "client_credentials",
                "client_id": given.client_id,
                "client_secret": given.client_secret,
                "scope": f"{cloud.graph}/.default",
            },
            secrets=[given.client_secret],
        )

    return Http(cloud.graph, auth=Bearer(fetch), headers=HEADERS, secrets=[given.client_secret])


def items(http: Http, path: str, parameters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Everything of a collection, page after page (`@odata.nextLink`)."""
    url, params = VERSION + path, dict(parameters)
    while url:
        answer = http.get(url, params=params)
        page = answer.json()
        found = page.get("value") if isinstance(page, dict) else None
        if not isinstance(found, list):
            raise Misconfigured(
                "{host} answers without a list at {path}.", host=answer.host, path=path
            )
        if not all(isinstance(one, dict) for one in found):
            raise Misconfigured("The list holds something else than objects.")
        yield from found
        # The link has all parameters in it.
        url, params = str(page.get("@odata.nextLink") or ""), {}
