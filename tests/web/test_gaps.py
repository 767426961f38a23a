"""Times in which a PBX was not heard, as its administrators are told of them."""

from typing import Any

from tests.web.calls import answered, dials, rings
from tests.web.house import House
from tests.web.problems import problem


async def lose(house: House, times: int = 1, domain: str = "Paris") -> None:
    """The link, with all calls that there were."""
    for _ in range(times):
        house.cut(domain)
        house.connect(domain)
        await house.rooms.bus.settle()


async def test_when_a_link_was_not_heard(house: House) -> None:
    admin = await house.administrator("SSDEI")
    empty = (await admin.get("admin/call-gaps")).json()
    assert empty == {"entries": [], "before": None}
    house.report(rings("1", "4001"), answered("1", "4001"), dials("2", "4003", "4002"))
    await lose(house)
    await lose(house, domain="Nice")
    nice, paris = (await admin.get("admin/call-gaps")).json()["entries"]
    assert (paris["link"], paris["ended"]) == (house.links["Paris"].id, 2)
    assert (nice["link"], nice["ended"]) == (house.links["Nice"].id, 0)
    assert paris["since"] < paris["until"] <= nice["until"]
    for query, found in (
        ({"link": paris["link"]}, [paris]),
        ({"domain": house.domains["Nice"].id}, [nice]),
        ({"company": house.companies["SSDEI"].id}, [nice, paris]),
        ({"domain": house.domains["Nice"].id, "link": paris["link"]}, []),
    ):
        assert (await admin.get("admin/call-gaps", params=query)).json()["entries"] == found


async def test_gaps_come_in_pages(house: House) -> None:
    await lose(house, 5)
    admin = await house.administrator()
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = (await admin.get("admin/call-gaps", params=query)).json()
        seen += [entry["until"] for entry in page["entries"]]
        if page["before"] is None:
            break
        query["before"] = page["before"]
    assert len(seen) == len(set(seen)) == 5 and seen == sorted(seen, reverse=True)


async def test_gaps_of_other_companies_are_as_if_not_there(house: House) -> None:
    await lose(house)
    other, alice = await house.administrator("Other"), await house.program("alice")
    assert (await other.get("admin/call-gaps")).json()["entries"] == []
    for query in (
        {"company": house.companies["SSDEI"].id},
        {"domain": house.domains["Paris"].id},
        {"link": house.links["Paris"].id},
    ):
        theirs = await other.get("admin/call-gaps", params=query)
        unknown = await other.get("admin/call-gaps", params=dict.fromkeys(query, "unknown"))
        assert problem(theirs, 404, "notFound") == problem(unknown, 404, "notFound")
    problem(await alice.get("admin/call-gaps"), 403, "notAllowed")
    for wrong, field in (({"limit": 0}, "limit"), ({"before": "yesterday"}, "before")):
        given: Any = wrong
        refused = problem(await other.get("admin/call-gaps", params=given), 422, "invalid")
        assert refused["field"] == field
