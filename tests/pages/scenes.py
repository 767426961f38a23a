"""Every screen of the pages, in a state worth looking at: for axe and for `make shots`.

A scene leaves the telephones as it found them. It finds its way by the page's structure and by the
words of its own language, so that the same scenes are played in French and in English.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, expect

from tests import granting
from tests.end_to_end.site import Site
from tests.pages.begun import a_configuration, a_trace, an_incident
from tests.pages.customers import IMPORTANT, with_customers
from tests.pages.opening import Caller, Opened, administration, caller, opened
from tests.pages.queued import agents, something_named, two_wait
from tests.pages.scene_words import WORDS
from tests.simulator.running import Simulator

OUTSIDE = "0155171889"
STRANGER = "0493001122"
NARROW = 640
CUSTOMERS = """Id;lastname;firstname;tel1;hide;vip
1;Garnier;Marc;01 55 44 33 22;;gold
2;Lemaire;Claire;06 11 22 33 44;lr;
2;Lemaire;Claire;no number;;
;Petit;;01 55 17 18 90;;
3;;;01 55 17 18 91;;
4;Moreau;Luc;ask for it;;
"""
"Some of which cannot be kept."


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a scene is played: one window, and the telephones of its site."""

    page: Caller
    site: Site
    simulator: Simulator
    words: Mapping[str, str]
    narrow: bool

    @property
    def mine(self) -> str:
        return self.site.seats[0].number

    async def place(self, name: str) -> None:
        """The part of that name, where one part is shown at a time."""
        if self.narrow:
            await self.page.click(self.words[name], self.page.page.get_by_role("navigation"))
        elif name != "keypad":
            switch = self.page.page.locator("label").filter(has_text=self.words[name])
            if await switch.count():
                await switch.click()

    async def rings(self) -> None:
        await self.simulator.call_from_outside(OUTSIDE, self.mine, name="GIRARD")
        await expect(self.page.page.locator("article").first).to_be_visible()

    async def talks(self) -> None:
        await self.rings()
        await self.site.seats[0].phone.answer()
        await expect(self.page.calls_text(self.words["connected"])).to_be_visible()


Scene = Callable[[Stage], Awaitable[None]]


async def idle(stage: Stage) -> None:
    await expect(stage.page.page.locator("main")).to_be_visible()


async def search(stage: Stage) -> None:
    await stage.page.press("/")
    await stage.page.type(stage.mine[:2])
    await expect(stage.page.page.locator("[role=option]").nth(2)).to_be_visible()


async def ringing(stage: Stage) -> None:
    await stage.rings()


async def talking(stage: Stage) -> None:
    await stage.talks()


async def transfer(stage: Stage) -> None:
    await stage.talks()
    await stage.page.click(stage.words["transfer"])
    await stage.page.pick(stage.site.seats[1].number)
    await expect(stage.page.button(stage.words["ask"])).to_be_visible()


async def consultation(stage: Stage) -> None:
    await transfer(stage)
    await stage.page.click(stage.words["ask"])
    await stage.site.seats[1].phone.answer()
    await expect(stage.page.button(stage.words["swap"])).to_be_enabled()


async def digits(stage: Stage) -> None:
    await stage.talks()
    await stage.page.click(stage.words["digits"])


async def card(stage: Stage) -> None:
    await stage.place("people")
    await stage.page.page.locator("[data-person]").nth(1).click()
    await expect(stage.page.page.locator("article h2")).to_be_visible()


async def customer(stage: Stage) -> None:
    await with_customers(stage.site)
    await stage.place("people")
    await stage.page.page.locator("section:has([data-person]) input").fill("vasseur")
    await stage.page.page.locator("[data-person]").filter(has_text="Claire Vasseur").click()
    await expect(stage.page.page.locator("article dl a").first).to_be_visible()


OWN: dict[str, Any] = {
    "private": True,
    "firstName": "Louise",
    "lastName": "Carpentier",
    "company": "Menuiserie Carpentier",
    "emails": ["louise@carpentier.example", "direction@menuiserie-carpentier.example"],
    "website": "https://www.menuiserie-carpentier.example",
    "fields": {
        "Address": "12 rue de la Paix\n75002 Paris",
        "Title": "Directrice des achats",
        "Note": "Préfère être appelée le matin.",
    },
    "numbers": [{"kind": "work", "number": "0299887766"}],
}


