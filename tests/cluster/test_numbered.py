"""Whoever listens knows at each moment what was told up to some place, and in the end all of it:
whatever is lost, comes late, and whoever tells by then."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from tws.cluster.numbered import Listening, Place, Verdict


@dataclass
class Teller:
    """All that it told, within its epoch; a new one begins with what the one before had."""

    epoch: int
    told: list[int]
    n: int = 0
    history: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.history[0] = list(self.told)

    @property
    def place(self) -> Place:
        return Place(self.epoch, self.n)

    def tell(self, what: int) -> tuple[Place, int]:
        self.n += 1
        self.told.append(what)
        self.history[self.n] = list(self.told)
        return self.place, what

    def whole(self) -> tuple[Place, list[int]]:
        return self.place, list(self.told)


class Listener:
    """As `link_ear` and the live stream do it."""

    def __init__(self) -> None:
        self.listening = Listening()
        self.known: list[int] = []
        self.asks = False

    def step(self, place: Place, what: int) -> None:
        match self.listening.hear(place):
            case Verdict.NEXT:
                self.known.append(what)
            case Verdict.GAP:
                self.asks = True

    def beat(self, place: Place) -> None:
        self.asks |= self.listening.lacks(place)

    def whole(self, place: Place, told: list[int]) -> None:
        self.asks = False
        if self.listening.begin(place):
            self.known = list(told)


events = st.lists(
    st.sampled_from(["heard", "heard", "heard", "lost", "late", "again", "moves", "asked", "old"]),
    max_size=60,
)


@given(events)
def test_nothing_is_skipped_and_nothing_twice(happened: list[str]) -> None:
    tellers, listener = [Teller(1, [])], Listener()
    late: list[tuple[Place, int]] = []
    wholes = [tellers[0].whole()]
    for number, what in enumerate(happened):
        teller, before = tellers[-1], listener.listening.at
        match what:
            case "heard":
                listener.step(*teller.tell(number))
            case "lost":
                teller.tell(number)
            case "late":
                late.append(teller.tell(number))
            case "again":
                for step in late:
                    listener.step(*step)
            case "moves":
                tellers.append(Teller(teller.epoch + 1, list(teller.told)))
            case "asked":
                listener.whole(*teller.whole())
            case "old":  # a snapshot that took its time, or of who holds it no more
                listener.whole(*wholes[number // 2])
        wholes.append(tellers[-1].whole())
        at = listener.listening.at
        if at is not None:
            assert before is None or before <= at
            history = next(one.history for one in tellers if one.epoch == at.epoch)
            assert listener.known == history[at.n]
    listener.beat(tellers[-1].place)
    if listener.asks:
        listener.whole(*tellers[-1].whole())
    assert listener.known == tellers[-1].told
