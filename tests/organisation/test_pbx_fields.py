"""What the PBX and telephones need of users and devices: stored, secrets sealed and never told."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.organisation.test_service import audited
from tests.organisation.world import KEY, Place, World
from tws.bus import Bus
from tws.errors import Invalid
from tws.organisation import store
from tws.organisation.actor import SYSTEM
from tws.organisation.registry import Registry
from tws.storage.secrets import Secrets, is_sealed

PIN = "7957-correct-horse"


async def test_passwords_of_the_pbx_are_sealed_and_never_told(world: World, place: Place) -> None:
    service, secrets = world.service, Secrets(Path("unused"), KEY)
    alice = await service.users.update_user(
        SYSTEM, place.alice.id, 1, voicemail_password=f" {PIN}"
    )
    device = await service.devices.update_device(SYSTEM, place.device.id, 1, password=PIN)
    for sealed, row, field, plain in (
        (alice.voicemail_password, alice.id, "voicemail_password", f" {PIN}"),
        (device.password, device.id, "password", PIN),
    ):
        assert is_sealed(sealed) and secrets.open(sealed, row, field) == plain
    assert alice.voicemail_password_set and device.password_set
    assert "sealed" not in repr(alice) + repr(device)
    of_user, of_device = (await audited(world.storage))[-2:]
    assert of_user.after["voicemail_password"] == of_device.after["password"] == "***"
    assert "sealed:" not in str([of_user, of_device])


async def test_the_same_password_again_changes_nothing(world: World, place: Place) -> None:
    service = world.service
    first = await service.users.update_user(SYSTEM, place.alice.id, 1, voicemail_password=PIN)
    again = await service.users.update_user(
        SYSTEM, place.alice.id, first.version, voicemail_password=PIN
    )
    assert again == first
    gone = await service.users.update_user(
        SYSTEM, place.alice.id, first.version, voicemail_password=""
    )
    assert not gone.voicemail_password_set
    async with world.storage.reading() as reader:
        kept = (await reader.execute(select(store.user.c.voicemail_password))).scalars().all()
    assert set(kept) == {""}


async def test_a_sip_telephone_has_more_and_loses_it_with_its_protocol(
    world: World, place: Place
) -> None:
    devices = world.service.devices
    made = await devices.create_device(
        SYSTEM,
        user=place.alice.id,
        link=place.link.id,
        number="4094",
        password=PIN,
        ip="192.168.0.34",
        video=True,
        client_port=5062,
        protocol="SIP",
        sip_proxy="pbx.example",
        one_number=True,
        softphone=True,
        media_protocol="TWS",
    )
    registry = Registry(Bus())
    await registry.load(world.storage)
    assert registry.devices[made.id] == made
    assert (made.sip_proxy, made.one_number, made.softphone) == ("pbx.example", True, True)
    moved = await devices.update_device(SYSTEM, made.id, 1, protocol="CSTA")
    assert (moved.sip_proxy, moved.one_number, moved.softphone, moved.media_protocol) == (
        *("", False, False),
        "None",
    )
    assert (moved.video, moved.client_port, moved.password) == (True, 5062, made.password)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sip_proxy", "pbx.example"),
        ("softphone", True),
        ("one_number", True),
        ("media_protocol", "TWS"),
        ("client_port", 65536),
        ("ip", "192.168.0"),
        ("password", "line\nbreak"),
        ("password", "x" * 129),
    ],
)
async def test_a_device_that_cannot_be_right(
    world: World, place: Place, field: str, value: object
) -> None:
    with pytest.raises(Invalid) as refused:
        await world.service.devices.update_device(
            SYSTEM,
            place.device.id,
            1,
            **{field: value},  # type: ignore[arg-type]
        )
    assert refused.value.details["field"] == field


@pytest.mark.parametrize(("field", "value"), [("sip_proxy", "a b"), ("media_protocol", "RTP")])
async def test_a_sip_telephone_that_cannot_be_right(
    world: World, place: Place, field: str, value: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await world.service.devices.update_device(
            SYSTEM,
            place.device.id,
            1,
            protocol="SIP",
            **{field: value},  # type: ignore[arg-type]
        )
    assert refused.value.details["field"] == field
