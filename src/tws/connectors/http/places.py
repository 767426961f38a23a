"""Where an address leads that somebody else wrote, or that must not lead back to us."""

import ipaddress


def own(place: str) -> bool:
    """Whether an IP address is of this machine or its wire alone, or of no machine."""
    address = ipaddress.ip_address(place.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or address
    return (
        mapped.is_loopback
        or mapped.is_link_local
        or mapped.is_unspecified
        or mapped.is_multicast
        or mapped.is_reserved
    )
