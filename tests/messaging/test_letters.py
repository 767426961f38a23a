"""What users read of missed calls, whatever callers call themselves."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.journal.model import LogEntry, Outcome, VoiceNotice
from tws.mail.writing import message
from tws.messaging.emails.letters import LONGEST_NAME, Written, of_missed, of_voice
from tws.messaging.emails.model import Wish
from tws.organisation.actor import CompanyId, DeviceRowId, DomainId, UserId
from tws.organisation.model import Domain, User
from tws.organisation.preferences.choices import MissedCallMails
from tws.telephony.model import Direction, LegId, Party, ThreadId

COMPANY, DOMAIN, ALICE = CompanyId("c"), DomainId("d"), UserId("u")
NIGHT = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
"Half an hour after midnight in Paris, where summer time begins two hours later."
PAGE = "https://tws.company.example/"


def wish(culture: str = "en", zone: str = "Europe/Paris") -> Wish:
    domain = Domain(id=DOMAIN, version=1, company=COMPANY, name="Paris", time_zone=zone)
    user = User(id=ALICE, version=1, company=COMPANY, domain=DOMAIN, username="alice")
    return Wish(
        user=user,
        domain=domain,
        to="alice@ssdei.example",
        culture=culture,
        missed_calls=MissedCallMails.AT_ONCE,
        minutes=2,
        voice_messages=True,
    )


def entry(name: str = "", number: str = "+33155171889", **other: Any) -> LogEntry:
    told: dict[str, Any] = {
        "id": LegId("l"),
        "user": ALICE,
        "domain": DOMAIN,
        "device": DeviceRowId("t"),
        "thread": ThreadId("t"),
        "direction": Direction.INCOMING,
        "contact": None,
        "restricted": False,
        "queue": None,
        "via": None,
        "outcome": Outcome.MISSED,
        "other": None,
        "cause": "normalClearing",
        "started": NIGHT,
        "answered": None,
        "ended": NIGHT + timedelta(seconds=25),
        "ringing": 25,
        "duration": 0,
        "joined_late": False,
        "end_not_seen": False,
        "gap": False,
    }
    return LogEntry(name=name, number=number, **{**told, **other})


def sent(written: Written) -> EmailMessage:
    data = message(
        sender="tws@ssdei.example",
        to="alice@ssdei.example",
        subject=written.subject,
        text=written.text,
        html=written.html,
        at=NIGHT,
        id="1",
    )
    read = message_from_bytes(data, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


@given(name=st.text(max_size=200), number=st.text(max_size=64), other=st.text(max_size=200))
def test_no_caller_writes_anything_but_his_name(name: str, number: str, other: str) -> None:
    """No header, no element of the page, no address to call that is none."""
    name, number, other = (
        text.encode("utf-8", "ignore").decode() for text in (name, number, other)
    )
    forwarded = entry(name, number, outcome=Outcome.FORWARDED, other=Party(None, other or None))
    written = of_missed(wish(), [forwarded], PAGE)
    plain = sent(of_missed(wish(), [entry("A", "+33155171889")], PAGE))
    mail = sent(written)
    assert sorted(mail.keys()) == sorted(plain.keys())
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    tags = written.html.count("<")
    assert tags <= of_missed(wish(), [entry("A", other=Party("1"))], PAGE).html.count("<") + 4
    for link in written.html.split('href="')[1:]:
        address = link.partition('"')[0]
        assert address == PAGE or address.removeprefix("tel:").strip("+0123456789*%") == ""


def test_names_are_cut_and_those_from_right_to_left_stay_apart() -> None:
    long, hebrew = "x" * 200, "שרה לוי"
    written = of_missed(wish(), [entry(hebrew), entry(long)], None)
    assert f"* \u2068{hebrew}\u2069, 01 55 17 18 89" in written.text
    assert f"<bdi>{hebrew}</bdi>" in written.html
    assert (
        "x" * (LONGEST_NAME - 1) + "…" in written.text and "x" * LONGEST_NAME not in written.text
    )
    attack = '<img src="https://evil.example/p">'
    page = of_missed(wish(), [entry(attack)], None).html
    assert "<img" not in page and "&lt;img" in page
    mail = sent(of_missed(wish(), [entry("PBX\r\nBcc: eve@evil.example")], None))
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    ("zone", "culture", "at"),
    [
        ("Europe/Paris", "fr", "29/03/2026 00:30 CET, a sonné 25 s"),
        ("Europe/Paris", "en", "2026-03-29 00:30 CET, rang 25 s"),
        ("America/New_York", "en", "2026-03-28 19:30 EDT, rang 25 s"),
    ],
)
def test_times_are_of_the_clock_of_the_domain(zone: str, culture: str, at: str) -> None:
    written = of_missed(wish(culture, zone), [entry("Claire Vasseur")], PAGE)
    assert at in written.text and at in written.html


@pytest.mark.parametrize(
    ("told", "head", "called"),
    [
        ({"restricted": True, "number": ""}, "Withheld", None),
        ({"number": ""}, "Unknown number", None),
        ({"name": "Claire Vasseur", "number": ""}, "Claire Vasseur", None),
        ({"number": "4003"}, "4003", "tel:4003"),
        ({"number": "#21*4003#"}, "#21*4003#", "tel:%2321*4003%23"),
        ({"number": "sip:claire@company.example"}, "sip:claire@company.example", None),
    ],
)
def test_who_called_is_told_as_the_log_tells_it(
    told: dict[str, Any], head: str, called: str | None
) -> None:
    written = of_missed(wish(), [entry(**told)], None)
    assert f"* {head}\n" in written.text
    assert ("tel:" in written.text) is (called is not None)
    assert called is None or (called in written.text and f'"{called}"' in written.html)


def test_a_telephone_that_was_busy_did_not_ring() -> None:
    busy = entry(ringing=0, cause="busy")
    assert "your telephone was busy" in of_missed(wish(), [busy], None).text
    assert "votre poste était occupé" in of_missed(wish("fr"), [busy], None).text


def test_the_newest_calls_are_named_and_the_others_counted() -> None:
    calls = [entry(f"N{n}") for n in range(1_000)]
    written = of_missed(wish("fr"), calls, PAGE)
    assert written.subject == "TWS : 1000 appels manqués"
    heads = [line for line in written.text.splitlines() if line.startswith("* ")]
    assert len(heads) == 50 and heads[0].startswith("* N999,") and heads[-1].startswith("* N950,")
    assert "et 950 de plus" in written.text and "et 950 de plus" in written.html
    assert len(written.text) + len(written.html) < 30_000


def test_voice_messages_say_how_they_are_heard() -> None:
    came = VoiceNotice(id="n", company=COMPANY, user=ALICE, device_row=DeviceRowId("t"), at=NIGHT)
    written = of_voice(wish("fr"), [came], {"t": "4001"}, "7770", PAGE)
    assert written.subject == "TWS : Nouveaux messages vocaux"
    assert "* Poste 4001" in written.text and "appelez le 7770" in written.text
    assert 'href="tel:7770"' in written.html
    unknown = of_voice(wish(), [came], {}, "", None)
    assert "* Telephone\n" in unknown.text and "tel:" not in unknown.text
