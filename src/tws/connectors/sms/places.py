"""Where gateways are: names are looked up here, and what is not allowed is not asked."""

import asyncio
import socket

from tws.connectors.http.places import own
from tws.sources.errors import Misconfigured, Unreachable


async def allowed(host: str, port: int, *, local: bool) -> str:
    """The IP address to ask: that one, since a name may change meanwhile. `local`: also one of
    this machine. ConnectorError."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise Unreachable(
                "The name {host} cannot be looked up at present.", host=host
            ) from error
        raise Misconfigured("There is no host {host}.", host=host) from error
    except (OSError, UnicodeError) as error:
        raise Misconfigured("There is no host {host}.", host=host) from error
    places = [str(place[4][0]) for place in found]
    ours = [place for place in places if local or not own(place)]
    if not ours:
        raise Misconfigured(
            "{host} is an address of this machine itself, which is not asked.", host=host
        )
    return ours[0]
