"""Seals name their key, so that there can be two: an older TWS could not open what is sealed from
now on. The tables stay as they are."""

revision = "0046"
down_revision = "0044"


def upgrade() -> None:
    """What is sealed without a name is still opened."""
