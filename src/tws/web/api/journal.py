"""The call log, and what is new in the event journal."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Response

from tws.journal.exporting import LogFormat
from tws.journal.model import Outcome
from tws.journal.service import LogFilters
from tws.organisation.actor import CompanyId, UserId
from tws.telephony.model import Direction
from tws.web.answers import answer, answers, refusals
from tws.web.identity import Anyone, InRooms, User
from tws.web.operation import Operations
from tws.web.shapes import Body, Instant, Text
from tws.web.shown.journal import NewsValue, news_value
from tws.web.shown.log_entries import LogEntryValue, log_entry
from tws.web.shown.values import Value

router = Operations(tags=["calls"])
KINDS = {
    LogFormat.CSV: "text/csv; charset=utf-8",
    LogFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FILE = {"schema": {"type": "string", "format": "binary"}}


class LogPageValue(Value):
    """Some lines of the call log, newest first."""

    entries: list[LogEntryValue]
    before: str | None
    "To ask for the lines that follow; null = there are none."


Way = Annotated[
    Literal["incoming", "outgoing"] | None, Query(alias="direction", description="Only these.")
]
Outcomes = Annotated[
    list[Outcome],
    Query(
        alias="outcome",
        description="Only calls that ended so, as `missed`; may be repeated.",
    ),
]
Words = Annotated[Text, Query(alias="text", description="Words of names, or part of a number.")]
Company = Annotated[str | None, Query(description="For administrators: of which.")]
Whose = Annotated[
    str | None, Query(description="Whose, where you may read it; for administrators: whose.")
]


def _filters(
    direction: Way = None,
    outcomes: Outcomes = [],  # noqa: B006 - never changed
    text: Words = "",
    company: Company = None,
    user: Whose = None,
) -> LogFilters:
    return LogFilters(
        direction=None if direction is None else Direction(direction),
        outcomes=outcomes,
        text=text,
        user=None if user is None else UserId(user),
        company=None if company is None else CompanyId(company),
    )


Filters = Annotated[LogFilters, Depends(_filters)]


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
    which: Filters,
    before: Annotated[
        Text | None, Query(description="`before` of the page that came before.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """The calls of a user, newest first: yours, or of somebody whose call log you may read. A page
    of a whole company may have fewer than asked, and still say where the next one begins."""
    page = await rooms.journal.list_call_log(actor, before=before, limit=limit, **which)
    entries = [log_entry(rooms.registry, entry) for entry in page.entries]
    return answer(LogPageValue(entries=entries, before=page.before))


@router.get(
    "/call-log/file",
    operation_id="exportCallLog",
    responses={
        200: {"description": "The file.", "content": {kind: FILE for kind in KINDS.values()}},
        **refusals("notSignedIn", "notAllowed", "notFound", "invalid", "unavailable"),
    },
)
async def export_call_log(
    rooms: InRooms,
    actor: Anyone,
    which: Filters,
    format: LogFormat = LogFormat.XLSX,
    culture: Annotated[Literal["fr", "en"], Query(description="In which language it is.")] = "en",
) -> Response:
    """The calls of a user as a file for spreadsheets, newest first, at most 10,000 of them. Times
    are those of the user's domain."""
    content = await rooms.journal.export_call_log(actor, format, culture=culture, **which)
    named = {"Content-Disposition": f'attachment; filename="calls.{format}"'}
    return Response(content, media_type=KINDS[format], headers=named)


class SeeJournalBody(Body):
    until: Instant


@router.get(
    "/journal/news",
    operation_id="getJournalNews",
    responses=answers(NewsValue, "notSignedIn", "notAllowed", "unavailable"),
)
async def get_journal_news(rooms: InRooms, actor: User) -> Response:
    """Missed calls, voice messages, and notes of others about your calls, since you looked."""
    return answer(news_value(await rooms.news.news(actor)))


@router.post(
    "/journal/seen",
    operation_id="seeJournal",
    status_code=204,
    responses=answers(
        None, "badRequest", "notSignedIn", "notAllowed", "invalid", "unavailable", status=204
    ),
)
async def see_journal(rooms: InRooms, actor: User, body: SeeJournalBody) -> Response:
    """Say up to when you have looked: what came before is not new any more, in all windows."""
    await rooms.news.see(actor, body.until)
    return Response(status_code=204)
