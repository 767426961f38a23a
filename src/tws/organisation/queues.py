"""Shared call queues (9.2.2), each a device of its own on a link."""

from typing import Any, Final, Literal, Unpack, get_args

from tws.organisation import words
from tws.organisation.actor import Actor, CompanyId, DomainId, QueueId
from tws.organisation.grant import GranteeKind, ObjectKind
from tws.organisation.kinds import QUEUE
from tws.organisation.shared_device import Queue
from tws.organisation.shared_devices import (
    SharedDeviceFields,
    SharedDevices,
    listed,
    relinked,
)
from tws.storage import new_id

QueueMedia = Literal["None", "TWS"]
MEDIA: Final[tuple[str, ...]] = get_args(QueueMedia)


class Queues(SharedDevices):
    async def create_queue(
        self,
        actor: Actor,
        *,
        domain: DomainId,
        name: str,
        link: str | None = None,
        **fields: Unpack[SharedDeviceFields],
    ) -> Queue:
        """Without a number nobody's calls are shown of it yet."""
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")
        on = self._link_in(actor, place.id, link)

        def make() -> Queue:
            id = QueueId(new_id())
            given: Any = self._sealed(id, fields)
            return self._queue(
                Queue(
                    id=id,
                    version=1,
                    company=place.company,
                    domain=place.id,
                    name=name,
                    link=on,
                    **given,
                )
            )

        return await self._create(actor, QUEUE, make)

    async def update_queue(
        self,
        actor: Actor,
        id: QueueId,
        version: int,
        *,
        name: str | None = None,
        link: str | None = None,
        **fields: Unpack[SharedDeviceFields],
    ) -> Queue:
        """What is not given stays; `link` "" takes it off its link."""
        queue = self._managed(actor, self._registry.queues, id, "queue")
        on = self._link_in(actor, queue.domain, link)

        def change(before: Queue) -> Queue:
            given = {**self._sealed(id, fields, before.password), "name": name}
            return self._queue(relinked(before, on, link, given))

        return await self._update(actor, QUEUE, id, version, change)

    async def delete_queue(self, actor: Actor, id: QueueId, version: int) -> None:
        """Conflict while something is granted to it."""
        named = (GranteeKind.QUEUE, ObjectKind.QUEUE)
        await self._delete(actor, QUEUE, self._registry.queues, id, version, *named)

    def list_queues(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[Queue, ...]:
        return listed(actor, self._registry.queues, company, domain)

    def get_queue(self, actor: Actor, id: QueueId) -> Queue:
        return self._seen(actor, self._registry.queues, id, "queue")

    def _queue(self, row: Queue) -> Queue:
        words.one_of(row.media_protocol, "media_protocol", MEDIA)
        queue = self._checked(QUEUE, self._registry.queues, row)
        self._registry.listening.refuse_taken(queue)
        return queue
