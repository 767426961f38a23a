"""Secrets of links sealed, as those of directories are: they stood as they were given."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects.postgresql import JSONB

from tws.storage.errors import UnusableDatabase
from tws.storage.secrets import SecretLost

revision = "0013"
down_revision = "0012"

SECRET = "password"  # noqa: S105 - of both dialects there were
LINK = sa.table(
    "link",
    sa.column("id", sa.String),
    sa.column("settings", sa.JSON().with_variant(JSONB(), "postgresql")),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # What stood there is overwritten, not only given free.
        op.execute("PRAGMA secure_delete = ON")
    for id, settings in op.get_bind().execute(sa.select(LINK)).all():
        if settings.get(SECRET):
            sealed = {**settings, SECRET: _sealed(settings[SECRET], id)}
            op.execute(sa.update(LINK).where(LINK.c.id == id).values(settings=sealed))


def _sealed(value: object, link: str) -> str:
    seal = context.config.attributes["seal"]
    if seal is None:
        raise UnusableDatabase("the secrets of links are to be sealed, and no key was given")
    try:
        return str(seal(value, link, SECRET))
    except SecretLost as lost:
        raise UnusableDatabase(str(lost)) from lost
