"""By which methods each user may sign in (6.1)."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tws.access.errors import LoginRefused
from tws.access.login_method import (
    REFUSED,
    Credentials,
    LoginMethod,
    Reachable,
    Reached,
    Verified,
)
from tws.access.negotiator import Negotiator
from tws.access.providers import Providers
from tws.errors import ServiceError, Unavailable
from tws.forms import WrongValue
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.server import (
    AUTH_METHODS,
    AUTH_NTLM_PASSWORD,
    OPENID_CONNECT,
    WINDOWS_SECURITY,
)
from tws.organisation.parameters.explaining import Parameters
from tws.sentences import Sentence, sentence
from tws.sources.errors import ConnectorError
from tws.storage import StorageUnavailable

STORED = "TWS"
"The passwords that are kept here: how somebody is refused whom nobody knows."


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_ASKED = "notAsked"
    "It could not be: the words say why."
    NOT_OFFERED = "notOffered"
    "This version has no such method, or what it needs is not installed."
    ELSEWHERE = "elsewhere"
    "On the page of a provider, or by a ticket: no password is shown here."


@dataclass(frozen=True, slots=True)
class Tried:
    method: str
    outcome: Outcome
    said: Sentence | str = ""
    "For administrators: of the other product, what went wrong."


def said(error: Exception) -> Sentence | str:
    """What lies behind a refusal that tells people little on purpose."""
    behind = error.__cause__
    return behind.said if isinstance(behind, ConnectorError | WrongValue) else str(error)


class Methods:
    """Of users; `methods` by their names in the parameter `AuthMethods`."""

    def __init__(
        self,
        parameters: Parameters,
        methods: Mapping[str, LoginMethod],
        negotiator: Negotiator | None,
        workgroup: Negotiator,
        providers: Providers,
    ) -> None:
        """`negotiator`: of the tickets of a domain; `workgroup`: of who has none."""
        self._parameters, self._methods = parameters, methods
        self._negotiator, self._workgroup = negotiator, workgroup
        self._providers = providers

    def of(self, user: User) -> tuple[str, ...]:
        """Their names, in the order in which they are tried."""
        chosen = str(self._parameters.effective(user.id, AUTH_METHODS))
        return tuple(name for name in chosen.split("|") if name)

    async def verify(self, user: User | None, shown: Credentials) -> Verified:
        """By the first that says yes. Else what went wrong, if nobody could look; LoginRefused.
        Whoever signs in elsewhere only is refused as somebody whom nobody knows."""
        away: ServiceError | StorageUnavailable | None = None
        tried = tuple(self._tried(user))
        if not tried:
            user, tried = None, tuple(self._tried(None))
        for method in tried:
            try:
                return await method.verify(user, shown)
            except LoginRefused:
                pass
            except (Unavailable, StorageUnavailable) as error:
                away = away or error
        raise away or LoginRefused(REFUSED)

    async def explain(self, user: User, shown: Credentials) -> tuple[Tried, ...]:
        """What each of the user's methods says of it, in the order in which they are tried."""
        tried = []
        for name in self.of(user):
            if name == OPENID_CONNECT:
                reached = await self._providers.reach(user.company)
                tried.append(_of_place(name, Outcome.ELSEWHERE, reached))
                continue
            if name == WINDOWS_SECURITY and self._negotiator is not None:
                tried.append(_of_tickets(self._negotiator))
                continue
            method = self._methods.get(name)
            if name == WINDOWS_SECURITY and self._parameters.effective(
                user.id, AUTH_NTLM_PASSWORD
            ):
                tried.append(_of_tickets(self._workgroup))
                continue
            if method is None:
                tried.append(Tried(name, Outcome.NOT_OFFERED))
                continue
            try:
                await method.verify(user, shown)
            except LoginRefused as error:
                one = Tried(name, Outcome.REFUSED, said(error))
                if not shown.password and (place := _reachable(method)) is not None:
                    one = _of_place(name, Outcome.REFUSED, await place.reach(user))
                tried.append(one)
            except (Unavailable, StorageUnavailable) as error:
                tried.append(Tried(name, Outcome.NOT_ASKED, said(error)))
            else:
                tried.append(Tried(name, Outcome.ACCEPTED))
        return tuple(tried)

    def reachable(self, users: Iterable[User]) -> Iterator[tuple[str, Reachable, User]]:
        """Whatever other product checks a password of these users, once each, by its name in
        `AuthMethods`, and one of them."""
        seen: set[tuple[str, Hashable]] = set()
        for user in users:
            for name in self.of(user):
                method = _reachable(self._methods.get(name))
                place = None if method is None else method.place(user)
                if method is not None and place is not None and (name, place) not in seen:
                    seen.add((name, place))
                    yield name, method, user

    def _tried(self, user: User | None) -> Iterator[LoginMethod]:
        for name in (STORED,) if user is None else self.of(user):
            if name in self._methods:
                yield self._methods[name]


def _reachable(method: object) -> Reachable | None:
    return method if isinstance(method, Reachable) else None


def _of_place(name: str, well: Outcome, reached: Sequence[Reached]) -> Tried:
    """No password is shown: whether one would be looked at, and what is wrong."""
    told = sorted(reached, key=lambda one: one.well)
    outcome = well if not told or told[-1].well else Outcome.NOT_ASKED
    return Tried(name, outcome, told[0].said if told else "")


def _of_tickets(negotiator: Negotiator) -> Tried:
    """No ticket is shown here: whether one could be read, and what was wrong with the last."""
    now = negotiator.standing()
    said = now.said
    if now.refused is not None:
        said = sentence("{said} {refused}", said=now.said, refused=now.refused)
    return Tried(WINDOWS_SECURITY, Outcome.ELSEWHERE if now.well else Outcome.NOT_ASKED, said)
