"""Call queues and intercom groups of a file, made with the device that each has."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from tws.organisation.words import fold
from tws.templates.file import IntercomGroupItem, QueueItem, SharedDeviceItem
from tws.templates.model import RowKind
from tws.templates.rows import Rows

DEVICE = ("number", "protocol", "media_protocol", "lines")


class MakingSharedDevices:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def queue(self, item: QueueItem) -> None:
        known, taking, queues = (
            self._rows.known.queues,
            self._rows.taking,
            self._rows.organisation.queues,
        )
        await self._one(
            RowKind.QUEUE,
            item,
            known,
            taking.queue,
            queues.create_queue,
            queues.update_queue,
            {name: getattr(item, name) for name in DEVICE},
        )

    async def intercom_group(self, item: IntercomGroupItem) -> None:
        groups = self._rows.organisation.intercom_groups
        await self._one(
            RowKind.INTERCOM_GROUP,
            item,
            self._rows.known.intercom_groups,
            self._rows.taking.intercom_group,
            groups.create_intercom_group,
            groups.update_intercom_group,
            {name: getattr(item, name) for name in (*DEVICE, "count", "supervised")},
        )

    async def _one(
        self,
        kind: RowKind,
        item: SharedDeviceItem,
        rows: Any,
        take: Callable[[Any], SharedDeviceItem],
        create: Callable[..., Any],
        update: Callable[..., Any],
        fields: dict[str, Any],
    ) -> None:
        """Its password is to be filled in afterwards: until then the PBX may refuse the device."""
        row = self._rows.there(rows, item.domain, item.name)

        def check() -> str:
            self._rows.place(item.domain)
            return self._rows.id(RowKind.LINK, item.link) if item.link else ""

        async def act() -> object:
            link, actor = check(), self._rows.actor
            if row is None:
                place = self._rows.place(item.domain)
                return await create(actor, domain=place, name=item.name, link=link, **fields)
            return await update(actor, row.id, row.version, link=link, **fields)

        await self._rows.one(
            kind,
            item.name,
            self._rows.name(item.domain),
            same=None if row is None else _plain(take(row)) == _plain(item),
            check=check,
            act=act,
            secrets=tuple(item.secrets),
        )


def _plain(item: SharedDeviceItem) -> tuple[SharedDeviceItem, str]:
    """But for where it is, and what is secret."""
    link = "" if item.link is None else fold(item.link.name)
    return replace(item, domain="", name="", link=None, secrets=[]), link
