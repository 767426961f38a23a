"""Photos of contacts: from what a source has to what people are served, by a real reader."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from tests import granting
from tests.connectors.http_server import Reply, Request, Service
from tests.connectors.http_server import serving as http
from tests.peers import require_peer
from tests.peers.answering import CERTIFICATE
from tests.peers.slapd import PASSWORD, PEOPLE, READER, Attributes, running_slapd
from tests.web.house import House, reading_house
from tests.web.pictures import bomb, picture, vcard
from tests.web.problems import problem
from tws.directory.store.tables import contact_photo

MAPPING = {"identifier": "UID", "last_name": "N.FAMILY", "email1": "EMAIL", "photo": "PHOTO"}


@pytest.fixture
async def house(reading: House) -> House:
    return reading


class Shelf:
    """A directory that is read from a vCard file, or from elsewhere."""

    def __init__(self, house: House, admin: httpx.AsyncClient, folder: Path) -> None:
        self.house, self.admin = house, admin
        self.folder = folder / "files" / house.companies["SSDEI"].id
        self.folder.mkdir(parents=True, exist_ok=True)

    async def made(self, name: str = "people.vcf", **more: Any) -> str:
        domain = self.house.domains["Paris"].id
        body = {
            "domain": domain,
            "name": name,
            "connector": "vcard",
            "settings": {"file": name},
            "mapping": MAPPING,
            **more,
        }
        answer = await self.admin.post("admin/directories", json=body)
        assert answer.status_code == 201, answer.text
        id: str = answer.json()["id"]
        grant = granting.sent(granting.directory(id, domain=domain))
        assert (await self.admin.post("admin/grants", json=grant)).status_code == 201
        return id

    async def run(self, id: str, *cards: str, name: str = "people.vcf") -> dict[str, Any]:
        if cards:
            (self.folder / name).write_text("".join(cards), "utf-8")
        async with self.house.page(self.admin) as page:
            asked = await self.admin.post(f"admin/directories/{id}/synchronise")
            assert asked.status_code == 200, asked.text
            run = asked.json()["id"]
            over = ("done", "failed", "asking")
            await page.until(
                lambda page: (
                    page.state.get(f"run/{id}", {}).get("id") == run
                    and page.state[f"run/{id}"]["state"] in over
                )
            )
            found: dict[str, Any] = page.state[f"run/{id}"]
        assert found["state"] == "done", found
        return found

    async def contact(self, name: str, user: str = "alice") -> dict[str, Any]:
        client = await self.house.program(user)
        (one,) = (await client.get("contacts", params={"q": name})).json()
        found: dict[str, Any] = one
        return found


@pytest.fixture
async def shelf(house: House, database: Path) -> Shelf:
    return Shelf(house, await house.administrator("SSDEI"), database.parent)


async def test_a_photo_is_served_small_to_who_sees_the_card(house: House, shelf: Shelf) -> None:
    id = await shelf.made()
    run = await shelf.run(id, vcard("1", "Lemaire", picture()), vcard("2", "Roux"))
    assert (run["created"], run["notes"]) == (2, [])
    assert (await shelf.contact("roux"))["photo"] is None
    marie = await shelf.contact("lemaire")
    alice, erin, nobody = (
        await house.program("alice"),
        await house.program("erin"),
        await house.client(),
    )
    address = marie["photo"].removeprefix("/api/v1/")
    answer = await alice.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    with Image.open(io.BytesIO(answer.content)) as found:
        assert (found.format, found.size) == ("JPEG", (192, 96))
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("private")
    again = await alice.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await shelf.admin.get(address)).status_code == 200
    problem(await nobody.get(address), 401, "notSignedIn")
    unknown = await erin.get("contacts/01a20000-0000-7000-8000-000000000000/photo")
    theirs = await erin.get(address)
    assert (theirs.status_code, theirs.json()) == (404, unknown.json())
    roux = await shelf.contact("roux")
    problem(await alice.get(f"contacts/{roux['id']}/photo"), 404, "notFound")


async def test_a_photo_changes_and_goes_with_its_source(house: House, shelf: Shelf) -> None:
    id = await shelf.made()
    await shelf.run(id, vcard("1", "Lemaire", picture(colour="red")))
    before = await shelf.contact("lemaire")
    run = await shelf.run(id, vcard("1", "Lemaire", picture(colour="red")))
    assert (run["unchanged"], run["updated"]) == (1, 0)
    await shelf.run(id, vcard("1", "Lemaire", picture("JPEG", (100, 100), "blue")))
    after = await shelf.contact("lemaire")
    assert after["id"] == before["id"] and after["photo"] != before["photo"]
    alice = await house.program("alice")
    with Image.open(io.BytesIO((await alice.get(after["photo"][8:])).content)) as found:
        assert found.size == (100, 100)
    await shelf.run(id, vcard("1", "Lemaire"))
    assert (await shelf.contact("lemaire"))["photo"] is None
    assert (await alice.get(after["photo"][8:])).status_code == 404
    async with house.storage.reading() as reader:
        assert (await reader.execute(select(contact_photo))).all() == []


async def test_what_is_no_picture_is_told_and_the_contact_kept(shelf: Shelf) -> None:
    id = await shelf.made()
    cut = picture("JPEG")[:400]
    run = await shelf.run(
        id,
        vcard("1", "Bomb", bomb()),
        vcard("2", "Text", b"no picture at all"),
        vcard("3", "Cut", cut),
        vcard("4", "Good", picture("GIF")),
    )
    assert run["created"] == 4
    (note,) = run["notes"]
    assert (note["why"], note["count"]) == ("photo", 3)
    assert note["examples"][0] == "1: a picture of more than 25 million pixels"
    assert (await shelf.contact("bomb"))["photo"] is None
    assert (await shelf.contact("good"))["photo"] is not None


async def test_a_hidden_photo_is_not_shown(house: House, shelf: Shelf) -> None:
    id = await shelf.made(mapping={**MAPPING, "photo": "PHOTO|i"})
    await shelf.run(id, vcard("1", "Lemaire", picture()))
    marie = await shelf.contact("lemaire")
    assert marie["photo"] is None
    alice = await house.program("alice")
    assert (await alice.get(f"contacts/{marie['id']}/photo")).status_code == 404


async def test_a_merged_card_shows_the_first_photo_that_there_is(
    house: House, shelf: Shelf
) -> None:
    first = await shelf.made("one.vcf", priority=1, merge=True)
    second = await shelf.made("two.vcf", priority=2, merge=True)
    mail = "marie@lemaire.example"
    await shelf.run(first, vcard("1", "Lemaire", email=mail), name="one.vcf")
    await shelf.run(second, vcard("9", "Lemaire", picture(), mail), name="two.vcf")
    marie = await shelf.contact("lemaire")
    assert (marie["parts"], marie["origins"]["photo"]["directory"]) == (2, "two.vcf")
    alice = await house.program("alice")
    assert (await alice.get(marie["photo"].removeprefix("/api/v1/"))).status_code == 200


@pytest.fixture
def photos() -> Iterator[Service]:
    def answer(request: Request) -> Reply:
        match request.path:
            case "/moved":
                return Reply(302, headers={"Location": "/good"})
            case "/elsewhere":
                return Reply(302, headers={"Location": "file:///etc/hostname"})
            case "/good":
                return Reply(200, picture(), {"Content-Type": "image/png"})
            case "/busy" if len(service.asked("/busy")) < 2:
                return Reply(503)
            case "/busy":
                return Reply(200, picture())
            case "/huge":
                return Reply(200, bytes(11 * 1024 * 1024))
            case _:
                return Reply(404)

    with http(answer) as service:
        yield service


async def test_photos_are_fetched_from_their_addresses(
    monkeypatch: pytest.MonkeyPatch, database: Path, photos: Service
) -> None:
    monkeypatch.setenv("TWS_LOCAL_PHOTOS", "true")
    async with reading_house(database) as house:
        shelf = Shelf(house, await house.administrator("SSDEI"), database.parent)
        id = await shelf.made()
        names = ("good", "moved", "busy", "huge", "elsewhere", "missing")
        cards = [vcard(name, name, f"{photos.url}/{name}") for name in names]
        run = await shelf.run(id, *cards)
        assert (run["created"], run["notes"][0]["count"]) == (6, 4)
        examples = sorted(run["notes"][0]["examples"])
        assert examples == [
            "busy: its address answers 503",
            "elsewhere: an address that is not of the web",
            "huge: a picture of more than 10485760 bytes",
            "missing: its address answers 404",
        ]
        for name in ("good", "moved"):
            assert (await shelf.contact(name))["photo"] is not None
        # The next time what may be had now is asked again, and nothing else.
        asked = len(photos.requests)
        run = await shelf.run(id, *cards)
        assert (run["updated"], run["unchanged"], len(photos.requests)) == (1, 5, asked + 1)
        assert (await shelf.contact("busy"))["photo"] is not None
        assert (await shelf.run(id, *cards))["unchanged"] == 6
        assert len(photos.requests) == asked + 1


async def test_addresses_of_this_machine_are_not_asked(shelf: Shelf, photos: Service) -> None:
    id = await shelf.made()
    run = await shelf.run(id, vcard("1", "Lemaire", f"{photos.url}/good"))
    assert run["notes"][0]["examples"] == ["1: an address of this machine, which is not read"]
    assert photos.requests == []


async def test_the_photos_of_an_ldap_server(shelf: Shelf) -> None:
    require_peer("slapd")
    large = picture("JPEG", (3000, 2000))
    people: list[tuple[str, Attributes]] = [
        (
            f"uid={name},{PEOPLE}",
            {
                "objectClass": "inetOrgPerson",
                "uid": name,
                "cn": name,
                "sn": name,
                "jpegPhoto": photo,
            },
        )
        for name, photo in (("large", large), ("broken", b"\xff\xd8\xff\xe0 nothing"))
    ]
    with running_slapd(iter(people)) as server:
        (shelf.folder / CERTIFICATE.name).write_bytes(CERTIFICATE.read_bytes())
        settings = {
            "host": server.host,
            "port": server.port,
            "tls": "starttls",
            "ca_file": CERTIFICATE.name,
            "base": PEOPLE,
            "user": READER,
            "password": PASSWORD,
        }
        mapping = {"identifier": "uid", "last_name": "sn", "photo": "jpegphoto"}
        id = await shelf.made("Server", connector="ldap", settings=settings, mapping=mapping)
        run = await shelf.run(id)
    assert (run["created"], run["notes"][0]["count"]) == (2, 1)
    assert (await shelf.contact("broken"))["photo"] is None
    assert (await shelf.contact("large"))["photo"] is not None
