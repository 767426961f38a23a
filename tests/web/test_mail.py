"""Mails of a whole server: tried out, queued over restarts, and what administrators are told."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from tests.mail.certificates import made
from tests.mail.server import Post, post_office
from tests.web.house import PAPER, House, serving, with_connectors
from tests.web.importing import Import
from tests.web.problems import problem
from tws.app.house import House as Whole
from tws.app.house import open_house
from tws.app.outside import Outside
from tws.config import Settings
from tws.mail.events import MailQueued
from tws.mail.model import Letter
from tws.mail.store import mail
from tws.organisation.actor import SYSTEM, CompanyId
from tws.storage import Storage
from tws.web.rooms import WebSettings

MINUTE = timedelta(minutes=1)
PUBLIC = "https://tws.company.example"


class Clock:
    """Of the house: what has to wait waits no longer than a test."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in ("house", "office", "rooms", "telling", "calling", "working"):
        monkeypatch.setattr(f"tws.app.{module}.utc_now", clock)
    return clock


@contextlib.asynccontextmanager
async def mailing(
    database: Path, outside: Outside = PAPER, **more: Any
) -> AsyncIterator[tuple[House, Whole]]:
    where = Settings(
        data_dir=database.parent,
        state_dir=database.parent,
        database=f"sqlite:///{database}",
        public_url=PUBLIC,
        **more,
    )
    async with open_house(where, outside, WebSettings()) as whole:
        async with serving(whole.rooms, whole.network, whole.storage) as house:
            for link in house.links:
                house.connect(link)
            yield house, whole


@pytest.fixture
async def both(database: Path, clock: Clock) -> AsyncIterator[tuple[House, Whole]]:
    async with mailing(database) as both:
        yield both


async def by(house: House, post: Post, company: str = "SSDEI", **other: str | int) -> CompanyId:
    id = house.companies[company].id
    given: dict[str, str | int] = {
        "SmtServer": "127.0.0.1",
        "SmtServerPort": post.port,
        "SmtSender": "tws@ssdei.example",
        **other,
    }
    for name, value in given.items():
        await house.rooms.organisation.parameters.set_parameter(
            SYSTEM, parameter=name, value=value, company=id
        )
    return id


async def waiting(storage: Storage) -> int:
    async with storage.reading() as reader:
        query = select(func.count()).select_from(mail)
        return int((await reader.execute(query)).scalar_one())


async def told_at(house: House, name: str, email: str, **other: Any) -> None:
    rows = house.rooms.registry.administrators.values()
    (row,) = [row for row in rows if row.username == name]
    await house.rooms.organisation.administrators.update_administrator(
        SYSTEM, row.id, row.version, email=email, **other
    )


async def put(whole: Whole, letter: Letter) -> None:
    async with whole.storage.transaction() as tx:
        await whole.rooms.mail.put(tx, letter)


# ---------------------------------------------------------------- trying it out


async def test_a_test_mail_says_what_is_wrong(both: tuple[House, Whole]) -> None:
    house, _ = both
    admin = await house.administrator("SSDEI")
    company = house.companies["SSDEI"].id
    ask = {"company": company, "to": "ada@ssdei.example", "culture": "fr"}
    told = (await admin.post("admin/mail/test", json=ask)).json()
    assert not told["sent"] and "SmtServer" in told["said"]["words"]
    async with post_office() as post:
        await by(house, post)
        told = (await admin.post("admin/mail/test", json=ask)).json()
        assert told["sent"], told
        (arrived,) = post.mails
        assert arrived["Subject"] == "TWS : courriel d’essai"
        assert "tws@ssdei.example" in arrived["From"]
        post.refused["ada@ssdei.example"] = "550 No such person"
        told = (await admin.post("admin/mail/test", json=ask)).json()
        assert not told["sent"] and "No such person" in told["said"]["words"]
    injected = {**ask, "to": "ada@ssdei.example,eve@evil.example"}
    problem(await admin.post("admin/mail/test", json=injected), 422, "invalid")
    other = {**ask, "company": house.companies["Other"].id}
    problem(await admin.post("admin/mail/test", json=other), 404, "notFound")


