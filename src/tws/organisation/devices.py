"""Extensions of users (3.3.4): each is one number on one link."""

from tws.errors import Conflict, missing
from tws.organisation import words
from tws.organisation.actor import Actor, CompanyId, DeviceRowId, DomainId, UserId
from tws.organisation.kinds import DEVICE
from tws.organisation.model import Link, User, UserDevice
from tws.organisation.part import Part, changed
from tws.organisation.permission import sees
from tws.records.changing import present, remove
from tws.storage import new_id

PROTOCOLS = ("CSTA", "Vti-XML", "SIP", "Asterisk")


class Devices(Part):
    async def create_device(
        self,
        actor: Actor,
        *,
        user: UserId,
        link: str,
        number: str,
        protocol: str = "CSTA",
        label: str = "",
    ) -> UserDevice:
        """Its domain is that of its link, whose dial plan it uses."""
        owner = self._managed(actor, self._registry.users, user, "user", "user")
        place = self._link_in(actor, owner.company, link)

        def make() -> UserDevice:
            device = UserDevice(
                id=DeviceRowId(new_id()),
                version=1,
                company=owner.company,
                domain=place.domain,
                user=owner.id,
                link=place.id,
                number=words.device_number(number),
                protocol=words.one_of(protocol, "protocol", PROTOCOLS),
                label=words.optional(label, "label"),
            )
            self._number_is_free(device)
            return device

        return await self._create(actor, DEVICE, make)

    async def update_device(
        self,
        actor: Actor,
        id: DeviceRowId,
        version: int,
        *,
        user: UserId | None = None,
        link: str | None = None,
        number: str | None = None,
        protocol: str | None = None,
        label: str | None = None,
    ) -> UserDevice:
        """What is None stays. The user and the link may be others of the same company."""
        device = self._managed(actor, self._registry.devices, id, "device")
        owner = None if user is None else self._user_in(actor, device.company, user)
        place = None if link is None else self._link_in(actor, device.company, link)

        def change(before: UserDevice) -> UserDevice:
            after = changed(
                before,
                user=None if owner is None else owner.id,
                link=None if place is None else place.id,
                domain=None if place is None else place.domain,
                number=None if number is None else words.device_number(number),
                protocol=None
                if protocol is None
                else words.one_of(protocol, "protocol", PROTOCOLS),
                label=None if label is None else words.optional(label, "label"),
            )
            self._number_is_free(after)
            return after

        return await self._update(actor, DEVICE, id, version, change)

    async def delete_device(self, actor: Actor, id: DeviceRowId, version: int) -> None:
        self._managed(actor, self._registry.devices, id, "device")
        async with self._transaction() as tx:
            device = await present(tx, DEVICE, id, version)
            await remove(tx, actor, DEVICE, device)

    def list_devices(
        self,
        actor: Actor,
        company: CompanyId | None = None,
        *,
        domain: DomainId | None = None,
        user: UserId | None = None,
        link: str | None = None,
    ) -> tuple[UserDevice, ...]:
        """By number."""
        found = (
            device
            for device in self._registry.devices.values()
            if sees(actor, device.company)
            and company in (None, device.company)
            and domain in (None, device.domain)
            and user in (None, device.user)
            and link in (None, device.link)
        )
        return tuple(sorted(found, key=lambda device: (device.number, device.id)))

    def get_device(self, actor: Actor, id: DeviceRowId) -> UserDevice:
        return self._seen(actor, self._registry.devices, id, "device")

    def _link_in(self, actor: Actor, company: CompanyId, id: str) -> Link:
        link = self._managed(actor, self._registry.links, id, "link", "link")
        if link.company != company:
            raise missing("link", "link")
        return link

    def _user_in(self, actor: Actor, company: CompanyId, id: UserId) -> User:
        user = self._managed(actor, self._registry.users, id, "user", "user")
        if user.company != company:
            raise missing("user", "user")
        return user

    def _number_is_free(self, device: UserDevice) -> None:
        other = self._registry.device_at(device.link, device.number)
        if other is not None and other.id != device.id:
            owner = self._registry.users.get(other.user)
            whose = f" to {owner.username}" if owner else ""
            raise Conflict(f"{device.number} belongs{whose} already on this link.", field="number")
