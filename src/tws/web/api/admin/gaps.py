"""Times in which a PBX was not heard: calls of then may be missing from the call log."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import Query, Response

from tws.organisation.actor import CompanyId, DomainId
from tws.telephony.model import LinkId
from tws.web.answers import answer, answers
from tws.web.api.admin.described import LOOKING, InCompany, InDomain
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Text
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class CallGapValue(Value):
    """A time in which TWS did not hear a PBX."""

    id: str
    link: Annotated[str, msgspec.Meta(description="Id; the link may be deleted since.")]
    since: datetime
    until: Annotated[
        datetime, msgspec.Meta(description="When all its telephones had been asked again.")
    ]
    ended: Annotated[
        int, msgspec.Meta(description="Calls that ended meanwhile, unseen: `endNotSeen`.")
    ]


class CallGapPageValue(Value):
    """Some gaps, newest first."""

    entries: list[CallGapValue]
    before: Annotated[
        str | None,
        msgspec.Meta(description="To ask for the gaps that follow; null = there are none."),
    ]


@router.get(
    "/call-gaps",
    operation_id="listCallGaps",
    responses=answers(
        CallGapPageValue,
        *LOOKING,
        "notFound",
        "invalid",
        "unavailable",
        example={
            "entries": [
                {
                    "id": "0199a7a4-5a0e-7c1b-8f53-91d2b6f0c4aa",
                    "link": "0199a79c-2b6f-7e05-9d11-04c8a3e7f512",
                    "since": "2026-11-23T09:12:04Z",
                    "until": "2026-11-23T09:13:31Z",
                    "ended": 3,
                }
            ],
            "before": None,
        },
    ),
)
async def list_call_gaps(
    rooms: InRooms,
    actor: Administrator,
    company: InCompany = None,
    domain: InDomain = None,
    link: Annotated[str | None, Query(description="Only of this link, by id.")] = None,
    before: Annotated[
        Text | None, Query(description="`before` of the page that came before.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """When links were not heard, newest first, and how many calls ended meanwhile."""
    page = await rooms.journal.list_call_gaps(
        actor,
        None if company is None else CompanyId(company),
        domain=None if domain is None else DomainId(domain),
        link=None if link is None else LinkId(link),
        before=before,
        limit=limit,
    )
    entries = [
        CallGapValue(id=gap.id, link=gap.link, since=gap.since, until=gap.until, ended=gap.ended)
        for gap in page.entries
    ]
    return answer(CallGapPageValue(entries=entries, before=page.before))
