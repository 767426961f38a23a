"""Missed calls and voice messages told by e-mail: from what the PBX reports to the mail server."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from tests.mail.server import Post, post_office
from tests.peers import require_peer
from tests.peers.exim import running_exim
from tests.web.calls import OUTSIDE, answered, at, dials, ends, rings
from tests.web.house import House
from tests.web.problems import problem
from tests.web.test_mail import MINUTE, PUBLIC, Clock, by, clock, mailing, waiting
from tests.web.test_notes import settled
from tests.web.test_preferences import choose, own
from tws.app.house import House as Whole
from tws.messaging.emails.store import notice
from tws.organisation.actor import SYSTEM
from tws.telephony.event_reports import Delivered, Diverted, Event, MessageWaitingChanged, Queued
from tws.telephony.model import DeviceId, Party

__all__ = ["clock"]
AT_ONCE: dict[str, Any] = {
    "missedCalls": "atOnce",
    "address": "alice@ssdei.example",
    "culture": "en",
}
NO_ANSWER = "callForwardNoAnswer"
DIGEST: dict[str, Any] = {**AT_ONCE, "missedCalls": "digest", "minutes": 5}


class Desk:
    """A house that tells by e-mail, and the server to which it sends."""

    def __init__(self, both: tuple[House, Whole], post: Post) -> None:
        self.house, self.whole = both
        self.post = post

    async def wish(self, **emails: Any) -> httpx.AsyncClient:
        program = await self.house.program("alice")
        chosen = await choose(program, emails=emails)
        assert chosen.status_code == 200, chosen.text
        return program

    async def told(self, user: str = "alice") -> list[EmailMessage]:
        """All mails that came, once everything that is due was sent."""
        await settled(self.house)
        await self.whole.emails.tell(self.house.users[user].id)
        await self.whole.schedule.settle()
        return self.post.mails

    async def report(self, *events: Event) -> None:
        for event in events:
            self.house.report(event)
        await settled(self.house)

    async def missed(self, *calls: str, caller: str = OUTSIDE, device: str = "4001") -> None:
        for call in calls:
            await self.report(rings(call, device, caller), ends(call, device))

    async def untold(self) -> int:
        async with self.whole.storage.reading() as reader:
            query = select(func.count()).select_from(notice).where(notice.c.told.is_(None))
            return int((await reader.execute(query)).scalar_one())


@pytest.fixture
async def desk(database: Path, clock: Clock) -> AsyncIterator[Desk]:
    async with post_office() as post, mailing(database) as both:
        await by(both[0], post)
        yield Desk(both, post)


def plain(of: EmailMessage) -> str:
    part = of.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html(of: EmailMessage) -> str:
    part = of.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def diverts(call: str, device: str, to: str) -> Diverted:
    return Diverted(connection=at(call, device), destination=Party(to), cause=NO_ANSWER)


def sent_on(call: str, device: str, by: str, cause: str = NO_ANSWER) -> Delivered:
    """It rings where it was sent on to."""
    return Delivered(
        connection=at(call, device),
        calling=Party(OUTSIDE),
        last_redirection=Party(by),
        cause=cause,
    )


async def test_a_missed_call_is_told_by_itself_as_the_log_has_it(desk: Desk) -> None:
    alice = await desk.wish(**AT_ONCE)
    contact = {"lastName": "Vasseur", "numbers": [{"kind": "work", "number": "01 55 17 18 89"}]}
    assert (await alice.post("contacts", json={**contact, "private": True})).status_code == 201
    with capture_logs() as told:
        desk.house.report(rings("1", "4001"), ends("1", "4001"))
        (mail,) = await desk.post.arrived(1)
        await desk.whole.schedule.settle()
    (line,) = (await alice.get("call-log")).json()["entries"]
    (queued,) = (one for one in told if one["event"] == "call told by e-mail")
    (sent,) = (one for one in told if one["event"] == "mail sent")
    assert (queued["thread"], queued["mail"]) == (line["thread"], sent["mail"])
    assert desk.post.to == ["alice@ssdei.example"]
    assert mail["Subject"] == "TWS: Missed call from Vasseur"
    text, page = plain(mail), html(mail)
    assert f"* Vasseur, {line['display']}" in text and "tel:+33155171889" in text
    rang = datetime.fromisoformat(line["started"]).astimezone(ZoneInfo("Europe/Paris"))
    assert f"{rang:%Y-%m-%d %H:%M %Z}," in text, "the site's time, not the server's"
    assert f"{PUBLIC}/" in text and f'href="{PUBLIC}/"' in page
    assert 'href="tel:+33155171889"' in page and "Vasseur" in page
    for elsewhere in ("<img", "<link", "<script", "src=", "url("):
        assert elsewhere not in page
    assert len(await desk.told()) == 1, "told once"


async def test_what_somebody_answered_is_not_told(desk: Desk) -> None:
    """By a colleague of a group, a colleague who picks it up, or the user on another telephone."""
    await desk.wish(**AT_ONCE)
    # a group rings in one call; bob answers
    await desk.report(rings("1", "4001"), rings("1", "4003"), answered("1", "4003"))
    await desk.report(ends("1", "4001"), ends("1", "4003"))
    # her other telephone rings too; she answers there
    await desk.report(rings("2", "4001"), rings("2", "4002"), answered("2", "4002"))
    await desk.report(ends("2", "4001"), ends("2", "4002"))
    # forwarded without an answer to bob, who answers
    await desk.report(rings("3", "4001"), diverts("3", "4001", "4003"))
    await desk.report(sent_on("3", "4003", "4001"))
    await desk.report(answered("3", "4003"), ends("3", "4003"))
    # forwarded to a mobile, of which nothing is known
    await desk.report(rings("4", "4001"), diverts("4", "4001", "00612345678"))
    assert await desk.told() == [] and await desk.untold() == 0
    # bob calls her, is sent on to her mobile, and is answered there
    await desk.report(dials("5", "4003", "4001"), rings("5", "4001", "4003"))
    await desk.report(diverts("5", "4001", "00612345678"), answered("5", "00612345678"))
    assert await desk.told() == [] and await desk.untold() == 1, "it may still end otherwise"
    await desk.report(ends("5", "00612345678"), ends("5", "4003"))
    assert await desk.told() == [] and await desk.untold() == 0


async def test_a_call_that_goes_on_is_waited_for(desk: Desk) -> None:
    """It rings at the next of a group: only its end tells whether it was missed."""
    await desk.wish(**AT_ONCE)
    await desk.report(rings("1", "4001"), rings("1", "4003"), ends("1", "4001"))
    assert await desk.told() == [] and await desk.untold() == 1
    desk.house.report(ends("1", "4003"))
    (mail,) = await desk.post.arrived(1)
    assert "Missed call from" in mail["Subject"]
    await desk.report(rings("2", "4001"), rings("2", "4003"), ends("2", "4001"))
    await desk.report(answered("2", "4003"), ends("2", "4003"))
    assert len(await desk.told()) == 1


async def test_a_group_that_is_still_rung_is_waited_for(desk: Desk) -> None:
    """By its number, which is nobody's telephone: no leg of the log is open."""
    await desk.wish(**AT_ONCE)
    await desk.house.rooms.organisation.intercom_groups.create_intercom_group(
        SYSTEM,
        domain=desk.house.domains["Paris"].id,
        name="Sales",
        link=desk.house.links["Paris"].id,
        number="4950",
    )
    await desk.report(rings("1", "4001"), rings("1", "4950"), ends("1", "4001"))
    assert await desk.told() == [] and await desk.untold() == 1
    desk.house.report(ends("1", "4950"))
    await desk.post.arrived(1)


