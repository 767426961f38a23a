"""What was begun at one node is ended at another; unknown tokens are looked for, within limits."""

from datetime import UTC, datetime, timedelta

from tests.access.test_pending import CLIENT, NOW, begins
from tests.wired import Wired
from tws.access.challenges import Challenge, Challenges
from tws.access.latecomers import AT_ONCE, NOT_AGAIN, Latecomers
from tws.access.login_method import Known
from tws.access.model import Factor, Owner
from tws.access.pending import PendingSignIns
from tws.access.second_factor import BothRight
from tws.organisation.actor import UserId
from tws.protocols.webauthn import Place, ask_to_show

SECOND = timedelta(seconds=1)
ALICE = Owner(user=UserId("alice"))


def signing(secret_at_b: str) -> tuple[PendingSignIns, PendingSignIns]:
    a, b = Wired("ab").buses.values()
    return PendingSignIns(a, lambda _: ""), PendingSignIns(b, lambda _: secret_at_b)


def test_it_comes_back_to_the_other_node_once() -> None:
    a, b = signing("")
    browser = begins(a, "mine")
    taken = b.take("mine", browser, NOW)
    assert taken is not None and taken.client == CLIENT and taken.asked.verifier == "verifier"
    assert a.take("mine", browser, NOW) is None
    b.identified(taken, ALICE)
    awaited = a.identified_in(browser, NOW)
    assert awaited is not None and awaited.known == ALICE
    a.over(awaited)
    assert b.identified_in(browser, NOW) is None


def test_one_begun_with_another_secret_is_ended_nowhere_else() -> None:
    a, b = signing("another")
    browser = begins(a, "mine")
    assert b.take("mine", browser, NOW) is None
    assert a.take("mine", browser, NOW) is not None


def test_a_question_to_an_authenticator_is_answered_at_the_other_node() -> None:
    a, b = (Challenges(bus, "passkeys") for bus in Wired("ab").buses.values())
    place = Place("tws.example", "https://tws.example")
    factor = Factor(owner=ALICE, secret="sealed", created=NOW, confirmed=True)
    after = Factor(owner=ALICE, secret="sealed", created=NOW, confirmed=True, last_step=7)
    shown = BothRight(Known(ALICE), factor, after)
    asked = ask_to_show(place)
    a.add(Challenge(asked, place, "10.0.0.1", NOW, "session", shown))
    assert b.take(asked.challenge, "another's", NOW) is None
    taken = b.take(asked.challenge, "session", NOW)
    assert taken is not None and taken.place == place and taken.verified == shown
    assert taken.asked.state["challenge"] == asked.challenge
    assert a.take(asked.challenge, "session", NOW) is None


def test_who_makes_tokens_up_makes_the_database_work_no_more_than_so_much() -> None:
    late, now = Latecomers(), datetime(2026, 11, 23, tzinfo=UTC)
    assert late.may_ask("one", now)
    assert not late.may_ask("one", now + NOT_AGAIN - SECOND)
    asked = [late.may_ask(f"token {n}", now) for n in range(1000)]
    assert sum(asked) == AT_ONCE - 1
    later = [late.may_ask(f"later {n}", now + SECOND) for n in range(1000)]
    assert sum(later) == 20
    assert late.may_ask("one", now + NOT_AGAIN)
