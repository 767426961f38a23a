"""Secrets sealed anew, on each kind of database: in texts, in settings and by names."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from tws.mail.store import mail
from tws.organisation.store import company, directory, domain, parameter_value
from tws.push.store import key as push_key
from tws.storage import Storage
from tws.storage.key_ring import key_id
from tws.storage.resealing import SEALED_AT_ONCE, Resealing, keys_in_use
from tws.storage.secrets import Secrets

OLD, NEW, LOST = bytes(32), bytes(range(32)), bytes(range(1, 33))
MAILS = 2 * SEALED_AT_ONCE + 1
AS_PUSH = ("push_key", "private")
NOW = datetime(2026, 11, 29, tzinfo=UTC)
NAMED = {"version": 7, "company": "c", "name": "x", "name_key": "x"}
DOMAIN = NAMED | {
    "id": "d",
    "time_zone": "Europe/Paris",
    "internal_length": 4,
    "country_prefix": "33",
    "external_prefix": "0",
    "international_prefix": "00",
    "national_prefix": "0",
    "inverse_length": 9,
    "incoming_remove": "",
    "incoming_add": "",
    "apply_to_caller": False,
    "incoming_rules": (),
    "emergency_numbers": (),
    "number_examples": (),
}
DIRECTORY = NAMED | {
    "id": "d",
    "domain": "d",
    "kind": "public",
    "connector": "ldap",
    "priority": 1,
    "mapping": {},
    "labels": {},
    "merge": False,
    "schedule": "never",
    "minutes": 0,
}


async def test_all_are_sealed_with_the_newest_key(storage: Storage) -> None:
    old, lost = Secrets(Path("unused"), OLD), Secrets(Path("unused"), LOST)
    secrets, told = Secrets(Path("unused"), NEW, OLD), list[int]()
    settings = {"host": "x", "port": 389, "user": None, "password": old.seal("p", "d", "password")}
    async with storage.transaction() as tx:
        await tx.execute(insert(company).values(id="c", version=1, name="SSDEI", name_key="ssdei"))
        await tx.execute(insert(push_key).values(id=1, sealed=old.seal(1, *AS_PUSH), created=NOW))
        for n in range(MAILS):
            sealed = (lost if n == 0 else old).seal("text", f"m{n}", "mail")
            await tx.execute(
                insert(mail).values(
                    id=f"m{n}", sealed=sealed, company="c", created=NOW, tries=0, due=NOW
                )
            )
        await tx.execute(insert(domain).values(DOMAIN))
        await tx.execute(insert(directory).values(DIRECTORY | {"settings": settings}))
        for name, value in (("Open", True), ("Secret", old.seal("v", "pSecret", "Secret"))):
            row: dict[str, object] = {
                "id": f"p{name}",
                "parameter": name,
                "value": value,
                "holder": "c",
            }
            row |= {"version": 1, "company": "c"}
            await tx.execute(insert(parameter_value).values(row))
    work = Resealing(storage, secrets, told.append)
    assert await work.run() == 1
    assert work.rows == MAILS - 1 + 3 == told[-1] and len(told) == 3 + 2
    assert await keys_in_use(storage) == {key_id(NEW), key_id(LOST)}
    async with storage.reading() as reader:
        texts = (await reader.execute(select(mail.c.id, mail.c.sealed))).all()
        stored = (await reader.execute(select(directory.c.settings, directory.c.version))).one()
        query = select(parameter_value.c.parameter, parameter_value.c.value)
        values = {name: value for name, value in await reader.execute(query)}
        pushed = (await reader.execute(select(push_key.c.sealed))).scalar_one()
    new = Secrets(Path("unused"), NEW)
    assert {new.open(text, id, "mail") for id, text in texts if id != "m0"} == {"text"}
    assert {**stored.settings, "password": "p"} == {**settings, "password": "p"}
    assert new.open(stored.settings["password"], "d", "password") == "p" and stored.version == 7
    assert values["Open"] is True and new.open(values["Secret"], "pSecret", "Secret") == "v"
    assert new.open(pushed, *AS_PUSH) == 1
    again = Resealing(storage, secrets, told.append)
    assert await again.run() == 1 and again.rows == 0
