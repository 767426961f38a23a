"""Identity providers, each with the token of its SCIM connection. It opens nothing but SCIM: to
the API it is no key."""

import hmac
import secrets

from tws.access.memory import digest
from tws.organisation.actor import Actor, ScimConnectionId
from tws.organisation.model import ScimConnection
from tws.organisation.registry import Registry

PREFIX = "scim_"


def new_token(connection: ScimConnectionId) -> tuple[str, str]:
    """What the provider shows, told once; and its hash, which is kept."""
    secret = secrets.token_hex(32)
    return f"{PREFIX}{connection}_{secret}", digest(secret)


def provisioner(registry: Registry, token: str) -> Actor | None:
    """Who shows this token; None when it is worth nothing (any more)."""
    if not token.startswith(PREFIX):
        return None
    id, _, secret = token.removeprefix(PREFIX).partition("_")
    row = registry.scim_connections.get(ScimConnectionId(id))
    if row is None or not row.secret or not hmac.compare_digest(row.secret, digest(secret)):
        return None
    return _actor(row)


def _actor(row: ScimConnection) -> Actor:
    """It has no user: what it may touch says `tws.provisioning`, of its company alone."""
    return Actor(
        label=f"SCIM connection {row.name}",
        companies=frozenset({row.company}),
        domain=row.domain,
        session=row.id,
    )
