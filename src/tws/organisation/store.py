"""The organisation's rows in SQL."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import methodcaller
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    false,
    func,
    insert,
    select,
    update,
)

from tws.organisation.actor import CompanyId, DirectoryId, DomainId, UserId
from tws.organisation.model import (
    Administrator,
    CollaborationAccount,
    CollaborationSource,
    Company,
    DialRule,
    Directory,
    DirectoryKind,
    Domain,
    Grant,
    GranteeKind,
    GrantKind,
    Group,
    ImportMode,
    IntercomGroup,
    Link,
    NumberExample,
    ObjectKind,
    ParameterValue,
    Queue,
    ScimConnection,
    SyncSchedule,
    User,
    UserDevice,
    UserImport,
)
from tws.organisation.words import KEY_LENGTH, fold
from tws.storage import Json, Member, Reader, Transaction, UtcTime, Values, metadata
from tws.storage.among import Among
from tws.storage.belonging import secret
from tws.storage.rows import IdSet, Rows


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
    Column("ip", String(45), nullable=False, server_default=""),
    Column("external_key", String(255), nullable=False, server_default=""),
    Column("custom0", String(255), nullable=False, server_default=""),
    Column("custom1", String(255), nullable=False, server_default=""),
    Column("voicemail_password", Text, nullable=False, server_default="", info=secret),
    # The hash of the photo.
    Column("photo", String(32), nullable=False, server_default=""),
    # No foreign key: an import goes, those whom it brought stay.
    Column("user_import", String(36)),
    Column("missing", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("company", "username_key"),
)

photo = Table(
    "user_photo",
    metadata,
    Column(
        "user", String(36), ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("jpeg", LargeBinary, nullable=False),
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
    Column("password", Text, nullable=False, server_default="", info=secret),
    Column("ip", String(45), nullable=False, server_default=""),
    Column("video", Boolean, nullable=False, server_default=false()),
    Column("client_port", Integer, nullable=False, server_default="0"),
    Column("sip_proxy", String(255), nullable=False, server_default=""),
    Column("one_number", Boolean, nullable=False, server_default=false()),
    Column("softphone", Boolean, nullable=False, server_default=false()),
    Column("media_protocol", String(20), nullable=False, server_default="None"),
    Column("user_import", String(36)),
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
    Column("rank", Integer, nullable=False),
    Column("external_key", String(255), nullable=False, server_default=""),
    # No foreign key: a connection goes, what it brought stays.
    Column("brought_by", String(36)),
    UniqueConstraint("domain", "name_key"),
)

member = Table(
    "group_member",
    metadata,
    Column("group", String(36), ForeignKey("user_group.id"), primary_key=True),
    Column("user", String(36), ForeignKey("user_account.id"), primary_key=True, index=True),
)

queue = Table(
    "call_queue",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _ref("domain", "domain"),
    _text("name"),
    _key("name_key"),
    UniqueConstraint("domain", "name_key"),
)

intercom_group = Table(
    "intercom_group",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _ref("domain", "domain"),
    _text("name"),
    _key("name_key"),
    UniqueConstraint("domain", "name_key"),
)

directory = Table(
    "directory",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _ref("domain", "domain"),
    _text("name"),
    _key("name_key"),
    _text("kind", 16),
    _text("connector", 50),
    Column("priority", Integer, nullable=False),
    Column("settings", Json, nullable=False),
    Column("mapping", Json, nullable=False),
    Column("labels", Json, nullable=False),
    Column("merge", Boolean, nullable=False),
    _text("schedule", 16),
    Column("minutes", Integer, nullable=False),
    Column("synchronised", UtcTime),
    UniqueConstraint("domain", "name_key"),
)

user_import = Table(
    "user_import",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _ref("domain", "domain"),
    _ref("directory", "directory"),
    _text("mode", 32),
    Column("fields", Json, nullable=False),
    _ref("group", "user_group", nullable=True),
    _ref("link", "link", nullable=True),
    _text("protocol", 20),
    _text("label"),
    Column("video", Boolean, nullable=False, server_default=false()),
    Column("sip_proxy", String(255), nullable=False, server_default=""),
    Column("one_number", Boolean, nullable=False, server_default=false()),
    Column("media_protocol", String(20), nullable=False, server_default="None"),
    _text("culture", 16),
    Column("adapt", Boolean, nullable=False),
    _text("schedule", 16),
    Column("minutes", Integer, nullable=False),
    _text("hour", 5),
)

scim_connection = Table(
    "scim_connection",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _ref("domain", "domain"),
    _text("name"),
    _key("name_key"),
    _ref("link", "link", nullable=True),
    _text("protocol", 20),
    _text("label"),
    _text("culture", 16),
    Column("adapt", Boolean, nullable=False),
    Column("take_over", Boolean, nullable=False),
    Column("secret", String(64), nullable=False, info=secret),
    Column("made", UtcTime),
    Column("seen", UtcTime),
    UniqueConstraint("domain", "name_key"),
)

TABLES = {
    "user": "user_account",
    "group": "user_group",
    "directory": "directory",
    "queue": "call_queue",
    "intercom_group": "intercom_group",
    "domain": "domain",
}
"Of the rows that grants name."
OBJECTS: Mapping[ObjectKind, str] = {
    kind: f"of_{kind.name.lower()}" for kind in ObjectKind if kind is not ObjectKind.APPLICATION
}
GRANTEES: Mapping[GranteeKind, str] = {kind: kind.name.lower() for kind in GranteeKind}
"The column of each: so the database knows which rows are named."


def _given(columns: Iterable[str]) -> str:
    return " + ".join(f'CASE WHEN "{name}" IS NULL THEN 0 ELSE 1 END' for name in columns)


grants = Table(
    "grants",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _text("kind", 16),
    Column("object_kind", Member(ObjectKind, 16), nullable=False),
    _text("object", 64),
    Column("grantee_kind", Member(GranteeKind, 16), nullable=False),
    _text("grantee", 36),
    *(_ref(name, TABLES[name.removeprefix("of_")], nullable=True) for name in OBJECTS.values()),
    *(_ref(name, TABLES[name], nullable=True) for name in GRANTEES.values()),
    UniqueConstraint("kind", "object", "grantee"),
    CheckConstraint(f"{_given(GRANTEES.values())} = 1", name="one_grantee"),
    CheckConstraint(
        f"{_given(OBJECTS.values())} = CASE WHEN object_kind = 'application' THEN 0 ELSE 1 END",
        name="one_object",
    ),
)

collaboration_source = Table(
    "collaboration_source",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _ref("domain", "domain"),
    _text("name"),
    _key("name_key"),
    _text("connector", 50),
    Column("enabled", Boolean, nullable=False),
    Column("settings", Json, nullable=False),
    UniqueConstraint("domain", "name_key"),
)

collaboration_account = Table(
    "collaboration_account",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _ref("user", "user_account"),
    _ref("source", "collaboration_source"),
    _text("email", 254),
    Column("settings", Json, nullable=False),
    UniqueConstraint("user", "source"),
)

parameter_value = Table(
    "parameter_value",
    metadata,
    _id(),
    _version(),
    _ref("company", "company"),
    _text("parameter", 64),
    Column("value", Json, nullable=False),
    _ref("domain", "domain", nullable=True),
    _ref("group", "user_group", nullable=True),
    _ref("user", "user_account", nullable=True),
    # Whichever of these it is for, the company where none is named.
    _text("holder", 36),
    UniqueConstraint("parameter", "holder"),
)

administrator = Table(
    "administrator",
    metadata,
    _id(),
    _version(),
    _text("username"),
    _key("username_key"),
    Column("super_user", Boolean, nullable=False),
    Column("email", String(254), nullable=False),
    Column("culture", String(16), nullable=False),
    Column("muted", Values(str), nullable=False),
    UniqueConstraint("username_key"),
)

administrator_company = Table(
    "administrator_company",
    metadata,
    Column("administrator", String(36), ForeignKey("administrator.id"), primary_key=True),
    Column("company", String(36), ForeignKey("company.id"), primary_key=True, index=True),
)


def _grant(*, kind: str, **columns: Any) -> Grant:
    return Grant(kind=GrantKind(kind), **columns)


def _directory(*, kind: str, schedule: str, **columns: Any) -> Directory:
    return Directory(kind=DirectoryKind(kind), schedule=SyncSchedule(schedule), **columns)


def _user_import(*, mode: str, schedule: str, **columns: Any) -> UserImport:
    return UserImport(mode=ImportMode(mode), schedule=SyncSchedule(schedule), **columns)


NAME = {"name_key": lambda row: fold(row.name)}
USERNAME = {"username_key": lambda row: fold(row.username)}
"The folded forms, by which names are unique."

companies = Rows(company, Company, NAME)
domains = Rows(domain, Domain, NAME)
links = Rows(link, Link, NAME)
users = Rows(user, User, USERNAME)
devices = Rows(device, UserDevice)
groups = Rows(group, Group, NAME, IdSet("members", member.c.group, member.c.user))
queues = Rows(queue, Queue, NAME)
intercom_groups = Rows(intercom_group, IntercomGroup, NAME)
directories = Rows(directory, _directory, NAME)
user_imports = Rows(user_import, _user_import)
scim_connections = Rows(scim_connection, ScimConnection, NAME)
granted = Rows(
    grants,
    _grant,
    {column: methodcaller("object_of", kind) for kind, column in OBJECTS.items()}
    | {column: methodcaller("grantee_of", kind) for kind, column in GRANTEES.items()},
)
collaboration_sources = Rows(collaboration_source, CollaborationSource, NAME)
collaboration_accounts = Rows(collaboration_account, CollaborationAccount)
parameter_values = Rows(parameter_value, ParameterValue, {"holder": lambda value: value.holder})
administrators = Rows(
    administrator,
    Administrator,
    USERNAME,
    IdSet("companies", administrator_company.c.administrator, administrator_company.c.company),
)


_EPOCHS = select(link.c.id, link.c.epoch).where(Among(link.c.id, "ids")).with_for_update(read=True)


async def other_super_users(reader: Reader, id: str) -> int:
    query = select(func.count()).where(administrator.c.super_user, administrator.c.id != id)
    return int((await reader.execute(query)).scalar_one())


def naming(kind: ObjectKind | GranteeKind) -> Column[Any]:
    """Where grants name a row as their object, or as their grantee."""
    return grants.c[OBJECTS[kind] if isinstance(kind, ObjectKind) else GRANTEES[kind]]


async def grants_naming(reader: Reader, column: Column[Any], id: str) -> dict[GrantKind, int]:
    """How many of each kind have that id there."""
    query = select(grants.c.kind, func.count()).where(column == id).group_by(grants.c.kind)
    found = {kind: n for kind, n in await reader.execute(query)}
    return {kind: found[kind] for kind in GrantKind if kind in found}


async def user_photo(reader: Reader, id: UserId) -> bytes | None:
    query = select(photo.c.jpeg).where(photo.c.user == id)
    found: bytes | None = (await reader.execute(query)).scalar()
    return found


async def write_user_photo(tx: Transaction, id: UserId, jpeg: bytes | None) -> None:
    """None: there is none any more."""
    await tx.execute(delete(photo).where(photo.c.user == id))
    if jpeg is not None:
        await tx.execute(insert(photo).values(user=id, jpeg=jpeg))


async def next_epoch(tx: Transaction, id: str) -> int | None:
    """Count one more owner of a link; None when there is no such link."""
    query = update(link).where(link.c.id == id).values(epoch=link.c.epoch + 1)
    return (await tx.execute(query.returning(link.c.epoch))).scalar()


async def epochs_of(tx: Transaction, ids: Iterable[str]) -> dict[str, int]:
    """Of those that there are; nobody changes them until the transaction ends."""
    rows = await tx.execute(_EPOCHS, {"ids": list(ids)})
    return {row.id: row.epoch for row in rows}


async def domains_of(reader: Reader, company: CompanyId) -> list[DomainId]:
    query = select(domain.c.id).where(domain.c.company == company).order_by(domain.c.id)
    return [DomainId(id) for id in (await reader.execute(query)).scalars()]


async def directory_ids(reader: Reader, where: DomainId, connectors: Iterable[str]) -> list[str]:
    """Of a domain's directories with one of these connectors."""
    query = select(directory.c.id).where(
        directory.c.domain == where, directory.c.connector.in_(list(connectors))
    )
    return list((await reader.execute(query.order_by(directory.c.id))).scalars())


