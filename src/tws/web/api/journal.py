"""The call log."""

from typing import Annotated, Literal

from fastapi import Query, Response

from tws.journal.model import Outcome
from tws.organisation.actor import CompanyId, UserId
from tws.telephony.model import Direction
from tws.web.answers import answer, answers
from tws.web.identity import Anyone, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Text
from tws.web.shown.log_entries import LogEntryValue, log_entry
from tws.web.shown.values import Value

router = Operations(tags=["calls"])


class LogPageValue(Value):
    """Some lines of the call log, newest first."""

    entries: list[LogEntryValue]
    before: str | None
    "To ask for the lines that follow; null = there are none."


@router.get(
    "/call-log",
    operation_id="listCallLog",
    responses=answers(
        LogPageValue, "notSignedIn", "notAllowed", "notFound", "invalid", "unavailable"
    ),
)
async def list_call_log(
    rooms: InRooms,
    actor: Anyone,
    direction: Annotated[
        Literal["incoming", "outgoing"] | None, Query(description="Only these.")
    ] = None,
    outcome: Annotated[
        list[Outcome], Query(description="Only calls that ended so, as `missed`; may be repeated.")
    ] = [],  # noqa: B006 - never changed
    text: Annotated[Text, Query(description="Words of names, or part of a number.")] = "",
    before: Annotated[
        Text | None, Query(description="`before` of the page that came before.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    company: Annotated[str | None, Query(description="For administrators: of which.")] = None,
    user: Annotated[str | None, Query(description="For administrators: whose.")] = None,
) -> Response:
    """The calls of a user, newest first."""
    page = await rooms.journal.list_call_log(
        actor,
        direction=None if direction is None else Direction(direction),
        outcomes=outcome,
        text=text,
        before=before,
        limit=limit,
        user=None if user is None else UserId(user),
        company=None if company is None else CompanyId(company),
    )
    entries = [log_entry(rooms.registry, entry) for entry in page.entries]
    return answer(LogPageValue(entries=entries, before=page.before))
