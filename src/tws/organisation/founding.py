"""The very first rows (3.2): an administrator, a company and its domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tws.errors import Conflict, Invalid
from tws.organisation import store, words
from tws.organisation.actor import Actor
from tws.organisation.administrators import new_administrator
from tws.organisation.built_in import furnish
from tws.organisation.companies import new_company
from tws.organisation.domains import new_domain
from tws.organisation.kinds import ADMINISTRATOR, COMPANY, DOMAIN
from tws.organisation.model import Administrator, Company, Domain
from tws.records.changing import create
from tws.storage import Transaction
from tws.storage.rows import number_of


@dataclass(frozen=True, slots=True)
class FirstRows:
    administrator: Administrator
    company: Company
    domain: Domain


def first_rows(username: str, company: str, domain: Mapping[str, Any]) -> FirstRows:
    """`domain`: the fields of `Domains.create_domain`, without its company. Invalid
    names one of those `domain.<field>`."""
    administrator = new_administrator(username, super_user=True)
    first = new_company(words.name(company, "company", words="a company name"))
    try:
        place = new_domain(first.id, **domain)
    except Invalid as error:
        raise Invalid(error.message, field=f"domain.{error.details['field']}") from error
    return FirstRows(administrator, first, place)


async def found(tx: Transaction, actor: Actor, rows: FirstRows) -> None:
    """Conflict once there is an administrator, whoever made it."""
    await tx.lock("administrators")
    if await number_of(tx, store.administrator):
        raise founded()
    await create(tx, actor, ADMINISTRATOR, rows.administrator)
    await create(tx, actor, COMPANY, rows.company)
    await create(tx, actor, DOMAIN, rows.domain)
    await furnish(tx, actor, rows.domain)


def founded() -> Conflict:
    return Conflict("This server has an administrator already.")