async def test_what_nobody_answered_where_it_was_sent_on_is_told(desk: Desk, clock: Clock) -> None:
    await desk.wish(**AT_ONCE)
    await desk.report(rings("1", "4001"), diverts("1", "4001", "4003"))
    await desk.report(sent_on("1", "4003", "4001"), ends("1", "4003"))
    (mail,) = await desk.told()
    assert "Forwarded to Bob Durand" in plain(mail)
    # into the voice box: known by its number
    clock.ahead += 2 * MINUTE
    await desk.report(rings("2", "4001"), diverts("2", "4001", "7770"))
    assert len(await desk.told()) == 1
    await desk.house.parameter("vmNumber", "7770", "alice")
    await desk.report(rings("3", "4001"), diverts("3", "4001", "7770"))
    assert len(await desk.told()) == 2


async def test_a_burst_is_one_mail_and_each_call_one_line(desk: Desk, clock: Clock) -> None:
    await desk.wish(**DIGEST)
    await desk.report(rings("1", "4001"), rings("1", "4002"), ends("1", "4002"), ends("1", "4001"))
    clock.ahead += 2 * MINUTE
    await desk.missed("2", caller="4003")
    await desk.report(rings("3", "4001", restricted=True), ends("3", "4001"))
    assert await desk.told() == []
    clock.ahead += 3 * MINUTE
    (mail,) = await desk.told()
    assert mail["Subject"] == "TWS: 3 missed calls"
    lines = [line for line in plain(mail).splitlines() if line.startswith("* ")]
    assert lines == ["* Withheld", "* Bob Durand, 4003", "* 01 55 17 18 89"]
    assert plain(mail).count("tel:") == 2
    clock.ahead += 9 * MINUTE
    assert len(await desk.told()) == 1