async def test_the_account_of_the_parameters_signs_in(
    both: tuple[House, Whole], database: Path
) -> None:
    house, _ = both
    admin, company = await house.administrator("SSDEI"), house.companies["SSDEI"].id
    folder = database.parent / "files" / company
    folder.mkdir(parents=True, exist_ok=True)
    pem, key = made(folder)
    ask = {"company": company, "to": "ada@ssdei.example", "culture": "fr"}
    async with post_office((pem, key), accounts=True) as post:
        await by(house, post, SmtCertificate=pem.name)
        told = (await admin.post("admin/mail/test", json=ask)).json()
        assert not told["sent"] and post.accounts == []
        for name, value in (("SmtAuthUserName", "tws"), ("SmtAuthPassword", "right")):
            body = {"parameter": name, "value": value, "company": company}
            set_up = await admin.put("admin/parameter-values", json=body)
            assert set_up.status_code in (200, 201), set_up.text
        told = (await admin.post("admin/mail/test", json=ask)).json()
        assert told["sent"], told
        assert (post.accounts, post.encrypted) == ([("tws", "right")], [True])


# ---------------------------------------------------------------- the queue


def _holds(database: Path, words: bytes) -> bool:
    return words in database.read_bytes()


async def test_what_cannot_be_sent_waits_over_a_restart(database: Path, clock: Clock) -> None:
    async with post_office() as post:
        port = post.port
    async with mailing(database) as (house, whole):
        company = await by(house, post)
        letter = Letter(company=company, to="ada@ssdei.example", subject="S", text="secret word")
        await put(whole, letter)
        await whole.schedule.settle()
        assert await waiting(whole.storage) == 1
        assert "port" in str(whole.rooms.mail.failing[company])
    assert not _holds(database, b"secret word")
    async with post_office(port=port) as post, mailing(database) as (house, whole):
        await whole.schedule.settle()
        assert post.mails == [], "it is not due yet"
        clock.ahead = 2 * MINUTE
        whole.bus.publish(MailQueued(company))
        (arrived,) = await post.arrived(1)
        assert arrived.get_content().strip() == "secret word"
        await whole.schedule.settle()
        assert await waiting(whole.storage) == 0 and not whole.rooms.mail.failing


async def test_what_is_put_into_a_stopped_queue_goes_out_at_its_start(
    both: tuple[House, Whole],
) -> None:
    house, whole = both
    async with post_office() as post:
        company = await by(house, post)
        await whole.rooms.services.stop(SYSTEM, "mail")
        await put(whole, Letter(company=company, to="ada@ssdei.example", subject="S", text="T"))
        await whole.schedule.settle()
        assert await waiting(whole.storage) == 1 and not post.mails
        await whole.rooms.services.start(SYSTEM, "mail")
        await post.arrived(1)


async def test_what_is_refused_for_good_or_too_old_is_given_up(
    both: tuple[House, Whole], clock: Clock
) -> None:
    house, whole = both
    async with post_office() as post:
        company = await by(house, post)
        post.refused["ada@ssdei.example"] = "550 No such person"
        letter = Letter(company=company, to="ada@ssdei.example", subject="S", text="T")
        await put(whole, letter)
        await whole.schedule.settle()
        assert await waiting(whole.storage) == 0
        post.refused["ada@ssdei.example"] = "450 Busy"
        await put(whole, letter)
        await whole.schedule.settle()
        assert await waiting(whole.storage) == 1
        clock.ahead = timedelta(days=3, minutes=1)
        whole.bus.publish(MailQueued(company))
        await whole.schedule.settle()
        assert await waiting(whole.storage) == 0