async def own(stage: Stage) -> None:
    """A contact that is kept in TWS itself."""
    api = stage.site.seats[0].api
    if not await api.get("/contacts", lastName="Carpentier"):
        await api.post("/contacts", **OWN)
    await stage.place("people")
    await stage.page.page.locator("section:has([data-person]) input").fill("carpentier")
    await stage.page.page.locator("[data-person]").filter(has_text="Carpentier").click()
    await expect(stage.page.page.locator("article dl a").first).to_be_visible()


async def edited(stage: Stage) -> None:
    await own(stage)
    await stage.page.page.locator("article header button").first.click()
    await expect(stage.page.page.locator("main form textarea").last).to_be_visible()
    await stage.page.page.locator("main form [type=submit]").scroll_into_view_if_needed()


async def advanced(stage: Stage) -> None:
    await with_customers(stage.site)
    await stage.page.page.locator("search button[aria-pressed]").last.click()
    form = stage.page.page.locator("section form")
    await form.locator("input").first.fill("vasseur")
    await form.locator("select").nth(1).select_option("Profession")
    await form.locator("input").last.fill("buy")
    await expect(stage.page.page.locator("[data-person]")).to_have_count(1)


async def lists(stage: Stage) -> None:
    api = stage.site.seats[0].api
    if all(one["name"] != "Atelier" for one in await api.get("/contact-lists")):
        await api.post("/contact-lists", name="Atelier")
    await stage.place("people")
    await stage.page.page.locator("button:has(svg.lucide-list-plus)").click()
    await expect(
        stage.page.page.locator("[role=dialog] input[type=checkbox]").first
    ).to_be_visible()


async def important(stage: Stage) -> None:
    await with_customers(stage.site)
    await stage.simulator.call_from_outside(IMPORTANT, stage.mine)
    await expect(stage.page.page.locator("article").first).to_contain_text("VIP")


async def hidden(stage: Stage) -> None:
    await with_customers(stage.site)
    await stage.page.press("/")
    await stage.page.type("d")
    await expect(stage.page.page.locator("[role=option]").first).to_be_visible()


async def create(stage: Stage) -> None:
    await stage.simulator.call_from_outside(STRANGER, stage.mine)
    await stage.site.seats[0].phone.answer()
    await stage.page.click(stage.words["create"])
    await expect(stage.page.page.locator("main form")).to_be_visible()


async def journal(stage: Stage) -> None:
    await stage.place("journal")
    await expect(stage.page.page.locator("li[data-sign]").first).to_be_visible()


async def keypad(stage: Stage) -> None:
    await stage.place("keypad")


async def device(stage: Stage) -> None:
    await stage.page.open_device()


async def preferences(stage: Stage) -> None:
    await stage.page.preferences(words=stage.words["preferences"])


async def alert(stage: Stage) -> None:
    await stage.page.preferences(stage.words["alert"], stage.words["preferences"])


async def queue(stage: Stage) -> None:
    await two_wait(stage.site, stage.simulator, OUTSIDE, STRANGER)
    await expect(stage.page.page.locator("article li").nth(1)).to_be_visible()


CALLER: Mapping[str, Scene] = {
    "idle": idle,
    "search": search,
    "ringing": ringing,
    "talking": talking,
    "transfer": transfer,
    "consultation": consultation,
    "digits": digits,
    "card": card,
    "customer": customer,
    "own": own,
    "edited": edited,
    "lists": lists,
    "advanced": advanced,
    "important": important,
    "hidden": hidden,
    "create": create,
    "journal": journal,
    "keypad": keypad,
    "device": device,
    "preferences": preferences,
    "alert": alert,
    "queue": queue,
}
ADMINISTRATION = (
    "companies",
    "domains",
    "administrators",
    "users",
    "userImports",
    "scim",
    "groups",
    "authorisations",
    "authorisations-statistics",
    "rights",
    "queues",
    "intercomGroups",
    "smsProviders",
    "links",
    "directories",
    "directories-fields",
    "directories-rights",
    "directories-synchronisation",
    "collaboration",
    "parameters",
    "alerter",
    "directories-own",
    "firstSteps",
    "licences",
    "linkStates",
    "deviceStates",
    "services",
    "incidents",
    "troubleshooting",
    "audit",
    "backups",
    "traces",
    "configuration",
)
"By their names in the address, and the tab of the form."
FORMLESS = (
    *("firstSteps", "licences", "audit", "services", "incidents", "troubleshooting", "backups"),
    "traces",
    "configuration",
    "alerter",
)
NAMED = {"queues": "queues", "intercomGroups": "intercom-groups"}
TABS = ("connector", "fields", "synchronisation", "rights")