@pytest.mark.parametrize("wished", [AT_ONCE, DIGEST], ids=["at once", "digest"])
async def test_a_clock_that_is_set_back_keeps_no_mail_waiting(
    desk: Desk, clock: Clock, wished: dict[str, Any]
) -> None:
    await desk.wish(**wished)
    await desk.report(rings("1", "4001"))
    clock.ahead = 60 * MINUTE
    await desk.report(ends("1", "4001"))
    clock.ahead = 0 * MINUTE
    assert len(await desk.told()) == 1


async def test_a_flood_is_one_mail_that_counts(desk: Desk, clock: Clock) -> None:
    await desk.wish(**AT_ONCE)
    await desk.missed("first")
    assert len(await desk.told()) == 1
    for n in range(60):
        desk.house.report(rings(f"f{n}", "4001"), ends(f"f{n}", "4001"))
    assert len(await desk.told()) == 1, "the next mail takes a minute"
    clock.ahead += MINUTE
    _, mail = await desk.told()
    assert mail["Subject"] == "TWS: 60 missed calls"
    assert plain(mail).count("\n* ") == 50 and "and 10 more" in plain(mail)
    assert "and 10 more" in html(mail)


async def test_a_restart_neither_loses_nor_repeats(database: Path, clock: Clock) -> None:
    async with post_office() as post:
        async with mailing(database) as both:
            await by(both[0], post)
            first = Desk(both, post)
            await first.wish(**DIGEST)
            await first.missed("1")
            assert await first.told() == []
        clock.ahead += 6 * MINUTE
        async with mailing(database) as both:
            (mail,) = await post.arrived(1)
            assert "Missed call" in mail["Subject"]
            second = Desk(both, post)
            assert len(await second.told()) == 1
            await second.missed("2")
        clock.ahead += timedelta(days=1)
        async with mailing(database) as both:
            third = Desk(both, post)
            assert len(await third.told()) == 1, "nobody is told of yesterday"
            assert await third.untold() == 0


async def test_what_was_missed_while_the_database_was_away_is_told(desk: Desk) -> None:
    await desk.wish(**AT_ONCE)
    await desk.whole.storage.close()
    await desk.missed("1")
    await desk.whole.storage.open()
    assert await desk.house.rooms.journal.replay()
    (mail,) = await desk.told()
    assert "Missed call" in mail["Subject"]


