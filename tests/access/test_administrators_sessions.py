"""How long those are signed in who can change everything."""

from tests.access.conftest import PASSWORD, Door
from tests.organisation.world import Place
from tws.access.login_method import Credentials
from tws.organisation.actor import SYSTEM


async def test_an_administrators_ends_after_half_an_hour_unused_and_half_a_day_however_used(
    door: Door, place: Place
) -> None:
    """OWASP ASVS 4.0.3, 3.3.2."""
    row = await door.world.service.administrators.create_administrator(
        SYSTEM, username="ada", super_user=True
    )
    await door.access.passwords.set_administrator_password(SYSTEM, row.id, PASSWORD)
    for minutes, times in ((31, 1), (29, 25)):
        _, token = await door.access.signing.login_administrator(
            Credentials("ada", PASSWORD, address="10.0.0.1"), agent=""
        )
        for _ in range(times):
            assert door.access.sessions.actor_of(token) is not None
            door.clock.passes(minutes=minutes)
        assert door.access.sessions.actor_of(token) is None
