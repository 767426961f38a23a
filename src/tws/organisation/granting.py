"""What becomes of grants when a row goes that they name, or moves."""

from tws.organisation import store
from tws.organisation.actor import Actor
from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind
from tws.organisation.grants import crosses_domains
from tws.organisation.kinds import GRANT, GRANT_NAMES
from tws.organisation.model import User
from tws.organisation.registry import Registry
from tws.records.changing import remove, remove_all
from tws.storage import Transaction


async def withdraw_all(
    tx: Transaction, actor: Actor, id: str, *kinds: ObjectKind | GranteeKind
) -> None:
    """Whatever is granted of a row, or to it, because it goes; `kinds`: as what it is named."""
    for kind in kinds:
        await remove_all(tx, actor, GRANT, store.naming(kind), id)


async def uses(tx: Transaction, id: str, *kinds: ObjectKind | GranteeKind) -> dict[str, int]:
    """How many grants name a row, in the words of `refuse_if_used`."""
    found: dict[str, int] = {}
    for named in kinds:
        for kind, number in (await store.grants_naming(tx, store.naming(named), id)).items():
            words = f"{GRANT_NAMES[kind]}s"
            if isinstance(named, ObjectKind):
                words = f"shared {words.replace(' grant', '')}"
            found[words.replace(" ", "_")] = number
    return found


async def withdraw_across(tx: Transaction, actor: Actor, registry: Registry, moved: User) -> None:
    """Whatever joins a user's new domain with another one, though its type may not."""
    for kind in GrantKind:
        named = (*registry.granted.of(kind, moved.id), *registry.granted.to(kind, moved.id))
        for grant in named:
            if crosses_domains(registry, grant, moved):
                await remove(tx, actor, GRANT, grant)
