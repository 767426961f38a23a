"""Intercom groups (9.1.2): people who see each other's telephones, and the devices that carry the
supervision keys in the PBX, of which there may be none."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Final, Literal, Unpack, get_args

from tws.errors import invalid
from tws.organisation import words
from tws.organisation.actor import Actor, CompanyId, DomainId, IntercomGroupId
from tws.organisation.grant import GranteeKind, ObjectKind
from tws.organisation.kinds import INTERCOM_GROUP
from tws.organisation.shared_device import IntercomGroup
from tws.organisation.shared_devices import (
    SharedDeviceFields,
    SharedDevices,
    listed,
    relinked,
)
from tws.sentences import sentence
from tws.storage import new_id

IntercomMedia = Literal["None", "TWP/TWS"]
MEDIA: Final[tuple[str, ...]] = get_args(IntercomMedia)
COUNT: Final = (1, 500)
MOST_SUPERVISED: Final = 500


class IntercomGroupFields(SharedDeviceFields, total=False):
    """What may be left out: see `IntercomGroup`."""

    count: int
    supervised: Collection[str]


class IntercomGroups(SharedDevices):
    async def create_intercom_group(
        self,
        actor: Actor,
        *,
        domain: DomainId,
        name: str,
        link: str | None = None,
        **fields: Unpack[IntercomGroupFields],
    ) -> IntercomGroup:
        """Without a number the users' own telephones carry the supervision keys."""
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")
        on = self._link_in(actor, place.id, link)

        def make() -> IntercomGroup:
            id = IntercomGroupId(new_id())
            given: Any = self._sealed(id, fields)
            return self._group(
                IntercomGroup(
                    id=id,
                    version=1,
                    company=place.company,
                    domain=place.id,
                    name=name,
                    link=on,
                    **given,
                )
            )

        return await self._create(actor, INTERCOM_GROUP, make)

    async def update_intercom_group(
        self,
        actor: Actor,
        id: IntercomGroupId,
        version: int,
        *,
        name: str | None = None,
        link: str | None = None,
        **fields: Unpack[IntercomGroupFields],
    ) -> IntercomGroup:
        """What is not given stays; `link` "" takes it off its link."""
        group = self._managed(actor, self._registry.intercom_groups, id, "intercom group")
        on = self._link_in(actor, group.domain, link)

        def change(before: IntercomGroup) -> IntercomGroup:
            given = {**self._sealed(id, fields, before.password), "name": name}
            return self._group(relinked(before, on, link, given))

        return await self._update(actor, INTERCOM_GROUP, id, version, change)

    async def delete_intercom_group(self, actor: Actor, id: IntercomGroupId, version: int) -> None:
        """Conflict while something is granted to it."""
        rows = self._registry.intercom_groups
        named = (GranteeKind.INTERCOM_GROUP, ObjectKind.INTERCOM_GROUP)
        await self._delete(actor, INTERCOM_GROUP, rows, id, version, *named)

    def list_intercom_groups(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[IntercomGroup, ...]:
        return listed(actor, self._registry.intercom_groups, company, domain)

    def get_intercom_group(self, actor: Actor, id: IntercomGroupId) -> IntercomGroup:
        return self._seen(actor, self._registry.intercom_groups, id, "intercom group")

    def _group(self, row: IntercomGroup) -> IntercomGroup:
        words.one_of(row.media_protocol, "media_protocol", MEDIA)
        row = replace(row, count=words.whole(row.count, "count", *COUNT))
        group = self._checked(INTERCOM_GROUP, self._registry.intercom_groups, row)
        refuse_beyond_plan(group.number, group.count)
        group = replace(group, supervised=_supervised(group))
        self._registry.listening.refuse_taken(group)
        return group


def refuse_beyond_plan(number: str, count: int) -> None:
    """Invalid where the last of the numbers has more digits than the first, or there is nothing
    to count on from."""
    if not number or count == 1:
        return
    if not number.isdecimal():
        said = sentence("Only a number of digits has numbers after it.")
        raise invalid(said, field="count")
    last = int(number) + count - 1
    if len(str(last)) > len(number):
        said = sentence(
            "From {number} on there are not {count} numbers of as many digits.",
            number=number,
            count=count,
        )
        raise invalid(said, field="count")


def _supervised(group: IntercomGroup) -> tuple[str, ...]:
    """Each once, in their order, those left out that the group has itself."""
    own = set(group.own_numbers)
    given = dict.fromkeys(text for one in group.supervised if (text := one.strip()))
    found = tuple(words.device_number(one, "supervised") for one in given if one not in own)
    if found and group.link is None:
        raise invalid(sentence("Choose the link on which the number is."), field="link")
    if len(found) > MOST_SUPERVISED:
        said = sentence("At most {most} telephones can be supervised.", most=MOST_SUPERVISED)
        raise invalid(said, field="supervised")
    return found