async def test_while_the_mail_server_refuses_it_waits(desk: Desk, clock: Clock) -> None:
    await desk.wish(**AT_ONCE)
    desk.post.refused["alice@ssdei.example"] = "450 later"
    await desk.missed("1")
    assert await desk.told() == [] and await waiting(desk.whole.storage) == 1
    desk.post.refused.clear()
    clock.ahead += 2 * MINUTE
    await desk.whole.rooms.mail.stop()
    await desk.whole.rooms.mail.start()
    await desk.post.arrived(1)


async def test_without_a_mail_server_it_waits_for_one(database: Path, clock: Clock) -> None:
    async with post_office() as post, mailing(database) as both:
        desk = Desk(both, post)
        await desk.wish(**AT_ONCE)
        await desk.missed("1")
        assert await desk.told() == [] and await desk.untold() == 1
        assert await waiting(desk.whole.storage) == 0
        await by(both[0], post)
        assert len(await desk.told()) == 1


# ---------------------------------------------------------------- who may


async def test_a_parameter_that_says_no_stops_all_of_it(desk: Desk, clock: Clock) -> None:
    alice = await desk.wish(**DIGEST, voiceMessages=True)
    name = "AuthorizedEmailNotification"
    await desk.missed("1")
    await desk.house.parameter(name, False, "alice")
    await desk.whole.schedule.settle()
    assert await desk.untold() == 0, "at once"
    refused = problem(await choose(alice, emails=AT_ONCE), 403, "notAllowed")
    assert (refused["why"], refused["parameters"]) == ("parameterForbids", {"parameter": name})
    await desk.missed("2")
    await desk.report(MessageWaitingChanged(DeviceId("4001"), on=True))
    assert await desk.untold() == 0, "not even noted"
    await desk.house.parameter(name, True, "alice")
    clock.ahead += 9 * MINUTE
    assert await desk.told() == [], "of what was not allowed nothing is told later"
    # what waits for the mail server is not sent either
    desk.post.refused["alice@ssdei.example"] = "450 later"
    await desk.missed("3")
    clock.ahead += 9 * MINUTE
    assert await desk.told() == [] and await waiting(desk.whole.storage) == 1
    await desk.house.parameter(name, False, "alice")
    desk.post.refused.clear()
    clock.ahead += 9 * MINUTE
    await desk.whole.rooms.mail.stop()
    await desk.whole.rooms.mail.start()
    await desk.whole.schedule.settle()
    assert desk.post.mails == [] and await waiting(desk.whole.storage) == 0


async def test_nothing_is_told_to_who_did_not_choose_it(desk: Desk) -> None:
    await desk.missed("1")
    assert await desk.untold() == 0
    alice = await desk.wish(**{**AT_ONCE, "address": None})
    await desk.missed("2")
    assert await desk.untold() == 0, "she has no address"
    row = desk.house.rooms.registry.users[desk.house.users["alice"].id]
    await desk.house.rooms.organisation.users.update_user(
        SYSTEM, row.id, row.version, email="own@ssdei.example", culture="fr"
    )
    await desk.missed("3")
    (mail,) = await desk.told()
    assert desk.post.to == ["own@ssdei.example"]
    assert mail["Subject"] == "TWS : Appel manqué de 01 55 17 18 89"
    assert "a sonné" in plain(mail) and '<html lang="fr">' in html(mail)
    await choose(alice, emails={"missedCalls": "never"})
    await desk.missed("4")
    assert len(await desk.told()) == 1 and await desk.untold() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0},
        {"minutes": 241},
        {"missedCalls": "always"},
        {"culture": "de"},
        {"address": "alice"},
        {"address": "a@ssdei.example\r\nBcc: b@ssdei.example"},
        {"address": "a@ssdei.example,b@ssdei.example"},
    ],
)
async def test_wrong_choices_are_refused_in_words(house: House, wrong: dict[str, Any]) -> None:
    alice = await house.program("alice")
    problem(await choose(alice, emails={**AT_ONCE, **wrong}), 422, "invalid")
    assert (await own(alice))["emails"]["missedCalls"] == "never"


