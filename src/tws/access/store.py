"""Passwords, sessions and API keys in SQL. Secrets are stored as hashes only."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    RowMapping,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from tws.access.model import ApiKey, Factor, HeldKey, Owner, Passkey, Session
from tws.storage import Json, Reader, Transaction, UtcTime, metadata, upsert
from tws.storage.belonging import secret
from tws.storage.sealed_columns import sealed


def _owner(name: str, to: str, *, nullable: bool) -> Column[str]:
    """What goes with its owner."""
    key = ForeignKey(f"{to}.id", ondelete="CASCADE")
    return Column(name, String(36), key, nullable=nullable, index=True)


password = Table(
    "password",
    metadata,
    # A user's or an administrator's id: they are never the same.
    Column("id", String(36), primary_key=True),
    _owner("user", "user_account", nullable=True),
    _owner("administrator", "administrator", nullable=True),
    Column("hash", String(200), nullable=False, info=secret),
    Column("changed", UtcTime, nullable=False),
    CheckConstraint('("user" IS NULL) <> (administrator IS NULL)', name="one_owner"),
)

factor_table = Table(
    "second_factor",
    metadata,
    # A user's or an administrator's id, as of a password.
    Column("id", String(36), primary_key=True),
    _owner("user", "user_account", nullable=True),
    _owner("administrator", "administrator", nullable=True),
    Column("secret", String(200), nullable=False, info=sealed("factor")),
    Column("created", UtcTime, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("last_step", BigInteger, nullable=False),
    Column("recovery", Json, nullable=False, info=secret),
    CheckConstraint('("user" IS NULL) <> (administrator IS NULL)', name="one_owner"),
)

passkey_table = Table(
    "passkey",
    metadata,
    Column("id", String(36), primary_key=True),
    _owner("user", "user_account", nullable=True),
    _owner("administrator", "administrator", nullable=True),
    Column("rp", String(255), nullable=False),
    Column("credential", String(1400), nullable=False, info=secret),
    Column("public_key", Text, nullable=False, info=secret),
    Column("name", String(100), nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("backed_up", Boolean, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("seen", UtcTime),
    UniqueConstraint("credential"),
    CheckConstraint('("user" IS NULL) <> (administrator IS NULL)', name="one_owner"),
)

reset = Table(
    "password_reset",
    metadata,
    Column("token", String(64), primary_key=True, info=secret),
    _owner("user", "user_account", nullable=True),
    _owner("administrator", "administrator", nullable=True),
    Column("asked", UtcTime, nullable=False),
    CheckConstraint('("user" IS NULL) <> (administrator IS NULL)', name="one_owner"),
)

session = Table(
    "session",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("token", String(64), nullable=False, info=secret),
    _owner("user", "user_account", nullable=True),
    _owner("administrator", "administrator", nullable=True),
    Column("created", UtcTime, nullable=False),
    Column("seen", UtcTime, nullable=False),
    Column("address", String(64), nullable=False),
    Column("agent", String(200), nullable=False),
    UniqueConstraint("token"),
    CheckConstraint('("user" IS NULL) <> (administrator IS NULL)', name="one_owner"),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("secret", String(64), nullable=False, info=secret),
    Column("company", String(36), ForeignKey("company.id"), nullable=False, index=True),
    _owner("user", "user_account", nullable=False),
    Column("label", String(100), nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("expires", UtcTime),
    Column("seen", UtcTime),
    Column("helper", Boolean, nullable=False),
)


async def password_hash(reader: Reader, owner: Owner, *, lock: bool = False) -> str | None:
    """`lock`: it does not change before the transaction ends."""
    query = select(password.c.hash).where(password.c.id == owner.id)
    if lock:
        query = query.with_for_update()
    return (await reader.execute(query)).scalar()


async def write_password(tx: Transaction, owner: Owner, hash: str, changed: datetime) -> None:
    row = {
        "id": owner.id,
        "user": owner.user,
        "administrator": owner.administrator,
        "hash": hash,
        "changed": changed,
    }
    await tx.execute(upsert(password, [row], ["id"]))


async def rewrite_hash(tx: Transaction, owner: Owner, old: str, new: str) -> None:
    """The same password, hashed with today's cost; not when it changed meanwhile."""
    query = update(password).where(password.c.id == owner.id, password.c.hash == old)
    await tx.execute(query.values(hash=new))


async def factor(reader: Reader, owner: Owner, *, lock: bool = False) -> Factor | None:
    """`lock`: it does not change before the transaction ends."""
    query = select(factor_table).where(factor_table.c.id == owner.id)
    if lock:
        query = query.with_for_update()
    row = (await reader.execute(query)).mappings().first()
    if row is None:
        return None
    return Factor(
        owner=owner,
        secret=row["secret"],
        created=row["created"],
        confirmed=row["confirmed"],
        last_step=row["last_step"],
        recovery=tuple(row["recovery"]),
    )


async def write_factor(tx: Transaction, factor: Factor) -> None:
    row = {
        "id": factor.owner.id,
        "user": factor.owner.user,
        "administrator": factor.owner.administrator,
        "secret": factor.secret,
        "created": factor.created,
        "confirmed": factor.confirmed,
        "last_step": factor.last_step,
        "recovery": list(factor.recovery),
    }
    await tx.execute(upsert(factor_table, [row], ["id"]))


async def delete_factor(tx: Transaction, owner: Owner) -> None:
    await tx.execute(delete(factor_table).where(factor_table.c.id == owner.id))


def _passkey(row: RowMapping) -> Passkey:
    known = dict(row)
    owner = Owner(user=known.pop("user"), administrator=known.pop("administrator"))
    return Passkey(owner=owner, **known)


