"""Companies and their domains."""

from fastapi import APIRouter, Response
from pydantic import Field

from tws.organisation.actor import CompanyId, DomainId
from tws.web.answers import answer
from tws.web.api.admin.described import (
    DELETED,
    InCompany,
    Seen,
    changed,
    created,
    found,
    listed,
)
from tws.web.api.admin.rows import CompanyRow, DomainRow, shown
from tws.web.api.domain_fields import Digits, DomainFields
from tws.web.identity import Administrator, InRooms
from tws.web.shapes import Body, Id, Name, Version

router = APIRouter(prefix="/admin", tags=["administration"])


@router.get("/companies", operation_id="listCompanies", responses=listed(CompanyRow))
async def list_companies(rooms: InRooms, actor: Administrator) -> Response:
    """The companies that you manage."""
    return answer([shown(x, CompanyRow) for x in rooms.organisation.list_companies(actor)])


class CompanyBody(Body):
    name: Name = Field(examples=["SSDEI"])


@router.post(
    "/companies", operation_id="createCompany", status_code=201, responses=created(CompanyRow)
)
async def create_company(rooms: InRooms, actor: Administrator, body: CompanyBody) -> Response:
    """For super users."""
    return answer(
        shown(await rooms.organisation.create_company(actor, name=body.name), CompanyRow), 201
    )


@router.get("/companies/{id}", operation_id="getCompany", responses=found(CompanyRow))
async def get_company(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """One company."""
    return answer(shown(rooms.organisation.get_company(actor, CompanyId(id)), CompanyRow))


class UpdateCompanyBody(CompanyBody):
    version: Version


@router.patch("/companies/{id}", operation_id="updateCompany", responses=changed(CompanyRow))
async def update_company(
    rooms: InRooms, actor: Administrator, id: str, body: UpdateCompanyBody
) -> Response:
    """Rename a company."""
    row = await rooms.organisation.update_company(
        actor, CompanyId(id), body.version, name=body.name
    )
    return answer(shown(row, CompanyRow))


@router.delete("/companies/{id}", operation_id="deleteCompany", status_code=204, responses=DELETED)
async def delete_company(rooms: InRooms, actor: Administrator, id: str, version: Seen) -> Response:
    """For super users; refused while something belongs to it."""
    await rooms.organisation.delete_company(actor, CompanyId(id), version)
    return Response(status_code=204)


# ---------------------------------------------------------------- domains


@router.get("/domains", operation_id="listDomains", responses=listed(DomainRow))
async def list_domains(
    rooms: InRooms, actor: Administrator, company: InCompany = None
) -> Response:
    """Domains."""
    where = None if company is None else CompanyId(company)
    return answer([shown(x, DomainRow) for x in rooms.organisation.list_domains(actor, where)])


class CreateDomainBody(DomainFields):
    company: Id


@router.post(
    "/domains", operation_id="createDomain", status_code=201, responses=created(DomainRow)
)
async def create_domain(rooms: InRooms, actor: Administrator, body: CreateDomainBody) -> Response:
    """A domain of a company."""
    row = await rooms.organisation.create_domain(
        actor, company=CompanyId(body.company), **body.given("company")
    )
    return answer(shown(row, DomainRow), 201)


@router.get("/domains/{id}", operation_id="getDomain", responses=found(DomainRow))
async def get_domain(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """One domain."""
    return answer(shown(rooms.organisation.get_domain(actor, DomainId(id)), DomainRow))


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


@router.patch("/domains/{id}", operation_id="updateDomain", responses=changed(DomainRow))
async def update_domain(
    rooms: InRooms, actor: Administrator, id: str, body: UpdateDomainBody
) -> Response:
    """Change a domain."""
    row = await rooms.organisation.update_domain(
        actor, DomainId(id), body.version, **body.given("version")
    )
    return answer(shown(row, DomainRow))


@router.delete("/domains/{id}", operation_id="deleteDomain", status_code=204, responses=DELETED)
async def delete_domain(rooms: InRooms, actor: Administrator, id: str, version: Seen) -> Response:
    """Refused while something belongs to it."""
    await rooms.organisation.delete_domain(actor, DomainId(id), version)
    return Response(status_code=204)
