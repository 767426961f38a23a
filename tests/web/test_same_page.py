"""The same search finds the same, in the same order, wherever the same person asks."""

from typing import Any

import httpx

from tests.web.house import House

NAMES = ("Martin", "Martín", "MARTIN", "Martin ", "Martinet")
COMPANIES = ("ARDA", "SSDEI", "Société Générale", "Zeta")


async def write(client: httpx.AsyncClient, **fields: Any) -> None:
    made = await client.post("contacts", json={"private": False, **fields})
    assert made.status_code == 201, made.text


async def page(client: httpx.AsyncClient, **asked: Any) -> list[dict[str, Any]]:
    answer = await client.get("contacts", params={"q": "martin", "limit": 7, **asked})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def test_two_clients_of_one_user_see_the_same_page(house: House) -> None:
    """Of people who are called alike, more than a page has; at once after each change."""
    browser, other, program = (
        await house.sign_in("alice"),
        await house.sign_in("alice"),
        await house.program("alice"),
    )
    for name in NAMES:
        for company in COMPANIES:
            number = {"kind": "work", "number": "01 55 17 18 89"}
            await write(browser, lastName=name, company=company, numbers=[number])
    for asked in ({}, {"q": "martin gen"}, {"companyName": "arda"}, {"q": "551718"}, {"q": ""}):
        first = await page(browser, **asked)
        assert first and first == await page(other, **asked) == await page(program, **asked)
    first = await page(browser)
    assert len(first) == 7 and {one["company"] for one in first} <= {"", *COMPANIES}
    changed = next(one for one in first if one["editable"])
    body = {"version": changed["version"], "lastName": "Petit"}
    assert (await browser.patch(f"contacts/{changed['id']}", json=body)).status_code == 200
    await write(program, lastName="Martin", firstName="Aaron", company="ARDA")
    second = await page(browser)
    assert second != first and changed["id"] not in [one["id"] for one in second]
    assert second == await page(other) == await page(program)
