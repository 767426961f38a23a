"""Where rules lead: to which number, to whose telephone, and whether calls come back."""

from collections.abc import Iterator, Sequence

from tws.errors import Conflict, Invalid
from tws.numbering import dialable
from tws.organisation.actor import DeviceRowId, UserId
from tws.organisation.model import Domain, UserDevice
from tws.organisation.parameters.catalogue.rules import CIRCULARLEVEL
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.rules.book import RuleBook
from tws.rules.circles import circle
from tws.rules.deciding import EACH
from tws.rules.model import ForwardingRule
from tws.telephony.model import CallOrigin

ALONG = " → "
"Between those over whom a call would go."


class Leading:
    def __init__(self, registry: Registry, book: RuleBook) -> None:
        self._registry, self._book = registry, book
        self._parameters = Parameters(registry)

    def dialled(self, rule: ForwardingRule, domain: Domain) -> str:
        """What a PBX of that domain is sent; Invalid."""
        try:
            return dialable(rule.destination, domain)
        except Invalid as error:
            raise Invalid(
                error.message, field="destination", why=error.why, parameters=error.parameters
            ) from error

    def telephone(self, rule: ForwardingRule, row: UserDevice) -> UserDevice | None:
        """The colleague's telephone that it leads to from this one; None = somewhere else."""
        domain = self._registry.domains.get(row.domain)
        try:
            number = None if domain is None else self.dialled(rule, domain)
        except Invalid:  # the dial plan was changed since
            return None
        return None if number is None else self._at(row, number)

    def _at(self, row: UserDevice, number: str) -> UserDevice | None:
        """On the same PBX; else on another one of the company, where there is one only."""
        if (found := self._registry.device_at(row.link, number)) is not None:
            return found
        links = [link.id for link in self._registry.links.values() if link.company == row.company]
        others = [d for link in links if (d := self._registry.device_at(link, number)) is not None]
        return others[0] if len(others) == 1 else None

    def colleague(self, rule: ForwardingRule) -> UserId | None:
        """To whom of the company it leads."""
        for row in self._registry.devices_of(rule.user):
            if (found := self.telephone(rule, row)) is not None:
                return found.user
        return None

    def refuse_circle(self, changed: ForwardingRule) -> None:
        """Conflict, which names who: a call would come back to who forwarded it first. Rules of
        all presences count: nobody knows which will hold at the same time."""
        if not changed.active:
            return
        user = self._registry.users[changed.user]
        level = int(self._parameters.effective_in(user.domain, CIRCULARLEVEL))
        own = self._book.with_change(changed)
        for row in self._registry.devices_of(changed.user):
            for origin in EACH:
                found = circle(row.id, lambda id, o=origin: self._next(id, o, own), level)  # type: ignore[misc]
                if found is not None:
                    raise self._comes_back(found)

    def _next(
        self, id: DeviceRowId, origin: CallOrigin, own: Sequence[ForwardingRule]
    ) -> Iterator[DeviceRowId]:
        """The telephones to which this one forwards calls from there at some time."""
        row = self._registry.devices.get(id)
        if row is None:
            return
        rules = own if own and row.user == own[0].user else self._book.of(row.user)
        alone = len(self._registry.devices_of(row.user)) == 1
        for rule in rules:
            if not rule.active or rule.origin not in (origin, CallOrigin.ALL):
                continue
            found = self.telephone(rule, row)
            # Of several telephones the one that it leads to is left out.
            if found is not None and (found.id != id or alone):
                yield found.id

    def _comes_back(self, way: Sequence[DeviceRowId]) -> Conflict:
        users = [self._registry.users[self._registry.devices[id].user] for id in way]
        if len(way) == 2:
            return Conflict(
                "This would forward your calls to your own telephone.",
                why="forwardsToItself",
                field="destination",
            )
        names = ALONG.join(user.display_name for user in users)
        return Conflict(
            f"Calls would come back: {names}. Choose somebody else, or ask them to change their"
            " rule.",
            why="forwardsBack",
            parameters={"names": names},
            field="destination",
        )
