"""What the parts of the organisation service share: who may, and what they ask of the walls."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from tws.errors import missing
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.model import (
    Company,
    DirectoryKind,
    Domain,
)
from tws.organisation.permission import may_change, sees
from tws.organisation.registry import Registry
from tws.organisation.words import fold
from tws.records.changing import Changing
from tws.records.sealing import Sealing
from tws.storage import Storage
from tws.storage.rows import Entity
from tws.storage.secrets import Secrets

Validate = Callable[[str, Mapping[str, object]], Mapping[str, object]]
"(dialect, settings) -> the settings as they are stored; ValueError with words."
CheckPlan = Callable[[Domain], Domain]
"The domain, where its dial plan can be used as it stands; else Invalid with words."
SecretFields = Callable[[str], Iterable[str]]
"Which settings of a dialect, or of a connector, are secret."
CheckMapping = Callable[[Mapping[str, str]], Mapping[str, str]]
"A directory's mapping as it is stored; Invalid names the internal field (`field`)."

SameServer = Callable[[str, Mapping[str, object], str, Mapping[str, object]], bool]
"""(connector, settings) of a directory and of a source of calendars: whether users' own accounts
with the source are good for the directory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connectors:
    """What the wall to other people's directories says of its connectors, by name. Each raises
    Invalid with words for one that is not there or cannot be used."""

    validate: Validate
    secret_fields: SecretFields
    where_fields: SecretFields
    "Which settings say to whom the secret ones are told."
    kinds: Callable[[str], Collection[DirectoryKind]]
    "Which kinds of directories it can be."
    same_server: SameServer = lambda *_: False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarConnectors:
    """The same of its connectors of calendars."""

    validate: Validate
    secret_fields: SecretFields
    accounts: Callable[[str], bool]
    "Whether users may have accounts of their own with such a source."


class Owned(Entity, Protocol):
    """A row that belongs to one company."""

    @property
    def company(self) -> CompanyId: ...


OwnedRow = TypeVar("OwnedRow", bound=Owned)
Any_ = TypeVar("Any_")


class Part(Changing):
    """One part of the organisation service."""

    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        *,
        validate: Validate,
        secret_fields: SecretFields,
        check_plan: CheckPlan,
        connectors: Connectors,
        calendars: CalendarConnectors,
        check_mapping: CheckMapping,
        secrets: Secrets,
    ) -> None:
        super().__init__(storage)
        self._registry = registry
        self._validate, self._secret_fields = validate, secret_fields
        self._check_plan = check_plan
        self._connectors, self._check_mapping = connectors, check_mapping
        self._calendars = calendars
        self._sealing = Sealing(secrets)

    def _managed(
        self,
        actor: Actor,
        rows: Mapping[Any, OwnedRow],
        id: str,
        kind: str,
        field: str | None = None,
    ) -> OwnedRow:
        """The row of that id, which the actor may change; `field` names where the id was given."""
        row = rows.get(id)
        if row is None:
            raise missing(kind, field)
        may_change(actor, row.company, kind, field)
        return row

    def _seen(self, actor: Actor, rows: Mapping[Any, OwnedRow], id: str, kind: str) -> OwnedRow:
        row = rows.get(id)
        if row is None or not sees(actor, row.company):
            raise missing(kind)
        return row

    def _company(self, actor: Actor, id: str) -> Company:
        """A company in which the actor may make something."""
        company = self._registry.companies.get(CompanyId(id))
        if company is None:
            raise missing("company", "company")
        may_change(actor, company.id, "company", "company")
        return company


def changed(row: Any_, **fields: object) -> Any_:
    """`row` with the `fields` that are not None."""
    given = {name: value for name, value in fields.items() if value is not None}
    return replace(row, **given)  # type: ignore[type-var]


def by_name(rows: Iterable[Any_], name: Callable[[Any_], str]) -> tuple[Any_, ...]:
    """In the order in which people look for them."""
    return tuple(sorted(rows, key=lambda row: fold(name(row))))
