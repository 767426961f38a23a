"""What a backup is made of here, and the one before an upgrade."""

from pathlib import Path

import structlog

from tws.config import Settings
from tws.errors import Unavailable
from tws.maintenance.backups.making import Order, make
from tws.maintenance.backups.model import Why
from tws.maintenance.backups.plan import Choices, Item, Plan
from tws.storage.secrets import Secrets

log = structlog.get_logger(__name__)


FIXED = {
    "backup_at": Item.AT,
    "backup_keep": Item.KEEP,
    "backup_copy_to": Item.COPY_TO,
    "backup_passphrase": Item.PASSPHRASE,
}


def choices(settings: Settings, secrets: Secrets) -> Choices:
    given = Plan(
        at=settings.backup_at,
        keep=settings.backup_keep,
        copy_to=settings.backup_copy_to,
        passphrase=settings.backup_passphrase,
        fixed=frozenset(FIXED[name] for name in settings.model_fields_set & FIXED.keys()),
    )
    return Choices(settings.data_dir / "backups.json", given, secrets)


def backup_order(
    settings: Settings, secrets: Secrets, why: Why, to: Path, passphrase: str | None
) -> Order:
    """Unavailable where the key of the secrets cannot be read."""
    return Order.of(
        secrets,
        database=settings.database,
        files=settings.data_dir / "files",
        to=to,
        why=why,
        passphrase=passphrase,
    )


async def backup_first(settings: Settings, secrets: Secrets) -> None:
    """Before the tables of an older TWS are changed: without it they are not."""
    plan = choices(settings, secrets).plan()
    if plan.lost is not None:
        raise Unavailable(str(plan.lost))
    order = backup_order(settings, secrets, Why.UPGRADE, settings.backups, plan.passphrase)
    path = await make(order, lambda progress: None)
    log.info("backup made before the upgrade", path=str(path))
