"""Contacts out of files, and into them."""

from typing import Annotated

import msgspec
from fastapi import Query, Response
from pydantic import Field

from tws.directory.exporting import Format, exported
from tws.directory.model import ContactId, ListId
from tws.organisation.actor import CompanyId, DomainId
from tws.web.answers import answer, answers, refusals
from tws.web.identity import Anyone, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, FileContent
from tws.web.shown.sentences import Parameters, Template, parts
from tws.web.shown.values import Value

router = Operations("/contact-files", tags=["contacts"])
Company = Annotated[
    str | None, Query(description="For administrators, who have no company of their own: its id.")
]
Domain = Annotated[
    str | None,
    Query(
        description="For administrators: whose public directory; else that of the first domain."
    ),
]
SCHEMA = {"schema": {"type": "string"}}


class IgnoredCardValue(Value):
    """A card that was not imported."""

    place: Annotated[int, msgspec.Meta(description="Of the card in the file, from 1.")]
    why: Annotated[str, msgspec.Meta(description="In English.")]
    template: Template
    parameters: Parameters


class ImportValue(Value):
    """What came of a file."""

    created: int
    updated: Annotated[int, msgspec.Meta(description="Contacts with the UID of a card.")]
    ignored: list[IgnoredCardValue]
    photos_left: Annotated[
        int, msgspec.Meta(description="Pictures that could not be read: left out of their cards.")
    ]
    not_kept: Annotated[
        list[str],
        msgspec.Meta(description="Properties of the cards for which there is no place: `ADR`..."),
    ]


class ImportBody(Body):
    content: FileContent
    private: bool = Field(True, description="Yours alone; false: the company's.")


@router.get(
    "",
    operation_id="exportContacts",
    responses={
        200: {
            "description": "The file.",
            "content": {"text/vcard": SCHEMA, "text/csv": SCHEMA},
        },
        204: {"description": "There is nobody to export."},
        **refusals("notSignedIn", "notAllowed", "notFound", "invalid", "unavailable"),
    },
)
async def export_contacts(
    rooms: InRooms,
    actor: Anyone,
    format: Annotated[Format, Query(description="`vcard` is version 4.0.")] = Format.VCARD,
    contact: Annotated[str | None, Query(max_length=36, description="This one alone.")] = None,
    list: Annotated[str | None, Query(max_length=36, description="Those of a list.")] = None,
    photos: Annotated[bool, Query(description="With photos, in vCards.")] = False,
    company: Company = None,
    domain: Domain = None,
) -> Response:
    """Your private contacts, one contact or a list, as a file; for administrators the company's
    public contacts."""
    cards = await rooms.contact_files.export(
        actor,
        contact=None if contact is None else ContactId(contact),
        list=None if list is None else ListId(list),
        company=None if company is None else CompanyId(company),
        domain=None if domain is None else DomainId(domain),
    )
    if not cards:
        return Response(status_code=204)
    kind, end = ("csv", "csv") if format is Format.CSV else ("vcard", "vcf")
    with_photos = photos and format is not Format.CSV
    pictures = await rooms.contact_files.photos(cards) if with_photos else {}
    return Response(
        exported(cards, format, pictures),
        media_type=f"text/{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="contacts.{end}"'},
    )


@router.post(
    "",
    operation_id="importContacts",
    responses=answers(
        ImportValue,
        "badRequest",
        "notSignedIn",
        "notAllowed",
        "notFound",
        "invalid",
        "unavailable",
    ),
)
async def import_contacts(
    rooms: InRooms,
    actor: Anyone,
    body: ImportBody,
    company: Company = None,
    domain: Domain = None,
) -> Response:
    """Read a file of vCards (4.0, 3.0, 2.1) into your private contacts, or the public ones."""
    done = await rooms.contact_files.import_vcards(
        actor,
        body.content,
        private=body.private,
        company=None if company is None else CompanyId(company),
        domain=None if domain is None else DomainId(domain),
    )
    ignored = [
        IgnoredCardValue(place=one.place, why=str(one.why), **parts(one.why))
        for one in done.ignored
    ]
    return answer(
        ImportValue(
            created=done.created,
            updated=done.updated,
            ignored=ignored,
            photos_left=done.photos_left,
            not_kept=list(done.not_kept),
        )
    )
