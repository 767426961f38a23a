"""`tws rotate-key`: secrets pass from one key to the next, while the server runs or not."""

from collections.abc import Callable
from datetime import UTC, datetime

from tws.app.backups import choices
from tws.app.office import Office, open_office
from tws.config import Settings
from tws.errors import Conflict, Unavailable
from tws.organisation.actor import SYSTEM
from tws.storage.key_ring import SecretLost, key_id
from tws.storage.resealing import Resealing, keys_in_use
from tws.storage.secrets import Secrets

Say = Callable[[str], None]
WHERE = "installation"
"Of what the audit log says."


async def rotate(settings: Settings, say: Say) -> bool:
    """A new key in front of the one there is, then every secret is sealed with it. Where there are
    two keys already it goes on with that. Whether every secret could be opened."""
    async with open_office(settings) as office:
        secrets = office.secrets
        if not (keys := _keys(secrets)):
            say("Nothing is sealed yet: there is no key to replace.")
            return True
        if len(keys) > 1:
            say(f"Going on with the newest of the {len(keys)} keys.")
        elif secrets.given:
            raise Unavailable(
                "TWS_SECRET_KEY has one key. Put a new one in front of it, with a comma between,"
                " restart the server with both, and repeat this."
            )
        else:
            try:
                secrets.add_key()
            except OSError as error:
                raise Unavailable(f"{secrets.path} cannot be written: {error}.") from error
            say(f"A new key stands in {secrets.path}, in front of the old one.")
        lost = await _seal_anew(settings, office, say)
    say(
        f"Keep a copy of {'the new key' if secrets.given else secrets.path} apart from the"
        " backups. Once the server is stopped, `tws rotate-key --drop-old` takes the old key away."
    )
    return not lost


async def drop_old(settings: Settings, say: Say) -> bool:
    """Seal what is left, and take all keys but the newest away. InUse while a server runs, which
    holds rows in its memory that are sealed with them."""
    async with open_office(settings, serving=True) as office:
        secrets = office.secrets
        keys = _keys(secrets)
        if len(keys) < 2:
            say("There is no older key.")
            return True
        lost = await _seal_anew(settings, office, say)
        older = {key_id(key) for key in keys[1:]}
        if used := older & await keys_in_use(office.storage):
            raise Conflict(f"Some secrets are still sealed with the key {', '.join(used)}.")
        if secrets.given:
            say("No secret needs the older keys any more: take them out of TWS_SECRET_KEY.")
        else:
            try:
                kept = secrets.drop_older(datetime.now(UTC))
            except OSError as error:
                raise Unavailable(f"{secrets.path} cannot be written: {error}.") from error
            say(
                f"The old key is in {kept} now. Backups made before need it: put it away with"
                " them, or delete it with the last of them."
            )
    return not lost


def _keys(secrets: Secrets) -> tuple[bytes, ...]:
    try:
        return secrets.keys()
    except SecretLost as lost:
        raise Unavailable(str(lost)) from lost


async def _seal_anew(settings: Settings, office: Office, say: Say) -> int:
    work = Resealing(office.storage, office.secrets, lambda rows: say(f"{rows} rows sealed."))
    lost = await work.run()
    newest = key_id(_keys(office.secrets)[0])
    plan = choices(settings, office.secrets)
    try:
        plan.seal_anew()
    except OSError as error:
        raise Unavailable(f"The settings of the backups cannot be written: {error}.") from error
    if work.rows:
        async with office.storage.transaction() as tx:
            told = {"key": newest, "rows": work.rows}
            await tx.audit(SYSTEM, "secrets sealed with a new key", WHERE, None, told)
    say(f"Every secret is sealed with the key {newest}.")
    if lost:
        say(f"But {lost} cannot be opened by any key, and stay as they were: enter them again.")
    return lost
