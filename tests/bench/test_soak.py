"""A soak sees what grows and what is lost, and calls nothing growth that is only noise."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from random import Random

import msgspec
import pytest
from bench.soak.drawing import Line, Panel, drawn
from bench.soak.processes import generating
from bench.soak.sampling import quantiles, read_metrics
from bench.soak.size import Size
from bench.soak.slope import slope
from bench.soak.steps import lines_of
from bench.soak.waits import Waits
from lxml import etree

from tests.running import DEADLINE
from tws.simulator.control import hands
from tws.simulator.link.exchange import Exchange
from tws.simulator.link.monitors import Monitors
from tws.simulator.settings import PbxSettings, PhoneSettings
from tws.simulator.switching.facts import CallFact, Fact

TIMES = [5.0 * n for n in range(120)]


def wandering(random: Random, step: float) -> list[float]:
    """Values each of which is near the one before, as memory is."""
    values = [500.0]
    for _ in TIMES[1:]:
        values.append(500 + 0.9 * (values[-1] - 500) + random.gauss(0, step))
    return values


def test_growth_is_seen_through_noise_and_noise_is_none() -> None:
    random = Random(3)
    flat = [slope(TIMES, wandering(random, 1.0)) for _ in range(200)]
    assert sum(one.grows for one in flat) <= 20  # one side of 95 %, of an estimate
    # 60 MB an hour: 10 MB in the ten minutes that were looked at.
    grown = [v + t / 60 for t, v in zip(TIMES, wandering(random, 0.5), strict=True)]
    found = slope(TIMES, grown)
    assert found.grows
    assert found.per_hour == pytest.approx(60, abs=found.within)


def test_a_steady_value_has_no_slope_and_too_few_samples_say_nothing() -> None:
    assert not slope(TIMES, [7.0] * len(TIMES)).grows
    with pytest.raises(ValueError):
        slope(TIMES[:5], [1.0] * 5)


def test_what_arrives_is_timed_however_the_two_sockets_race() -> None:
    waits = Waits[str]("free")
    waits.told("a", "busy", 1.0)
    waits.arrived("a", "busy", 1.25)
    waits.arrived("b", "busy", 2.5)  # we hear only now that it was told
    waits.told("b", "ringing", 1.5)
    waits.told("b", "busy", 2.0)
    waits.told("c", "busy", 2.0)
    assert waits.samples.taken() == {
        "n": 2,
        "p50": 500.0,
        "p95": 500.0,
        "p99": 500.0,
        "worst": 500,
    }
    assert waits.overtaken == 1
    waits.look(now=20.0, after=30.0)
    assert waits.stale == 0
    waits.look(now=40.0, after=30.0)
    assert waits.stale == 1 and list(waits.missing()) == [("c", "busy")]
    waits.arrived("c", "busy", 41.0)
    assert (waits.stale, waits.late, list(waits.missing())) == (0, 1, [])


def test_an_older_frame_is_no_arrival_of_what_was_told_later() -> None:
    waits = Waits[str]("free")
    waits.arrived("a", "busy", 1.0)  # said again, for another reason
    waits.told("a", "free", 2.0)
    waits.arrived("a", "free", 2.125)
    waits.told("a", "busy", 3.0)
    assert waits.samples.taken()["n"] == 1
    waits.arrived("a", "busy", 3.25)
    assert waits.samples.taken()["p50"] == 250.0


def test_a_state_that_comes_back_before_the_other_was_told_is_not_waited_for() -> None:
    waits = Waits[str]("free")
    waits.told("a", "busy", 1.0)
    waits.arrived("a", "busy", 1.125)
    waits.told("a", "free", 2.0)
    waits.told("a", "busy", 2.05)  # what flaps is told at a pace: busy it is shown already
    waits.look(now=40.0, after=30.0)
    assert (waits.overtaken, waits.stale) == (2, 0)
    waits.told("a", "free", 50.0)
    waits.look(now=90.0, after=30.0)
    assert waits.stale == 1 and waits.shown("a") == "busy"  # it shows what is over
    waits.told("a", "ringing", 95.0)
    waits.arrived("a", "ringing", 95.5)
    assert waits.stale == 1 and waits.late == 0  # it did for half a minute


def test_what_a_page_shows_once_more_is_no_arrival_on_another() -> None:
    waits = Waits[tuple[str, str]]("free")
    for page in ("one", "two"):
        waits.told((page, "a"), "busy", 1.0)
    waits.arrived(("one", "a"), "busy", 1.125)
    waits.arrived(("one", "a"), "busy", 1.25)  # since another time
    waits.look(now=40.0, after=30.0)
    assert list(waits.missing()) == [(("two", "a"), "busy")]


def test_a_transferred_call_goes_on_under_the_id_that_remains() -> None:
    now: list[Fact] = []

    class Noting(Monitors):
        def publish(self, facts: Iterable[Fact]) -> None:
            now.extend(facts)

    settings = PbxSettings(phones=tuple(PhoneSettings(number=n) for n in ("10", "20", "30")))
    exchange = Exchange(settings, lambda: 0.0)
    exchange.monitors = Noting(exchange.render, 10)
    exchange.do(hands.dial, "10", "20")
    exchange.do(hands.answer, "20")
    exchange.do(hands.dial, "10", "30")
    exchange.do(hands.answer, "30")
    first, second = (leg.call.id for leg in exchange.pbx.legs("10"))
    del now[:]
    exchange.do(hands.transfer, "10", None)
    (line,) = {one.event: one for one in now if isinstance(one, CallFact)}.values()
    told = [each.split()[1:] for each in lines_of(line, 1.5)]
    assert sorted(told) == [
        ["10", first, "null"],
        ["10", second, "null"],
        ["20", first, "moved"],
        ["20", second, "connected"],
        ["30", second, "connected"],
    ]


def test_histograms_are_read_between_two_looks() -> None:
    def told(within: int, all_: int) -> dict[str, float]:
        text = f'lag_bucket{{le="0.01"}} {within}\nlag_bucket{{le="+Inf"}} {all_}\nlag_sum 3\n'
        return read_metrics(text)["lag_bucket"]

    assert quantiles(told(100, 100), told(199, 200)) == {"p50": 10.0, "p95": 10.0, "p99": 10.0}
    assert quantiles(told(100, 100), told(100, 200))["p50"] == float("inf")
    assert quantiles(told(5, 5), told(5, 5)) == {}


@pytest.mark.parametrize("logarithmic", [False, True])
def test_plots_are_pictures_also_of_nothing(logarithmic: bool) -> None:
    lines = [Line("a < b", [(0, 1.0), (5, 250.0)]), Line("none", [])]
    for panel in (Panel("ms", lines, logarithmic), Panel("ms", (), logarithmic)):
        root = etree.fromstring(drawn([panel], "minutes"))
        drawn_ = root.findall("{http://www.w3.org/2000/svg}polyline")
        assert len(drawn_) == len(panel.lines)


def test_sizes_that_cannot_be_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKS", "3")
    monkeypatch.setenv("DEVICES", "10")
    monkeypatch.setenv("USERS", "30")
    monkeypatch.setenv("PAGES", "31")
    with pytest.raises(ValueError):
        Size.from_environment()
    monkeypatch.setenv("PAGES", "30")
    size = Size.from_environment(calls=2)
    assert (size.calls, size.numbers(2)[-1]) == (2, "10029")


async def test_the_pbxs_of_a_site_tell_every_step_and_every_leg(tmp_path: Path) -> None:
    size = Size(links=2, devices=20, users=50, pages=4, watched=5, ring=0.2, talk=0.2)
    (tmp_path / "size.json").write_bytes(msgspec.json.encode(size))
    legs = tmp_path / "legs.json"
    arguments = [str(tmp_path / "size.json"), str(legs)]
    async with asyncio.timeout(DEADLINE), generating("bench.soak.exchanges", arguments) as pbxs:
        reader, writer = await asyncio.open_connection("127.0.0.1", pbxs.last["facts"])
        pbxs.order(calls=40)
        steps = [(await reader.readline()).decode().split() for _ in range(200)]
        pbxs.order(end=True)
        pbxs.order(stop=True)
        steps += [line.split() for line in (await reader.read()).decode().splitlines()]
        writer.close()
    told = {(device, call) for _, device, call, _ in steps}
    known = {*size.numbers(0), *size.numbers(1)}
    ended = {(device, call) for device, call in msgspec.json.decode(legs.read_bytes())}
    assert ended and ended <= told and {device for device, _ in ended} <= known
    assert len({state for *_, state in steps}) > 2
