"""Which questions to authenticators are open. In memory: a restart ends them, and each is answered
once."""

from collections import Counter, OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from tws.access.login_method import Verified
from tws.access.webauthn import Asked, Place

LASTS = timedelta(minutes=5)
MOST = 10_000
MOST_OF_ADDRESS = 1_000
"Whoever asks for more than that pushes out his own, and nobody else's."


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
        self._open: OrderedDict[str, Challenge] = OrderedDict()
        self._of_address: Counter[str] = Counter()

    def add(self, one: Challenge) -> None:
        while self._open and one.begun - next(iter(self._open.values())).begun > LASTS:
            self._drop(next(iter(self._open)))
        if self._of_address[one.address] >= MOST_OF_ADDRESS:
            self._drop(next(c for c, o in self._open.items() if o.address == one.address))
        elif len(self._open) >= MOST:
            self._drop(next(iter(self._open)))
        self._open[one.asked.challenge] = one
        self._of_address[one.address] += 1

    def take(self, challenge: str, session: str | None, now: datetime) -> Challenge | None:
        """That one, which is over with it; None where there is none for that session. Of
        another's nothing is lost."""
        one = self._open.get(challenge)
        if one is None or one.session != session:
            return None
        self._drop(challenge)
        return one if now - one.begun <= LASTS else None

    def _drop(self, challenge: str) -> None:
        one = self._open.pop(challenge)
        self._of_address[one.address] -= 1
        if not self._of_address[one.address]:
            del self._of_address[one.address]
