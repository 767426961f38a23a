"""Companies and their domains."""

from sqlalchemy import Boolean, Column, Integer, Table, UniqueConstraint, select

from tws.organisation.actor import CompanyId, DomainId
from tws.organisation.model import Company, DialRule, Domain, NumberExample
from tws.organisation.store.columns import (
    NAME,
    id_column,
    key_column,
    reference,
    text_column,
    version_column,
)
from tws.storage import Reader, Values, metadata
from tws.storage.rows import Rows

company = Table(
    "company",
    metadata,
    id_column(),
    version_column(),
    text_column("name"),
    key_column("name_key"),
    UniqueConstraint("name_key"),
)

domain = Table(
    "domain",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    text_column("name"),
    key_column("name_key"),
    text_column("time_zone", 64),
    Column("internal_length", Integer, nullable=False),
    text_column("country_prefix", 8),
    text_column("external_prefix", 8),
    text_column("international_prefix", 8),
    text_column("national_prefix", 8),
    Column("inverse_length", Integer, nullable=False),
    text_column("incoming_remove", 8),
    text_column("incoming_add", 8),
    Column("apply_to_caller", Boolean, nullable=False),
    Column("outgoing_rules", Values(DialRule)),
    Column("incoming_rules", Values(DialRule), nullable=False),
    Column("emergency_numbers", Values(str), nullable=False),
    Column("number_examples", Values(NumberExample), nullable=False),
    UniqueConstraint("company", "name_key"),
)

companies = Rows(company, Company, NAME)
domains = Rows(domain, Domain, NAME)


async def domains_of(reader: Reader, company: CompanyId) -> list[DomainId]:
    query = select(domain.c.id).where(domain.c.company == company).order_by(domain.c.id)
    return [DomainId(id) for id in (await reader.execute(query)).scalars()]
