"""Signing in without a password: by one's name alone, or by the computer one sits at. Only where
an administrator chose it for somebody (6.5)."""

from ipaddress import ip_address

from tws.access.errors import LoginRefused
from tws.access.login_method import REFUSED, Credentials, Known, Verified
from tws.access.model import Owner
from tws.organisation.model import User


class ByName:
    """Whoever gives the name, and no password: a wrong one stays wrong."""

    async def verify(self, user: User | None, shown: Credentials) -> Verified:
        if user is None or shown.password:
            raise LoginRefused(REFUSED)
        return Known(Owner(user=user.id))


class ByAddress:
    """Whoever comes from the address that is written down for the user (3.3.4, `Ip`)."""

    async def verify(self, user: User | None, shown: Credentials) -> Verified:
        if user is None or shown.password or not same_address(user.ip, shown.address):
            raise LoginRefused(REFUSED)
        return Known(Owner(user=user.id))


def same_address(one: str, other: str) -> bool:
    """However each is written; never of what is no address."""
    try:
        here, there = ip_address(one), ip_address(other)
    except ValueError:
        return False
    return (getattr(here, "ipv4_mapped", None) or here) == (
        getattr(there, "ipv4_mapped", None) or there
    )
