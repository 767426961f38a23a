"""The oldest Asterisk that TWS serves: 16, of Debian bullseye, beside the newest."""

from tests.peers import asterisk

SUITE = "bullseye"


def prepare() -> None:
    """For `require_peer("asterisk_of_bullseye")`."""
    asterisk.prepare(SUITE)