@asynccontextmanager
async def played(
    browser: Browser, site: Site, simulator: Simulator, name: str, language: str, **look: Any
) -> AsyncIterator[Opened]:
    """The Caller as the scene `name` shows it; `look` is for `opened`."""
    locale = {"fr": "fr-FR", "en": "en-GB"}[language]
    me = f"user{site.seats[0].number}"
    async with caller(browser, site.tws.base, me, locale=locale, **look) as page:
        narrow = look.get("width", 1400) <= NARROW
        title = page.page.locator("header button[aria-haspopup=dialog]").last
        await expect(title).to_contain_text(site.seats[0].number)
        # What is played may choose among parts that are there once the live stream has told them.
        await expect(page.page.locator("main section").first).to_be_visible()
        await CALLER[name](Stage(page, site, simulator, WORDS[language], narrow))
        yield page
        await simulator.hang_up_all()
        if name == "queue":
            await agents(simulator, logged_on=True)


@asynccontextmanager
async def administered(
    browser: Browser, site: Site, name: str, language: str, **look: Any
) -> AsyncIterator[Opened]:
    """A page of Administration, with the form of its first line open where it has forms."""
    locale = {"fr": "fr-FR", "en": "en-GB"}[language]
    async with administration(browser, site.tws.base, locale=locale, **look) as window:
        page, _, tab = name.partition("-")
        if page == "directories":
            await a_directory(site)
        if page == "userImports":
            await an_import(site)
        if page == "scim":
            await a_connection(site)
        if page == "collaboration":
            await a_source_of_calendars(site)
        if page == "smsProviders":
            await an_sms_provider(site)
        if page in NAMED:
            await something_named(site, NAMED[page])
        if page == "traces":
            await a_trace(site)
        if page == "incidents":
            await an_incident(site)
        if page in FORMLESS:
            await window.go(f"/admin?page={page}")
            if page == "configuration":
                await a_configuration(window)
            content = "main :is(tbody tr, li, dl, textarea)"
            await expect(window.page.locator(content).first).to_be_visible()
            yield window
            return
        if page in ("authorisations", "rights"):
            await window.go(await granted(site, page, tab))
            await expect(window.page.get_by_role("region")).to_have_count(2)
            await expect(window.page.get_by_role("listitem").first).to_be_visible()
            yield window
            return
        await window.go(f"/admin?page={page}")
        first = window.page.locator("tbody tr button").first
        await expect(first).to_be_visible()
        if not name.endswith(("States", "-own")):
            await first.click()
            await expect(window.page.get_by_role("form")).to_be_visible()
        if tab == "own":
            row = window.page.locator("tbody tr").filter(
                has_text=re.compile("Contacts priv|Private")
            )
            await row.locator("button").first.click()
            await expect(window.page.get_by_role("tab")).to_have_count(0)
        elif tab:
            await window.page.get_by_role("tab").nth(TABS.index(tab)).click()
            await expect(window.page.get_by_role("tabpanel")).to_be_visible()
        yield window


async def granted(site: Site, page: str, kind: str) -> str:
    """The address of what somebody is granted: of the type `kind`, or of all."""
    (one, two, *_) = await site.admin.get("/admin/users")
    if page == "rights":
        return f"/admin?page=rights&user={one['id']}"
    if not kind:
        return "/admin?page=authorisations&object=TWS+Caller"
    sides = {"kind": kind, "object": two["id"], "grantee": one["id"]}
    if not await site.admin.get("/admin/grants", **sides):
        people = {"objectKind": "user", "granteeKind": "user"}
        await site.admin.post("/admin/grants", **sides, **people)
    return f"/admin?page=authorisations&kind={kind}&object={one['id']}&to=user"


