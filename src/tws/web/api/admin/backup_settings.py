"""When backups are made, and where else they are kept (10.7), for super users."""

from typing import Annotated, Literal

import msgspec
from fastapi import Response
from pydantic import Field, StringConstraints

from tws.maintenance.backups.plan import LONGEST, MOST, Plan
from tws.web.answers import answer, answers
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Text
from tws.web.shown.sentences import SaidValue, said_value
from tws.web.shown.values import Value

router = Operations("/admin/backup-settings", tags=["administration"])


class BackupSettingsValue(Value):
    at: Annotated[
        str, msgspec.Meta(description="`HH:MM` on the clock of the machine, each day; or `off`.")
    ]
    keep: Annotated[int, msgspec.Meta(description="How many of those made each day are kept.")]
    copy_to: Annotated[str | None, msgspec.Meta(description="The second place: a folder.")]
    encrypted: Annotated[bool, msgspec.Meta(description="There is a passphrase.")]
    fixed: Annotated[
        list[Literal["at", "keep", "copyTo", "passphrase"]],
        msgspec.Meta(description="What `TWS_BACKUP_*` says: it cannot be changed here."),
    ]
    lost: Annotated[
        SaidValue | None,
        msgspec.Meta(description="Why what was set cannot be read; no backup is made then."),
    ]
    version: int


class BackupPlaceTestValue(Value):
    wrong: Annotated[
        SaidValue | None, msgspec.Meta(description="null = a file was written, and deleted.")
    ]


class BackupSettingsBody(Body):
    version: Annotated[int, Field(ge=0, description="That was seen.")]
    at: Annotated[str, StringConstraints(max_length=5), Field(examples=["02:00", "off"])]
    keep: Annotated[int, Field(ge=1, le=MOST)]
    copy_to: Text | None = None
    passphrase: Annotated[
        str | None,
        StringConstraints(max_length=LONGEST),
        Field(description="12 characters or more; null = as it is, empty = none from now on."),
    ] = None


class BackupPlaceBody(Body):
    copy_to: Text


def shown(plan: Plan) -> BackupSettingsValue:
    return BackupSettingsValue(
        at=plan.at,
        keep=plan.keep,
        copy_to=None if plan.copy_to is None else str(plan.copy_to),
        encrypted=plan.passphrase is not None,
        fixed=sorted(item.value for item in plan.fixed),
        lost=None if plan.lost is None else said_value(plan.lost),
        version=plan.version,
    )


CHANGED = ("badRequest", "notSignedIn", "notAllowed", "foreignOrigin", "invalid")


@router.get(
    "",
    operation_id="getBackupSettings",
    responses=answers(BackupSettingsValue, "notSignedIn", "notAllowed"),
)
async def get_backup_settings(rooms: InRooms, actor: Administrator) -> Response:
    """When backups are made, how many are kept, where else, and whether encrypted."""
    return answer(shown(rooms.backup_settings.plan(actor)))


@router.put(
    "",
    operation_id="setBackupSettings",
    responses=answers(BackupSettingsValue, *CHANGED, "conflict", "unavailable"),
)
async def set_backup_settings(
    rooms: InRooms, actor: Administrator, body: BackupSettingsBody
) -> Response:
    """Make them so from now on."""
    plan = await rooms.backup_settings.change(
        actor,
        version=body.version,
        at=body.at,
        keep=body.keep,
        copy_to=body.copy_to,
        passphrase=body.passphrase,
    )
    return answer(shown(plan))


@router.post(
    "/test",
    operation_id="testBackupPlace",
    responses=answers(BackupPlaceTestValue, *CHANGED, "unavailable"),
)
async def test_backup_place(
    rooms: InRooms, actor: Administrator, body: BackupPlaceBody
) -> Response:
    """Write a small file to a second place and delete it, whatever is set: what is wrong."""
    wrong = await rooms.backup_settings.test(actor, body.copy_to)
    return answer(BackupPlaceTestValue(wrong=None if wrong is None else said_value(wrong)))
