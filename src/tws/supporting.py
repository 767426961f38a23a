"""`tws support-bundle`: what the command does where no server is asked."""

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tws.app.office import doctor_of, open_office
from tws.app.outside import Outside
from tws.config import Settings
from tws.errors import ServiceError
from tws.maintenance.support.collecting import Asked, Collecting
from tws.maintenance.support.collecting import Office as SupportOffice
from tws.maintenance.support.service import named
from tws.organisation.actor import SYSTEM
from tws.storage import StorageError
from tws.storage.database import sqlite_file

Say = Callable[[str], None]


async def bundle_alone(
    settings: Settings, *, personal: bool, traces: bool
) -> tuple[str, bytes, dict[str, str]]:
    """The name of the archive, its bytes, and what is not in it. Nothing is changed: a database
    of another version is left as it is."""
    asked = Asked(actor=SYSTEM, personal=personal, traces=traces)
    made = datetime.now(UTC)
    file = sqlite_file(settings.database)
    if file is not None and not file.is_file():
        return await _collected(asked, settings, made, None, f"There is no database {file}.")
    try:
        outside = Outside()
        async with open_office(settings, outside, migrate=False) as office:
            opened = SupportOffice(
                storage=office.storage,
                registry=office.registry,
                doctor=doctor_of(office, settings, outside),
                secret_fields=outside.link_settings.secret_fields,
            )
            return await _collected(asked, settings, made, opened, "")
    except (ServiceError, StorageError, OSError) as error:
        return await _collected(asked, settings, made, None, str(error))


async def _collected(
    asked: Asked, settings: Settings, made: datetime, office: SupportOffice | None, why: str
) -> tuple[str, bytes, dict[str, str]]:
    bundle = await Collecting(asked, settings, made, office, None, why).collect()
    return named(made), await asyncio.to_thread(bundle.archive), bundle.missing


def write(to: Path | None, name: str, content: bytes) -> Path:
    """A new file, readable by its owner only: in that folder, or by that name. OSError."""
    path = Path(name) if to is None else to / name if to.is_dir() else to
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return path.absolute()
