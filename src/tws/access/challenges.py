"""Which questions to authenticators are open: each is answered once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tws.access.awaited import Awaited
from tws.access.login_method import Verified
from tws.access.webauthn import Asked, Place

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


class Challenges:
    def __init__(self) -> None:
        self._open = Awaited[Challenge](LASTS)

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
