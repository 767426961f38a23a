"""Links to PBXs, the form of their settings, and what to add to the PBX itself.

Secret settings can be written and never read: they are answered as null, and `isSet` says whether
there is a value. A secret that a change leaves out, or sends as null, stays.
"""

from dataclasses import MISSING, Field, fields
from typing import Any, Literal, get_args

from fastapi import APIRouter, Response
from pydantic import Field as BodyField

from tws.organisation.actor import CompanyId, DomainId
from tws.organisation.errors import NotFound
from tws.organisation.model import Link
from tws.telephony.link import Dialect
from tws.web.answers import answer, answers
from tws.web.api.admin.described import (
    DELETED,
    LOOKING,
    InCompany,
    InDomain,
    Seen,
    changed,
    created,
    found,
    listed,
)
from tws.web.api.admin.rows import LinkRow
from tws.web.identity import Administrator, InRooms
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Name, Version
from tws.web.values import Value

router = APIRouter(prefix="/admin", tags=["administration"])
Shown = Literal["text", "number", "switch"]
TYPES: dict[object, Shown] = {str: "text", bool: "switch", int: "number", float: "number"}


class SettingValue(Value):
    """One field of the form of a dialect."""

    name: str
    type: Literal["text", "number", "switch", "choice"]
    default: str | int | float | bool | None
    help: str
    secret: bool
    choices: list[str] | None
    required: bool


class DialectValue(Value):
    """A kind of link."""

    name: str
    title: str
    fields: list[SettingValue]


class SnippetValue(Value):
    """A piece of configuration to add to the PBX."""

    file: str
    title: str
    text: str


def row(rooms: Rooms, link: Link) -> LinkRow:
    """A link without its secrets; without any settings when its dialect is not installed."""
    dialect = rooms.dialects().get(link.dialect)
    secret = frozenset() if dialect is None else secret_settings(dialect)
    return LinkRow(
        id=link.id,
        version=link.version,
        company=link.company,
        domain=link.domain,
        name=link.name,
        dialect=link.dialect,
        capacity=link.capacity,
        enabled=link.enabled,
        settings={
            name: None if name in secret else value
            for name, value in link.settings.items()
            if dialect is not None
        },
        is_set={name: bool(link.settings.get(name)) for name in sorted(secret)},
    )


def secret_settings(dialect: type[Dialect]) -> frozenset[str]:
    return frozenset(x.name for x in fields(dialect.Settings) if x.metadata.get("secret"))


# ---------------------------------------------------------------- the form


@router.get("/dialects", operation_id="listDialects", responses=listed(DialectValue))
async def list_dialects(rooms: InRooms, actor: Administrator) -> Response:
    """The kinds of links of this installation, each with the form of its settings."""
    return answer(
        [
            DialectValue(
                name=name,
                title=dialect.title,
                fields=[_setting(field) for field in fields(dialect.Settings)],
            )
            for name, dialect in sorted(rooms.dialects().items())
        ]
    )


def _setting(field: Field[Any]) -> SettingValue:
    choices = field.metadata.get("choices")
    default = None if field.default is MISSING else field.default
    if field.default_factory is not MISSING:
        default = field.default_factory()
    return SettingValue(
        name=field.name,
        type="choice" if choices else _type(field),
        default=default,
        help=field.metadata.get("help", ""),
        secret=bool(field.metadata.get("secret")),
        choices=[str(choice) for choice in choices] if choices else None,
        required=field.default is MISSING and field.default_factory is MISSING,
    )


def _type(field: Field[Any]) -> Shown:
    """`int | None` is a number that may be left empty."""
    kinds = [kind for kind in (get_args(field.type) or (field.type,)) if kind in TYPES]
    return TYPES[kinds[0]] if kinds else "text"


# ---------------------------------------------------------------- rows


@router.get("/links", operation_id="listLinks", responses=listed(LinkRow))
async def list_links(
    rooms: InRooms, actor: Administrator, company: InCompany = None, domain: InDomain = None
) -> Response:
    """Links to PBXs. Their state is told by `listLinkStates`."""
    rows = rooms.organisation.list_links(
        actor,
        None if company is None else CompanyId(company),
        domain=None if domain is None else DomainId(domain),
    )
    return answer([row(rooms, link) for link in rows])


class CreateLinkBody(Body):
    domain: Id
    name: Name = BodyField(examples=["Paris PBX"])
    dialect: Name = BodyField(examples=["csta_xml"])
    settings: dict[str, Any] = BodyField(
        max_length=100,
        description="By name, as `listDialects` tells them.",
        examples=[{"host": "192.0.2.10", "pbx_type": "A5000"}],
    )
    capacity: int = BodyField(500, ge=1, le=100_000)
    enabled: bool = True


@router.post("/links", operation_id="createLink", status_code=201, responses=created(LinkRow))
async def create_link(rooms: InRooms, actor: Administrator, body: CreateLinkBody) -> Response:
    """A link; TWS connects at once if it is enabled."""
    link = await rooms.organisation.create_link(
        actor, domain=DomainId(body.domain), **body.given("domain")
    )
    return answer(row(rooms, link), 201)


@router.get("/links/{id}", operation_id="getLink", responses=found(LinkRow))
async def get_link(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """One link."""
    return answer(row(rooms, rooms.organisation.get_link(actor, id)))


class UpdateLinkBody(Body):
    """What is left out stays; `settings` replaces all of them but the secrets it leaves out."""

    version: Version
    name: Name = BodyField(default_factory=str)
    dialect: Name = BodyField(default_factory=str)
    settings: dict[str, Any] = BodyField(default_factory=dict, max_length=100)
    capacity: int = BodyField(default_factory=int, ge=1, le=100_000)
    enabled: bool = BodyField(default_factory=bool)


@router.patch("/links/{id}", operation_id="updateLink", responses=changed(LinkRow))
async def update_link(
    rooms: InRooms, actor: Administrator, id: str, body: UpdateLinkBody
) -> Response:
    """Change a link; other settings make TWS connect anew."""
    link = await rooms.organisation.update_link(actor, id, body.version, **body.given("version"))
    return answer(row(rooms, link))


@router.delete("/links/{id}", operation_id="deleteLink", status_code=204, responses=DELETED)
async def delete_link(rooms: InRooms, actor: Administrator, id: str, version: Seen) -> Response:
    """Refused while devices are on it."""
    await rooms.organisation.delete_link(actor, id, version)
    return Response(status_code=204)


@router.get(
    "/links/{id}/snippets",
    operation_id="getLinkSnippets",
    responses=answers(list[SnippetValue], *LOOKING, "notFound"),
)
async def get_link_snippets(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """What to add to the configuration of this PBX."""
    link = rooms.organisation.get_link(actor, id)
    snippets = await rooms.snippets(link)
    if not snippets:
        raise NotFound("Nothing has to be added to this kind of PBX.")
    return answer([SnippetValue(file=x.file, title=x.title, text=x.text) for x in snippets])