async def an_import(site: Site) -> None:
    """One that ran, and has something to report; it creates nobody."""
    if await site.admin.get("/admin/user-imports"):
        return
    (domain,) = await site.admin.get("/admin/domains")
    folder = site.tws.data / "files" / domain["company"]
    folder.mkdir(parents=True, exist_ok=True)
    people = "1;leclerc;Leclerc;4990\n2;;Moulin;4991\n3;jean paul;Paul;\n"
    (folder / "salaries.csv").write_text("Id;login;nom;poste\n" + people)
    row = await site.admin.post(
        "/admin/user-imports",
        domain=domain["id"],
        name="Salariés",
        connector="csv",
        settings={"file": "salaries.csv"},
        mapping={"last_name": "nom"},
        fields={"identifier": "Id", "username": "login", "number": "poste"},
        mode="update",
    )
    await site.admin.request("POST", f"/admin/user-imports/{row['id']}/run")


async def a_connection(site: Site) -> None:
    """Of an identity provider, with a token."""
    if not await site.admin.get("/admin/scim-connections"):
        (domain,) = await site.admin.get("/admin/domains")
        row = await site.admin.post(
            "/admin/scim-connections", domain=domain["id"], name="Entra ID", link=site.link
        )
        await site.admin.request("POST", f"/admin/scim-connections/{row['id']}/token")


async def a_directory(site: Site) -> None:
    """One that was read from a file, with something to report; it comes first in the list."""
    rows = await site.admin.get("/admin/directories")
    if all(row["name"] != "Clients" for row in rows):
        (domain,) = await site.admin.get("/admin/domains")
        folder = site.tws.data / "files" / domain["company"]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "clients.csv").write_text(CUSTOMERS)
        row = await site.admin.post(
            "/admin/directories",
            domain=domain["id"],
            name="Clients",
            priority=0,
            connector="csv",
            settings={"file": "clients.csv"},
            mapping={
                "identifier": "Id",
                "last_name": "lastname|u",
                "first_name": "firstname",
                "work": "tel1",
                "work_red": "hide",
                "private0": "vip",
            },
            labels={"private0": "[VIP]"},
        )
        grant = granting.directory(row["id"], domain=domain["id"])
        await site.admin.post("/admin/grants", **granting.sent(grant))
        await site.admin.request("POST", f"/admin/directories/{row['id']}/synchronise")


async def a_source_of_calendars(site: Site) -> None:
    """Switched off: what does not answer would be an incident, and the site is others' too."""
    rows = await site.admin.get("/admin/collaboration-sources")
    if all(row["name"] != "Agendas" for row in rows):
        (domain,) = await site.admin.get("/admin/domains")
        await site.admin.post(
            "/admin/collaboration-sources",
            domain=domain["id"],
            name="Agendas",
            connector="ical",
            settings={"url": "http://127.0.0.1:1/{user}.ics"},
        )


async def an_sms_provider(site: Site) -> None:
    """One that does not answer, so that it has something to say."""
    if not await site.admin.get("/admin/sms-providers"):
        (domain,) = await site.admin.get("/admin/domains")
        await site.admin.post(
            "/admin/sms-providers",
            domain=domain["id"],
            name="SMPP",
            connector="smpp",
            sender="SSDEI",
            enabled=False,
            settings={"host": "127.0.0.1", "port": 1, "system_id": "ssdei"},
        )


@asynccontextmanager
async def at_the_door(
    browser: Browser, base: str, language: str, **look: Any
) -> AsyncIterator[Opened]:
    """Signing in, or the first start where the server is new."""
    locale = {"fr": "fr-FR", "en": "en-GB"}[language]
    async with opened(browser, base, locale=locale, **look) as window:
        await window.go()
        await expect(window.page.locator("form")).to_be_visible()
        yield window
