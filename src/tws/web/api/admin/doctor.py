"""Troubleshooting (10.8): what is usually wrong, looked at when it is asked for."""

from typing import Annotated

import msgspec
from fastapi import Response

from tws.maintenance.findings import Check, Finding, Severity
from tws.web.answers import answer, answers
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shown.sentences import SaidValue, said_value
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class FindingValue(Value):
    """What one check found of one thing."""

    check: Check
    outcome: Severity
    said: SaidValue
    todo: SaidValue | None
    page: Annotated[
        str | None, msgspec.Meta(description="Of Administration, by its name in the address.")
    ]
    row: Annotated[str | None, msgspec.Meta(description="Id of what is to be opened there.")]
    company: Annotated[str | None, msgspec.Meta(description="Id; null = of the server.")]


class ExaminationValue(Value):
    """What failed first."""

    findings: list[FindingValue]


def shown(found: Finding) -> FindingValue:
    return FindingValue(
        check=found.check,
        outcome=found.outcome,
        said=said_value(found.said),
        todo=None if found.todo is None else said_value(found.todo),
        page=found.page,
        row=found.row,
        company=found.company,
    )


@router.get(
    "/doctor",
    operation_id="examine",
    responses=answers(ExaminationValue, "notSignedIn", "notAllowed"),
)
async def examine(rooms: InRooms, admin: Administrator) -> Response:
    """Look through what is usually wrong: of the companies of the administrator who asks, and of
    the server for super users."""
    found = await rooms.doctor.examine(admin)
    return answer(ExaminationValue(findings=[shown(one) for one in found]))
