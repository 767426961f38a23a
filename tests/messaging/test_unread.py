"""How much waits to be read is counted as if each message were remembered."""

from hypothesis import given
from hypothesis import strategies as st

from tws.messaging.chat.model import MessageId
from tws.messaging.chat.unread import Unread, Unseen
from tws.organisation.actor import UserId

ALICE = UserId("alice")
steps = st.lists(
    st.tuples(st.sampled_from(["add", "read", "gone"]), st.integers(0, 19)), max_size=40
)


def id_of(number: int) -> MessageId:
    return MessageId(f"0190{number:04d}-0000-7000-8000-000000000000")


@given(steps, st.integers(0, 5))
def test_it_is_what_one_who_remembers_all_says(steps: list[tuple[str, int]], before: int) -> None:
    unread, there, waits, highest = Unread(), set(range(before)), set(range(before)), before - 1
    if before:
        unread.load([(ALICE, "bob", Unseen(before, "", id_of(before - 1)))])
    for what, number in steps:
        id = id_of(number)
        if what == "add":
            highest += 1
            there.add(highest)
            waits.add(highest)
            unread.add(ALICE, "bob", id_of(highest))
        elif what == "read" and number in there:
            known = unread.between(ALICE, "bob")
            after = "" if known is None else known.after
            seen = sum(after < id_of(one) <= id for one in waits)
            new = {one for one in waits if one <= number}
            assert unread.read(ALICE, "bob", id, seen) or not new
            waits -= new
        elif what == "gone" and number in there:
            assert unread.gone(ALICE, "bob", id) is (number in waits)
            there.discard(number)
            waits.discard(number)
        assert unread.count(ALICE, "bob") == len(waits)
        assert unread.of(ALICE) == ({"bob": len(waits)} if waits else {})


def test_two_that_come_in_the_other_order_both_wait() -> None:
    unread = Unread()
    unread.add(ALICE, "bob", id_of(2))
    unread.add(ALICE, "bob", id_of(1))
    assert unread.count(ALICE, "bob") == 2
    assert unread.gone(ALICE, "bob", id_of(1))
    assert unread.read(ALICE, "bob", id_of(2))
    assert unread.of(ALICE) == {}


def test_what_is_heard_while_it_is_read_again_stays() -> None:
    unread = Unread()
    unread.add(ALICE, "bob", id_of(1))
    unread.add(ALICE, "carol", id_of(2))
    with unread.watched() as touched:
        unread.add(ALICE, "bob", id_of(3))
    unread.add(ALICE, "dave", id_of(4))
    stored = Unseen(5, "", id_of(2))
    unread.load([(ALICE, "bob", Unseen(1, "", id_of(1))), (ALICE, "carol", stored)], but=touched)
    assert unread.of(ALICE) == {"bob": 2, "carol": 5}
