"""The organisation's rows in SQL."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    RowMapping,
    String,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from tws.organisation.actor import Application
from tws.organisation.errors import Conflict
from tws.organisation.model import (
    Administrator,
    Authorisation,
    Company,
    DialRule,
    Domain,
    Group,
    Link,
    NumberExample,
    User,
    UserDevice,
)
from tws.organisation.words import KEY_LENGTH, fold
from tws.storage import Json, Reader, Transaction, Values, metadata


def _id() -> Column[str]:
    return Column("id", String(36), primary_key=True)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False)


def _ref(name: str, to: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, String(36), ForeignKey(f"{to}.id"), nullable=nullable, index=True)


def _text(name: str, length: int = 100) -> Column[str]:
    return Column(name, String(length), nullable=False)


def _key(name: str) -> Column[str]:
    """The folded form of a name, by which it is unique."""
    return Column(name, String(KEY_LENGTH), nullable=False)


company = Table(
    "company",
    metadata,
    _id(),
    _version(),
    _text("name"),
    _key("name_key"),
    UniqueConstraint("name_key"),
)

domain = Table(
    "domain",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _text("name"),
    _key("name_key"),
    _text("time_zone", 64),
    Column("internal_length", Integer, nullable=False),
    _text("country_prefix", 8),
    _text("external_prefix", 8),
    _text("international_prefix", 8),
    _text("national_prefix", 8),
    Column("inverse_length", Integer, nullable=False),
    _text("incoming_remove", 8),
    _text("incoming_add", 8),
    Column("apply_to_caller", Boolean, nullable=False),
    Column("outgoing_rules", Values(DialRule)),
    Column("incoming_rules", Values(DialRule), nullable=False),
    Column("emergency_numbers", Values(str), nullable=False),
    Column("number_examples", Values(NumberExample), nullable=False),
    UniqueConstraint("company", "name_key"),
)

link = Table(
    "link",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _ref("domain", "domain"),
    _text("name"),
    _key("name_key"),
    _text("dialect", 50),
    Column("capacity", Integer, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("settings", Json, nullable=False),
    Column("epoch", Integer, nullable=False),
    UniqueConstraint("domain", "name_key"),
)

user = Table(
    "user_account",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _ref("domain", "domain"),
    _text("username"),
    _key("username_key"),
    _text("first_name"),
    _text("last_name"),
    _text("email", 254),
    _text("mobile", 64),
    _text("culture", 16),
    Column("enabled", Boolean, nullable=False),
    UniqueConstraint("company", "username_key"),
)

device = Table(
    "user_device",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _ref("domain", "domain"),
    _ref("user", "user_account"),
    _ref("link", "link"),
    _text("number", 32),
    _text("protocol", 20),
    _text("label"),
    UniqueConstraint("link", "number"),
)

group = Table(
    "user_group",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _ref("domain", "domain"),
    _text("name"),
    _key("name_key"),
    UniqueConstraint("domain", "name_key"),
)

member = Table(
    "group_member",
    metadata,
    Column("group", String(36), ForeignKey("user_group.id"), primary_key=True),
    Column("user", String(36), ForeignKey("user_account.id"), primary_key=True, index=True),
)

authorisation = Table(
    "authorisation",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _text("application", 50),
    _ref("user", "user_account", nullable=True),
    _ref("group", "user_group", nullable=True),
    UniqueConstraint("application", "user"),
    UniqueConstraint("application", "group"),
    CheckConstraint('("user" IS NULL) <> ("group" IS NULL)', name="one_grantee"),
)

administrator = Table(
    "administrator",
    metadata,
    _id(),
    _version(),
    _text("username"),
    _key("username_key"),
    Column("super_user", Boolean, nullable=False),
    UniqueConstraint("username_key"),
)

administrator_company = Table(
    "administrator_company",
    metadata,
    Column("administrator", String(36), ForeignKey("administrator.id"), primary_key=True),
    Column("company", String(36), ForeignKey("company.id"), primary_key=True, index=True),
)


class Entity(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def version(self) -> int: ...


Row = TypeVar("Row", bound=Entity)


@dataclass(frozen=True)
class _Set:
    """A set of ids that belongs to a row, in a table of its own: (owner, item)."""

    field: str
    owner: Column[str]
    item: Column[str]

    async def all(self, reader: Reader) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for owner, item in await reader.execute(select(self.owner, self.item)):
            found.setdefault(owner, []).append(item)
        return found

    async def of(self, reader: Reader, owner: str) -> frozenset[str]:
        query = select(self.item).where(self.owner == owner)
        return frozenset((await reader.execute(query)).scalars())

    async def write(self, tx: Transaction, owner: str, wanted: Set[str]) -> None:
        present = await self.of(tx, owner)
        table = self.item.table
        for item in sorted(present - wanted):
            await tx.execute(delete(table).where(self.owner == owner, self.item == item))
        rows = [
            {self.owner.name: owner, self.item.name: item} for item in sorted(wanted - present)
        ]
        if rows:
            await tx.execute(insert(table), rows)


class Rows(Generic[Row]):
    """The rows of one table as immutable values."""

    def __init__(
        self,
        table: Table,
        make: Callable[..., Row],
        keys: Mapping[str, str] = MappingProxyType({}),
        items: _Set | None = None,
    ) -> None:
        """`keys`: columns that hold the folded form of another one."""
        self._table, self._make, self._keys, self._items = table, make, keys, items
        self._columns = [c.name for c in table.c if c.name not in keys]

    async def all(self, reader: Reader) -> list[Row]:
        """Oldest first."""
        items = await self._items.all(reader) if self._items else {}
        found = await reader.execute(select(self._table).order_by(self._table.c.id))
        return [self._read(row, items.get(row["id"], ())) for row in found.mappings()]

    async def find(self, tx: Transaction, id: str) -> Row | None:
        """The row, which nobody else changes until the transaction ends."""
        query = select(self._table).where(self._table.c.id == id).with_for_update()
        row = (await tx.execute(query)).mappings().first()
        if row is None:
            return None
        return self._read(row, await self._items.of(tx, id) if self._items else ())

    async def insert(self, tx: Transaction, row: Row) -> None:
        await tx.execute(insert(self._table), self._written(row))
        await self._write_items(tx, row)

    async def update(self, tx: Transaction, row: Row) -> None:
        query = update(self._table).where(self._table.c.id == row.id)
        await tx.execute(query.values(self._written(row)))
        await self._write_items(tx, row)

    async def delete(self, tx: Transaction, row: Row) -> None:
        if self._items:
            await self._items.write(tx, row.id, frozenset())
        await tx.execute(delete(self._table).where(self._table.c.id == row.id))

    def _read(self, row: RowMapping, items: Iterable[str]) -> Row:
        columns = {name: row[name] for name in self._columns}
        if self._items:
            columns[self._items.field] = frozenset(items)
        return self._make(**columns)

    def _written(self, row: Row) -> dict[str, object]:
        columns = {name: getattr(row, name) for name in self._columns}
        return columns | {key: fold(columns[name]) for key, name in self._keys.items()}

    async def _write_items(self, tx: Transaction, row: Row) -> None:
        if self._items:
            await self._items.write(tx, row.id, getattr(row, self._items.field))


def _authorisation(*, application: str, **columns: Any) -> Authorisation:
    return Authorisation(application=Application(application), **columns)


NAME = {"name_key": "name"}
USERNAME = {"username_key": "username"}

companies = Rows(company, Company, NAME)
domains = Rows(domain, Domain, NAME)
links = Rows(link, Link, NAME)
users = Rows(user, User, USERNAME)
devices = Rows(device, UserDevice)
groups = Rows(group, Group, NAME, _Set("members", member.c.group, member.c.user))
authorisations = Rows(authorisation, _authorisation)
administrators = Rows(
    administrator,
    Administrator,
    USERNAME,
    _Set("companies", administrator_company.c.administrator, administrator_company.c.company),
)


async def count(reader: Reader, column: Column[Any], value: str) -> int:
    """How many rows have `value` there."""
    query = select(func.count()).select_from(column.table).where(column == value)
    return int((await reader.execute(query)).scalar_one())


async def ids(
    reader: Reader, column: Column[Any], value: str, wanted: Column[str] | None = None
) -> list[str]:
    """Of the rows that have `value` there: their ids, or what they have in `wanted`."""
    of = column.table.c.id if wanted is None else wanted
    return list((await reader.execute(select(of).where(column == value).order_by(of))).scalars())


async def other_super_users(reader: Reader, id: str) -> int:
    query = select(func.count()).where(administrator.c.super_user, administrator.c.id != id)
    return int((await reader.execute(query)).scalar_one())


@contextmanager
def clashes() -> Iterator[None]:
    """What only the database saw: a name taken, or a row gone, in another process's
    transaction."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(
            "It clashes with a change made at the same moment: look again, then repeat yours."
        ) from error


async def number_of(reader: Reader, table: Table) -> int:
    return int((await reader.execute(select(func.count()).select_from(table))).scalar_one())


async def next_epoch(tx: Transaction, id: str) -> int | None:
    """Count one more owner of a link; None when there is no such link."""
    query = update(link).where(link.c.id == id).values(epoch=link.c.epoch + 1)
    return (await tx.execute(query.returning(link.c.epoch))).scalar()
