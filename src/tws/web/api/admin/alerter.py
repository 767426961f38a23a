"""The templates of screen pops: written, and tried on a call that never was."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import Query, Response
from pydantic import Field

from tws.alerter.model import AlerterMode, Mistake
from tws.alerter.sample import SAMPLE
from tws.alerter.service import TemplateFile
from tws.alerter.tokens import ALL, CALLED, CUSTOM
from tws.organisation.actor import CompanyId
from tws.web.answers import answer, answers
from tws.web.api.admin.described import LOOKING
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Id
from tws.web.shown.pops import PopValue, pop
from tws.web.shown.sentences import SaidValue, said_value
from tws.web.shown.values import Value

router = Operations("/admin/alerter", tags=["administration"])
Company = Annotated[str, Query(description="Id of the company whose template it is.")]
Named = Annotated[str, Query(description="The file's name; it ends with `.xml`.")]
FINDING = (*LOOKING, "notFound", "invalid")
TRIED = "tried"
"The leg of a call that never was."


class TemplateMistakeValue(Value):
    """Why a text is no template."""

    line: Annotated[int, msgspec.Meta(description="The first is 1.")]
    column: Annotated[int, msgspec.Meta(description="The first is 1.")]
    said: SaidValue


class TemplateFileValue(Value):
    """A template among the files of a company."""

    name: str
    size: Annotated[int, msgspec.Meta(description="Bytes.")]
    changed: datetime
    mistakes: list[TemplateMistakeValue]
    chosen: Annotated[int, msgspec.Meta(description="How many values of `AlerterXml` name it.")]


class TemplateTextValue(Value):
    """What is written in a template."""

    name: str
    text: str


class TokenValue(Value):
    """What may stand between `[-` and `-]`."""

    name: str
    of: Annotated[
        str,
        msgspec.Meta(
            description="`caller`, `field` (a private field of a directory), or `called`."
        ),
    ]
    sample: Annotated[str, msgspec.Meta(description="What it is in a trial.")]


class TriedTemplateValue(Value):
    """What comes of a text that is not stored."""

    mistakes: list[TemplateMistakeValue]
    unknown: Annotated[
        list[str], msgspec.Meta(description="Tokens that nothing is known of: they stay empty.")
    ]
    unlisted: Annotated[
        list[str],
        msgspec.Meta(description="Programs that `AlerterPrograms` lets nobody start."),
    ]
    pop: Annotated[PopValue | None, msgspec.Meta(description="Null where there are mistakes.")]


class TemplateBody(Body):
    text: str = Field(max_length=70_000, description="The XML.")


class TryTemplateBody(Body):
    company: Id = Field(description="Whose directories name private fields.")
    mode: Annotated[AlerterMode, Field(strict=False)] = AlerterMode.XML
    text: str = Field(max_length=70_000, description="The XML; in mode URL the address.")
    values: dict[str, str] = Field(
        default={}, description="By token, in the place of those of the sample."
    )
    directories: list[str] = Field(
        default=[], max_length=100, description="Names of those that the caller is in."
    )
    width: int = Field(default=400, ge=100, le=10_000)
    height: int = Field(default=300, ge=100, le=10_000)


def _mistakes(found: Iterable[Mistake]) -> list[TemplateMistakeValue]:
    return [
        TemplateMistakeValue(line=one.line, column=one.column, said=said_value(one.said))
        for one in found
    ]


def _value(file: TemplateFile) -> TemplateFileValue:
    return TemplateFileValue(
        name=file.name,
        size=file.size,
        changed=file.changed,
        mistakes=_mistakes(file.mistakes),
        chosen=file.chosen,
    )


@router.get(
    "/templates",
    operation_id="listAlerterTemplates",
    responses=answers(list[TemplateFileValue], *FINDING),
)
async def list_templates(rooms: InRooms, actor: Administrator, company: Company) -> Response:
    """The XML files of a company, by name. One is deleted by `deleteFile`."""
    found = await rooms.alerter.list_templates(actor, CompanyId(company))
    return answer([_value(file) for file in found])


@router.get(
    "/template",
    operation_id="getAlerterTemplate",
    responses=answers(TemplateTextValue, *FINDING),
)
async def get_template(
    rooms: InRooms, actor: Administrator, company: Company, name: Named
) -> Response:
    """What is written in a template, even one that has mistakes."""
    text = await rooms.alerter.read_template(actor, CompanyId(company), name)
    return answer(TemplateTextValue(name=name, text=text))


@router.put(
    "/template",
    operation_id="putAlerterTemplate",
    responses=answers(TemplateFileValue, *FINDING, "badRequest", "tooMany", "unavailable"),
)
async def put_template(
    rooms: InRooms, actor: Administrator, company: Company, name: Named, body: TemplateBody
) -> Response:
    """Store a template, in place of one of that name: the pops that are shown change at once.
    `invalid` with the first mistake where it is none."""
    done = await rooms.alerter.write_template(actor, CompanyId(company), name, body.text)
    return answer(_value(done))


@router.get(
    "/tokens", operation_id="listAlerterTokens", responses=answers(list[TokenValue], *FINDING)
)
async def list_tokens(rooms: InRooms, actor: Administrator, company: Company) -> Response:
    """What may stand in templates and addresses: the guide's tokens, and the labels of the
    private fields of the company's directories."""
    labels = rooms.alerter.labels(actor, CompanyId(company))
    found = [TokenValue(name=name, of=_of(name), sample=SAMPLE.get(name, "")) for name in ALL]
    found += [TokenValue(name=label, of="field", sample="") for label in labels]
    return answer(found)


def _of(name: str) -> str:
    return "field" if name in CUSTOM else "called" if name in CALLED else "caller"


@router.post(
    "/trial",
    operation_id="tryAlerterTemplate",
    responses=answers(TriedTemplateValue, *FINDING, "badRequest"),
)
async def try_template(rooms: InRooms, actor: Administrator, body: TryTemplateBody) -> Response:
    """What a text would show of a call that never was; nothing is stored."""
    tried = rooms.alerter.try_template(
        actor,
        CompanyId(body.company),
        body.mode,
        body.text,
        body.values,
        tuple(body.directories),
        body.width,
        body.height,
    )
    return answer(
        TriedTemplateValue(
            mistakes=_mistakes(tried.mistakes),
            unknown=list(tried.unknown),
            unlisted=list(tried.unlisted),
            pop=None if tried.pop is None else pop(TRIED, tried.pop),
        )
    )