async def synchronised(tx: Transaction, id: DirectoryId, at: datetime) -> bool:
    """Whether there is such a directory."""
    query = update(directory).where(directory.c.id == id).values(synchronised=at)
    return (await tx.execute(query.returning(directory.c.id))).scalar() is not None


async def connection_used(tx: Transaction, id: str, at: datetime) -> bool:
    """Whether there is such a SCIM connection."""
    query = update(scim_connection).where(scim_connection.c.id == id).values(seen=at)
    return (await tx.execute(query.returning(scim_connection.c.id))).scalar() is not None


# ---------------------------------------------------------------- many users at once


async def add_members(tx: Transaction, group: str, users: Iterable[UserId]) -> None:
    await tx.execute(insert(member), [{"group": group, "user": id} for id in users])


async def drop_members(tx: Transaction, group: str, users: Iterable[UserId]) -> None:
    query = delete(member).where(member.c.group == group, Among(member.c.user, "users"))
    await tx.execute(query, {"users": list(users)})


async def count_version(tx: Transaction, of: Group) -> None:
    """Of a group whose members alone changed."""
    await tx.execute(update(group).where(group.c.id == of.id).values(version=of.version))


async def groups_with(tx: Transaction, users: Iterable[UserId]) -> list[str]:
    """Those that have one of these users."""
    query = select(member.c.group).where(Among(member.c.user, "users")).distinct()
    rows = await tx.execute(query.order_by(member.c.group), {"users": list(users)})
    return list(rows.scalars())


async def users_with_settings(tx: Transaction, users: Iterable[UserId]) -> list[UserId]:
    """Those of these who have grants, values of parameters, or accounts."""
    columns = (
        grants.c.user,
        grants.c.of_user,
        parameter_value.c.user,
        collaboration_account.c.user,
    )
    found: set[str] = set()
    for column in columns:
        rows = await tx.execute(
            select(column).where(Among(column, "users")), {"users": list(users)}
        )
        found.update(rows.scalars())
    return [UserId(id) for id in sorted(found)]
