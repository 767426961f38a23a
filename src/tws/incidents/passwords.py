"""Whether passwords are tried out in numbers. Pure."""

from collections import Counter, deque
from datetime import datetime, timedelta

from tws.access.events import TryRefused
from tws.incidents.model import IncidentKind, Trouble
from tws.sentences import sentence

WINDOW = timedelta(minutes=15)
LOCKED, REFUSED = 10, 100
"Accounts that wait, and tries in all, of so short a time: nobody's forgetfulness."
REMEMBERED = 10_000


class WrongPasswords:
    def __init__(self) -> None:
        self._tries: deque[tuple[datetime, str, str, bool]] = deque(maxlen=REMEMBERED)

    def add(self, tried: TryRefused, now: datetime) -> None:
        self._tries.append((now, tried.account, tried.address, tried.locked))

    def trouble(self, now: datetime) -> Trouble | None:
        while self._tries and now - self._tries[0][0] > WINDOW:
            self._tries.popleft()
        locked = {(account, address) for _, account, address, late in self._tries if late}
        if len(locked) < LOCKED and len(self._tries) < REFUSED:
            return None
        addresses = Counter(address for _, _, address, _ in self._tries)
        return Trouble(
            kind=IncidentKind.WRONG_PASSWORDS,
            subject="passwords",
            name="",
            company=None,
            said=sentence(
                "{tries} wrong passwords within {minutes} minutes; {accounts} accounts wait. Most"
                " came from {address}.",
                tries=len(self._tries),
                minutes=int(WINDOW.total_seconds()) // 60,
                accounts=len(locked),
                address=addresses.most_common(1)[0][0],
            ),
        )