async def passkeys(reader: Reader, owner: Owner) -> list[Passkey]:
    """In the order in which they were made."""
    query = select(passkey_table).where(_of(passkey_table, owner)).order_by(passkey_table.c.id)
    return [_passkey(row) for row in (await reader.execute(query)).mappings()]


async def passkey(reader: Reader, id: str) -> Passkey | None:
    query = select(passkey_table).where(passkey_table.c.id == id)
    row = (await reader.execute(query)).mappings().first()
    return None if row is None else _passkey(row)


async def passkey_shown(reader: Reader, credential: str, *, lock: bool = False) -> Passkey | None:
    """By the id of the credential. `lock`: it does not change before the transaction ends."""
    query = select(passkey_table).where(passkey_table.c.credential == credential)
    if lock:
        query = query.with_for_update()
    row = (await reader.execute(query)).mappings().first()
    return None if row is None else _passkey(row)


async def who_has_passkeys(reader: Reader, rp: str) -> tuple[bool, bool]:
    """Any user of that name of the server, any administrator."""
    found = []
    for column in (passkey_table.c.user, passkey_table.c.administrator):
        query = select(passkey_table.c.id).where(passkey_table.c.rp == rp, column.is_not(None))
        found.append((await reader.execute(query.limit(1))).first() is not None)
    users, administrators = found
    return users, administrators


async def insert_passkey(tx: Transaction, one: Passkey) -> None:
    row = asdict(one)
    owner = row.pop("owner")
    await tx.execute(insert(passkey_table), row | owner)


async def passkey_used(
    tx: Transaction, id: str, sign_count: int, backed_up: bool, seen: datetime
) -> None:
    query = update(passkey_table).where(passkey_table.c.id == id)
    await tx.execute(query.values(sign_count=sign_count, backed_up=backed_up, seen=seen))


async def delete_passkey(tx: Transaction, id: str) -> bool:
    """Whether it was there."""
    done = await tx.execute(delete(passkey_table).where(passkey_table.c.id == id))
    return bool(done.rowcount)


def _of(table: Table, owner: Owner) -> ColumnElement[bool]:
    if owner.user is not None:
        return table.c.user == owner.user
    return table.c.administrator == owner.administrator


async def insert_reset(tx: Transaction, owner: Owner, token: str, asked: datetime) -> None:
    row = {"user": owner.user, "administrator": owner.administrator}
    await tx.execute(insert(reset), {"token": token, "asked": asked, **row})


async def resets(reader: Reader, owner: Owner) -> int:
    """How many letters of somebody can be used."""
    query = select(func.count()).select_from(reset).where(_of(reset, owner))
    return int((await reader.execute(query)).scalar_one())


async def reset_owner(reader: Reader, token: str, *, since: datetime) -> Owner | None:
    """Of a letter asked for after that."""
    query = select(reset.c.user, reset.c.administrator).where(
        reset.c.token == token, reset.c.asked > since
    )
    row = (await reader.execute(query)).first()
    return None if row is None else Owner(user=row.user, administrator=row.administrator)


async def take_reset(tx: Transaction, token: str) -> bool:
    """Whether it was there: it is used once."""
    return bool((await tx.execute(delete(reset).where(reset.c.token == token))).rowcount)


async def delete_resets(tx: Transaction, owner: Owner) -> None:
    await tx.execute(delete(reset).where(_of(reset, owner)))


async def forget_resets(tx: Transaction, before: datetime) -> None:
    await tx.execute(delete(reset).where(reset.c.asked <= before))


async def sessions(reader: Reader) -> list[Session]:
    found = await reader.execute(select(session).order_by(session.c.id))
    return [Session(**row) for row in found.mappings()]


async def session_of_token(reader: Reader, token: str) -> Session | None:
    """`token`: its digest."""
    found = await reader.execute(select(session).where(session.c.token == token))
    row = found.mappings().one_or_none()
    return None if row is None else Session(**row)


async def key_of(reader: Reader, id: str) -> HeldKey | None:
    row = (await reader.execute(select(api_key).where(api_key.c.id == id))).mappings().first()
    return None if row is None else _held(dict(row))


async def session_ids(reader: Reader, owner: Owner) -> list[str]:
    column = session.c.administrator if owner.user is None else session.c.user
    return list((await reader.execute(select(session.c.id).where(column == owner.id))).scalars())


async def insert_session(tx: Transaction, row: Session) -> None:
    await tx.execute(insert(session), asdict(row))


async def delete_sessions(tx: Transaction, ids: Iterable[str]) -> None:
    rows = [{"b_id": id} for id in ids]
    if rows:
        await tx.execute(delete(session).where(session.c.id == bindparam("b_id")), rows)


async def keys(reader: Reader) -> list[HeldKey]:
    found = await reader.execute(select(api_key).order_by(api_key.c.id))
    return [_held(dict(row)) for row in found.mappings()]


def _held(row: dict[str, Any]) -> HeldKey:
    secret = row.pop("secret")
    return HeldKey(ApiKey(**row), secret)


async def insert_key(tx: Transaction, held: HeldKey) -> None:
    await tx.execute(insert(api_key), asdict(held.key) | {"secret": held.secret})


async def delete_key(tx: Transaction, id: str) -> None:
    await tx.execute(delete(api_key).where(api_key.c.id == id))


async def write_seen(
    tx: Transaction, of_sessions: Mapping[str, datetime], of_keys: Mapping[str, datetime]
) -> None:
    """When each was last used."""
    for table, seen in ((session, of_sessions), (api_key, of_keys)):
        rows = [{"b_id": id, "b_seen": at} for id, at in seen.items()]
        if rows:
            query = update(table).where(table.c.id == bindparam("b_id"))
            await tx.execute(query.values(seen=bindparam("b_seen")), rows)
