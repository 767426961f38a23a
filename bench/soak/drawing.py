"""Plots as SVG: a panel below the other, each with its lines over the same axis from 0. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

COLOURS = ("#1c7ed6", "#e8590c", "#2f9e44", "#ae3ec9", "#868e96")
WIDTH, HEIGHT = 720, 200
LEFT, RIGHT, ABOVE, BELOW = 64, 130, 30, 34
FONT = 'font-family="system-ui, sans-serif" font-size="12"'


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Panel:
    title: str
    "With the unit."
    lines: Sequence[Line] = field(default_factory=tuple)
    logarithmic: bool = False


def drawn(panels: Sequence[Panel], axis: str) -> str:
    """`axis`: what the points' first numbers are."""
    every = [x for panel in panels for line in panel.lines for x, _ in line.points]
    high = max(every, default=1.0)
    whole = len(panels) * (ABOVE + HEIGHT + BELOW) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {whole}" {FONT}>',
        f'<rect width="{WIDTH}" height="{whole}" fill="white"/>',
    ]
    for n, panel in enumerate(panels):
        top = n * (ABOVE + HEIGHT + BELOW) + ABOVE
        parts += _panel(panel, top, high if high > 0 else 1.0, axis)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel, top: float, high: float, axis: str) -> list[str]:
    values = [y for line in panel.lines for _, y in line.points]
    if panel.logarithmic:
        values = [y for y in values if y > 0] or [1.0]
        bottom, ceiling = _decades(min(values), max(values))
        ticks = [10.0**n for n in range(round(math.log10(bottom)), round(math.log10(ceiling)) + 1)]
    else:
        bottom, ticks = 0.0, _ticks(max(values, default=1.0))
        ceiling = ticks[-1]

    def across(x: float) -> float:
        return LEFT + x / high * (WIDTH - LEFT - RIGHT)

    def up(y: float) -> float:
        if panel.logarithmic:
            share = math.log(max(y, bottom) / bottom) / math.log(ceiling / bottom)
        else:
            share = y / ceiling
        return top + HEIGHT * (1 - share)

    parts = [f'<text x="{LEFT}" y="{top - 10}" font-weight="600">{escape(panel.title)}</text>']
    for tick in ticks:
        y = up(tick)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e9ecef"/>'
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#495057">'
            f"{tick:g}</text>"
        )
    foot = top + HEIGHT + 16
    for tick in [tick for tick in _ticks(high) if tick <= high]:
        parts.append(
            f'<text x="{across(tick):.1f}" y="{foot}" text-anchor="middle" fill="#495057">'
            f"{tick:g}</text>"
        )
    parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{foot}" fill="#495057">{escape(axis)}</text>')
    for n, line in enumerate(panel.lines):
        colour = COLOURS[n % len(COLOURS)]
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in line.points)
        y = top + 12 + 18 * n
        parts.append(
            f'<polyline fill="none" stroke="{colour}" stroke-width="1.8" points="{path}"/>'
            f'<line x1="{WIDTH - RIGHT + 8}" x2="{WIDTH - RIGHT + 24}" y1="{y - 4}" y2="{y - 4}" '
            f'stroke="{colour}" stroke-width="3"/>'
            f'<text x="{WIDTH - RIGHT + 30}" y="{y}">{escape(line.name)}</text>'
        )
    return parts


def _ticks(most: float) -> list[float]:
    """From 0 to not less than `most`, of a round step."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough)
    return [step * n for n in range(math.ceil(most / step - 1e-9) + 1)]


def _decades(low: float, high: float) -> tuple[float, float]:
    bottom = 10.0 ** math.floor(math.log10(low))
    ceiling = 10.0 ** math.ceil(math.log10(high))
    return bottom, ceiling if ceiling > bottom else bottom * 10
