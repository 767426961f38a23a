"""A company with one PBX and TWS beside it: the same tests run on every PBX a site can have.

A `Seat` is one person: their telephone (looked at and used by hand) and their signed-in page. What
TWS says is checked at the *other* telephone, never in TWS alone.
"""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import granting
from tests.running import ADMINISTRATOR, DEADLINE, PASSWORD, Api, Live, TwsServer, running_tws

EarsOfCall = frozenset[str]
"""Who has a call at the ear: `1001`, or `1001 rings`. Who holds it has it not; who waits there
alone is on hold, or parked."""


RINGS = " rings"


def at_ear(number: str, *, rings: bool) -> str:
    return number + RINGS if rings else number


def invited_apart(ears: EarsOfCall) -> list[EarsOfCall]:
    """Who is to join those who talk: to Asterisk that is another call until it is answered."""
    ringing = frozenset(ear for ear in ears if ear.endswith(RINGS))
    talking = ears - ringing
    return [ears] if len(talking) < 2 else [talking, *(frozenset({one}) for one in ringing)]


class Handset(ABC):
    """A telephone of the PBX, used by hand. Every method waits until what it says is so."""

    number: str

    @abstractmethod
    async def dial(self, number: str) -> None: ...

    @abstractmethod
    async def rings(self) -> None: ...

    @abstractmethod
    async def answer(self) -> None: ...

    @abstractmethod
    async def hang_up(self) -> None: ...

    @abstractmethod
    async def talks_with(self, *others: "Handset") -> None:
        """In a call where it hears exactly these."""

    @abstractmethod
    async def hears_nobody(self) -> None:
        """In a call, on hold or holding."""

    @abstractmethod
    async def idle(self) -> None: ...

    @abstractmethod
    async def got_digits(self, digits: str) -> None: ...

    @abstractmethod
    async def hears(self, *others: "Handset") -> None:
        """Exactly these, whether they hear it or not."""

    @abstractmethod
    async def busy_tone(self) -> None:
        """Whom it dialled cannot be reached: it is told so."""

    @property
    @abstractmethod
    def rung(self) -> int:
        """How often it has rung so far."""

    @abstractmethod
    async def be_busy(self) -> None:
        """Nobody more can be put through to it, until `be_free`."""

    @abstractmethod
    async def be_free(self) -> None: ...

    @abstractmethod
    async def set_do_not_disturb(self, on: bool) -> None: ...

    @abstractmethod
    async def forward(self, to: str | None) -> None:
        """Every call, at once; None: no more."""


class Pbx(ABC):
    """The PBX of a site."""

    name: str
    dialect: str
    first_numbers: tuple[str, ...]
    "Extensions that have a telephone here."
    lacks: frozenset[str] = frozenset()
    "Operations it cannot do: the page shows no button for them."
    busy_caller = "resourceBusy"
    "Why it places no call for a telephone without a free line: an ECMA-269 error."
    refuses_unknown_numbers = False
    outside_prefix = ""
    "Before the numbers of outside callers: what is dialled for a line."

    @property
    @abstractmethod
    def settings(self) -> dict[str, Any]:
        """Of its link."""

    @abstractmethod
    def handset(self, number: str) -> Handset: ...

    @abstractmethod
    async def call_from_outside(self, caller: str, called: str) -> None:
        """An outside caller of that number rings the extension, by a trunk."""

    @abstractmethod
    async def leave_message(self, number: str) -> None:
        """In the voice mail of that extension, by somebody who reached nobody."""

    @abstractmethod
    async def kill(self) -> None:
        """As by a power cut: every call is lost."""

    @abstractmethod
    async def restart(self) -> None:
        """After a kill, on the same address."""

    @abstractmethod
    async def hang_up_outside(self) -> None:
        """Whoever called from outside."""

    @abstractmethod
    async def live_calls(self) -> list[EarsOfCall]:
        """Each call that the PBX itself says there is."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One person at a desk."""

    site: "Site"
    api: Api
    live: Live
    device: str
    phone: Handset

    @property
    def number(self) -> str:
        return self.phone.number

    async def do(self, operation: str, key: str | None = None, **body: Any) -> Any:
        """Its result, once the PBX itself has the calls that the pages show."""
        result = await self.api.do(operation, key, device=self.device, **body)
        await self.site.agree()
        return result

    def shown_ears(self) -> dict[frozenset[str | None], str]:
        """By who is in the call: how this telephone is in those that it does not hold."""
        return {
            frozenset((self.number, *(party["number"] for party in call["parties"]))): at_ear(
                self.number, rings=call["state"] in ("alerting", "initiated")
            )
            for call in self.live.calls()
            if call["state"] != "hold"
        }

    async def call(self, **wanted: object) -> str:
        """The connection of the call whose fields are as wanted, once it is on the page."""
        found = await self.live.call(**wanted)
        connection: str = found["connection"]
        return connection

    async def log(self) -> list[dict[str, Any]]:
        page = await self.api.get("/call-log")
        entries: list[dict[str, Any]] = page["entries"]
        return entries


