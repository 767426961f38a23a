"""Parameters through the API, and on the live stream: a change counts at once."""

from typing import Any

import httpx
import pytest

from tests.web.house import House
from tests.web.problems import problem
from tws.organisation.parameters.catalogue import DEFINITIONS


async def put(admin: httpx.AsyncClient, parameter: str, value: Any, **where: Any) -> Any:
    sent = {"parameter": parameter, "value": value, **where}
    answer = await admin.put("admin/parameter-values", json=sent)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_all_of_them_are_listed_with_what_they_are_for(house: House) -> None:
    admin = await house.administrator("SSDEI")
    rows = (await admin.get("admin/parameters")).json()
    assert [row["name"] for row in rows] == [each.name for each in DEFINITIONS]
    known = {row["name"]: row for row in rows}
    assert all(row["help"].endswith(".") for row in rows)
    assert known["AuthMethods"]["choices"] == [
        *("WindowsSecurity", "LDAP", "TWS", "None", "Ip", "OpenIDConnect"),
    ]
    assert known["SmtServer"]["aliases"] == ["SmtpServer"] and known["SmtServer"]["served"]
    days = known["CallLog-NumberDaysOfStorage"]
    assert (days["unit"], days["minimum"], days["served"]) == ("days", 1, True)


async def test_a_secret_is_written_and_never_told(house: House) -> None:
    admin, company = await house.administrator("SSDEI"), house.companies["SSDEI"].id
    row = await put(admin, "SmtpAuthPassword", "over the hills", company=company)
    assert (row["parameter"], row["value"]) == ("SmtAuthPassword", None)
    user = house.users["alice"].id
    told = [
        await admin.get("admin/parameter-values"),
        await admin.get(f"admin/users/{user}/parameters"),
    ]
    (why,) = (one for one in told[1].json() if one["parameter"] == "SmtAuthPassword")
    assert (why["value"], why["winner"]["row"]) == (None, row["id"])
    for answer in told:
        assert "hills" not in answer.text and "sealed" not in answer.text
    sent = {"parameter": "SmtAuthPassword", "value": None, "company": company, "version": 1}
    problem(await admin.put("admin/parameter-values", json=sent), 422, "invalid")


async def test_a_group_that_is_not_there_is_refused_in_both_languages(house: House) -> None:
    admin = await house.administrator("SSDEI")
    sent = {"parameter": "AuthorizeShareRulesGroup", "value": "Patrons"}
    sent["user"] = house.users["alice"].id
    refused = problem(await admin.put("admin/parameter-values", json=sent), 422, "invalid")
    assert refused["detail"] == "The company has no group named Patrons."
    assert refused["parameters"]["said"]["template"] == "The company has no group named {name}."
    await admin.post("admin/groups", json={"domain": house.domains["Paris"].id, "name": "Patrons"})
    assert (await put(admin, **sent))["value"] == "Patrons"


@pytest.mark.parametrize("holder", ["user", "group", "domain", "company"])
async def test_an_open_page_is_told_at_once(house: House, holder: str) -> None:
    admin, alice = await house.administrator("SSDEI"), await house.program("alice")
    group = (
        await admin.post(
            "admin/groups", json={"domain": house.domains["Paris"].id, "name": "Told"}
        )
    ).json()
    member = {"version": group["version"], "members": [house.users["alice"].id]}
    await admin.put(f"admin/groups/{group['id']}/members", json=member)
    holders = {
        "user": house.users["alice"].id,
        "group": group["id"],
        "domain": house.domains["Paris"].id,
        "company": house.companies["SSDEI"].id,
    }

    def may(state: dict[str, Any]) -> Any:
        return state["parameters"]["values"]["AuthorizePublicList"]

    async with house.page(alice) as page:
        assert may(page.state) is True
        told = (await alice.get("parameters")).json()
        assert page.state["parameters"] == told
        caller = {each.name for each in DEFINITIONS if each.application == "TWS Caller"}
        assert set(told["values"]) == caller & {each.name for each in DEFINITIONS if each.served}
        row = await put(admin, "AuthorizePublicList", False, **{holder: holders[holder]})
        await page.until(lambda page: may(page.state) is False)
        gone = f"admin/parameter-values/{row['id']}?version=1"
        assert (await admin.delete(gone)).status_code == 204
        await page.until(lambda page: may(page.state) is True)
        assert page.state["parameters"]["mailServer"] is False
        await put(admin, "SmtServer", "127.0.0.1", company=house.companies["SSDEI"].id)
        await page.until(lambda page: page.state["parameters"]["mailServer"] is True)
        if holder == "group":
            await put(admin, "AuthorizePublicList", False, group=group["id"])
            await page.until(lambda page: may(page.state) is False)
            now = (await admin.get(f"admin/groups/{group['id']}")).json()
            nobody = {"version": now["version"], "members": []}
            await admin.put(f"admin/groups/{group['id']}/members", json=nobody)
            await page.until(lambda page: may(page.state) is True)
