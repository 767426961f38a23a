"""One slot of a telephone, whose forwardings TWS and people at the telephone set."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tws.rules.deciding import ours, refused, step
from tws.rules.model import Effect, Kept, Mark, Target

TARGETS = st.sampled_from([None, Target("4001"), Target("4002"), Target("4002", 20)])
BY_HAND = st.sampled_from([None, "4001", "4003"])


def same(a: str, b: str) -> bool:
    return a == b


class Telephone(RuleBasedStateMachine):
    """TWS asks for what `step` says, and the PBX does it, refuses it, or the link is lost
    before it was asked or before it has answered."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: Target | None = None
        self.found: str | None = None
        self.kept: Kept | None = None
        self.by_hand = False
        "What it forwards was set at the telephone; or that it does not, since the last wish."

    @rule(wish=TARGETS)
    def other_wish(self, wish: Target | None) -> None:
        self.wanted = wish

    @rule(to=BY_HAND)
    def change_at_the_telephone(self, to: str | None) -> None:
        if to != self.found:
            self.found = to
            # Whoever sets there what we set says what we said.
            self.by_hand = not ours(to, self.kept, same)

    @rule(how=st.sampled_from(["done", "done", "refused", "not asked", "not answered"]))
    def look(self, how: str) -> None:
        before = self.found
        now = step(self.wanted, self.found, self.kept, same)
        self.kept = now.kept
        if now.set is None and not now.clear:
            return
        if before is not None:
            assert not self.by_hand, "what was made at the telephone is not taken away"
        if how == "refused":
            self.kept = refused(now)
        if how in ("done", "not answered"):
            self.found = None if now.set is None else now.set.destination
            self.by_hand = False
        if how == "done":
            self.kept = None if now.set is None else Kept(now.set, Mark.SET)

    @invariant()
    def what_is_ours_is_known(self) -> None:
        if self.found is not None and not self.by_hand:
            assert ours(self.found, self.kept, same)

    @rule()
    def settle(self) -> None:
        """With nobody at the telephone and a PBX that does it, it ends, and as it is wanted."""
        self.look("done")
        done = self.found, self.kept
        self.look("done")
        assert (self.found, self.kept) == done
        now = step(self.wanted, self.found, self.kept, same)
        if self.wanted is not None and now.effect is Effect.IN_FORCE:
            assert self.found == self.wanted.destination
        elif self.wanted is not None:
            assert self.by_hand
            assert now.effect in (Effect.TAKEN, Effect.CHANGED)
        elif self.found is not None:
            assert self.by_hand


TestTelephone = Telephone.TestCase
TestTelephone.settings = settings(max_examples=3000, stateful_step_count=30)


def test_what_was_switched_off_at_the_telephone_stays_off_while_the_same_is_wanted() -> None:
    wish = Target("4001")
    now = step(wish, None, Kept(wish, Mark.SET), same)
    assert (now.set, now.effect) == (None, Effect.CHANGED)
    again = step(wish, None, now.kept, same)
    assert (again.set, again.effect) == (None, Effect.CHANGED)
    assert step(Target("4002"), None, now.kept, same).set == Target("4002")
    forgotten = step(None, None, now.kept, same).kept
    assert step(wish, None, forgotten, same).set == wish


def test_another_delay_is_written_too() -> None:
    kept = Kept(Target("4001", 20), Mark.SET)
    assert step(Target("4001", 30), "4001", kept, same).set == Target("4001", 30)
