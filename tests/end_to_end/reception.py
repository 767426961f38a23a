"""A site whose people see a call queue."""

from typing import Any

from tests import granting
from tests.end_to_end.site import Seat, Site


class Reception:
    """A site with a queue at `number`, on which everybody is authorised."""

    def __init__(self, site: Site, number: str) -> None:
        self.site, self.number, self.id = site, number, ""
        self.grants: list[str] = []

    async def furnish(self) -> None:
        admin, everybody = self.site.admin, {"group": self.site.group}
        queue = await admin.post(
            "/admin/queues",
            domain=self.site.domain,
            name="Reception",
            link=self.site.link,
            number=self.number,
        )
        self.id = queue["id"]
        for grant in (
            granting.application("TWS Alerter", **everybody),
            granting.queue(self.id, **everybody),
        ):
            made = await admin.post("/admin/grants", **granting.sent(grant))
            self.grants.append(made["id"])

    async def seen(self, seat: Seat, what: str, condition: Any) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            value: dict[str, Any] | None = seat.live.state.get(f"queue/{self.id}")
            return value if value is not None and condition(value) else None

        found: dict[str, Any] = await seat.live.until(look, what)
        return found

    async def gone(self, seat: Seat) -> None:
        await seat.live.until(lambda: f"queue/{self.id}" not in seat.live.state, "it is gone")

    async def do(self, seat: Seat, operation: str, **body: Any) -> Any:
        return await seat.api.post(f"/queues/{self.id}/{operation}", **body)


def waiting_numbers(*numbers: str) -> Any:
    """Of a queue's value: whether these wait, in this order."""
    return lambda value: [w["party"]["number"] for w in value["waiting"]] == list(numbers)
