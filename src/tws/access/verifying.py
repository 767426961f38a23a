"""How whoever signs in is known: users by the method that was chosen, administrators by their
passwords; by any of them no faster than people try."""

from collections.abc import Callable
from datetime import datetime

from tws.access.by_password import AdministratorsByPassword, Passwords, UsersByPassword
from tws.access.keeping import Keeping
from tws.access.login_method import LoginMethod
from tws.access.passwords import Hashing
from tws.access.throttle import Throttle
from tws.bus import Bus
from tws.organisation.registry import Registry
from tws.storage import Storage

MakeMethod = Callable[[Registry, Passwords], LoginMethod]


class Verifying(Keeping):
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        clock: Callable[[], datetime],
        *,
        hashing: Hashing | None = None,
        method: MakeMethod = UsersByPassword,
    ) -> None:
        """`method`: by which users sign in."""
        super().__init__(storage, registry, bus, clock)
        self._passwords = Passwords(storage, hashing or Hashing())
        self._throttle = Throttle()
        self._users = method(registry, self._passwords)
        self._administrators: LoginMethod = AdministratorsByPassword(registry, self._passwords)
