"""`tws backup`, `tws backups`, `tws restore`, `tws migrate`: what the commands do."""

import asyncio
import getpass
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tws.app.backups import backup_first, backup_order, choices
from tws.config import Settings
from tws.errors import Invalid, Unavailable
from tws.maintenance.backups import folder
from tws.maintenance.backups.archive import about
from tws.maintenance.backups.making import SUFFIX, make
from tws.maintenance.backups.model import About, Why
from tws.maintenance.backups.plan import SHORTEST, Plan
from tws.maintenance.backups.restoring import Place, Restoration
from tws.storage import InUse, Storage
from tws.storage.secrets import secrets_of

Say = Callable[[str], None]


async def back_up(
    settings: Settings, to: Path | None, passphrase_file: Path | None, say: Say
) -> None:
    """Beside a server or without one."""
    secrets = secrets_of(settings)
    place, plan = _place(settings, to), choices(settings, secrets).plan()
    if plan.lost is not None and passphrase_file is None:
        raise Unavailable(str(plan.lost))
    passphrase = _passphrase(plan, passphrase_file)
    order = backup_order(settings, secrets, Why.ASKED, place, passphrase)
    path = await make(order, lambda progress: None)
    say(f"{path}: {path.stat().st_size:,} bytes{', encrypted' if passphrase else ''}.")
    if order.keys and not passphrase:
        say(
            "It has no passphrase, so the key of the secrets is not in it: keep that apart"
            f" ({'TWS_SECRET_KEY' if settings.secret_key else settings.data_dir / 'secret.key'})."
        )
    if to is None and plan.copy_to is not None:
        folder.copy(path, plan.copy_to, plan.keep)
        say(f"Copied to {plan.copy_to}.")


async def bring_up(settings: Settings, say: Say) -> None:
    """Migrate beside a server, or without one; a backup is made first, as at a start."""
    secrets = secrets_of(settings)
    before = partial(backup_first, settings, secrets) if settings.backup_before_upgrade else None

    def storage() -> Storage:
        return Storage(settings.database, lambda event: None, secrets.seal, before)

    served = storage()
    try:
        async with served.claimed():
            await served.open()
    except InUse:
        served = storage()
        await served.open(beside=True)
    await served.close()
    say("The database is that of this version.")


def list_backups(settings: Settings, say: Say) -> None:
    found = folder.listed(settings.backups)
    for one in found:
        say(f"{one.name}  {one.size:>14,}  {_told(one.about)}{'  encrypted' * one.encrypted}")
    if not found:
        say(f"There is no backup in {settings.backups}.")


async def put_back(
    settings: Settings,
    file: Path,
    passphrase_file: Path | None,
    *,
    without_key: bool,
    confirm: Callable[[str], bool],
    say: Say,
) -> None:
    """`confirm` is asked once nothing speaks against it; nothing is changed before. InUse while
    a server runs."""
    file = _found(settings, file)
    secrets = secrets_of(settings)
    passphrase = _passphrase(choices(settings, secrets).plan(), passphrase_file)
    if passphrase is None and about(file)[1] and sys.stdin.isatty():
        passphrase = getpass.getpass("Passphrase of the backup: ")
    place = Place(database=settings.database, data_dir=settings.data_dir, keys=settings.secret_key)
    now = datetime.now(UTC)
    restoration = await asyncio.to_thread(Restoration, file, passphrase, place, now)
    restoration.check_key(without=without_key)
    async with restoration.claimed():
        say(f"{file} is whole: {_told(restoration.about)}.")
        say(f"It replaces {place.called}, and the files in {place.files}.")
        say(f"What is there now is kept as {restoration.kept}.")
        if not confirm("Restore it?"):
            say("Nothing was changed.")
            return
        await restoration.run()
    say("Restored. Start the server, and look whether all is there.")


def _told(of: About | None) -> str:
    if of is None:
        return "cannot be read"
    taken = of.taken.astimezone()
    return (
        f"{taken:%Y-%m-%d %H:%M:%S %z}  TWS {of.tws}, schema {of.schema}, {of.database}, {of.why}"
    )


def _found(settings: Settings, file: Path) -> Path:
    """A file, or one of those that are listed by its name."""
    return settings.backups / file if len(file.parts) == 1 and not file.exists() else file


def _place(settings: Settings, to: Path | None) -> Path:
    if to is None:
        return settings.backups
    place = to.expanduser().absolute()
    if not place.is_dir() and place.suffix != SUFFIX:
        raise Invalid(f"The name of a backup ends with {SUFFIX}.", field="to")
    return place


def _passphrase(plan: Plan, file: Path | None) -> str | None:
    if file is None:
        return plan.passphrase
    given = file.read_text("utf-8").rstrip("\r\n")
    if len(given) < SHORTEST:
        raise Invalid(f"A passphrase has {SHORTEST} characters or more.", field="passphrase-file")
    return given
