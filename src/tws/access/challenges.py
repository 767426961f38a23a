"""Which questions to authenticators are open: each is answered once, at whichever node."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from tws.access.awaited import Awaited, Everywhere
from tws.access.login_method import Known, Verified
from tws.access.model import Factor
from tws.access.second_factor import BothRight
from tws.bus import Bus
from tws.protocols.webauthn import Asked, Place

LASTS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Challenge:
    asked: Asked
    place: Place
    address: str
    begun: datetime
    session: str | None = None
    "Of whom a passkey is to be made; None: somebody is to sign in."
    verified: Verified | None = None
    "By what they showed that it is they, who asked for one."


class _Told(Struct, frozen=True):
    """One on the wire between nodes."""

    asked: Asked
    place: Place
    address: str
    begun: datetime
    session: str | None
    factor: Factor | None
    "The second one that they showed, as it was; none: they have none."
    after: Factor | None


_told = msgspec.msgpack.Decoder(_Told)


def _written(one: Challenge) -> bytes:
    both = one.verified if isinstance(one.verified, BothRight) else None
    # Who has shown one factor alone is known by the session.
    told = _Told(
        one.asked,
        one.place,
        one.address,
        one.begun,
        one.session,
        None if both is None else both.factor,
        None if both is None else both.after,
    )
    return msgspec.msgpack.encode(told)


def _read(told: bytes) -> Challenge:
    one = _told.decode(told)
    both: Verified | None = None
    if one.factor is not None and one.after is not None:
        both = BothRight(Known(one.factor.owner), one.factor, one.after)
    return Challenge(one.asked, one.place, one.address, one.begun, one.session, both)


class Challenges:
    def __init__(self, bus: Bus, kind: str) -> None:
        """`kind`: what they are for."""
        self._open = Awaited(LASTS, Everywhere(bus, kind, _written, _read))

    def add(self, one: Challenge) -> None:
        self._open.add(one.asked.challenge, one)

    def take(self, challenge: str, session: str | None, now: datetime) -> Challenge | None:
        """That one, which is over with it; None where there is none for that session. Of
        another's nothing is lost."""
        one = self._open.get(challenge)
        if one is None or one.session != session:
            return None
        self._open.drop(challenge)
        return one if self._open.in_time(one, now) else None
