"""Extensions of users (3.3.4): each is one number on one link."""

from functools import partial
from typing import Final, TypedDict, Unpack

from tws.errors import missing
from tws.organisation import words
from tws.organisation.actor import Actor, CompanyId, DeviceRowId, DomainId, UserId
from tws.organisation.device_protocols import MEDIA_PROTOCOLS, PROTOCOLS, fitting, host
from tws.organisation.kinds import DEVICE
from tws.organisation.model import Link, User, UserDevice
from tws.organisation.part import Part, changed, of_place
from tws.organisation.permission import sees
from tws.organisation.registry import Registry
from tws.records.changing import present, remove
from tws.records.sealing import Sealing
from tws.storage import Storage, new_id

PORTS = (0, 65535)
SEALED: Final = "password"


class DeviceFields(TypedDict, total=False):
    """What may be left out of a device: see `UserDevice`."""

    protocol: str
    label: str
    password: str
    "In the clear; empty takes it away."
    ip: str
    video: bool
    client_port: int
    sip_proxy: str
    one_number: bool
    softphone: bool
    media_protocol: str


def checked(device: UserDevice, given: DeviceFields) -> UserDevice:
    """With its texts trimmed, and without what its protocol does not have. Invalid with words."""
    words.one_of(device.protocol, "protocol", PROTOCOLS)
    words.one_of(device.media_protocol, "media_protocol", MEDIA_PROTOCOLS)
    device = fitting(device, given)
    return changed(
        device,
        number=words.device_number(device.number),
        label=words.optional(device.label, "label"),
        ip=words.ip_address(device.ip, "ip"),
        client_port=words.whole(device.client_port, "client_port", *PORTS),
        sip_proxy=host(device.sip_proxy, "sip_proxy"),
    )


class Devices(Part):
    def __init__(self, storage: Storage, registry: Registry, sealing: Sealing) -> None:
        super().__init__(storage, registry)
        self._sealing = sealing

    async def create_device(
        self,
        actor: Actor,
        *,
        user: UserId,
        link: str,
        number: str,
        **fields: Unpack[DeviceFields],
    ) -> UserDevice:
        """Its domain is that of its link, whose dial plan it uses."""
        owner = self._managed(actor, self._registry.users, user, "user", "user")
        place = self._link_in(actor, owner.company, link)

        def make() -> UserDevice:
            id = DeviceRowId(new_id())
            given: DeviceFields = {"protocol": "CSTA", **self._sealed(id, fields)}
            device = UserDevice(
                id=id,
                version=1,
                company=owner.company,
                domain=place.domain,
                user=owner.id,
                link=place.id,
                number=number,
                **given,
            )
            device = checked(device, fields)
            self._registry.listening.refuse_taken(device)
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
        **fields: Unpack[DeviceFields],
    ) -> UserDevice:
        """What is not given stays. The user and the link may be others of the same company."""
        device = self._managed(actor, self._registry.devices, id, "device")
        owner = None if user is None else self._user_in(actor, device.company, user)
        place = None if link is None else self._link_in(actor, device.company, link)

        def change(before: UserDevice) -> UserDevice:
            after = changed(
                before,
                user=None if owner is None else owner.id,
                link=None if place is None else place.id,
                domain=None if place is None else place.domain,
                number=number,
                **self._sealed(id, fields, before.password),
            )
            after = checked(after, fields)
            self._registry.listening.refuse_taken(after)
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
        devices = self._registry.devices.values()
        found = (
            device
            for device in of_place(devices, partial(sees, actor), company, domain)
            if user in (None, device.user) and link in (None, device.link)
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

    def _sealed(self, id: DeviceRowId, fields: DeviceFields, before: str = "") -> DeviceFields:
        given = fields.get(SEALED)
        if given is None:
            return fields
        value = words.secret(given, SEALED)
        return {**fields, "password": self._sealing.column(id, SEALED, value, before)}
