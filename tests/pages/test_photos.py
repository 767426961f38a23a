"""Faces in the Caller: a photo where a source has one, else initials; in both languages."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, Locator, expect

from tests import granting
from tests.end_to_end.site import Site
from tests.pages.opening import administration, caller
from tests.pages.test_accessibility import assert_good
from tests.simulator.running import Simulator
from tests.web.pictures import picture, vcard

pytestmark = pytest.mark.asyncio(loop_scope="session")
NUMBER = "0477001122"
FACES = "faces.vcf"


@pytest_asyncio.fixture(loop_scope="session")
async def faces(simulated: Site) -> AsyncIterator[None]:
    """Iris Photon with a photo, Basile Nophoto with none."""
    folder = simulated.tws.data / "files" / simulated.company
    folder.mkdir(parents=True, exist_ok=True)
    iris = vcard("1", "Photon;Iris", picture(side=(300, 300))).replace(
        "END:VCARD", f"TEL:{NUMBER}\r\nEND:VCARD"
    )
    (folder / FACES).write_text(iris + vcard("2", "Nophoto;Basile"), "utf-8")
    admin = simulated.admin
    row = await admin.post(
        "/admin/directories",
        domain=simulated.domain,
        name="Faces",
        connector="vcard",
        settings={"file": FACES},
        mapping={
            "identifier": "UID",
            "last_name": "N.FAMILY",
            "first_name": "N.GIVEN",
            "work": "TEL",
            "photo": "PHOTO",
        },
    )
    grant = granting.directory(row["id"], domain=simulated.domain)
    await admin.post("/admin/grants", **granting.sent(grant))
    async with admin.live() as live:
        await admin.post(f"/admin/directories/{row['id']}/synchronise")
        await live.until(
            lambda: live.state.get(f"run/{row['id']}", {}).get("state") == "done", "faces"
        )
    yield
    rows = await admin.get("/admin/directories")
    (last,) = [each for each in rows if each["id"] == row["id"]]
    await admin.request("DELETE", f"/admin/directories/{row['id']}?version={last['version']}")


async def assert_shown(image: Locator) -> None:
    """It was loaded, and is a picture."""
    await expect(image).to_have_js_property("complete", True)
    await expect(image).to_have_js_property("naturalWidth", 192)


@pytest.mark.usefixtures("faces")
async def test_a_photo_is_seen_and_initials_where_there_is_none(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me = simulated.seats[0]
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.people.get_by_label("Filter contacts").fill("photon")
        line = page.people.get_by_role("listitem")
        await expect(line).to_have_count(1)
        await assert_shown(line.locator("img"))
        await line.get_by_role("button").first.click()
        await assert_shown(page.card.locator("img"))
        await page.people.get_by_label("Filter contacts").fill("nophoto")
        await expect(line).to_contain_text("BBasile Nophoto")
        await line.get_by_role("button").first.click()
        await expect(page.card.locator("header")).to_contain_text("BN")
        await expect(page.card.locator("img")).to_have_count(0)
        await simulator.call_from_outside(NUMBER, me.number)
        await expect(page.ringing).to_contain_text("Iris Photon")
        await assert_shown(page.ringing.locator("img"))
        await page.speak("fr-FR")
        await assert_good(page)
        await page.click("Reject", page.ringing)


async def test_users_have_photos_of_their_own(browser: Browser, simulated: Site) -> None:
    me = simulated.seats[1]
    sent: FilePayload = {
        "name": "me.png",
        "mimeType": "image/png",
        "buffer": picture(side=(400, 400)),
    }
    async with caller(browser, simulated.tws.base, f"user{me.number}") as page:
        await page.preferences()
        photo = page.page.get_by_role("region", name="Photo")
        await photo.locator("input[type=file]").set_input_files(sent)
        await assert_shown(photo.get_by_role("img", name="Photo"))
        await assert_good(page)
    async with administration(browser, simulated.tws.base) as window:
        await window.go("/admin?page=users")
        row = window.page.get_by_role("row").filter(has_text=f"user{me.number}").first
        await row.get_by_role("button").first.click()
        photo = window.page.get_by_role("region", name="Photo")
        await assert_shown(photo.get_by_role("img", name="Photo"))
        wrong: FilePayload = {
            "name": "me.txt",
            "mimeType": "text/plain",
            "buffer": b"no picture at all",
        }
        await photo.locator("input[type=file]").set_input_files(wrong)
        await expect(photo.get_by_role("alert")).to_contain_text("cannot be read")
        await window.click("Remove the photo", photo)
        await expect(photo.get_by_role("img", name="Photo")).to_have_count(0)
