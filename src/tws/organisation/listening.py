"""Which numbers of a link are listened to, and whose they are: a user's, a call queue's or an
intercom group's. The one place that says it, from memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Generic, TypeVar

from tws.errors import Conflict, conflict
from tws.organisation.actor import UserId
from tws.organisation.model import User, UserDevice
from tws.organisation.shared_device import IntercomGroup, Queue
from tws.sentences import sentence
from tws.storage.replica import Index

Holder = UserDevice | Queue | IntercomGroup
Kind = TypeVar("Kind", bound=Holder)
Place = tuple[str, str]
"(link, number)"


def places(holder: Holder | None) -> frozenset[Place]:
    """Where it is."""
    if holder is None or holder.link is None:
        return frozenset()
    numbers = (holder.number,) if isinstance(holder, UserDevice) else holder.numbers
    return frozenset((holder.link, number) for number in numbers)


class Held(Generic[Kind]):
    """The rows of one kind by where they are."""

    def __init__(self) -> None:
        self.at = Index[Place, Kind](places)
        self.on = Index[str, Kind](lambda holder: {link for link, _ in places(holder)})
        self.indexes = (self.at, self.on)


class Listening:
    def __init__(self, users: Mapping[UserId, User]) -> None:
        self._users = users
        self.devices, self.queues = Held[UserDevice](), Held[Queue]()
        self.intercom_groups = Held[IntercomGroup]()

    def holders(self, link: str, number: str) -> Iterator[Holder]:
        """Whose the number is. Several intercom groups may supervise one telephone."""
        at = (link, number)
        yield from self.devices.at.any(at)
        yield from self.queues.at.any(at)
        yield from self.intercom_groups.at.any(at)

    def hears(self, link: str, number: str) -> bool:
        return next(self.holders(link, number), None) is not None

    def on(self, link: str) -> Iterator[Holder]:
        """Whatever has numbers on the link."""
        yield from self.devices.on.any(link)
        yield from self.queues.on.any(link)
        yield from self.intercom_groups.on.any(link)

    def numbers_on(self, link: str) -> frozenset[str]:
        """All that are listened to there."""
        return frozenset(number for holder in self.on(link) for _, number in places(holder))

    def shared_numbers(self, link: str | None) -> frozenset[str]:
        """Those that are no user's."""
        if link is None:
            return frozenset()
        held: Iterable[Holder] = chain(self.queues.on.any(link), self.intercom_groups.on.any(link))
        return frozenset(number for holder in held for _, number in places(holder))

    def refuse_taken(self, holder: Holder, changing: Collection[str] = ()) -> None:
        """Conflict where a number of `holder` is somebody else's already, whose id is not of those
        `changing`."""
        for link, number in sorted(places(holder)):
            for other in self.holders(link, number):
                if other.id == holder.id or other.id in changing:
                    continue
                if not _both_supervise(holder, other, number):
                    raise self._taken(number, other)

    def _taken(self, number: str, other: Holder) -> Conflict:
        if isinstance(other, Queue):
            said = sentence(
                "{number} is the number of the call queue {name}.", number=number, name=other.name
            )
        elif isinstance(other, IntercomGroup):
            said = sentence(
                "{number} is a number of the intercom group {name}.",
                number=number,
                name=other.name,
            )
        else:
            owner = self._users.get(other.user)
            said = sentence(
                "{number} belongs to {name} already on this link.",
                number=number,
                name=owner.username if owner else "",
            )
        return conflict(said, field="number")


def _both_supervise(one: Holder, other: Holder, number: str) -> bool:
    return all(isinstance(x, IntercomGroup) and number in x.supervised for x in (one, other))
