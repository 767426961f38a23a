"""Licences (3.3.1, 3.3.2): the installation's number, its licence file, and what is left."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import Response
from pydantic import Field

from tws.licences.document import LONGEST
from tws.licences.service import Standing
from tws.web.answers import answer, answers
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class CountValue(Value):
    """How many may use an application, and how many do."""

    application: str
    available: Annotated[
        int | None, msgspec.Meta(description="null = as many as one likes: no licence file.")
    ]
    used: Annotated[
        int, msgspec.Meta(description="Users, each once, however many groups grant it.")
    ]
    free: int | None


class LicencesValue(Value):
    """The licence of this installation."""

    dongle: Annotated[str, msgspec.Meta(description="Eight groups of four digits 0-9 A-F.")]
    state: Annotated[
        str,
        msgspec.Meta(
            description="`community` (no file), `valid`, `expired`, `otherInstallation` (its "
            "number is another one) or `notTrusted`; the last three allow nobody more."
        ),
    ]
    voucher: str | None
    holder: str | None
    issued: datetime | None
    expires: datetime | None
    counts: Annotated[
        list[CountValue], msgspec.Meta(description="For super users; empty for others.")
    ]


class LicenceBody(Body):
    file: str = Field(
        description="The text of the licence file.", min_length=1, max_length=LONGEST
    )


def shown(standing: Standing) -> LicencesValue:
    licence = standing.licence
    return LicencesValue(
        dongle=standing.dongle,
        state=standing.state,
        voucher=None if licence is None else licence.voucher,
        holder=None if licence is None else licence.holder,
        issued=None if licence is None else licence.issued,
        expires=None if licence is None else licence.expires,
        counts=[
            CountValue(
                application=count.application,
                available=count.available,
                used=count.used,
                free=count.free,
            )
            for count in standing.counts
        ],
    )


@router.get(
    "/licences",
    operation_id="getLicences",
    responses=answers(LicencesValue, "notSignedIn", "notAllowed"),
)
async def get_licences(rooms: InRooms, actor: Administrator) -> Response:
    """What the licence has, and what is used of it."""
    return answer(shown(rooms.licences.standing(actor)))


CHANGED = ("notSignedIn", "notAllowed", "foreignOrigin", "unavailable")


@router.put(
    "/licences/file",
    operation_id="installLicence",
    responses=answers(LicencesValue, *CHANGED, "badRequest", "invalid"),
)
async def install_licence(rooms: InRooms, actor: Administrator, body: LicenceBody) -> Response:
    """Install a licence file instead of the one before, by a super user."""
    return answer(shown(await rooms.licences.install(actor, body.file)))


@router.delete(
    "/licences/file",
    operation_id="removeLicence",
    responses=answers(LicencesValue, *CHANGED),
)
async def remove_licence(rooms: InRooms, actor: Administrator) -> Response:
    """Go back to the community's licence, by a super user."""
    return answer(shown(await rooms.licences.remove(actor)))


@router.post(
    "/licences/dongle",
    operation_id="renewDongle",
    responses=answers(LicencesValue, *CHANGED),
)
async def renew_dongle(rooms: InRooms, actor: Administrator) -> Response:
    """Give the installation another number, by a super user: its licence file does not count any
    more."""
    return answer(shown(await rooms.licences.renew_dongle(actor)))
