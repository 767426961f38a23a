"""What the parts of the organisation service share: who may, and how a change is made and told.

A change runs in one transaction: the row as it is there now is locked and compared with the
version that the actor has seen, written, told to the audit log, and published after the commit.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from sqlalchemy import Column

from tws.errors import Conflict, missing
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.kinds import Kind
from tws.organisation.model import (
    CollaborationAccount,
    CollaborationSource,
    Company,
    Directory,
    DirectoryKind,
    Domain,
    Link,
)
from tws.organisation.permission import may_change, sees
from tws.organisation.registry import Registry
from tws.organisation.sealing import Sealing, told
from tws.organisation.transactions import transaction
from tws.organisation.words import fold
from tws.storage import Storage, Transaction
from tws.storage.rows import Entity, Row, count, ids
from tws.storage.secrets import Secrets

Validate = Callable[[str, Mapping[str, object]], Mapping[str, object]]
"(dialect, settings) -> the settings as they are stored; ValueError with words."
CheckPlan = Callable[[Domain], Domain]
"The domain, where its dial plan can be used as it stands; else Invalid with words."
SecretFields = Callable[[str], Iterable[str]]
"Which settings of a dialect, or of a connector, are secret."
CheckMapping = Callable[[Mapping[str, str]], Mapping[str, str]]
"A directory's mapping as it is stored; Invalid names the internal field (`field`)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Connectors:
    """What the wall to other people's directories says of its connectors, by name. Each raises
    Invalid with words for one that is not there or cannot be used."""

    validate: Validate
    secret_fields: SecretFields
    kinds: Callable[[str], Collection[DirectoryKind]]
    "Which kinds of directories it can be."


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


def without_secrets(row: object) -> object:
    """What the audit log may say of a row."""
    if isinstance(row, Link | Directory | CollaborationSource | CollaborationAccount):
        return replace(row, settings=told(row.settings))
    return row


class Part:
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
        self._storage, self._registry = storage, registry
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

    def _transaction(self) -> AbstractAsyncContextManager[Transaction]:
        return transaction(self._storage)

    async def _create(self, actor: Actor, kind: Kind[Row], make: Callable[[], Row]) -> Row:
        """`make` checks and builds the row when its turn has come, so that names are taken
        once."""
        async with self._transaction() as tx:
            row = make()
            await self._insert(tx, actor, kind, row)
        return row

    async def _update(
        self, actor: Actor, kind: Kind[Row], id: str, version: int, change: Callable[[Row], Row]
    ) -> Row:
        """The changed row; the same one when nothing would change."""
        async with self._transaction() as tx:
            before = await present(tx, kind, id, version)
            return await self._write(tx, actor, kind, before, change(before))

    async def _insert(self, tx: Transaction, actor: Actor, kind: Kind[Row], row: Row) -> None:
        await record_creation(tx, actor, kind, row)

    async def _write(
        self, tx: Transaction, actor: Actor, kind: Kind[Row], before: Row, after: Row
    ) -> Row:
        if after == before:
            return before
        after = kind.next_version(after)
        await kind.rows.update(tx, after)
        tx.publish(kind.changed(before, after))
        await self._audit(tx, actor, f"{kind.name} changed", before, after)
        return after

    async def _remove(self, tx: Transaction, actor: Actor, kind: Kind[Row], row: Row) -> None:
        await kind.rows.delete(tx, row)
        tx.publish(kind.changed(row, None))
        await self._audit(tx, actor, f"{kind.name} deleted", row, None)

    async def _remove_all(
        self, tx: Transaction, actor: Actor, kind: Kind[Row], column: Column[Any], value: str
    ) -> None:
        """The rows that have `value` there, because what it names goes."""
        for id in await ids(tx, column, value):
            row = await kind.rows.find(tx, id)
            if row is not None:
                await self._remove(tx, actor, kind, row)

    async def _audit(
        self, tx: Transaction, actor: Actor, action: str, before: Row, after: Row | None
    ) -> None:
        said = [without_secrets(row) for row in (before, after)]
        await tx.audit(actor, action, before.id, *said, company=company_of(before))


def company_of(row: object) -> str | None:
    return row.id if isinstance(row, Company) else getattr(row, "company", None)


async def record_creation(tx: Transaction, actor: Actor, kind: Kind[Row], row: Row) -> None:
    """Write a new row, tell the audit log, and publish it after the commit."""
    await kind.rows.insert(tx, row)
    tx.publish(kind.changed(None, row))
    said = without_secrets(row)
    await tx.audit(actor, f"{kind.name} created", row.id, None, said, company=company_of(row))


async def present(tx: Transaction, kind: Kind[Row], id: str, version: int) -> Row:
    """The row as it is now, locked; Conflict when it is not the version that was seen."""
    row = await kind.rows.find(tx, id)
    if row is None:
        raise missing(kind.name)
    if row.version != version:
        raise Conflict(
            "It was changed meanwhile: look at it again, then repeat your change.",
            version=row.version,
        )
    return row


async def refuse_if_used(
    tx: Transaction, what: str, id: str, uses: Mapping[str, Column[Any]]
) -> None:
    """`uses`: what may still use it (in the plural, `_` for blanks), and the column that would
    name it."""
    found = {word: await count(tx, column, id) for word, column in uses.items()}
    found = {word: n for word, n in found.items() if n}
    if found:
        words = ", ".join(f"{n} {word if n > 1 else word[:-1]}" for word, n in found.items())
        words = words.replace("_", " ")
        raise Conflict(f"{what} is still in use: {words}.", **found)


def changed(row: Any_, **fields: object) -> Any_:
    """`row` with the `fields` that are not None."""
    given = {name: value for name, value in fields.items() if value is not None}
    return replace(row, **given)  # type: ignore[type-var]


def by_name(rows: Iterable[Any_], name: Callable[[Any_], str]) -> tuple[Any_, ...]:
    """In the order in which people look for them."""
    return tuple(sorted(rows, key=lambda row: fold(name(row))))
