"""Companies and their domains."""

from pydantic import Field

from tws.web.api.admin.described import OfCompany
from tws.web.api.admin.rows import CompanyRow, DomainRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.api.domain_fields import Digits, DomainFields
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Name, Version

router = Operations("/admin", tags=["administration"])


class CompanyBody(Body):
    name: Name = Field(examples=["SSDEI"])


class UpdateCompanyBody(CompanyBody):
    version: Version


companies = RowsApi(router, "/companies", "Company", CompanyRow, many="Companies")
companies.listing(
    lambda rooms: rooms.organisation.companies.list_companies, "The companies that you manage."
)
companies.creation(
    lambda rooms: rooms.organisation.companies.create_company, "For super users.", CompanyBody
)
companies.finding(lambda rooms: rooms.organisation.companies.get_company, "One company.")
companies.change(
    lambda rooms: rooms.organisation.companies.update_company,
    "Rename a company.",
    UpdateCompanyBody,
)
companies.deletion(
    lambda rooms: rooms.organisation.companies.delete_company,
    "For super users; refused while something belongs to it.",
)


# ---------------------------------------------------------------- domains


class CreateDomainBody(DomainFields):
    company: Id


class UpdateDomainBody(Body):
    """What is left out stays."""

    version: Version
    name: Name = Field(default_factory=str)
    time_zone: Name = Field(default_factory=str)
    internal_length: int = Field(default_factory=int, ge=1, le=20)
    country_prefix: Digits = Field(default_factory=str)
    external_prefix: Digits = Field(default_factory=str)
    international_prefix: Digits = Field(default_factory=str)
    national_prefix: Digits = Field(default_factory=str)
    inverse_length: int = Field(default_factory=int, ge=1, le=20)
    incoming_remove: Digits = Field(default_factory=str)
    incoming_add: Digits = Field(default_factory=str)


domains = RowsApi(router, "/domains", "Domain", DomainRow)
domains.listing(lambda rooms: rooms.organisation.domains.list_domains, "Domains.", OfCompany)
domains.creation(
    lambda rooms: rooms.organisation.domains.create_domain,
    "A domain of a company.",
    CreateDomainBody,
)
domains.finding(lambda rooms: rooms.organisation.domains.get_domain, "One domain.")
domains.change(
    lambda rooms: rooms.organisation.domains.update_domain, "Change a domain.", UpdateDomainBody
)
domains.deletion(
    lambda rooms: rooms.organisation.domains.delete_domain,
    "Refused while something belongs to it.",
)