async def test_the_queue_is_bounded(
    both: tuple[House, Whole], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, whole = both
    monkeypatch.setattr("tws.mail.service.MOST", 2)
    async with post_office() as post:
        company = await by(house, post)
    letter = Letter(company=company, to="ada@ssdei.example", subject="S", text="T")
    for _ in range(2):
        await put(whole, letter)
    with pytest.raises(Exception, match="Too many mails"):
        await put(whole, letter)
    await whole.schedule.settle()
    async with whole.storage.transaction() as tx:  # a key that is gone takes its mails with it
        await tx.execute(update(mail).values(sealed="sealed:1:AAAA", due=datetime.now(UTC)))
        tx.publish(MailQueued(company))
    await whole.schedule.settle()
    assert await waiting(whole.storage) == 0


# ---------------------------------------------------------------- what administrators are told


async def test_one_mail_when_it_begins_and_one_when_it_is_over(
    both: tuple[House, Whole], clock: Clock
) -> None:
    house, whole = both
    async with post_office() as post:
        await by(house, post)
        await told_at(house, "admin-SSDEI", "ssdei@ssdei.example", culture="fr")
        await told_at(house, "admin-Other", "other@other.example")
        house.cut("Paris")
        house.cut("Nice")
        house.cut("Berlin")
        await whole.teller.tell()
        await whole.schedule.settle()
        assert post.mails == [], "it waits for what comes with it"
        clock.ahead += 2 * MINUTE
        await whole.teller.tell()
        (arrived,) = await post.arrived(1)
        assert arrived["To"] == "ssdei@ssdei.example" and arrived["Subject"] == "TWS : 2 incidents"
        text = arrived.get_content()
        assert "Connexion perdue PBX Paris (SSDEI)" in text and "PBX Nice" in text
        assert "PBX Berlin" not in text
        assert f"{PUBLIC}/admin?page=incidents" in text
        for _ in range(20):  # it flaps
            house.connect("Paris")
            house.cut("Paris")
            clock.ahead += timedelta(seconds=10)
            await whole.teller.tell()
        house.connect("Paris")
        house.connect("Nice")
        await whole.teller.tell()
        await whole.schedule.settle()
        assert len(post.mails) == 1
        clock.ahead += 6 * MINUTE
        await whole.teller.tell()
        _, over = await post.arrived(2)
        assert over["Subject"] == "TWS : 2 incidents sont terminés"
        assert "21 fois" in over.get_content()
        await whole.teller.tell()
        await whole.schedule.settle()
        assert len(post.mails) == 2


async def test_the_end_is_told_though_the_server_was_restarted(
    database: Path, clock: Clock
) -> None:
    async with post_office() as post:
        async with mailing(database) as (house, whole):
            await by(house, post)
            await told_at(house, "admin-SSDEI", "ssdei@ssdei.example", culture="en")
            house.cut("Paris")
            clock.ahead += 2 * MINUTE
            await whole.teller.tell()
            (begun,) = await post.arrived(1)
            assert begun["Subject"] == "TWS: Link lost PBX Paris"
            house.connect("Paris")
            await whole.schedule.settle()
        clock.ahead += 60 * MINUTE
        async with mailing(database) as (house, whole):
            await whole.teller.tell()
            _, over = await post.arrived(2)
            assert over["Subject"] == "TWS: over: Link lost PBX Paris"


async def test_what_one_does_not_want_to_hear_is_not_told(
    both: tuple[House, Whole], clock: Clock
) -> None:
    house, whole = both
    async with post_office() as post:
        await by(house, post)
        admin = await house.administrator("SSDEI")
        (own,) = (await admin.get("admin/administrators")).json()
        body = {
            "version": own["version"],
            "email": "ssdei@ssdei.example",
            "culture": "en",
            "muted": ["linkLost"],
        }
        place = f"admin/administrators/{own['id']}"
        changed = await admin.patch(place, json=body)
        assert changed.status_code == 200 and changed.json()["muted"] == ["linkLost"]
        more = {"version": changed.json()["version"], "superUser": True}
        problem(await admin.patch(place, json=more), 403, "notAllowed")
        for email in ("no address", "a@b\r\nBcc: c@d"):
            wrong = {"version": changed.json()["version"], "email": email}
            problem(await admin.patch(place, json=wrong), 422, "invalid")
        await told_at(house, "admin-all", "all@provider.example", culture="en")
        house.cut("Paris")
        house.cut("Berlin")
        await house.rooms.services.stop(SYSTEM, "calendars")
        await whole.watch.look()
        clock.ahead += 2 * MINUTE
        await whole.teller.tell()
        (arrived,) = await post.arrived(1)
        assert arrived["To"] == "all@provider.example"
        assert arrived["Subject"] == "TWS: 3 incidents"
        assert "Service down calendars" in arrived.get_content()
        await whole.schedule.settle()
        assert len(post.mails) == 1


async def test_a_held_import_is_told(database: Path, clock: Clock) -> None:
    async with mailing(database, with_connectors()) as (house, whole), post_office() as post:
        await by(house, post)
        await told_at(house, "admin-SSDEI", "ssdei@ssdei.example", culture="fr")
        source = Import(house, await house.administrator("SSDEI"), database.parent)
        people = [f"{n};user{n};Name{n};;;;{4200 + n}" for n in range(10)]
        source.write(*people)
        await source.made()
        async with house.page(source.admin) as page:
            await source.run(page)
            source.write(*people[:3])
            await source.run(page, "asking")
        clock.ahead += 2 * MINUTE
        await whole.teller.tell()
        (arrived,) = await post.arrived(1)
        assert arrived["Subject"] == "TWS : Import d’utilisateurs en attente Employees"
        assert "supprimerait ou désactiverait 7" in arrived.get_content()
