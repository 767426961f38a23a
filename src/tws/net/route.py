"""Where this machine stands, seen from a host it talks to."""

import asyncio
import socket


async def own_address(host: str) -> str | None:
    """The address from which this machine reaches `host`; None where it does not reach it.

    Nothing is sent. A translation of addresses on the way is not seen.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, 9, type=socket.SOCK_DGRAM)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as asking:
            asking.connect(address)  # a datagram's: it chooses the way, no more
            own: str = asking.getsockname()[0]
    except (OSError, UnicodeError):
        return None
    return own.partition("%")[0]
