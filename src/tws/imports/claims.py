"""Who gets a user name or a number that somebody has: only where that one gives it up in the same
run. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tws.imports.model import Person, Reason
from tws.organisation.actor import UserId
from tws.organisation.model import User, UserDevice
from tws.organisation.words import fold


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What an entry is to become."""

    person: Person
    before: User | None
    after: User
    number: str
    "Empty: no extension is given."


class Claims:
    def __init__(
        self,
        named: Mapping[str, User],
        at: Callable[[str], UserDevice | None],
        own: str,
        deleted: Iterable[User],
        disabled: Iterable[User],
    ) -> None:
        """`named`: the users that there are, by folded name; `at`: the device with a number;
        `own`: the import. The `deleted` give up all that they have, the `disabled` their
        extension."""
        self._named, self._at, self._own = named, at, own
        self._deleted = {user.id for user in deleted}
        self._disabled = {user.id for user in disabled}
        self._kept: dict[UserId, Wanted] = {}
        "Of users that there are, what they are to become."

    def settled(
        self, wanted: Sequence[Wanted]
    ) -> tuple[list[Wanted], list[tuple[Wanted, Reason]]]:
        """Those that can be, in an order in which they can; the others and why not. Each that
        cannot keeps what it has from others in its turn."""
        kept, refused = list(wanted), list[tuple[Wanted, Reason]]()
        while True:
            self._kept = {one.before.id: one for one in kept if one.before is not None}
            no = {one: why for one in kept if (why := self._why_not(one)) is not None}
            if not no:
                ordered, circle = self._ordered(kept)
                if not circle:
                    return ordered, refused
                no = dict.fromkeys(circle, Reason.USERNAME_TAKEN)
            refused += no.items()
            kept = [one for one in kept if one not in no]

    def _why_not(self, one: Wanted) -> Reason | None:
        mine = one.before.id if one.before is not None else None
        holder = self._named.get(fold(one.after.username))
        if holder is not None and holder.id != mine and holder.id not in self._deleted:
            other = self._kept.get(holder.id)
            if other is None or fold(other.after.username) == fold(one.after.username):
                return Reason.USERNAME_TAKEN
        device = self._at(one.number) if one.number else None
        if device is None or device.user == mine or self._gives_up(device):
            return None
        return Reason.NUMBER_TAKEN

    def _gives_up(self, device: UserDevice) -> bool:
        if device.user in self._deleted:
            return True
        if device.user_import != self._own:
            return False
        other = self._kept.get(device.user)
        return device.user in self._disabled or (
            other is not None and other.number != device.number
        )

    def _ordered(self, kept: Sequence[Wanted]) -> tuple[list[Wanted], list[Wanted]]:
        """Each behind him whose name he gets; and those who wait for each other."""
        ordered: list[Wanted] = []
        placed: set[Wanted] = set()
        for first in kept:
            chain: dict[Wanted, None] = {}
            one: Wanted | None = first
            while one is not None and one not in placed:
                if one in chain:
                    return [], list(chain)[list(chain).index(one) :]
                chain[one] = None
                one = self._before(one)
            for one in reversed(chain):
                ordered.append(one)
                placed.add(one)
        return ordered, []

    def _before(self, one: Wanted) -> Wanted | None:
        """Who has to give up the name first."""
        holder = self._named.get(fold(one.after.username))
        if holder is None or (one.before is not None and holder.id == one.before.id):
            return None
        return self._kept.get(holder.id)