class Site:
    def __init__(self, tws: TwsServer, pbx: Pbx, admin: Api) -> None:
        self.tws, self.pbx, self.admin = tws, pbx, admin
        self.company = self.domain = self.link = self.group = ""
        self.seats: list[Seat] = []

    async def furnish(self, people: int) -> None:
        """The company, the link to its PBX, and a user with a telephone for each number."""
        await self.admin.post(
            "/initialisation",
            username=ADMINISTRATOR,
            password=PASSWORD,
            company="SSDEI",
            domain={"name": "Paris", "timeZone": "Europe/Paris"},
        )
        self.company = (await self.admin.get("/admin/companies"))[0]["id"]
        self.domain = (await self.admin.get("/admin/domains"))[0]["id"]
        link = await self.admin.post(
            "/admin/links",
            domain=self.domain,
            name=self.pbx.name,
            dialect=self.pbx.dialect,
            capacity=100,
            enabled=True,
            settings=self.pbx.settings,
        )
        self.link = link["id"]
        group = await self.admin.post("/admin/groups", domain=self.domain, name="All")
        self.group = group["id"]
        users = [await self._add_user(number) for number in self.pbx.first_numbers[:people]]
        await self.admin.request(
            "PUT",
            f"/admin/groups/{self.group}/members",
            {"version": group["version"], "members": users},
        )
        everybody = {"group": self.group}
        intercom = await self.admin.post("/admin/intercom-groups", domain=self.domain, name="All")
        for grant in (
            granting.application("TWS Caller", **everybody),
            granting.intercom_group(intercom["id"], **everybody),
        ):
            await self.admin.post("/admin/grants", **granting.sent(grant))
        intercept = {"parameter": "AuthorizeInterception", "value": True, "domain": self.domain}
        await self.admin.request("PUT", "/admin/parameter-values", intercept)

    async def _add_user(self, number: str) -> str:
        user = await self.admin.post(
            "/admin/users",
            domain=self.domain,
            username=f"user{number}",
            firstName="Person",
            lastName=number,
        )
        await self.admin.request(
            "PUT", f"/admin/users/{user['id']}/password", {"password": PASSWORD}
        )
        await self.admin.post(
            "/admin/devices",
            user=user["id"],
            link=self.link,
            number=number,
            protocol="CSTA",
        )
        user_id: str = user["id"]
        return user_id

    async def sit_down(self, stack: contextlib.AsyncExitStack, people: int) -> None:
        for number in self.pbx.first_numbers[:people]:
            api = await self.tws.user(f"user{number}")
            live = await stack.enter_async_context(api.live())
            device = await live.device(number=number, state="monitored")
            self.seats.append(Seat(self, api, live, device["id"], self.pbx.handset(number)))

    async def agree(self) -> None:
        """Until the PBX itself has the calls that the pages show, with the same people in them."""
        numbers = {seat.number for seat in self.seats}

        def ours(calls: Iterable[EarsOfCall]) -> Counter[EarsOfCall]:
            parts = (part for ears in calls for part in invited_apart(ears))
            kept = (
                frozenset(e for e in part if e.removesuffix(RINGS) in numbers) for part in parts
            )
            return Counter(part for part in kept if part)

        await self._until_pbx(lambda calls: ours(calls) == ours(self._shown_calls()))

    def _shown_calls(self) -> list[EarsOfCall]:
        together: defaultdict[frozenset[str | None], set[str]] = defaultdict(set)
        for seat in self.seats:
            for people, ear in seat.shown_ears().items():
                together[people].add(ear)
        return [frozenset(ears) for ears in together.values()]

    async def _until_pbx(self, condition: Callable[[list[EarsOfCall]], bool]) -> None:
        """By asking it again and again: an answer takes its time."""
        calls = None
        try:
            async with asyncio.timeout(DEADLINE):
                while not condition(calls := await self.pbx.live_calls()):
                    pass
        except TimeoutError:
            shown = self._shown_calls()
            raise AssertionError(f"the PBX has {calls}, the pages show {shown}") from None

    async def clear(self) -> None:
        """Every telephone on hook, nothing forwarded, nobody says anything: for the next test."""
        await self._hang_up_everywhere()
        for seat in self.seats:
            await seat.phone.idle()
            await seat.live.no_call()
            await self._undo_settings(seat)
        await self._until_pbx(lambda calls: not calls)

    async def _hang_up_everywhere(self) -> None:
        """Time and again: who is on hold comes back to the telephone that held him."""

        async def hang_up() -> None:
            for seat in self.seats:
                await seat.phone.hang_up()

        await hang_up()
        await self.pbx.hang_up_outside()
        # What does not end is told below, in words.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DEADLINE):
                while await self.pbx.live_calls():
                    await hang_up()

    async def _undo_settings(self, seat: Seat) -> None:
        for rule in seat.live.state["rules"]["rules"]:
            await seat.api.request(
                "DELETE", f"/forwarding-rules/{rule['id']}", params={"version": rule["version"]}
            )
        await seat.live.until(lambda: not seat.live.state["rules"]["rules"], "no rules")
        await seat.api.request("PUT", "/presence", {"state": None})
        device = seat.live.state[f"device/{seat.device}"]
        if device["doNotDisturb"]:
            await seat.do("setDoNotDisturb", on=False)
        for forwarding in device["forwardings"] or ():
            if forwarding["active"]:
                place = {name: forwarding[name] for name in ("type", "origin")}
                await seat.do("setForwarding", **place, active=False)


@contextlib.asynccontextmanager
async def running_site(
    pbx: Pbx, data: Path, people: int = 4, **environment: str
) -> AsyncIterator[Site]:
    # Gateways of text messages are servers of the tests.
    async with (
        running_tws(data, TWS_LOCAL_SMS="true", **environment) as tws,
        contextlib.AsyncExitStack() as stack,
    ):
        site = Site(tws, pbx, tws.client())
        await site.furnish(people)
        await site.sit_down(stack, people)
        yield site
