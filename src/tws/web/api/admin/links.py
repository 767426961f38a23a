"""Links to PBXs, the form of their settings, and what to add to the PBX itself.

Secret settings can be written and never read: they are answered as null, and `isSet` says whether
there is a value. A secret that a change leaves out, or sends as null, stays.
"""

from typing import Annotated, Any

import msgspec
from fastapi import Request, Response
from pydantic import Field as BodyField

from tws.errors import NotFound
from tws.organisation.device_protocols import DeviceProtocol
from tws.organisation.model import Link
from tws.register import NotInstalled
from tws.telephony.link import Dialect
from tws.telephony.model import LinkState
from tws.web.answers import answer, answers
from tws.web.api.admin.described import LOOKING, OfDomain, listed
from tws.web.api.admin.rows import LinkRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.awaited import while_awaited
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Name, Version
from tws.web.shown.devices import Why
from tws.web.shown.sentences import sentence_value
from tws.web.shown.setting_values import SettingValue, form_of, told
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class DialectValue(Value, omit_defaults=True):
    """A kind of link."""

    name: str
    title: str
    fields: list[SettingValue]
    adds_to_pbx: Annotated[
        bool, msgspec.Meta(description="Whether `getLinkSnippets` has something to add.")
    ]
    protocol: Annotated[
        DeviceProtocol | None, msgspec.Meta(description="Of telephones that it controls.")
    ] = None
    unavailable: Annotated[
        str | None, msgspec.Meta(description="Why it cannot be used, where it cannot.")
    ] = None
    missing_extra: Annotated[
        str, msgspec.Meta(description="Of the package `tws`: what to install to use it.")
    ] = ""


class SnippetValue(Value):
    """A piece of configuration to add to the PBX."""

    file: str
    title: str
    text: str


def row(rooms: Rooms, link: Link) -> LinkRow:
    """A link without its secrets; without any settings when its dialect is not installed."""
    settings, is_set = told(rooms.dialects().get(link.dialect), link.settings)
    return LinkRow(
        id=link.id,
        version=link.version,
        company=link.company,
        domain=link.domain,
        name=link.name,
        dialect=link.dialect,
        capacity=link.capacity,
        enabled=link.enabled,
        settings=settings,
        is_set=is_set,
    )


@router.get("/dialects", operation_id="listDialects", responses=listed(DialectValue))
async def list_dialects(rooms: InRooms, actor: Administrator) -> Response:
    """The kinds of links of this installation, each with the form of its settings."""
    return answer([_dialect(*each) for each in sorted(rooms.dialects().items())])


def _dialect(name: str, dialect: type[Dialect] | NotInstalled) -> DialectValue:
    if isinstance(dialect, NotInstalled):
        return DialectValue(
            name=name,
            title=name,
            fields=[],
            adds_to_pbx=False,
            unavailable=str(dialect),
            missing_extra=dialect.extra,
        )
    return DialectValue(
        name=name,
        title=dialect.title,
        fields=form_of(dialect.Settings),
        adds_to_pbx=dialect.adds_to_pbx,
        protocol=dialect.protocol,
    )


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


class UpdateLinkBody(Body):
    """What is left out stays; `settings` replaces all of them but the secrets it leaves out."""

    version: Version
    name: Name = BodyField(default_factory=str)
    dialect: Name = BodyField(default_factory=str)
    settings: dict[str, Any] = BodyField(default_factory=dict, max_length=100)
    capacity: int = BodyField(default_factory=int, ge=1, le=100_000)
    enabled: bool = BodyField(default_factory=bool)


links = RowsApi(router, "/links", "Link", LinkRow, show=row)
links.listing(
    lambda rooms: rooms.organisation.links.list_links,
    "Links to PBXs. Their state is told by `listLinkStates`.",
    OfDomain,
)
links.creation(
    lambda rooms: rooms.organisation.links.create_link,
    "A link; TWS connects at once if it is enabled.",
    CreateLinkBody,
)
links.finding(lambda rooms: rooms.organisation.links.get_link, "One link.")
links.change(
    lambda rooms: rooms.organisation.links.update_link,
    "Change a link; other settings make TWS connect anew.",
    UpdateLinkBody,
)
links.deletion(
    lambda rooms: rooms.organisation.links.delete_link, "Refused while devices are on it."
)


class LinkTrialValue(Value):
    """How a PBX answered."""

    state: Annotated[
        LinkState,
        msgspec.Meta(description="`up`: it lets TWS in; `misconfigured`: it never will so."),
    ]
    why: Annotated[str | None, msgspec.Meta(description="In words, unless it is up.")]
    sentence: Why
    version: Annotated[str | None, msgspec.Meta(description="Product and version of the PBX.")]


class TryLinkBody(Body):
    """A link as a form has it."""

    domain: Id
    link: Id | None = BodyField(
        None,
        description="The stored one that is changed. Its secrets stand for those left out, where "
        "the address is the stored one.",
    )
    dialect: Name = BodyField(examples=["csta_xml"])
    settings: dict[str, Any] = BodyField(
        max_length=100, examples=[{"host": "192.0.2.10", "pbx_type": "A5000"}]
    )


@router.post(
    "/links/try",
    operation_id="tryLink",
    responses=answers(LinkTrialValue, *LOOKING, "badRequest", "notFound", "conflict", "invalid"),
)
async def try_link(
    request: Request, rooms: InRooms, actor: Administrator, body: TryLinkBody
) -> Response:
    """Call the PBX with settings that are not stored, or not so, and let go of it again; at most
    15 seconds. Nothing is changed. A link that runs with just these settings answers by its
    state."""
    draft = rooms.organisation.links.draft_link(actor, **body.given())
    status = await while_awaited(request, rooms.link_trials.run(actor, draft))
    return answer(
        LinkTrialValue(
            state=status.state,
            why=None if status.why is None else str(status.why),
            sentence=None if status.why is None else sentence_value(status.why),
            version=status.version,
        )
    )


@router.get(
    "/links/{id}/snippets",
    operation_id="getLinkSnippets",
    responses=answers(list[SnippetValue], *LOOKING, "notFound"),
)
async def get_link_snippets(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """What to add to the configuration of this PBX."""
    link = rooms.organisation.links.get_link(actor, id)
    snippets = await rooms.snippets(link)
    if not snippets:
        raise NotFound("Nothing has to be added to this kind of PBX.")
    return answer([SnippetValue(file=x.file, title=x.title, text=x.text) for x in snippets])