async def test_queues_keep_their_own_list(desk: Desk) -> None:
    """A member who was rung for a shared queue is told nothing: who gave up is in its list."""
    await desk.wish(**AT_ONCE)
    for number in ("4900", "4901"):
        if number == "4900":
            await desk.house.rooms.organisation.queues.create_queue(
                SYSTEM,
                domain=desk.house.domains["Paris"].id,
                link=desk.house.links["Paris"].id,
                name="Reception",
                number=number,
            )
        queue = at(number, number)
        await desk.report(
            Queued(connection=queue, calling=Party(OUTSIDE), called=Party(number)),
            Diverted(connection=queue, destination=Party("4001"), cause="distributed"),
            sent_on(number, "4001", number, cause="distributed"),
            ends(number, "4001"),
        )
        assert await desk.untold() == int(number == "4901"), "of the PBX's own there is no list"


# ---------------------------------------------------------------- voice messages


async def test_new_voice_messages_are_told_once(desk: Desk, clock: Clock) -> None:
    await desk.wish(**AT_ONCE, voiceMessages=True)
    await desk.house.parameter("vmNumber", "7770", "alice")
    lamp = DeviceId("4001")
    desk.house.report(MessageWaitingChanged(lamp, on=True))
    (mail,) = await desk.post.arrived(1)
    assert mail["Subject"] == "TWS: New voice messages"
    assert "Telephone 4001" in plain(mail) and "tel:7770" in plain(mail)
    await desk.report(MessageWaitingChanged(lamp, on=True))
    clock.ahead += 2 * MINUTE
    assert len(await desk.told()) == 1
    await desk.report(MessageWaitingChanged(lamp, on=False), MessageWaitingChanged(lamp, on=True))
    await desk.report(MessageWaitingChanged(lamp, on=False))
    assert len(await desk.told()) == 1, "heard before it was told"


async def test_it_goes_with_its_user(desk: Desk) -> None:
    await desk.wish(**DIGEST)
    await desk.missed("1")
    id = desk.house.users["alice"].id
    row = desk.house.rooms.registry.users[id]
    await desk.house.rooms.organisation.users.delete_user(SYSTEM, id, row.version)
    await settled(desk.house)
    await desk.whole.schedule.settle()
    assert await desk.untold() == 0


async def test_a_real_mail_server_takes_it(database: Path, clock: Clock) -> None:
    """Exim, which looks at each header, with STARTTLS."""
    require_peer("exim")
    with running_exim() as exim:
        async with mailing(database) as both:
            desk = Desk(both, Post(port=exim.port))
            await by(both[0], desk.post)
            alice = await desk.wish(**{**AT_ONCE, "culture": "fr"})
            name = "Éva <eve@evil.example>, שרה “Œuvre”" + "x" * 60
            contact = {"lastName": name, "numbers": [{"kind": "work", "number": "01 55 17 18 89"}]}
            assert (await alice.post("contacts", json={**contact, "private": True})).is_success
            await desk.missed("1")
            await desk.told()
            (mail,) = exim.mails()
            assert mail["To"] == "alice@ssdei.example"
            assert mail["Subject"] == f"TWS : Appel manqué de {name}"[:200]
            assert "(TLS" in mail["Received"] or "esmtps" in mail["Received"]
            assert name in plain(mail) and escape(name) in html(mail)
            # a recipient whom it does not know is not asked for again
            clock.ahead += 2 * MINUTE
            await desk.wish(**{**AT_ONCE, "address": "nobody@ssdei.example"})
            await desk.missed("2")
            await desk.told()
            assert len(exim.mails()) == 1
            assert await waiting(desk.whole.storage) == 0 and await desk.untold() == 0
