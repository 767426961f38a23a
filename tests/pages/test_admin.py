"""Administration: the guide's first steps by hand, and what happens when people collide."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.site import Site
from tests.pages.administration import choose, form, save, to
from tests.pages.opening import Opened, administration, caller
from tests.running import PASSWORD
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def cell(window: Opened, row: Locator, column: str) -> Locator:
    """Of a row, what stands in the column of that name."""
    names = await window.page.get_by_role("columnheader").all_inner_texts()
    return row.get_by_role("cell").nth(names.index(column))


async def test_from_nothing_to_a_user_who_can_call(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    async with administration(browser, simulated.tws.base) as window:
        page = window.page
        await to(window, "Users")
        await window.click("Add")
        fields = form(window)
        await fields.get_by_label("User name").fill("nadia")
        await fields.get_by_label("First name").fill("Nadia")
        await fields.get_by_label("Last name").fill("Roux")
        await fields.get_by_label("Password", exact=True).fill(PASSWORD)
        await window.click("Add a telephone", fields)
        await fields.get_by_label("Number", exact=True).fill("4012")
        await save(window)
        row = page.get_by_role("row").filter(has_text="nadia")
        await expect(row).to_contain_text("4012")

        await to(window, "Authorisations")
        await page.get_by_role("combobox", name="Application", exact=True).click()
        await page.get_by_role("option", name="TWS Caller", exact=True).click()
        await page.get_by_label("What they are").select_option("user")
        await page.get_by_role("checkbox", name="Nadia Roux").check()
        await page.get_by_role("button", name="Add 1").click()
        granted = page.get_by_role("region", name="Authorised: TWS Caller")
        await expect(granted).to_contain_text("Nadia Roux")

        await to(window, "State of devices")
        device = page.get_by_role("row").filter(has_text="4012")
        await expect(device).to_contain_text("Monitored")
        await expect(device).to_contain_text("Nadia Roux")

        async with caller(browser, simulated.tws.base, "nadia") as hers:
            await expect(hers.page.locator("header")).to_contain_text("Nadia Roux")
            await simulator.call_from_outside("0155171889", "4012")
            await expect(hers.ringing).to_be_visible()
            await hers.click("Reject", hers.ringing)
            await expect(hers.ringing).to_have_count(0)

        await to(window, "Users")
        await row.get_by_role("button").click()
        await window.click("Delete", form(window))
        question = page.get_by_role("dialog", name="Delete “Nadia Roux”?")
        await expect(question).to_contain_text("Deletes 1 user and their telephone")
        await window.click("Delete", question)
        await expect(row).to_have_count(0)


async def test_a_telephone_has_what_its_protocol_has(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Users")
        await window.click("Add")
        fields = form(window)
        await fields.get_by_label("User name").fill("ophelie")
        await fields.get_by_label("Voice-mail password").fill(PASSWORD)
        await window.click("Add a telephone", fields)
        await fields.get_by_label("Number", exact=True).fill("4894")
        await window.click("More of telephone 4894", fields)
        proxy = fields.get_by_label("SIP proxy")
        await fields.get_by_label("Video").check()
        await expect(proxy).to_have_count(0)
        await fields.get_by_label("Protocol", exact=True).select_option("SIP")
        await proxy.fill("192.1.3.253")
        await fields.get_by_label("Soft phone").check()
        await fields.get_by_label("Telephone’s password").fill(PASSWORD)
        await save(window)
        await expect(fields.get_by_label("Voice-mail password")).to_have_value("")
        await window.sees("Set; leave empty to keep it. Not used yet by this version.", fields)
        rows = await simulated.admin.get("/admin/devices")
        row = next(each for each in rows if each["number"] == "4894")
        assert (row["passwordSet"], row["video"], row["softphone"]) == (True, True, True)
        assert (row["sipProxy"], row["oneNumber"]) == ("192.1.3.253", False)

        more = fields.get_by_role("button", name="More of telephone 4894")
        if await more.get_attribute("aria-expanded") == "false":
            await more.click()
        await fields.get_by_label("Protocol", exact=True).select_option("CSTA")
        await expect(proxy).to_have_count(0)
        await save(window)
        rows = await simulated.admin.get("/admin/devices")
        row = next(each for each in rows if each["number"] == "4894")
        assert (row["sipProxy"], row["softphone"], row["passwordSet"]) == ("", False, True)
        user = f"/admin/users/{row['user']}"
        version = (await simulated.admin.get(user))["version"]
        await simulated.admin.request("DELETE", f"{user}?version={version}")


async def test_two_administrators_collide(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Groups")
        await window.click("Add")
        await form(window).get_by_label("Name", exact=True).fill("Sales")
        await save(window)
        row = next(g for g in await simulated.admin.get("/admin/groups") if g["name"] == "Sales")
        await form(window).get_by_label("Name", exact=True).fill("Sales and more")
        path = f"/admin/groups/{row['id']}"
        theirs = {"version": row["version"], "name": "Theirs"}
        await simulated.admin.request("PATCH", path, theirs)
        await window.click("Save", form(window))
        clash = form(window).get_by_role("alert")
        await expect(clash).to_contain_text("Somebody else has changed this line")
        await window.click("Save mine", clash)
        row_after = window.page.get_by_role("row").filter(has_text="Sales and more")
        await expect(row_after).to_be_visible()
        after = await simulated.admin.get(path)
        assert after["name"] == "Sales and more"
        await simulated.admin.request("DELETE", f"{path}?version={after['version']}")


async def test_a_link_is_not_asked_for_what_its_kind_has_not(
    browser: Browser, simulated: Site
) -> None:
    async with administration(browser, simulated.tws.base) as window:
        refused: list[str] = []
        window.page.on(
            "response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None
        )
        await to(window, "PBX links")
        async with window.page.expect_response("**/collaboration-sources*"):
            await window.page.get_by_role("row").get_by_role("button").first.click()
            await expect(form(window).get_by_label("Capacity")).to_be_visible()
            await to(window, "Collaboration")
        assert not refused


@pytest.mark.parametrize("width", [1280, 360])
async def test_nothing_that_tells_rows_apart_is_cut_off(
    browser: Browser, simulated: Site, width: int
) -> None:
    whole = "field => field.scrollWidth <= field.clientWidth && field.scrollHeight <= 1 + %s"
    async with administration(browser, simulated.tws.base, width=width) as window:
        await window.go("/admin?page=directories")
        await expect(window.page.get_by_role("columnheader", name="Domain")).to_be_in_viewport(
            ratio=1
        )
        await window.go("/admin?page=dialPlan")
        await window.button("Add a rule").first.click()
        pattern = window.page.get_by_label(re.compile("^Pattern, rule")).last
        await pattern.fill("^(01551[0-9]{2})([0-9]{4})(;ext=([0-9]{1,6}))?(;more=[0-9]+)?$")
        assert await pattern.evaluate(whole % "field.clientHeight")


@pytest.mark.parametrize("width", [1400, 360])
async def test_a_refused_dial_plan_says_why_where_it_is_saved(
    browser: Browser, simulated: Site, width: int
) -> None:
    async with administration(
        browser, simulated.tws.base, locale="fr-FR", width=width, height=620
    ) as window:
        await window.go("/admin?page=dialPlan")
        tester = window.page.get_by_role("region", name="Tester le plan de numérotation")
        await tester.get_by_label("Numéro à tester").fill("+33155171889")
        await window.click("Tester", tester)
        await expect(tester.locator("output")).to_have_text("00155171889")
        await window.click("Ajouter une règle")
        await expect(tester.get_by_role("status")).to_have_count(0)
        pattern = window.page.get_by_label(re.compile("^Modèle, règle")).last
        await pattern.fill("[(?=3)]")
        await window.click("Enregistrer")
        refusal = window.page.get_by_role("alert")
        await expect(refusal).to_contain_text("Règles sortantes, règle")
        await expect(refusal).to_contain_text("(?= n’est pas permis")
        await expect(refusal).to_be_in_viewport(ratio=1)
        await expect(pattern).to_be_in_viewport(ratio=1)
        assert await refusal.evaluate("alert => alert.parentElement === document.activeElement")


@pytest.mark.parametrize(("zone", "said"), [("America/New_York", 1), ("Europe/Berlin", 0)])
async def test_times_are_those_of_the_domain_and_say_so_where_the_computer_has_others(
    browser: Browser, simulated: Site, zone: str, said: int
) -> None:
    base, name = simulated.tws.base, f"user{simulated.seats[0].number}"
    async with (
        administration(browser, base, zone=zone) as window,
        caller(browser, base, name, zone=zone) as page,
    ):
        for opened in (window, page):
            await expect(opened.page.get_by_text("Times of Europe/Paris")).to_have_count(said)


async def test_unsaved_changes_are_asked_about(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Domains")
        await window.page.get_by_role("row").filter(has_text="Paris").get_by_role("button").click()
        name = form(window).get_by_label("Name", exact=True)
        await name.fill("Lyon")
        await window.click("Users", window.page.get_by_role("navigation"))
        question = window.page.get_by_role("dialog", name="Unsaved changes")
        await window.click("Go on editing", question)
        await expect(name).to_have_value("Lyon")
        await window.click("Users", window.page.get_by_role("navigation"))
        await window.click("Discard", question)
        await expect(window.page.get_by_role("heading", name="Users")).to_be_visible()
        rows = await simulated.admin.get("/admin/domains")
        assert [row["name"] for row in rows] == ["Paris"]


async def test_a_wrong_value_is_said_at_its_field(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "Users")
        await window.click("Add")
        taken = f"user{simulated.seats[0].number}"
        await form(window).get_by_label("User name").fill(taken)
        await window.click("Save", form(window))
        await expect(form(window).get_by_role("alert")).to_be_visible()
        rows = await simulated.admin.get("/admin/users")
        assert [row["username"] for row in rows].count(taken) == 1


async def test_a_link_is_made_of_its_dialects_own_fields(
    browser: Browser, simulated: Site
) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "PBX links")
        await window.click("Add")
        fields = form(window)
        await fields.get_by_label("Name", exact=True).fill("Asterisk")
        dialects = await simulated.admin.get("/admin/dialects")
        asterisk = next(d for d in dialects if d["name"] == "asterisk")
        await choose(window, "Type", asterisk["title"])
        await fields.get_by_label("Address").fill("127.0.0.1")
        await fields.get_by_label("User name").fill("tws")
        await fields.get_by_label("Password", exact=True).fill("secret of the manager")
        await fields.get_by_role("switch", name="Enabled").click()
        await save(window)
        links = await simulated.admin.get("/admin/links")
        row = next(link for link in links if link["name"] == "Asterisk")
        assert row["settings"]["host"] == "127.0.0.1"
        assert not row["enabled"]
        assert any(row["isSet"].values())
        await window.sees("Set; leave empty to keep it.")
        await window.sees("To add to the PBX")
        await expect(fields.locator("pre").first).to_contain_text("cti")
        await simulated.admin.request(
            "DELETE", f"/admin/links/{row['id']}?version={row['version']}"
        )


async def test_the_state_of_links_is_live(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "State of links")
        row = window.page.get_by_role("row").filter(has_text="simulator")
        await expect(row).to_contain_text("Connected")
        told = simulated.pbx.settings
        await expect(await cell(window, row, "Host")).to_have_text(told["host"])
        await expect(await cell(window, row, "Port")).to_have_text(str(told["port"]))
        await simulator.kill()
        try:
            await expect(row).to_contain_text("Down")
            await expect(row).to_contain_text("TWS tries again by itself")
            await to(window, "State of devices")
            device = window.page.get_by_role("row").filter(has_text=simulated.seats[0].number)
            await expect(await cell(window, device, "Voice mail")).to_have_text("7770")
            await expect(await cell(window, device, "Type")).to_have_text("cti")
            await expect(device).to_contain_text("Link down")
        finally:
            await simulator.start()
        await expect(device).to_contain_text("Monitored")


async def test_when_a_link_was_not_heard_is_listed(
    browser: Browser, simulated: Site, simulator: Simulator
) -> None:
    me, other, *_ = simulated.seats
    before = len(await gaps(simulated))
    await other.phone.dial(me.number)
    await me.phone.answer()
    await me.live.call(state="connected")
    await simulator.kill()
    await me.live.device(state="linkDown")
    await simulator.start()
    await me.live.no_call()
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "State of links")
        lines = window.page.get_by_role("region", name="When a PBX was not heard")
        lines = lines.get_by_role("listitem")
        await expect(lines).to_have_count(before + 1)
        await expect(lines.first).to_contain_text("simulator")
        await expect(lines.first).to_contain_text("Not heard on")
        await expect(lines.first).to_contain_text("1 call ended unseen")
        await simulator.link("abort")
        # Dialled again ever more slowly, since it was lost a moment ago.
        await expect(lines).to_have_count(before + 2, timeout=60_000)
        await expect(lines.first).to_contain_text("no call ended unseen")
    newest, *_ = await gaps(simulated)
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go("/admin?page=linkStates")
        lines = window.page.get_by_role("region", name="Quand un PBX n’a pas été entendu")
        line = lines.get_by_role("listitem").first
        await expect(line).to_contain_text("Non entendu le")
        await expect(line).to_contain_text("aucun appel terminé sans être vu")
    assert (newest["link"], newest["ended"]) == (simulated.link, 0)


async def gaps(site: Site) -> list[dict[str, Any]]:
    page = await site.admin.get("/admin/call-gaps", link=site.link)
    found: list[dict[str, Any]] = page["entries"]
    return found


async def test_ctrl_k_goes_anywhere(browser: Browser, simulated: Site) -> None:
    number = simulated.seats[2].number
    async with administration(browser, simulated.tws.base) as window:
        await expect(window.page.get_by_role("navigation")).to_be_visible()
        await window.press("Control+k")
        await window.type(f"person {number}")
        await expect(window.page.locator("[role=option]").first).to_contain_text(number)
        await window.press("Enter")
        await expect(form(window).get_by_label("User name")).to_have_value(f"user{number}")
        await expect(window.page).to_have_url(
            f"{simulated.tws.base}/admin?page=users&edit={await user_id(simulated, number)}"
        )


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("vti-xml", "PBX links"),
        ("connexions csta", "PBX links"),
        ("Puits d'appels", "Call queues"),
        ("fournisseur sms", "SMS providers"),
        ("groupes - utilisateurs", "Groups"),
    ],
)
async def test_ctrl_k_knows_the_words_of_the_guide(
    browser: Browser, simulated: Site, typed: str, page: str
) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await expect(window.page.get_by_role("navigation")).to_be_visible()
        await window.press("Control+k")
        await window.type(typed)
        await window.press("Enter")
        await expect(window.page.get_by_role("heading", name=page, exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("fr-FR", "automates", "n’existe pas dans cette version"),
        ("en-GB", "robots", "not in this version"),
    ],
)
async def test_ctrl_k_says_which_page_of_the_guide_is_missing(
    browser: Browser, simulated: Site, language: str, typed: str, said: str
) -> None:
    async with administration(browser, simulated.tws.base, locale=language) as window:
        await expect(window.page.get_by_role("navigation")).to_be_visible()
        address = window.page.url
        await window.press("Control+k")
        await window.type(typed)
        found = window.page.get_by_role("option").filter(has_text=said)
        await expect(found).to_have_count(1)
        await expect(found).to_be_disabled()
        await found.click(force=True)
        await expect(found).to_be_visible()
        assert window.page.url == address


async def test_ctrl_k_leads_to_a_parameter(browser: Browser, simulated: Site) -> None:
    asked: list[str] = []
    async with administration(browser, simulated.tws.base) as window:
        window.page.on("request", lambda sent: asked.append(sent.url))
        await expect(window.page.get_by_role("navigation")).to_be_visible()
        assert not any(url.endswith("/admin/parameters") for url in asked)
        await window.press("Control+k")
        # One for experts, which the list hides.
        await window.type("mediaserversip_p")
        await expect(window.page.locator("[role=option]")).to_have_count(1)
        await window.press("Enter")
        await expect(window.page.get_by_role("form", name="MediaServerSIP_Port")).to_be_visible()


PRESSED = """() => {
    const press = {key: 'k', ctrlKey: true, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', press));
    return Promise.resolve().then(() => document.activeElement.getAttribute('role'));
}"""


async def test_what_is_typed_right_after_ctrl_k_is_not_lost(
    browser: Browser, simulated: Site
) -> None:
    """The box has the keyboard before the browser can bring the next key."""
    async with administration(browser, simulated.tws.base) as window:
        await window.button("Domains").focus()
        for _ in range(3):
            assert await window.page.evaluate(PRESSED) == "combobox"
            await window.press("Escape")
            await expect(window.page.get_by_role("dialog")).to_have_count(0)
            await expect(window.button("Domains")).to_be_focused()


async def user_id(site: Site, number: str) -> str:
    rows = await site.admin.get("/admin/users")
    found: str = next(row["id"] for row in rows if row["username"] == f"user{number}")
    return found


async def test_a_link_is_tried_before_it_is_stored(browser: Browser, simulated: Site) -> None:
    async with administration(browser, simulated.tws.base) as window:
        await to(window, "PBX links")
        await window.click("Add")
        fields = form(window)
        await choose(window, "Type", "CSTA (XML over TCP)")
        await fields.get_by_label("Address").fill("127.0.0.1")
        port = fields.get_by_label("Port")
        await port.fill("9")
        await window.click("Test the link", fields)
        trial = fields.get_by_role("region", name="Test the link")
        await expect(trial.get_by_role("alert")).to_contain_text("connection refused")
        await port.fill(str(simulated.pbx.settings["port"]))
        # What was found of another address is not said of this one.
        await expect(trial.get_by_role("alert")).to_be_hidden()
        await window.click("Test the link", fields)
        await expect(trial.get_by_role("status")).to_contain_text(
            "The PBX lets TWS in: CSTA edition"
        )
        assert len(await simulated.admin.get("/admin/links")) == 1
