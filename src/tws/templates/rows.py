"""Rows of a file beside those of a company: what is there already, and what becomes of each."""

from collections.abc import Awaitable, Callable
from typing import Any

from tws.errors import ServiceError, Unavailable, invalid
from tws.organisation.actor import Actor, CompanyId, DomainId
from tws.organisation.model import Domain
from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.organisation.words import fold
from tws.sentences import Parameter, Sentence, sentence
from tws.templates.file import Ref
from tws.templates.model import Done, ImportOutcome, RowKind, Walls
from tws.templates.taking import Taking

Act = Callable[[], Awaitable[object]]
NOT_YET = ""
"Id of a row that a dry run would have made."


class Rows:
    def __init__(
        self,
        organisation: OrganisationService,
        registry: Registry,
        *,
        walls: Walls,
        actor: Actor,
        company: CompanyId,
        into: Domain | None,
        overwrite: bool,
        dry: bool,
    ) -> None:
        """`into`: the domain that the file's only one is put into."""
        self.organisation, self.known, self.walls = organisation, registry, walls
        self.actor, self.company, self.into = actor, company, into
        self._overwrite, self._dry = overwrite, dry
        self.taking = Taking(registry)
        self._planned: set[tuple[RowKind, str, str]] = set()
        self.done: list[Done] = []

    async def one(
        self,
        kind: RowKind,
        name: str,
        domain: str,
        *,
        same: bool | None,
        act: Act,
        check: Callable[[], object] = lambda: None,
        secrets: tuple[str, ...] = (),
    ) -> None:
        """`same`: None = it is not there."""
        said = None
        if same is None:
            outcome = ImportOutcome.CREATED
        elif same:
            outcome = ImportOutcome.SAME
        else:
            outcome = ImportOutcome.CHANGED if self._overwrite else ImportOutcome.KEPT
        writes = outcome in (ImportOutcome.CREATED, ImportOutcome.CHANGED)
        try:
            if writes:
                check()
            if writes and not self._dry:
                await act()
        except Unavailable:
            raise
        except ServiceError as error:
            outcome, said = ImportOutcome.REFUSED, error.said
        if outcome is ImportOutcome.CREATED:
            self._planned.add((kind, fold(domain), fold(name)))
        self.done.append(
            Done(
                kind=kind,
                name=name,
                domain=domain,
                outcome=outcome,
                said=said,
                secrets=secrets if outcome is ImportOutcome.CREATED else (),
            )
        )

    def refused(
        self, kind: RowKind, name: str, domain: str, said: Sentence, secrets: tuple[str, ...]
    ) -> None:
        """What cannot be made of the file alone."""
        self.done.append(
            Done(
                kind=kind,
                name=name,
                domain=domain,
                outcome=ImportOutcome.REFUSED,
                said=said,
                secrets=secrets,
            )
        )

    def place(self, name: str) -> DomainId:
        """Id of the domain of that name."""
        if self.into is not None:
            return self.into.id
        for row in self.known.domains.values():
            if row.company == self.company and fold(row.name) == fold(name):
                return row.id
        if self._dry and (RowKind.DOMAIN, "", fold(name)) in self._planned:
            return DomainId(NOT_YET)
        raise invalid(sentence("There is no domain {name}.", name=name))

    def there(self, rows: Any, domain: str, name: str) -> Any:
        """The row of that name in the domain, or None."""
        try:
            place = self.place(domain)
        except ServiceError:
            return None
        for row in rows.values():
            if row.domain == place and fold(row.name) == fold(name):
                return row
        return None

    def id(self, kind: RowKind, ref: Ref) -> str:
        rows: dict[RowKind, Any] = {
            RowKind.GROUP: self.known.groups,
            RowKind.LINK: self.known.links,
            RowKind.QUEUE: self.known.queues,
            RowKind.INTERCOM_GROUP: self.known.intercom_groups,
            RowKind.DIRECTORY: self.known.directories,
        }
        row = self.there(rows[kind], ref.domain, ref.name)
        if row is not None:
            return str(row.id)
        place = fold(self.name(ref.domain))
        own = self._dry and kind is RowKind.DIRECTORY and self.place(ref.domain) == NOT_YET
        if own or (self._dry and (kind, place, fold(ref.name)) in self._planned):
            return NOT_YET
        there: dict[str, Parameter] = {"name": ref.name, "domain": ref.domain}
        said = {
            RowKind.GROUP: sentence("There is no group {name} in {domain}.", **there),
            RowKind.LINK: sentence("There is no link {name} in {domain}.", **there),
            RowKind.DIRECTORY: sentence("There is no directory {name} in {domain}.", **there),
            RowKind.QUEUE: sentence("There is no call queue {name} in {domain}.", **there),
            RowKind.INTERCOM_GROUP: sentence(
                "There is no intercom group {name} in {domain}.", **there
            ),
        }
        raise invalid(said[kind])

    def name(self, domain: str) -> str:
        return domain if self.into is None else self.into.name
