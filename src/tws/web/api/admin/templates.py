"""The configuration of a company or a domain as a file, and made from one."""

from typing import Annotated

import msgspec
from fastapi import Query, Response
from pydantic import Field

from tws.organisation.actor import CompanyId, DomainId
from tws.templates.model import Done, ImportOutcome, RowKind
from tws.web.answers import answer, answers, refusals
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, FileContent, Id
from tws.web.shown.sentences import SaidValue, said_value
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class ImportedValue(Value):
    """What was done of one row of the file, or would be."""

    kind: RowKind
    name: str
    domain: Annotated[str, msgspec.Meta(description="Empty = of no domain.")]
    outcome: ImportOutcome
    said: Annotated[SaidValue | None, msgspec.Meta(description="Why it is refused.")]
    secrets: Annotated[
        list[str], msgspec.Meta(description="To be filled in afterwards: no file has them.")
    ]


class ImportConfigurationBody(Body):
    company: Id
    domain: Id | None = Field(
        None, description="Into this one goes what the file has of its only domain."
    )
    content: FileContent
    overwrite: bool = Field(
        False, description="What is there and is otherwise is changed; else it is kept."
    )
    dry: bool = Field(True, description="Nothing is written.")


@router.get(
    "/configuration",
    operation_id="exportConfiguration",
    responses={
        200: {
            "description": "A file.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        **refusals("notSignedIn", "notAllowed", "notFound", "invalid", "unavailable"),
    },
)
async def export_configuration(
    rooms: InRooms,
    actor: Administrator,
    company: Annotated[str, Query(description="By id.")],
    domain: Annotated[str | None, Query(description="Only of this one, by id.")] = None,
) -> Response:
    """Domains, groups without members, links, directories, imports, calendars, parameters and what
    is granted between them; without secrets."""
    place = None if domain is None else DomainId(domain)
    content = await rooms.templates.give(actor, CompanyId(company), place)
    named = {"Content-Disposition": 'attachment; filename="tws-configuration.json"'}
    return Response(content, media_type="application/json", headers=named)


@router.post(
    "/configuration",
    operation_id="importConfiguration",
    responses=answers(
        list[ImportedValue],
        "badRequest",
        "notSignedIn",
        "notAllowed",
        "notFound",
        "foreignOrigin",
        "invalid",
        "unavailable",
    ),
)
async def import_configuration(
    rooms: InRooms, actor: Administrator, body: ImportConfigurationBody
) -> Response:
    """Make what is in the file, row by row, each checked as if it were typed in; first, in a dry
    run, say what would come of it."""
    done = await rooms.templates.make(
        actor,
        CompanyId(body.company),
        None if body.domain is None else DomainId(body.domain),
        body.content,
        overwrite=body.overwrite,
        dry=body.dry,
    )
    return answer([_imported(each) for each in done])


def _imported(done: Done) -> ImportedValue:
    return ImportedValue(
        kind=done.kind,
        name=done.name,
        domain=done.domain,
        outcome=done.outcome,
        said=None if done.said is None else said_value(done.said),
        secrets=list(done.secrets),
    )
