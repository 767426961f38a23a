"""`tws cluster`: the nodes of a server, in a table."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from tws.app.nodes import looking_at
from tws.app.office import open_office
from tws.config import Settings
from tws.errors import Invalid
from tws.maintenance.nodes import Standing, looked_at
from tws.storage import StorageError

Say = Callable[[str], None]
HEADS = (
    "NODE",
    "VERSION",
    "SINCE (UTC)",
    "WORK",
    "PAGES",
    "DB",
    "ANSWERS",
    "BEHIND",
    "LINKS",
)


async def roll_call(settings: Settings, say: Say, *, as_json: bool = False) -> bool:
    """Asks each node that is there; whether all answer and every link is held. Invalid where
    there is one node only, Unreachable."""
    if not settings.nats:
        raise Invalid("This server is one process: TWS_NATS names no other nodes.", field="nats")
    names = await _names(settings)
    async with looking_at(settings) as nodes:
        standing = await looked_at(nodes, names)
    if as_json:
        say(json.dumps(_plain(standing, names), indent=2))
    else:
        _table(standing, names, say)
    return not standing.unheld and all(node.info is not None for node in standing.nodes)


async def _names(settings: Settings) -> Mapping[str, str]:
    """Of links; none while the database is away."""
    try:
        async with open_office(settings) as office:
            return {link.id: link.name for link in office.registry.links.values()}
    except StorageError:
        return {}


def _table(standing: Standing, names: Mapping[str, str], say: Say) -> None:
    rows: list[tuple[str, ...]] = [HEADS]
    for node in standing.nodes:
        if (info := node.info) is None:
            rows.append((node.name, *("" for _ in range(5)), "no", "", ""))
            continue
        links = ", ".join(sorted(names.get(link, link) for link in info.links))
        rows.append(
            (
                node.name,
                info.version,
                f"{info.started:%Y-%m-%d %H:%M}",
                "yes" if info.works else "",
                str(info.pages),
                "yes" if info.database else "no",
                f"{(node.seconds or 0) * 1000:.1f} ms",
                str(node.behind),
                links,
            )
        )
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEADS))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        say("  ".join(cells).rstrip())
    for link in standing.unheld:
        say(f"No node holds {names.get(link, link)}.")


def _plain(standing: Standing, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "nodes": [
            {
                "name": node.name,
                "milliseconds": None if node.seconds is None else round(node.seconds * 1000, 2),
                "behind": node.behind,
                "info": msgspec.to_builtins(node.info),
            }
            for node in standing.nodes
        ],
        "unheld": [{"id": link, "name": names.get(link)} for link in standing.unheld],
    }
