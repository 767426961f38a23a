"""Which carrier brings the bytes of a link. To add one: write it, describe it in `carrier.py`, and
add its line here.
"""

from typing import assert_never

from tws.net.carrier import Carriage, Carrier, CarrierUser, Dials, Exchanges, Listens
from tws.net.datagram import Datagram
from tws.net.listener import Listener
from tws.net.stream import Stream


def carrier(by: Carriage, user: CarrierUser) -> Carrier:
    """A new one for `user`; nothing is bound or dialled yet."""
    match by:
        case Dials():
            return Stream(user)
        case Listens(host, port, tls):
            return Listener(user, host, port, tls=tls)
        case Exchanges(host, port):
            return Datagram(user, host, port)
        case _:
            assert_never(by)
