"""Every gesture on a call, by mouse and by keyboard, on each PBX, seen at the other telephone."""

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.end_to_end.scenes import second_telephone
from tests.end_to_end.site import Seat, Site
from tests.pages.opening import Caller
from tests.pages.scenes import played
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def talking(desk: Caller, other: Seat) -> Locator:
    """In a conversation with `other`, who was dialled from the page; its row."""
    await desk.dial(other.number)
    await other.phone.rings()
    await other.phone.answer()
    row = desk.call(other.number)
    await expect(row).to_contain_text("Connected")
    return row


async def consulting(desk: Caller, first: Seat, second: Seat) -> Locator:
    """`first` waits while the page's user asks `second`: two joined rows."""
    row = await talking(desk, first)
    await desk.click("Transfer", row)
    await desk.pick(second.number)
    await desk.click("Ask first", row)
    await second.phone.rings()
    await second.phone.answer()
    pair = desk.call(second.number)
    await expect(pair).to_contain_text("On hold")
    await expect(desk.button("Swap", pair)).to_be_visible()
    return pair


async def test_dial_by_name_with_the_keyboard_alone(desk: Caller, site: Site) -> None:
    other = site.seats[1]
    await desk.press("/")
    await expect(desk.search).to_be_focused()
    await desk.pick(f"person {other.number}")
    await other.phone.rings()
    await expect(desk.call(other.number)).to_contain_text("Ringing there")
    await other.phone.answer()
    await site.seats[0].phone.talks_with(other.phone)
    await expect(desk.call(other.number)).to_contain_text("Connected")


async def test_a_call_is_made_without_ones_number(desk: Caller, site: Site) -> None:
    other = site.seats[1]
    hides = desk.button("Without my number")
    await hides.click()
    await desk.dial(other.number)
    await other.phone.rings()
    (party,) = (await other.live.call(state="alerting"))["parties"]
    assert (party["number"], party["restricted"]) == (None, True)
    await expect(hides).to_have_attribute("aria-pressed", "false")  # for that call alone
    await desk.click("Hang up", desk.call(other.number))


async def test_a_double_click_dials_once(desk: Caller, site: Site) -> None:
    other = site.seats[1]
    await desk.people.get_by_role("button", name=f"Person {other.number}").first.click()
    await desk.card.get_by_role("button", name=f"Call Person {other.number}").dblclick()
    await other.phone.rings()
    await other.phone.answer()
    await site.seats[0].phone.talks_with(other.phone)
    await expect(desk.calls).to_have_count(1)
    assert len(other.live.calls()) == 1


async def test_space_answers_what_rings(desk: Caller, site: Site) -> None:
    me, other, *_ = site.seats
    await other.phone.dial(me.number)
    await expect(desk.ringing).to_contain_text(f"Person {other.number}")
    await expect(desk.page).to_have_title(f"☎ Person {other.number}")
    await desk.press("Space")
    await me.phone.talks_with(other.phone)
    await expect(desk.call(other.number)).to_contain_text("Connected")
    await expect(desk.page).to_have_title("TWS Caller")


async def test_space_answers_though_the_mouse_has_left_a_button_focused(
    desk: Caller, site: Site
) -> None:
    me, other, third, *_ = site.seats
    await desk.people.get_by_role("button", name=f"Person {third.number}").first.click()
    await other.phone.dial(me.number)
    await desk.answer()
    await me.phone.talks_with(other.phone)


async def test_reject(desk: Caller, site: Site) -> None:
    me, other, *_ = site.seats
    await other.phone.dial(me.number)
    await desk.click("Reject", desk.ringing)
    await me.phone.idle()
    await expect(desk.calls).to_have_count(0)


async def test_ignore_leaves_it_ringing_and_out_of_the_way(desk: Caller, site: Site) -> None:
    me, other, *_ = site.seats
    await other.phone.dial(me.number)
    await desk.click("Ignore", desk.ringing)
    await me.phone.rings()
    row = desk.call(f"Person {other.number}")
    await desk.click("Answer", row)
    await me.phone.talks_with(other.phone)


async def test_deflect(desk: Caller, site: Site) -> None:
    me, other, third, *_ = site.seats
    await other.phone.dial(me.number)
    ringing = desk.ringing
    await desk.click("Deflect", ringing)
    await desk.pick(third.number)
    await third.phone.answer()
    await third.phone.talks_with(other.phone)
    await expect(desk.calls).to_have_count(0)


async def test_hold_and_resume(desk: Caller, site: Site) -> None:
    me, other, *_ = site.seats
    row = await talking(desk, other)
    await desk.click("Hold", row)
    await expect(row).to_contain_text("On hold")
    await me.phone.hears_nobody()
    await desk.click("Resume", row)
    await expect(row).to_contain_text("Connected")
    await me.phone.talks_with(other.phone)


async def test_transfer_now(desk: Caller, site: Site) -> None:
    _, other, third, *_ = site.seats
    row = await talking(desk, other)
    await desk.click("Transfer", row)
    await desk.pick(f"person {third.number}")
    await desk.click("Now", row)
    await third.phone.answer()
    await third.phone.talks_with(other.phone)
    await expect(desk.calls).to_have_count(0)


async def test_a_transfer_is_taken_back_while_it_rings(desk: Caller, site: Site) -> None:
    me, other, third, *_ = site.seats
    row = await talking(desk, other)
    await desk.click("Transfer", row)
    await desk.pick(f"person {third.number}")
    await desk.click("Now", row)
    await third.phone.rings()
    await desk.sees(f"Rings at Person {third.number}, for Person {other.number}.")
    await desk.click("Take back")
    await me.phone.talks_with(other.phone)
    await third.phone.idle()
    await expect(desk.call(other.number)).to_contain_text(
        f"Connected{other.number}Back from Person {third.number}"
    )
    await expect(desk.button("Take back")).to_have_count(0)
    await desk.click("Hang up", desk.call(other.number))
    line = desk.journal.get_by_role("listitem").first
    await expect(line).to_contain_text("handed on, taken back")


