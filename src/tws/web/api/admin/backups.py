"""Backups of the whole installation (10.7), for super users."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import Path, Response
from fastapi.responses import FileResponse
from pydantic import Field, StringConstraints

from tws.maintenance.backups.examining import Examined
from tws.maintenance.backups.model import BackupFile
from tws.maintenance.backups.plan import LONGEST
from tws.maintenance.backups.service import Standing
from tws.web.answers import answer, answers, refusals
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body
from tws.web.shown.values import Value

router = Operations("/admin/backups", tags=["administration"])
Name = Annotated[str, Path(max_length=100, description="Of the file.")]


class BackupValue(Value):
    """A file that is there."""

    name: str
    size: Annotated[int, msgspec.Meta(description="Bytes.")]
    taken: Annotated[
        datetime | None,
        msgspec.Meta(description="The moment whose data it has; null = it cannot be read."),
    ]
    why: Annotated[
        str | None, msgspec.Meta(description="`scheduled`, `asked`, or `upgrade`: before one.")
    ]
    version: Annotated[str | None, msgspec.Meta(description="Of TWS.")]
    schema: Annotated[str | None, msgspec.Meta(description="Of the database's tables.")]
    database: Annotated[str | None, msgspec.Meta(description="`sqlite` or `postgresql`.")]
    encrypted: bool


class BackupProgressValue(Value):
    """A backup that is being made."""

    done: Annotated[int, msgspec.Meta(description="Rows written.")]
    total: Annotated[int, msgspec.Meta(description="Rows; 0 = not counted yet.")]


class BackupFailureValue(Value):
    """Why there is no newer backup."""

    at: datetime
    words: Annotated[str, msgspec.Meta(description="In English.")]
    copied: Annotated[
        bool, msgspec.Meta(description="It is the copy that failed: the backup is there.")
    ]


class BackupsValue(Value):
    """What there is, and what comes."""

    backups: Annotated[list[BackupValue], msgspec.Meta(description="Newest first.")]
    running: BackupProgressValue | None
    failure: Annotated[
        BackupFailureValue | None,
        msgspec.Meta(description="Of the last one; null = it succeeded, or there was none."),
    ]
    next: Annotated[datetime | None, msgspec.Meta(description="null = none is made by itself.")]
    folder: Annotated[str, msgspec.Meta(description="On the server.")]
    copy_to: Annotated[str | None, msgspec.Meta(description="The second place.")]
    keep: Annotated[int, msgspec.Meta(description="How many of those made each day are kept.")]
    encrypted: Annotated[bool, msgspec.Meta(description="Whether new ones are.")]


class BackupCountValue(Value):
    table: str
    backup: Annotated[int, msgspec.Meta(description="Rows in the backup.")]
    now: Annotated[int, msgspec.Meta(description="Rows that there are now.")]


class BackupCheckValue(Value):
    """A backup that is whole, and what putting it back would do."""

    taken: datetime
    version: Annotated[str, msgspec.Meta(description="Of TWS.")]
    schema: str
    counts: list[BackupCountValue]
    replaces: Annotated[str, msgspec.Meta(description="The database.")]
    files: Annotated[str, msgspec.Meta(description="The folder that is replaced too.")]
    kept: Annotated[str, msgspec.Meta(description="As what the database of now is kept.")]
    key_missing: Annotated[
        str | None,
        msgspec.Meta(description="In English: why secrets could not be opened; null = they can."),
    ]
    command: Annotated[str, msgspec.Meta(description="On the server, once TWS is stopped.")]


class BackupCheckBody(Body):
    passphrase: Annotated[
        str | None,
        StringConstraints(max_length=LONGEST),
        Field(description="Of this backup; null = that of the settings."),
    ] = None


def shown(standing: Standing) -> BackupsValue:
    running, failure, settings = standing.running, standing.failure, standing.settings
    plan = settings.plan
    return BackupsValue(
        backups=[_shown(one) for one in standing.backups],
        running=None
        if running is None
        else BackupProgressValue(done=running.done, total=running.total),
        failure=None
        if failure is None
        else BackupFailureValue(at=failure.at, words=failure.words, copied=failure.copied),
        next=standing.next,
        folder=str(settings.folder),
        copy_to=None if plan.copy_to is None else str(plan.copy_to),
        keep=plan.keep,
        encrypted=plan.passphrase is not None,
    )


def _shown(file: BackupFile) -> BackupValue:
    about = file.about
    return BackupValue(
        name=file.name,
        size=file.size,
        taken=None if about is None else about.taken,
        why=None if about is None else about.why,
        version=None if about is None else about.tws,
        schema=None if about is None else about.schema,
        database=None if about is None else about.database,
        encrypted=file.encrypted,
    )


def _examined(of: Examined) -> BackupCheckValue:
    return BackupCheckValue(
        taken=of.about.taken,
        version=of.about.tws,
        schema=of.about.schema,
        counts=[
            BackupCountValue(table=table, backup=count.backup, now=count.now)
            for table, count in of.counts.items()
        ],
        replaces=of.replaces,
        files=str(of.files),
        kept=of.kept,
        key_missing=of.key_missing,
        command=of.command,
    )


CHANGED = ("notSignedIn", "notAllowed", "foreignOrigin", "unavailable")


@router.get(
    "",
    operation_id="listBackups",
    responses=answers(BackupsValue, "notSignedIn", "notAllowed", "unavailable"),
)
async def list_backups(rooms: InRooms, actor: Administrator) -> Response:
    """The backups that are there, what is being made, and when the next one will be."""
    return answer(shown(await rooms.backups.standing(actor)))


@router.post(
    "",
    operation_id="makeBackup",
    status_code=202,
    responses=answers(BackupsValue, *CHANGED, "conflict", status=202, description="Begun."),
)
async def make_backup(rooms: InRooms, actor: Administrator) -> Response:
    """Make one now, while everything goes on; `listBackups` tells how far it is."""
    await rooms.backups.begin(actor)
    return answer(shown(await rooms.backups.standing(actor)), 202)


@router.post(
    "/cancel",
    operation_id="cancelBackup",
    responses=answers(BackupsValue, *CHANGED),
)
async def cancel_backup(rooms: InRooms, actor: Administrator) -> Response:
    """Leave the one that is being made; nothing stays of it."""
    await rooms.backups.cancel(actor)
    return answer(shown(await rooms.backups.standing(actor)))


@router.get(
    "/{name}",
    operation_id="downloadBackup",
    responses={
        200: {
            "description": "The file.",
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        },
        **refusals("notSignedIn", "notAllowed", "notFound", "invalid", "unavailable"),
    },
)
async def download_backup(rooms: InRooms, actor: Administrator, name: Name) -> Response:
    """A backup as a file; the audit log says who took it."""
    path = await rooms.backups.opened(actor, name)
    return FileResponse(path, media_type="application/octet-stream", filename=name)


@router.post(
    "/{name}/check",
    operation_id="checkBackup",
    responses=answers(BackupCheckValue, "badRequest", *CHANGED, "notFound", "invalid"),
)
async def check_backup(
    rooms: InRooms, actor: Administrator, name: Name, body: BackupCheckBody
) -> Response:
    """Read it whole, and say what putting it back would replace; nothing is changed."""
    examined = await rooms.backup_examiner.examine(actor, name, body.passphrase)
    return answer(_examined(examined))


@router.delete(
    "/{name}",
    operation_id="deleteBackup",
    status_code=204,
    responses=answers(None, *CHANGED, "notFound", "invalid", status=204),
)
async def delete_backup(rooms: InRooms, actor: Administrator, name: Name) -> Response:
    """Delete a backup; its copy in the second place stays."""
    await rooms.backups.delete(actor, name)
    return Response(status_code=204)
