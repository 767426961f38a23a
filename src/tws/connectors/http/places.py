"""Where an address leads that somebody else wrote, or that must not lead back to us."""

import asyncio
import ipaddress
import socket
from enum import Enum, auto
from urllib.parse import urljoin

from tws.sources.errors import Misconfigured, Unreachable

NAT64 = ipaddress.ip_network("64:ff9b::/96")
"RFC 6052, 2.1: an IPv4 address stands in its last 32 bits."
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Reach(Enum):
    """Which addresses may be written to."""

    ANY = auto()
    OTHERS = auto()
    "Not those of this machine or its wire."
    PUBLIC = auto()
    "Those of the Internet."


class NotAsked(Misconfigured):
    """Whoever is there, it is not asked: the address cannot be read, or is not allowed."""


def own(place: str) -> bool:
    """Whether an IP address is of this machine or its wire alone, or of no machine."""
    meant = _meant(place)
    return (
        meant.is_loopback
        or meant.is_link_local
        or meant.is_unspecified
        or meant.is_multicast
        or meant.is_reserved
    )


def is_public(place: str) -> bool:
    """Of the Internet: no address of this machine, of its network, or of none."""
    meant = _meant(place)
    return meant.is_global and not meant.is_multicast


async def looked_up(host: str, port: int, reach: Reach) -> str:
    """The IP address to ask: that one, since a name may change meanwhile. NotAsked; another
    ConnectorError where the name is not known."""
    return await asyncio.to_thread(look_up, host, port, reach)


def look_up(host: str, port: int, reach: Reach) -> str:
    """The same; it blocks."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise Unreachable(
                "The name {host} cannot be looked up at present.", host=host
            ) from error
        raise Misconfigured("There is no host {host}.", host=host) from error
    except (OSError, UnicodeError) as error:
        raise Misconfigured("There is no host {host}.", host=host) from error
    for place in found:
        if _within(reach, str(place[4][0])):
            return str(place[4][0])
    if reach is Reach.PUBLIC:
        raise NotAsked("{host} has no address of the Internet.", host=host)
    raise NotAsked("{host} is an address of this machine itself, which is not asked.", host=host)


def _within(reach: Reach, place: str) -> bool:
    match reach:
        case Reach.ANY:
            return True
        case Reach.OTHERS:
            return not own(place)
        case Reach.PUBLIC:
            return is_public(place)


def _meant(place: str) -> IpAddress:
    """What is reached by it: IPv6 has ways to write addresses of IPv4."""
    address = ipaddress.ip_address(place.partition("%")[0])
    if address.version == 4:
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address


def linked(seen_from: str, reference: str) -> str:
    """The whole address of what an answer from there refers to. Misconfigured where it is none."""
    try:
        return urljoin(seen_from, reference)
    except ValueError as error:
        raise Misconfigured("This is no address that can be read.") from error