async def test_a_call_goes_on_at_ones_other_telephone(desk: Caller, site: Site) -> None:
    me, other, *_ = site.seats
    row = await talking(desk, other)
    await expect(desk.button("Continue on…", row)).to_have_count(0)
    async with second_telephone(site) as dect:
        await desk.click("Continue on…", row)
        await desk.page.get_by_role("menuitem", name=f"{dect.number} DECT").click()
        await dect.phone.rings()
        await me.phone.idle()
        await desk.sees(f"Rings at {dect.number} DECT, for Person {other.number}.")
        await dect.phone.answer()
        await dect.phone.talks_with(other.phone)
        await expect(desk.call(other.number)).to_contain_text("on DECT")
        await expect(desk.button("Take back")).to_have_count(0)
        await other.phone.hang_up()
        await expect(desk.calls).to_have_count(0)
        line = desk.journal.get_by_role("listitem").first
        await expect(line).to_contain_text(f"went on at {dect.number}")
        await expect(line).to_contain_text(f"Person {other.number}")


async def test_ask_first_then_transfer(desk: Caller, site: Site) -> None:
    me, other, third, *_ = site.seats
    pair = await consulting(desk, other, third)
    await desk.click("Transfer", pair)
    await other.phone.talks_with(third.phone)
    await me.phone.idle()
    await expect(desk.calls).to_have_count(0)


async def test_swap_and_back(desk: Caller, site: Site) -> None:
    me, other, third, *_ = site.seats
    pair = await consulting(desk, other, third)
    await desk.click("Swap", pair)
    await me.phone.talks_with(other.phone)
    await third.phone.hears_nobody()
    await expect(desk.button("Back", pair)).to_be_enabled()
    await desk.click("Back", pair)
    await other.phone.idle()
    await me.phone.talks_with(third.phone)
    await expect(desk.calls).to_have_count(1)


async def test_merge_makes_a_conference(desk: Caller, site: Site) -> None:
    me, other, third, *_ = site.seats
    pair = await consulting(desk, other, third)
    await desk.click("Merge", pair)
    await me.phone.talks_with(other.phone, third.phone)
    row = desk.call("Conference of 3")
    await expect(row).to_contain_text(other.number)
    await expect(row).to_contain_text(third.number)


async def test_somebody_is_added_at_once(desk: Caller, site: Site) -> None:
    me, other, third, *_ = site.seats
    row = await talking(desk, other)
    await desk.click("Add", row)
    await desk.pick(f"person {third.number}")
    await desk.click("Now", row)
    await third.phone.rings()
    await me.phone.hears(other.phone)  # who was talking goes on
    await third.phone.answer()
    await me.phone.talks_with(other.phone, third.phone)
    await third.phone.talks_with(me.phone, other.phone)
    conference = desk.call("Conference of 3")
    await expect(conference).to_contain_text(other.number)
    await expect(conference).to_contain_text(third.number)
    await expect(desk.calls).to_have_count(1)


async def test_digits_are_sent_in_order(desk: Caller, site: Site) -> None:
    _, other, *_ = site.seats
    row = await talking(desk, other)
    await desk.click("Digits", row)
    await desk.type("159#")
    await expect(row).to_contain_text("Sent: 159#")
    await other.phone.got_digits("159#")


async def test_hang_up(desk: Caller, site: Site) -> None:
    me, other, *_ = site.seats
    row = await talking(desk, other)
    await desk.click("Hang up", row)
    await me.phone.idle()
    await other.phone.idle()
    await expect(desk.calls).to_have_count(0)
    line = desk.journal.get_by_role("listitem").first
    await expect(line).to_contain_text(f"Person {other.number}")


async def test_there_are_only_buttons_for_what_the_pbx_can(desk: Caller, site: Site) -> None:
    _, other, *_ = site.seats
    row = await talking(desk, other)
    offered = set(site.seats[0].live.calls()[0]["operations"])
    words = {"holdCall": "Hold", "parkCall": "Park", "generateDigits": "Digits"}
    for operation, word in words.items():
        await expect(desk.button(word, row)).to_have_count(int(operation in offered))


async def test_a_call_dropped_on_a_colleague_asks_how(desk: Caller, site: Site) -> None:
    _, other, third, *_ = site.seats
    row = await talking(desk, other)
    person = desk.people.get_by_role("button", name=f"Person {third.number}").first
    await row.drag_to(person)
    await expect(row).to_contain_text(f"Transfer Person {other.number} to")
    await desk.click("Now", row)
    await third.phone.rings()


@pytest.mark.parametrize("width", [900, 1400])
async def test_hanging_up_has_its_place_on_the_first_line(
    browser: Browser, simulated: Site, simulator: Simulator, width: int
) -> None:
    """In French not all that can be done with a stranger's call fits in one."""
    async with played(browser, simulated, simulator, "create", "fr", width=width) as page:
        buttons = page.page.locator("main article").get_by_role("button")
        tops = {}
        for name in ("Attente", "Créer le contact", "Raccrocher"):
            box = await buttons.filter(has_text=name).bounding_box()
            assert box is not None
            tops[name] = box["y"]
        assert tops["Raccrocher"] == tops["Attente"] < tops["Créer le contact"]
