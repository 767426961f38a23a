"""Parameters of applications: which there are, what is set where, and what counts for a user."""

from dataclasses import dataclass
from typing import Annotated

import msgspec
from fastapi import Query, Response
from pydantic import Field

from tws.organisation.actor import UserId
from tws.organisation.parameters.catalogue import DEFINITIONS
from tws.organisation.parameters.catalogue.system import TIME_SYNCHRONIZATION_DIRECTORIES
from tws.organisation.parameters.explaining import Explanation, Setting
from tws.organisation.parameters.parameter import Level, Parameter, Unit, ValueKind
from tws.web.answers import answer, answers
from tws.web.api.admin.described import LOOKING, OfDomain, changed, listed
from tws.web.api.admin.rows import ParameterValueRow, parameter_value_row, told
from tws.web.api.admin.rows_api import RowsApi
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Name, Text
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class ParameterDefinition(Value, omit_defaults=True):
    """A parameter of an application."""

    application: str
    name: str
    kind: ValueKind
    help: Annotated[str, msgspec.Meta(description="What it is for, in English.")]
    default: Annotated[str | int | bool, msgspec.Meta(description="What TWS comes with.")]
    levels: Annotated[list[Level], msgspec.Meta(description="At which it may be set.")]
    expert: bool
    served: Annotated[
        bool, msgspec.Meta(description="False: it is stored, and nothing reads it yet.")
    ]
    aliases: list[str]
    choices: list[str]
    minimum: Annotated[int | None, msgspec.Meta(description="Of a number.")] = None
    maximum: int | None = None
    unit: Unit | None = None


class ParameterSetting(Value):
    """A value of a parameter, and where it is set."""

    level: Level
    name: Annotated[str, msgspec.Meta(description="Of the user, group or domain.")]
    value: Annotated[
        str | int | bool | None, msgspec.Meta(description="null = a secret, which is set.")
    ]
    row: Annotated[
        str | None, msgspec.Meta(description="Id of the value; null = what TWS comes with.")
    ]


class ParameterExplanation(Value):
    """Why a parameter is what it is for a user."""

    parameter: str
    value: Annotated[
        str | int | bool | None, msgspec.Meta(description="null = a secret, which is set.")
    ]
    winner: ParameterSetting
    losers: Annotated[
        list[ParameterSetting],
        msgspec.Meta(description="What would count without those before."),
    ]


@router.get("/parameters", operation_id="listParameters", responses=listed(ParameterDefinition))
async def list_parameters(rooms: InRooms, actor: Administrator) -> Response:
    """The parameters that there are; the same for all companies."""
    return answer([_definition(each) for each in DEFINITIONS])


def _definition(each: Parameter) -> ParameterDefinition:
    number = each.kind is ValueKind.NUMBER
    return ParameterDefinition(
        application=each.application,
        name=each.name,
        kind=each.kind,
        help=each.help,
        default=each.default,
        levels=[level for level in Level if level in each.levels],
        expert=each.expert,
        served=each.served,
        aliases=list(each.aliases),
        choices=list(each.choices),
        minimum=each.least if number else None,
        maximum=each.most if number else None,
        unit=each.unit,
    )


@dataclass(frozen=True)
class OfHolder(OfDomain):
    parameter: Annotated[str | None, Query(description="Only of this one, by name.")] = None
    group: Annotated[str | None, Query(description="Only for this group, by id.")] = None
    user: Annotated[str | None, Query(description="Only for this user, by id.")] = None


class SetParameterBody(Body):
    """For exactly one of a user, a group, a domain, or a company as a whole."""

    parameter: Name = Field(examples=[TIME_SYNCHRONIZATION_DIRECTORIES])
    value: bool | int | Text = Field(
        description="Of the parameter's kind: text, number, true or false, HH:MM. A secret is "
        "written, and never told.",
        examples=["03:00"],
    )
    company: Id | None = Field(None, examples=["0199a79d-77c0-7d6c-93a7-2f50e0a1b3c4"])
    domain: Id | None = None
    group: Id | None = None
    user: Id | None = None
    version: int | None = Field(
        None, ge=0, description="Of the value that you saw there; null = there was none."
    )


values = RowsApi(
    router,
    "/parameter-values",
    "Parameter Value",
    ParameterValueRow,
    show=lambda _, row: parameter_value_row(row),
)
values.listing(
    lambda rooms: rooms.organisation.parameters.list_parameter_values,
    "What is set, and for whom.",
    OfHolder,
)
values.deletion(
    lambda rooms: rooms.organisation.parameters.delete_parameter_value,
    "Take a value back: the next nearest one counts.",
)


@router.put("/parameter-values", operation_id="setParameter", responses=changed(ParameterValueRow))
async def set_parameter(rooms: InRooms, actor: Administrator, body: SetParameterBody) -> Response:
    """Set a parameter for a user, a group, a domain or a company."""
    row = await rooms.organisation.parameters.set_parameter(actor, **body.given())
    return answer(parameter_value_row(row))


@router.get(
    "/users/{id}/parameters",
    operation_id="explainParameters",
    responses=answers(list[ParameterExplanation], *LOOKING, "notFound", "invalid"),
)
async def explain_parameters(
    rooms: InRooms,
    actor: Administrator,
    id: str,
    parameter: Annotated[str | None, Query(description="Only this one, by name.")] = None,
) -> Response:
    """What each parameter is for a user: the value that counts, and those that do not."""
    told = rooms.organisation.parameters.explain_parameters(actor, UserId(id), parameter)
    return answer([_explained(each) for each in told])


def _explained(why: Explanation) -> ParameterExplanation:
    return ParameterExplanation(
        parameter=why.parameter.name,
        value=told(why.value),
        winner=_setting(why.winner),
        losers=[_setting(each) for each in why.losers],
    )


def _setting(each: Setting) -> ParameterSetting:
    return ParameterSetting(
        level=each.level,
        name=each.name,
        value=told(each.value),
        row=None if each.row is None else each.row.id,
    )
