"""What the database says of the installation, as it is given out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from tws.errors import Invalid
from tws.maintenance.nodes import NodeStanding, Standing
from tws.maintenance.support.hiding import Hiding
from tws.organisation.registry import Registry
from tws.storage.secrets import is_sealed
from tws.telephony.events import LinkStatus

SecretFields = Callable[[str], Iterable[str]]
"Which settings of a dialect are secret; Invalid for one that is not there."


def people(registry: Registry) -> Iterator[str]:
    """Words that name users, administrators, or their telephones."""
    for user in registry.users.values():
        yield from (user.username, user.first_name, user.last_name, user.email, user.mobile)
        yield from (user.external_key, user.custom0, user.custom1)
        if user.first_name and user.last_name:
            yield f"{user.first_name} {user.last_name}"
    for administrator in registry.administrators.values():
        yield from (administrator.username, administrator.email)


def numbers(registry: Registry) -> Iterator[str]:
    yield from (device.number for device in registry.devices.values())
    yield from (queue.number for queue in registry.queues.values())
    for group in registry.intercom_groups.values():
        yield from group.numbers


def organisation(registry: Registry) -> Mapping[str, int]:
    """How many there are."""
    return {
        "companies": len(registry.companies),
        "domains": len(registry.domains),
        "users": len(registry.users),
        "enabled users": sum(user.enabled for user in registry.users.values()),
        "devices": len(registry.devices),
        "groups": len(registry.groups),
        "grants": len(registry.grants),
        "queues": len(registry.queues),
        "intercom groups": len(registry.intercom_groups),
        "administrators": len(registry.administrators),
    }


def links(
    registry: Registry,
    secret_fields: SecretFields,
    statuses: Callable[[], Iterable[LinkStatus]] | None,
    hiding: Hiding | None,
) -> list[Mapping[str, Any]]:
    """With their settings, but for secrets; `statuses` None: no server runs them here."""
    standing = {} if statuses is None else {str(one.link): one for one in statuses()}
    on = Counter(device.link for device in registry.devices.values())
    found: list[Mapping[str, Any]] = []
    for row in registry.links.values():
        status = standing.get(row.id)
        found.append(
            {
                "link": row.id,
                "name": row.name,
                "domain": row.domain,
                "dialect": row.dialect,
                "enabled": row.enabled,
                "capacity": row.capacity,
                "devices": on[row.id],
                "settings": open_settings(row.dialect, row.settings, secret_fields, hiding),
                "status": None if status is None else standing_of(status, hiding),
            }
        )
    return found


def standing_of(status: LinkStatus, hiding: Hiding | None) -> Mapping[str, Any]:
    why = None if status.why is None else str(status.why)
    return {
        "state": status.state.value,
        "why": hiding.text(why) if hiding is not None and why is not None else why,
        "since": status.since,
        "version": status.version,
        "monitored": status.monitored,
        "waiting": status.waiting,
        "epoch": status.epoch,
    }


def open_settings(
    window: str, settings: Mapping[str, object], secret_fields: SecretFields, hiding: Hiding | None
) -> Mapping[str, Any] | str:
    try:
        secret = frozenset(secret_fields(window))
    except Invalid:
        return "not given out: nobody here knows which of them are secret"
    found = {
        name: "(set)" if name in secret or is_sealed(value) else value
        for name, value in settings.items()
        if value is not None
    }
    shown: Mapping[str, Any] = found if hiding is None else hiding.value(found)
    return shown


def directories(registry: Registry) -> list[Mapping[str, Any]]:
    return [
        {
            "directory": row.id,
            "domain": row.domain,
            "kind": row.kind.value,
            "connector": row.connector,
            "schedule": row.schedule.value,
            "priority": row.priority,
            "merge": row.merge,
            "synchronised": row.synchronised,
            "mapped fields": sorted(row.mapping),
        }
        for row in registry.directories.values()
    ]


def nodes(standing: Standing) -> Mapping[str, Any]:
    """Of one server; as each says of itself, and as they have agreed who holds what."""
    return {
        "reached": standing.reached,
        "nodes": [_node(one) for one in standing.nodes],
        "owners": dict(standing.owners),
        "unheld": list(standing.unheld),
    }


def _node(one: NodeStanding) -> Mapping[str, Any]:
    return {
        "node": one.name,
        "here": one.here,
        "answers": one.info is not None,
        "seconds": one.seconds,
        "behind": one.behind,
        **({} if one.info is None else msgspec.structs.asdict(one.info)),
    }
